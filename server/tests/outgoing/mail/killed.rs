//! Real processes that deliver and are killed in the middle, again and again: no mail is lost, and one that goes out twice
//! goes out under the same id.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use domain::mail::MailState;
use domain::{CompanyId, MailId, Timestamp};
use testkit::{TestDb, World, both_engines};

use crate::mail::sink::{Sink, Taken};
use crate::mail::smtp::queue;
use crate::process::{self, folder, kill, stop};

const ROUNDS: usize = 10;
const MAILS: usize = 12;
/// The processes have the machine's clock: due whatever it says.
const LONG_AGO: Timestamp = Timestamp(0);
/// A mail that has not come by then never will.
const LONGEST: Duration = Duration::from_mins(2);
/// How often the database is looked at while no mail comes.
const LOOK: Duration = Duration::from_millis(200);

/// `dealboard serve` on that database, sending to the sink.
fn serve(db: &TestDb, folder: &Path, sink: &Sink) -> Child {
    let url = sink.url();
    let from = "deals@dealboard.example";
    let own = ["--mail-timeout", "2 s", "--mail-from", from];
    process::serve(db, folder, &[&own[..], &["--smtp-url", &url]].concat())
}

async fn next(sink: &mut Sink) -> Taken {
    let taken = tokio::time::timeout(LONGEST, sink.taken.recv()).await;
    taken.expect("a mail was lost").unwrap()
}

/// The id that the mail came under.
fn id(mail: &Taken) -> MailId {
    let header = mail.header("Message-ID");
    let id = header.trim_matches(['<', '>']).split('@').next().unwrap();
    id.parse()
        .unwrap_or_else(|_| panic!("no id of ours: {header}"))
}

async fn unsent(db: &TestDb, company: CompanyId) -> usize {
    let mut conn = db.read().await.unwrap();
    let rows = store::mail::list_by_company(&mut conn, company, None, None, 1_000)
        .await
        .unwrap();
    rows.iter()
        .filter(|row| row.state != MailState::Sent)
        .count()
}

fn receivers(round: usize, mails: usize) -> Vec<String> {
    (0..mails)
        .map(|number| format!("round{round}-{number}@a.example"))
        .collect()
}

both_engines! {
    async fn a_mail_survives_the_death_of_its_worker(db: &TestDb) {
        let company = World::build(db).await.company.id;
        let (folder, mut sink) = (folder(), Sink::open().await);
        for round in 0..ROUNDS {
            let to = receivers(round, MAILS);
            let queued = queue(db, LONG_AGO, company, &to.iter().map(String::as_str).collect::<Vec<_>>()).await;
            let mut came: BTreeMap<MailId, usize> = BTreeMap::new();
            let child = serve(db, folder.path(), &sink);
            // Killed when so many had come: between the server's yes to the last one and our noting it, or near it.
            for _ in 0..=round {
                *came.entry(id(&next(&mut sink).await)).or_default() += 1;
            }
            kill(child).await;
            let child = serve(db, folder.path(), &sink);
            while came.len() < MAILS {
                *came.entry(id(&next(&mut sink).await)).or_default() += 1;
            }
            // What the dead one had in hand and could not note comes once more, when its lease has ended.
            let ended = Instant::now() + LONGEST;
            while unsent(db, company).await > 0 {
                assert!(Instant::now() < ended, "round {round}: a mail is never noted as sent");
                if let Ok(mail) = tokio::time::timeout(LOOK, sink.taken.recv()).await {
                    *came.entry(id(&mail.unwrap())).or_default() += 1;
                }
            }
            stop(child).await;
            while let Ok(mail) = sink.taken.try_recv() {
                *came.entry(id(&mail)).or_default() += 1;
            }
            assert_eq!(came.keys().copied().collect::<BTreeSet<_>>(), queued.into_iter().collect());
        }
    }
}

/// Two processes on one database; only Postgres takes two.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_deliver_each_mail_once() {
    let db = TestDb::postgres().await;
    let company = World::build(&db).await.company.id;
    let (folder, mut sink) = (folder(), Sink::open().await);
    let to = receivers(0, 60);
    let queued = queue(
        &db,
        LONG_AGO,
        company,
        &to.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .await;
    let children = [
        serve(&db, folder.path(), &sink),
        serve(&db, folder.path(), &sink),
    ];
    let mut came = Vec::new();
    for _ in 0..60 {
        came.push(id(&next(&mut sink).await));
    }
    for child in children {
        stop(child).await;
    }
    while let Ok(more) = sink.taken.try_recv() {
        came.push(id(&more));
    }
    came.sort();
    let mut queued = queued;
    queued.sort();
    assert_eq!(came, queued);
    assert_eq!(unsent(&db, company).await, 0);
    db.close().await;
}
