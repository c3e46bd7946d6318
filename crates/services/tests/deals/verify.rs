//! `verify` finds what somebody with the database's password changed, and says what.

use domain::commands::{EnterTransaction, MarkPaid};
use domain::messages::About;
use services::verify::Verified;
use sqlx::Connection;
use store::DbUrl;
use testkit::{TestDb, both_engines};

use crate::desk::Desk;
use crate::messages::words;
use crate::money::{of_transactions, publish, ten_percent, won};

/// A win whose commission is paid, a transaction whose commission is owed, and two threads: one about the deal, with a
/// message of each side and a note, and one about the program, with a note alone.
async fn filled(db: &TestDb) -> Desk {
    let desk = Desk::open(db).await;
    publish(&desk, ten_percent()).await;
    publish(&desk, of_transactions()).await;
    let deal = won(&desk, "key-1", "Tern Labs").await;
    let company = desk.company().await;
    let page = desk.partner().await.deal(deal).await.unwrap().deal;
    let paid = MarkPaid {
        commissions: vec![page.commissions[0].id],
        reference: "SEPA 7".into(),
        paid_on: "2026-11-22".into(),
    };
    company.mark_paid(paid).await.unwrap();
    let bought = EnterTransaction {
        deal,
        amount: "1,000".into(),
        currency: "EUR".into(),
        on: "2026-11-22".into(),
        reference: "INV-1".into(),
    };
    company.enter_transaction(bought).await.unwrap();
    let (of_deal, of_program) = (About::Deal(deal), About::Partner(desk.world.membership.id));
    let ask = words("key-1", "When is it paid?");
    let partner = desk.partner().await;
    let asked = partner.send_message(Some(deal), ask, vec![]).await;
    asked.unwrap();
    for about in [of_deal, of_program] {
        let note = words("key-2", "They ask each time.");
        company.write_note(about, note, vec![]).await.unwrap();
    }
    let answer = words("key-3", "Each month.");
    let answered = company.send_message(of_deal, answer, vec![]).await;
    answered.unwrap();
    desk
}

both_engines! {
    async fn what_nobody_touched_is_in_order(db: &TestDb) {
        let desk = filled(db).await;
        let verified = desk.services.verify().await.unwrap().unwrap();
        assert!(verified.events > 10);
        let counted = Verified { events: verified.events, wins: 1, transactions: 1, commissions: 2, threads: 2 };
        assert_eq!(verified, counted);
    }
}

