//! The queue of mail, and what people chose to be told.

use domain::mail::{MailKind, MailState};
use domain::notices::{Channel, NoticeKind};
use domain::{CompanyId, MailId, Timestamp};
use store::{
    accounts::users,
    mail::{self, Failed, MailRow},
    preferences,
};
use testkit::{TestDb, World, both_engines, in_write};

fn row(db: &TestDb, company: Option<CompanyId>) -> MailRow {
    let now = db.now();
    MailRow {
        id: db.id(),
        company_id: company,
        user_id: None,
        kind: MailKind::Invitation,
        to_email: "nadia@brightwater.example".to_owned(),
        shows_address: true,
        subject: "Hello".to_owned(),
        body_text: "text \u{1a}".to_owned(),
        body_html: "<p>\u{1a}</p>".to_owned(),
        token: Some("5ecre7".to_owned()),
        expires_at: Some(now.plus_days(14)),
        state: MailState::Queued,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        available_at: now,
        changed_at: now,
    }
}

async fn insert(db: &TestDb, rows: &[MailRow]) {
    let rows = rows.to_vec();
    in_write!(db, |tx| [rows] {
        for row in &rows {
            mail::insert(tx, row).await?;
        }
        Ok(())
    })
    .unwrap();
}

async fn take(db: &TestDb, now: Timestamp, lease: Timestamp) -> Vec<MailRow> {
    in_write!(db, |tx| [] mail::take(tx, now, lease, 10).await).unwrap()
}

async fn found(db: &TestDb, company: CompanyId, id: MailId) -> MailRow {
    let mut conn = db.read().await.unwrap();
    mail::find_by_company(&mut conn, company, id)
        .await
        .unwrap()
        .unwrap()
}

