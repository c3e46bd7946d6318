//! Threads, messages, notes, and what is not read.

use domain::messages::OfferQuote;
use domain::people::Side;
use domain::{DealId, Timestamp, UserId};
use store::messages::threads::{self, Thread};
use store::messages::{self, NewFile, NewMessage, notes, unread};
use testkit::{TestDb, World, both_engines, in_write};

fn thread(db: &TestDb, world: &World) -> Thread {
    Thread {
        id: db.id(),
        company_id: world.company.id,
        program_id: world.program.id,
        partner_id: world.partner.id,
        membership_id: world.membership.id,
        deal_id: None,
        created_at: db.now(),
        last_entry_at: db.now(),
    }
}

fn message(db: &TestDb, of: &Thread, author: UserId, at: Timestamp) -> NewMessage {
    NewMessage {
        id: db.id(),
        company: of.company_id,
        thread: of.id,
        side: Side::Partner,
        author,
        text: format!("at {}", at.0),
        quote: None,
        send_key: format!("key-{}", at.0),
        at,
    }
}

async fn opened(db: &TestDb, world: &World) -> Thread {
    let new = thread(db, world);
    in_write!(db, |tx| [new] threads::find_or_insert(tx, &new).await).unwrap()
}

async fn send(db: &TestDb, new: NewMessage) {
    in_write!(db, |tx| [new] messages::insert(tx, &new).await).unwrap();
}

