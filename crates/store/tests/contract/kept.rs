//! What the triggers keep is what counting gives, whatever happens to deals and in whatever order.

use domain::deals::{Deal, Registration, RegistrationStatus, Win, WinStatus};
use domain::pipeline::StageKind;
use store::{Statement, access, deals, memberships};
use testkit::{TestDb, World, both_engines, in_write};

/// The same numbers on every run: a test that fails can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// What may become of a deal, allowed or not: the triggers see only rows.
fn changed(db: &TestDb, world: &World, deal: &Deal, dice: &mut Dice) -> Deal {
    let mut next = deal.clone();
    let placed = world.placed(db, "", 0, dice.roll(world.pipeline.stages.len()), "V");
    let submission = deal.registration.submission().cloned();
    match (dice.roll(6), submission) {
        (0 | 1, _) => next.placement = placed.placement,
        (2, _) => next.placement = None,
        (3, Some(submission)) => {
            next.registration = Registration::Expired {
                submission,
                at: db.now(),
                extended: false,
            };
        }
        (4, Some(_)) => next.registration = placed.registration,
        (5, Some(_)) => {
            next.win = if dice.roll(2) == 0 {
                Win::None
            } else {
                Win::Pending {
                    by: world.owner.id,
                    at: db.now(),
                    customer: db.id(),
                }
            };
        }
        (_, None) => {
            next.registration = world.submitted(db, "", 0).registration;
            next.number = Some(i64::try_from(dice.roll(1 << 30)).unwrap());
        }
        (6.., _) => {}
    }
    next
}

/// Membership by membership: registration, win, kind of stage, and how many.
type Counts = Vec<(RegistrationStatus, WinStatus, Option<StageKind>, i64)>;

async fn agree(db: &TestDb, world: &World) {
    let mut conn = db.read().await.unwrap();
    let conn = &mut conn;
    let membership = world.membership.id;
    let mut kept: Counts = deals::by_membership(conn, membership)
        .await
        .unwrap()
        .into_iter()
        .map(|count| (count.registration, count.win, count.stage_kind, count.deals))
        .collect();
    let mut statement = Statement::new(
        "SELECT d.registration, d.win, s.kind, count(*) FROM deals d LEFT JOIN stages s ON s.id = d.stage_id
         WHERE d.membership_id = ",
    );
    statement
        .bind(membership.0)
        .push(" GROUP BY d.registration, d.win, s.kind");
    let mut counted: Counts = statement.fetch_all(conn).await.unwrap();
    kept.sort_by_key(|count| format!("{count:?}"));
    counted.sort_by_key(|count| format!("{count:?}"));
    assert_eq!(kept, counted);

    // What the header asks, as it was counted before.
    let sum = |wanted: fn(&Counts) -> i64| wanted(&counted);
    let open = sum(|counts| {
        counts
            .iter()
            .filter(|count| {
                count.0 == RegistrationStatus::Approved && count.2 == Some(StageKind::Open)
            })
            .map(|count| count.3)
            .sum()
    });
    let header = access::count_open_deals(conn, world.owner.id)
        .await
        .unwrap();
    let expected = if open == 0 {
        Vec::new()
    } else {
        vec![(membership, open)]
    };
    assert_eq!(header, expected);

    let registered = sum(|counts| {
        counts
            .iter()
            .filter(|count| count.0 != RegistrationStatus::Draft)
            .map(|count| count.3)
            .sum()
    });
    let (company, program) = (world.company.id, world.program.id);
    let record = deals::partner_record(conn, company, program, world.partner.id)
        .await
        .unwrap();
    assert_eq!((record.0, record.3), (registered, open));
    let listed = memberships::list_by_program(conn, company, program)
        .await
        .unwrap();
    assert_eq!(listed[0].deals, registered);

    let (now, soon) = (db.now(), db.now().plus_days(91));
    let mut statement = Statement::new(
        "SELECT count(*) FROM deals d JOIN stages s ON s.id = d.stage_id
         WHERE d.registration = 'approved' AND s.kind = 'open' AND d.membership_id = ",
    );
    statement
        .bind(membership.0)
        .push(" AND d.protected_until > ")
        .bind(now.0);
    statement.push(" AND d.protected_until <= ").bind(soon.0);
    let ending: Option<(i64,)> = statement.fetch_optional(conn).await.unwrap();
    let expiring = deals::count_expiring(conn, membership, now, soon)
        .await
        .unwrap();
    assert_eq!(Some((expiring,)), ending);
}

both_engines! {
    async fn the_counts_are_kept_through_any_changes(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let mut dice = Dice(11);
        let mut living: Vec<Deal> = Vec::new();
        for step in 1..=240 {
            let deal = match dice.roll(4) {
                0 => world.draft(db, "Acme"),
                1 => world.placed(db, "Acme", step, dice.roll(world.pipeline.stages.len()), "V"),
                _ if living.is_empty() => world.submitted(db, "Acme", step),
                _ => {
                    let place = dice.roll(living.len());
                    let mut deal = living.swap_remove(place);
                    let (id, membership) = (deal.id, world.membership.id);
                    let gone = dice.roll(5) == 0
                        && in_write!(db, |tx| [] deals::delete_draft(tx, membership, id).await).unwrap();
                    if !gone {
                        deal = changed(db, &world, &deal, &mut dice);
                        deal.number = deal.number.map(|_| 10_000 + step);
                        deal.version = in_write!(db, |tx| [deal] deals::save(tx, &deal).await).unwrap();
                        living.push(deal);
                    }
                    if step % 8 == 0 {
                        agree(db, &world).await;
                    }
                    continue;
                }
            };
            let key = deal.id.to_string();
            in_write!(db, |tx| [deal, key] deals::insert(tx, &deal, &key).await).unwrap();
            living.push(deal);
        }
        agree(db, &world).await;
        assert!(living.len() > 40, "{}", living.len());
        // Nobody else's numbers are touched, and a refused write leaves none behind.
        agree(db, &other).await;
        let (lost, key) = (world.draft(db, "Acme"), "lost".to_owned());
        let refused: Result<(), store::StoreError> = in_write!(db, |tx| [lost, key] {
            deals::insert(tx, &lost, &key).await?;
            Err(store::StoreError::Conflict)
        });
        assert!(refused.is_err());
        agree(db, &world).await;
    }
}