both_engines! {
    async fn a_mail_is_taken_under_a_lease_and_comes_back_when_it_ends(db: &TestDb) {
        let now = db.now();
        let world = World::build(db).await;
        let queued = row(db, Some(world.company.id));
        let kept = MailRow { state: MailState::Kept, ..row(db, Some(world.company.id)) };
        insert(db, &[queued.clone(), kept]).await;
        assert!(mail::is_due(&mut db.read().await.unwrap(), now).await.unwrap());
        let lease = now.plus_seconds(60);
        let taken = take(db, now, lease).await;
        let expected = MailRow { state: MailState::Sending, attempts: 1, available_at: lease, ..queued.clone() };
        assert_eq!(taken, [expected]);
        assert!(take(db, now, lease).await.is_empty());
        assert!(!mail::is_due(&mut db.read().await.unwrap(), now).await.unwrap());
        assert_eq!(take(db, lease, lease.plus_seconds(60)).await[0].attempts, 2);
    }

    async fn a_worker_that_comes_late_does_not_undo_what_another_did(db: &TestDb) {
        let now = db.now();
        let world = World::build(db).await;
        let (company, queued) = (world.company.id, row(db, Some(world.company.id)));
        insert(db, std::slice::from_ref(&queued)).await;
        let lease = now.plus_seconds(60);
        take(db, now, lease).await;
        take(db, lease, lease.plus_seconds(60)).await;
        let failed = |attempt| Failed {
            id: queued.id,
            attempt,
            error: "451 later".to_owned(),
            again_at: Some(lease.plus_seconds(300)),
            now: lease,
        };
        let (first, second) = (failed(1), failed(2));
        assert!(!in_write!(db, |tx| [first] mail::save_failed(tx, &first).await).unwrap());
        assert!(in_write!(db, |tx| [second] mail::save_failed(tx, &second).await).unwrap());
        let kept = found(db, company, queued.id).await;
        assert_eq!((kept.state, kept.last_error.as_str()), (MailState::Queued, "451 later"));
        assert_eq!(kept.available_at, lease.plus_seconds(300));
        // It did go out with the first try: then it is sent, and its token is needed no more.
        let id = queued.id;
        in_write!(db, |tx| [] mail::save_sent(tx, id, lease).await).unwrap();
        let sent = found(db, company, id).await;
        assert_eq!((sent.state, sent.token, sent.last_error.as_str()), (MailState::Sent, None, ""));
        assert!(!in_write!(db, |tx| [second] mail::save_failed(tx, &second).await).unwrap());
    }

    async fn workers_side_by_side_take_each_mail_once(db: &TestDb) {
        let now = db.now();
        let rows: Vec<MailRow> = (0..40).map(|_| row(db, None)).collect();
        insert(db, &rows).await;
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let db = db.db.clone();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let batch = in_write!(db, |tx| [] mail::take(tx, now, now.plus_hours(1), 3).await).unwrap();
                    if batch.is_empty() {
                        return mine;
                    }
                    mine.extend(batch.into_iter().map(|mail| mail.id));
                }
            });
        }
        let mut taken = workers.join_all().await.concat();
        taken.sort();
        assert_eq!(taken, rows.iter().map(|row| row.id).collect::<Vec<_>>());
    }

    async fn an_outbox_is_one_companys_in_pages_and_by_state(db: &TestDb) {
        let world = World::build(db).await;
        let foreign = World::build_named(db, "borea").await;
        let (company, now) = (world.company.id, db.now());
        let rows: Vec<MailRow> = (0..5).map(|number| MailRow {
            state: if number == 2 { MailState::Dead } else { MailState::Queued },
            ..row(db, Some(company))
        }).collect();
        insert(db, &rows).await;
        insert(db, &[row(db, Some(foreign.company.id)), row(db, None)]).await;
        let mut conn = db.read().await.unwrap();
        let ids = |rows: Vec<MailRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        let first = ids(mail::list_by_company(&mut conn, company, None, None, 3).await.unwrap());
        assert_eq!(first, [rows[4].id, rows[3].id, rows[2].id]);
        let second = ids(mail::list_by_company(&mut conn, company, None, Some(rows[2].id), 3).await.unwrap());
        assert_eq!(second, [rows[1].id, rows[0].id]);
        let dead = mail::list_by_company(&mut conn, company, Some(MailState::Dead), None, 3).await.unwrap();
        assert_eq!(ids(dead), [rows[2].id]);
        drop(conn);

        let (dead, other) = (rows[2].id, foreign.company.id);
        assert!(!in_write!(db, |tx| [] mail::save_retried(tx, other, dead, now).await).unwrap());
        assert!(in_write!(db, |tx| [] mail::save_retried(tx, company, dead, now).await).unwrap());
        assert_eq!(found(db, company, dead).await.state, MailState::Queued);
        in_write!(db, |tx| [] mail::save_sent(tx, dead, now).await).unwrap();
        assert!(!in_write!(db, |tx| [] mail::save_retried(tx, company, dead, now).await).unwrap());
    }

    async fn old_mail_and_ended_tokens_are_forgotten(db: &TestDb) {
        let world = World::build(db).await;
        let (company, now) = (world.company.id, db.now());
        let dead = MailRow { state: MailState::Dead, ..row(db, Some(company)) };
        let (queued, kept) = (row(db, Some(company)), MailRow { state: MailState::Kept, ..row(db, Some(company)) });
        insert(db, &[dead.clone(), queued.clone(), kept]).await;
        let later = now.plus_days(14);
        assert_eq!(in_write!(db, |tx| [] mail::delete_tokens(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] mail::delete_tokens(tx, later).await).unwrap(), 1);
        assert_eq!(found(db, company, dead.id).await.token, None);
        assert_eq!(in_write!(db, |tx| [] mail::delete_settled(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] mail::delete_settled(tx, later).await).unwrap(), 2);
        assert_eq!(found(db, company, queued.id).await, queued);
    }

    async fn what_people_chose_is_kept_and_asked_for_many_at_once(db: &TestDb) {
        let world = World::build(db).await;
        let (admin, owner) = (world.admin.id, world.owner.id);
        for wanted in [false, true, false] {
            in_write!(db, |tx| [] preferences::save(tx, admin, NoticeKind::Wins, Channel::Mail, wanted).await).unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let choices = preferences::get(&mut conn, admin).await.unwrap();
        assert!(!choices.wants(NoticeKind::Wins, Channel::Mail));
        assert!(choices.wants(NoticeKind::Wins, Channel::Bell));
        let heard = async |conn: &mut store::Conn, kind| {
            let people = preferences::list_listeners(conn, &[admin, owner], kind).await.unwrap();
            people.into_iter().map(|one| (one.email, one.choices.wants(kind, Channel::Mail))).collect::<Vec<_>>()
        };
        let of_wins = heard(&mut conn, NoticeKind::Wins).await;
        assert_eq!(of_wins, [("admin@alta.test".to_owned(), false), ("owner@alta.test".to_owned(), true)]);
        let of_others = heard(&mut conn, NoticeKind::Registrations).await;
        assert!(of_others.iter().all(|(_, wanted)| *wanted) && of_others.len() == 2);
        drop(conn);
        let now = db.now();
        in_write!(db, |tx| [] users::save_disabled(tx, owner, Some(now)).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(heard(&mut conn, NoticeKind::Wins).await.len(), 1, "a shut account is told nothing");
    }
}