both_engines! {
    async fn a_membership_has_one_thread_about_the_program(db: &TestDb) {
        let world = World::build(db).await;
        let first = opened(db, &world).await;
        let second = opened(db, &world).await;
        assert_eq!(first, second);
        let mut conn = db.read().await.unwrap();
        let found = threads::find(&mut conn, world.membership.id, None).await.unwrap();
        assert_eq!(found, Some(first));
        drop(conn);
        let other = World::build_named(db, "beta").await;
        let mut conn = db.read().await.unwrap();
        assert_eq!(threads::find(&mut conn, other.membership.id, None).await.unwrap(), None);
    }

    async fn messages_come_newest_first_from_before_a_place(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "beta").await;
        let of = opened(db, &world).await;
        let at = |seconds| db.now().plus_seconds(seconds);
        for second in 1..=5 {
            let new = message(db, &of, world.owner.id, at(second));
            send(db, new).await;
        }
        let quote = OfferQuote { offer: db.id(), number: 2, name: "Fee".to_owned(), sentence: "10%".to_owned() };
        let last = NewMessage { quote: Some(quote.clone()), ..message(db, &of, world.owner.id, at(6)) };
        send(db, last.clone()).await;
        let mut conn = db.read().await.unwrap();
        let rows = messages::list(&mut conn, world.membership.id, of.id, Timestamp(i64::MAX), 3).await.unwrap();
        let times: Vec<Timestamp> = rows.iter().map(|row| row.created_at).collect();
        assert_eq!(times, [at(6), at(5), at(4)]);
        assert_eq!(rows[0].quote.as_ref().map(|kept| &kept.0), Some(&quote));
        assert_eq!((rows[0].who.as_str(), rows[0].side), ("owner of alta", Side::Partner));
        let rows = messages::list(&mut conn, world.membership.id, of.id, at(4), 9).await.unwrap();
        assert_eq!(rows.len(), 3);
        // Asked for by another membership, it is empty.
        let rows = messages::list(&mut conn, other.membership.id, of.id, Timestamp(i64::MAX), 9).await.unwrap();
        assert!(rows.is_empty());
        let found = messages::find_by_key(&mut conn, world.owner.id, &last.send_key).await.unwrap();
        assert_eq!(found, Some(last.id));
        assert_eq!(messages::find_by_key(&mut conn, world.admin.id, &last.send_key).await.unwrap(), None);
    }

    async fn notes_and_their_files_are_asked_for_by_company(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "beta").await;
        let of = opened(db, &world).await;
        let note = notes::NewNote {
            id: db.id(),
            company: world.company.id,
            thread: of.id,
            author: world.admin.id,
            text: "Ours".to_owned(),
            send_key: "key-1".to_owned(),
            at: db.now(),
        };
        let file = NewFile { id: db.id(), name: "a.txt".to_owned(), mime: "text/plain".to_owned(), size_bytes: 5, sha256: vec![1; 32] };
        in_write!(db, |tx| [note, file] {
            notes::insert(tx, &note).await?;
            notes::insert_file(tx, note.company, note.id, &file).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let ever = Timestamp(i64::MAX);
        let rows = notes::list(&mut conn, world.company.id, of.id, ever, 9).await.unwrap();
        assert_eq!((rows.len(), rows[0].text.as_str()), (1, "Ours"));
        assert!(notes::list(&mut conn, other.company.id, of.id, ever, 9).await.unwrap().is_empty());
        let files = notes::list_files(&mut conn, world.company.id, &[note.id]).await.unwrap();
        assert_eq!(files[0].1.id, file.id);
        assert_eq!(notes::find_file(&mut conn, file.id).await.unwrap().unwrap().program_id, world.program.id);
        // What partners' files are looked for in does not hold it.
        assert!(messages::find_file(&mut conn, file.id).await.unwrap().is_none());
    }

    async fn what_is_unread_adds_up_until_it_is_read(db: &TestDb) {
        let world = World::build(db).await;
        let of = opened(db, &world).await;
        let (admin, owner, now) = (world.admin.id, world.owner.id, db.now());
        for _ in 0..2 {
            in_write!(db, |tx| [of] unread::add(tx, &of, Side::Company, &[admin, owner]).await).unwrap();
        }
        in_write!(db, |tx| [of] unread::add(tx, &of, Side::Partner, &[owner]).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(unread::of_program(&mut conn, admin, world.program.id).await.unwrap(), 2);
        assert_eq!(unread::of_membership(&mut conn, owner, world.membership.id).await.unwrap(), 1);
        assert!(unread::is_any(&mut conn, admin, of.id, Side::Company).await.unwrap());
        let here = world.membership.id;
        for (who, side, about, count) in [
            (admin, Side::Company, None, 2),
            (owner, Side::Partner, None, 1),
            (admin, Side::Partner, None, 0),
            (admin, Side::Company, Some(db.id::<DealId>()), 0),
        ] {
            assert_eq!(unread::in_thread(&mut conn, (who, side), here, about).await.unwrap(), count);
        }
        drop(conn);
        let id = of.id;
        in_write!(db, |tx| [] unread::read(tx, admin, id, Side::Company, now).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(unread::of_program(&mut conn, admin, world.program.id).await.unwrap(), 0);
        assert!(!unread::is_any(&mut conn, admin, of.id, Side::Company).await.unwrap());
        assert_eq!(unread::of_program(&mut conn, owner, world.program.id).await.unwrap(), 2, "another's stays");
    }

    async fn a_list_shows_what_its_side_may_know(db: &TestDb) {
        let world = World::build(db).await;
        let of = opened(db, &world).await;
        let (id, admin, owner) = (of.id, world.admin.id, world.owner.id);
        let later = db.now().plus_seconds(9);
        in_write!(db, |tx| [] threads::save_note(tx, id, later).await).unwrap();
        let (tenant, ever) = ((world.company.id, world.program.id), (Timestamp(i64::MAX), db.id()));
        let mut conn = db.read().await.unwrap();
        let ours = threads::list_by_program(&mut conn, tenant, admin, ever, 9).await.unwrap();
        assert_eq!((ours.len(), ours[0].at, ours[0].excerpt.as_str()), (1, later, ""));
        assert!(threads::list_by_membership(&mut conn, world.membership.id, owner, 9).await.unwrap().is_empty());
        assert!(threads::list_by_program(&mut conn, tenant, admin, (later, id), 9).await.unwrap().is_empty());
        drop(conn);
        in_write!(db, |tx| [] threads::save_message(tx, id, later.plus_seconds(1), "Hello", Side::Company).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let theirs = threads::list_by_membership(&mut conn, world.membership.id, owner, 9).await.unwrap();
        assert_eq!((theirs[0].excerpt.as_str(), theirs[0].last_side), ("Hello", Side::Company));
        assert_eq!((theirs[0].partner.as_str(), theirs[0].unread), ("alta partner", 0));
    }
}
