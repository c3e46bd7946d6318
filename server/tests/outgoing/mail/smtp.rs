//! What the mail server does, and what becomes of the mail.

use std::sync::Arc;

use domain::mail::{MailKind, MailState};
use domain::{CompanyId, MailId, Timestamp};
use server::config::{Config, Sources};
use server::mail::Smtp;
use services::{PasswordCost, Services, ServicesConfig};
use store::mail::MailRow;
use testkit::{TestDb, World, both_engines, in_write};

use crate::mail::sink::Sink;

pub fn row(id: MailId, now: Timestamp, company: CompanyId, to: &str) -> MailRow {
    MailRow {
        id,
        company_id: Some(company),
        user_id: None,
        kind: MailKind::Notice,
        to_email: to.to_owned(),
        shows_address: true,
        subject: "ALT-7 Hale & M\u{f6}ss: new registration".to_owned(),
        body_text: "Hello,\n\n.a line that begins with a dot\n".to_owned(),
        body_html: "<!DOCTYPE html><p>Hello</p>".to_owned(),
        token: None,
        expires_at: None,
        state: MailState::Queued,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        available_at: now,
        changed_at: now,
    }
}

/// Due at that time.
pub async fn queue(
    db: &TestDb,
    at: Timestamp,
    company: CompanyId,
    receivers: &[&str],
) -> Vec<MailId> {
    let rows: Vec<MailRow> = receivers
        .iter()
        .map(|to| row(db.id(), at, company, to))
        .collect();
    let ids = rows.iter().map(|row| row.id).collect();
    in_write!(db, |tx| [rows] {
        for row in &rows {
            store::mail::insert(tx, row).await?;
        }
        Ok(())
    })
    .unwrap();
    ids
}

/// State and last error, in the order of the addresses.
async fn settled(db: &TestDb, company: CompanyId) -> Vec<(String, MailState, String)> {
    let mut conn = db.read().await.unwrap();
    let rows = store::mail::list_by_company(&mut conn, company, None, None, 100)
        .await
        .unwrap();
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|row| (row.to_email, row.state, row.last_error))
        .collect();
    rows.sort();
    rows
}

fn services(db: &TestDb, url: &str) -> Services {
    let config = Config::read(&Sources {
        flag: &|name| match name {
            "smtp-url" => Some(url.to_owned()),
            "mail-from" => Some("Deal Desk <deals@dealboard.example>".to_owned()),
            // Enough on a busy machine, and the one receiver who never answers costs no more.
            "mail-timeout" => Some("3 s".to_owned()),
            _ => None,
        },
        env: &|_| None,
        file: None,
    })
    .unwrap();
    let config = config.mail.unwrap();
    let services = Services::new(
        db.db.clone(),
        Arc::new(domain::FixedClock::at(db.now())),
        Arc::new(domain::SequentialIds::default()),
        ServicesConfig {
            base_url: "https://deals.example".to_owned(),
            files_folder: std::env::temp_dir(),
            passwords: PasswordCost::least(),
        },
    );
    services.with_mailer(Arc::new(Smtp::open(&config).unwrap()))
}

both_engines! {
    async fn what_the_server_says_decides_what_becomes_of_a_mail(db: &TestDb) {
        let company = World::build(db).await.company.id;
        let mut sink = Sink::open().await;
        let receivers = ["cut@a.example", "good@a.example", "j\u{f6}rg@a.example", "later@a.example", "refused@a.example", "silent@a.example"];
        let ids = queue(db, db.now(), company, &receivers).await;
        let services = services(db, &sink.url());
        let delivered = services.deliver_due().await.unwrap();
        assert_eq!((delivered.sent, delivered.failed, delivered.dead), (1, 3, 2));

        let mail = sink.taken.recv().await.unwrap();
        assert_eq!(mail.to, "good@a.example");
        assert_eq!(mail.header("Message-ID"), format!("<{}@dealboard.example>", ids[1]));
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert!(mail.header("From").contains("<deals@dealboard.example>"), "{}", mail.whole);
        assert!(mail.header("Content-Type").starts_with("multipart/alternative"), "{}", mail.whole);
        assert!(mail.whole.contains("text/plain") && mail.whole.contains("text/html"));
        assert!(mail.whole.contains("\n..a line that begins with a dot\n"), "{}", mail.whole);
        assert!(sink.taken.try_recv().is_err(), "nothing else came through");

        // Who never answered holds up nobody later.
        queue(db, db.now(), company, &["late@a.example"]).await;
        assert_eq!(services.deliver_due().await.unwrap().sent, 1);
        assert_eq!(sink.taken.recv().await.unwrap().to, "late@a.example");

        let states = settled(db, company).await;
        let of = |to: &str| states.iter().find(|(known, ..)| known == to).unwrap();
        assert_eq!(of("good@a.example").1, MailState::Sent);
        for (to, state, part) in [
            ("refused@a.example", MailState::Dead, "no such mailbox"),
            ("j\u{f6}rg@a.example", MailState::Dead, ""),
            ("later@a.example", MailState::Queued, "greylisted"),
            ("silent@a.example", MailState::Queued, ""),
            ("cut@a.example", MailState::Queued, ""),
        ] {
            let (_, found, error) = of(to);
            assert_eq!(*found, state, "{to}: {error}");
            assert!(error.contains(part) && !error.is_empty(), "{to}: {error}");
        }
    }

    async fn a_server_that_is_not_there_only_delays_the_mail(db: &TestDb) {
        let company = World::build(db).await.company.id;
        // A port on which nobody listens any more.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        queue(db, db.now(), company, &["good@a.example"]).await;
        let delivered = services(db, &format!("smtp://{address}")).deliver_due().await.unwrap();
        assert_eq!((delivered.sent, delivered.failed, delivered.dead), (0, 1, 0));
        let (_, state, error) = settled(db, company).await.remove(0);
        assert_eq!(state, MailState::Queued);
        assert!(error.to_lowercase().contains("refused"), "{error}");
    }
}