/// What is done to the file, and what of the answer names it.
const DAMAGES: [(&str, &str); 28] = [
    (
        "UPDATE events SET payload = replace(payload, 'SEPA 7', 'SEPA 8') WHERE kind = 'commission_paid'",
        "in the history of",
    ),
    (
        "DELETE FROM events WHERE kind = 'commission_paid'",
        "lacks its event",
    ),
    (
        "UPDATE ledger_entries SET minor = minor + 1 WHERE account = 'cash'",
        "are off by 1 minor units of EUR",
    ),
    (
        "DELETE FROM ledger_entries WHERE account = 'cash'",
        "are off by 120005 minor units of EUR",
    ),
    (
        "DELETE FROM ledger_entries WHERE event_id IN (SELECT id FROM events WHERE kind = 'commission_paid')",
        "(commission_paid) was never booked",
    ),
    (
        "UPDATE ledger_entries SET event_id = zeroblob(16) WHERE account = 'cash' OR account = 'payable'
             AND event_id IN (SELECT event_id FROM ledger_entries WHERE account = 'cash')",
        "are not founded",
    ),
    (
        "UPDATE ledger_entries SET account = 'held' WHERE account = 'cash'",
        "is paid, and the books say otherwise",
    ),
    (
        "UPDATE commissions SET minor = minor + 1 WHERE status = 'approved'",
        "do not say what its own text says",
    ),
    (
        "UPDATE commissions SET status = 'approved'",
        "do not say what its own text says",
    ),
    (
        "UPDATE commissions SET partner_id = zeroblob(16)",
        "names a deal that is gone",
    ),
    (
        "UPDATE offer_versions SET terms = replace(terms, '1000', '2000')",
        "EUR 1,200.05 was kept, EUR 2,400.10 is computed",
    ),
    (
        "UPDATE commissions SET minor = 120006, calculation = replace(calculation, '120005', '120006')
             WHERE minor = 120005;
         UPDATE ledger_entries SET minor = 120006 WHERE minor = 120005;
         UPDATE ledger_entries SET minor = -120006 WHERE minor = -120005;
         UPDATE payouts SET minor = 120006",
        "with another amount",
    ),
    (
        "UPDATE payouts SET minor = minor + 1",
        "is not the sum of its commissions",
    ),
    (
        "UPDATE commissions SET minor = -minor, corrects_id = (SELECT id FROM commissions WHERE status = 'approved')
             WHERE status = 'paid'",
        "take more than it has",
    ),
    ("DELETE FROM customers", "names the customer"),
    (
        "UPDATE deals SET win = 'pending'",
        "stands otherwise than the win",
    ),
    (
        "UPDATE messages SET thread_id = zeroblob(16) WHERE side = 'partner'",
        "stands in a thread that is gone",
    ),
    (
        "UPDATE messages SET company_id = zeroblob(16) WHERE side = 'company'",
        "stands in a thread that is gone, or is another",
    ),
    (
        "DELETE FROM threads WHERE deal_id IS NULL",
        "the internal note inote_",
    ),
    (
        "UPDATE threads SET program_id = zeroblob(16)",
        "names a partner or a deal that is gone",
    ),
    (
        "UPDATE threads SET deal_id = NULL WHERE deal_id IS NOT NULL",
        "names a partner or a deal that is gone",
    ),
    (
        "DELETE FROM messages WHERE side = 'company'",
        "does not say of its newest entries",
    ),
    (
        "DELETE FROM internal_notes WHERE thread_id IN (SELECT id FROM threads WHERE deal_id IS NULL)",
        "does not say of its newest entries",
    ),
    (
        "UPDATE threads SET last_message_at = last_message_at - 1",
        "does not say of its newest entries",
    ),
    (
        "UPDATE threads SET last_entry_at = last_entry_at + 1",
        "does not say of its newest entries",
    ),
    (
        "UPDATE threads SET excerpt = 'Never.', last_side = 'company' WHERE deal_id IS NOT NULL",
        "does not say of its newest entries",
    ),
    (
        "UPDATE unread_messages SET unread = unread + 1 WHERE side = 'company'",
        "counts as unread what nobody wrote",
    ),
    (
        "UPDATE unread_messages SET membership_id = zeroblob(16) WHERE side = 'partner'",
        "counts as unread what nobody wrote",
    ),
];

/// Lifts everything that would refuse, as somebody with the file can.
const LIFTED: &str = "PRAGMA foreign_keys = OFF; DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete;
    DROP TRIGGER ledger_entries_no_update; DROP TRIGGER ledger_entries_no_delete; DROP TRIGGER offer_versions_no_update;
    DROP TRIGGER commissions_no_update";

#[test]
fn every_damage_is_named() {
    testkit::run(TestDb::sqlite, async |db: &TestDb| {
        filled(db).await;
        let DbUrl::Sqlite(path) = &db.url else {
            panic!("{}", db.url)
        };
        let place = path.parent().unwrap();
        for (number, (statement, named)) in DAMAGES.into_iter().enumerate() {
            let copy = place.join(format!("copy-{number}.db"));
            let mut conn = sqlx::SqliteConnection::connect(path.to_str().unwrap())
                .await
                .unwrap();
            // VACUUM INTO takes what the write-ahead log holds along.
            sqlx::query("VACUUM INTO $1")
                .bind(copy.to_str().unwrap())
                .execute(&mut conn)
                .await
                .unwrap();
            let mut conn = sqlx::SqliteConnection::connect(copy.to_str().unwrap())
                .await
                .unwrap();
            for text in [LIFTED, statement] {
                sqlx::raw_sql(text).execute(&mut conn).await.unwrap();
            }
            conn.close().await.unwrap();
            let damaged = store::Db::connect(&DbUrl::Sqlite(copy), &store::DbOptions::default())
                .await
                .unwrap();
            let services = services::Services::system(
                damaged,
                services::ServicesConfig {
                    base_url: String::new(),
                    files_folder: place.to_owned(),
                    passwords: services::PasswordCost::least(),
                },
            );
            let fault = services.verify().await.unwrap().unwrap_err().to_string();
            assert!(fault.contains(named), "{statement}: {fault}");
            services.db().close().await;
        }
    });
}
