//! The judge of torn databases sees each way in which one can be torn.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use domain::{deals::DealFact, events::Fact, people::Actor};
use store::{Statement, deals, events};
use testkit::{TestDb, World, assert_whole, in_write, run};

/// A card on the board with its one event; then these statements.
fn judged(tears: &'static [&'static str]) -> Result<(), String> {
    let mut verdict = Ok(());
    run(TestDb::sqlite, async |db: &TestDb| {
        let world = World::build(db).await;
        let deal = world.placed(db, "Acme", 1, 0, "a");
        let event = events::NewEvent {
            id: db.id(),
            company_id: Some(deal.company),
            program_id: Some(deal.program),
            partner_id: Some(deal.partner),
            subject: "deal",
            subject_id: deal.id.uuid(),
            subject_version: 1,
            actor: Actor::system(),
            at: db.now(),
            fact: Fact::Deal(DealFact::DealDrafted),
        };
        in_write!(db, |tx| [deal, event] {
            deals::insert(tx, &deal, "key").await?;
            events::append(tx, event).await?;
            for tear in tears {
                Statement::new(tear).execute(tx).await?;
            }
            Ok(())
        })
        .unwrap();
        let mut conn = db.read().await.unwrap();
        let judging = tokio::spawn(async move { assert_whole(&mut conn).await });
        verdict = judging.await.map_err(|error| {
            let panic = error.into_panic();
            panic.downcast_ref::<String>().cloned().unwrap_or_default()
        });
    });
    verdict
}

#[test]
fn a_whole_database_passes() {
    assert_eq!(judged(&[]), Ok(()));
}

#[test]
fn each_tear_is_seen() {
    let tears: [(&[&str], &str); 7] = [
        (
            &["UPDATE deals SET version = 2"],
            "deals apart from their history",
        ),
        (
            &["DROP TRIGGER events_no_delete", "DELETE FROM events", "UPDATE event_order SET last_seq = 0"],
            "deals apart from their history",
        ),
        (
            &["DELETE FROM deals"],
            "events of deals that are not there",
        ),
        (
            &["INSERT INTO notices (id, user_id, company_id, event_seq, kind, payload, created_at)
               SELECT companies.id, users.id, companies.id, 9, 'x', '{}', 1 FROM companies, users LIMIT 1"],
            "notices of no event",
        ),
        (
            &["UPDATE stage_totals SET deals = deals + 1"],
            "columns that count other deals",
        ),
        (
            &["UPDATE deal_texts SET searched = 'other'"],
            "deals that are searched by other texts",
        ),
        (
            &["DROP TRIGGER events_no_update", "UPDATE events SET payload = '{}'"],
            "the history is broken",
        ),
    ];
    for (tear, seen) in tears {
        let verdict = judged(tear);
        assert!(
            verdict.as_ref().is_err_and(|said| said.contains(seen)),
            "{tear:?}: {verdict:?}"
        );
    }
}
