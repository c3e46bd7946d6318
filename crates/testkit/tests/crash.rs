//! The process dies in the middle of writes, again and again, and starts beside others on an empty database.
//! `KILL_RUNS` sets how often it dies per engine; 20 if unset. Here the process is a writer on the store, which writes
//! faster than any server; `server/tests/commands` kills the server itself.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on panics"
)]

use domain::Timestamp;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};
use store::{Db, DbOptions, DbUrl, accounts::attempts, events};
use testkit::{
    EmptyDb,
    kill::{TASKS, key_of, moment, rounds, subject_of},
};

fn writer(verb: &str, url: &DbUrl, run: u32) -> Child {
    Command::new(env!("CARGO_BIN_EXE_writer"))
        .args([verb, &testkit::open_address(url), &run.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets the writer run for that long after its first acknowledged write, kills it, and gives the last write that each
/// task had acknowledged.
fn kill_after(mut child: Child, time: Duration) -> BTreeMap<u32, u32> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().expect("the writer wrote nothing").unwrap();
    let killer = std::thread::spawn(move || {
        std::thread::sleep(time);
        child.kill().unwrap();
        child.wait().unwrap()
    });
    let mut acknowledged = BTreeMap::new();
    for line in std::iter::once(first).chain(lines.map_while(Result::ok)) {
        // The last line may be cut: then it was not heard.
        let Some((task, number)) = line.split_once(' ') else {
            continue;
        };
        acknowledged.insert(task.parse().unwrap(), number.parse().unwrap_or(0));
    }
    killer.join().unwrap();
    acknowledged
}

/// Nothing acknowledged is lost, nothing is there by half, and the history is whole.
async fn judge(db: &Db, run: u32, acknowledged: &BTreeMap<u32, u32>) -> i64 {
    let mut conn = db.read().await.unwrap();
    let mut rows_of = BTreeMap::new();
    for task in 0..TASKS {
        let rows = attempts::count_since(&mut conn, &key_of(run, task), Timestamp(0))
            .await
            .unwrap();
        let said = i64::from(acknowledged.get(&task).copied().unwrap_or(0));
        assert!(
            rows >= said,
            "run {run}, task {task}: {said} acknowledged, {rows} kept"
        );
        *rows_of.entry(subject_of(run, task)).or_insert(0) += rows;
    }
    for (subject, rows) in &rows_of {
        let events = events::list_by_subject(&mut conn, *subject, 0, i64::MAX)
            .await
            .unwrap();
        assert_eq!(
            i64::try_from(events.len()).unwrap(),
            *rows,
            "run {run}: half a write"
        );
    }
    events::verify_all(&mut conn)
        .await
        .unwrap()
        .expect("the history is whole");
    rows_of.values().sum()
}

async fn killed_again_and_again(empty: EmptyDb) {
    for run in 0..rounds() {
        let child = writer("write", &empty.url, run);
        let time = moment(run);
        let acknowledged = tokio::task::spawn_blocking(move || kill_after(child, time))
            .await
            .unwrap();
        let db = Db::connect(&empty.url, &DbOptions::default())
            .await
            .unwrap();
        let kept = judge(&db, run, &acknowledged).await;
        assert!(kept > 0);
        db.close().await;
    }
}

async fn eight_start_at_once(empty: EmptyDb) {
    let starting: Vec<Child> = (0..8)
        .map(|run| writer("migrate", &empty.url, run))
        .collect();
    for child in starting {
        let ended = child.wait_with_output().unwrap();
        assert!(
            ended.status.success(),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
    let db = Db::connect(&empty.url, &DbOptions::default())
        .await
        .unwrap();
    db.ping().await.unwrap();
    assert_eq!(
        events::last_seq(&mut db.read().await.unwrap())
            .await
            .unwrap(),
        0
    );
    db.close().await;
}

#[tokio::test]
async fn killed_again_and_again_on_sqlite() {
    killed_again_and_again(EmptyDb::sqlite()).await;
}

#[tokio::test]
async fn killed_again_and_again_on_postgres() {
    killed_again_and_again(EmptyDb::postgres().await).await;
}

#[tokio::test]
async fn eight_start_at_once_on_sqlite() {
    eight_start_at_once(EmptyDb::sqlite()).await;
}

#[tokio::test]
async fn eight_start_at_once_on_postgres() {
    eight_start_at_once(EmptyDb::postgres().await).await;
}
