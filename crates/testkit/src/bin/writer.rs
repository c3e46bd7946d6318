//! A process to be killed: `writer migrate URL` opens the database as the server does; `writer write URL RUN` also
//! writes without end, from eight tasks at once, and says on its output which writes were acknowledged.

use domain::{
    EventId, Timestamp,
    events::{Fact, ProgramFact},
    people::Actor,
};
use std::{error::Error, io::Write};
use store::{Db, DbOptions, DbUrl, StoreError, accounts::attempts, events};
use testkit::kill::{TASKS, event_of, key_of, subject_of};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().ok_or("a verb is missing")?;
    let url: DbUrl = arguments.next().ok_or("the address is missing")?.parse()?;
    let options = DbOptions::default();
    store::migrate(&url, &options).await?;
    let db = Db::connect(&url, &options).await?;
    db.ping().await?;
    if verb == "write" {
        let run: u32 = arguments.next().ok_or("the run is missing")?.parse()?;
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..TASKS {
            tasks.spawn(write(db.clone(), run, task));
        }
        while let Some(ended) = tasks.join_next().await {
            ended??;
        }
    }
    db.close().await;
    Ok(())
}

/// One transaction after another: a row and an event in each.
async fn write(db: Db, run: u32, task: u32) -> Result<(), StoreError> {
    for number in 1.. {
        db.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let id = event_of(run, task, number);
                attempts::insert(tx, id, &key_of(run, task), Timestamp(1)).await?;
                let event = events::NewEvent {
                    id: EventId(id),
                    company_id: None,
                    program_id: None,
                    partner_id: None,
                    subject: "program",
                    subject_id: subject_of(run, task),
                    subject_version: 0,
                    actor: Actor::system(),
                    at: Timestamp(1),
                    fact: Fact::Program(ProgramFact::SettingsChanged),
                };
                events::append(tx, event).await
            })
        })
        .await?;
        // A reader that went away ends the process, too.
        let said = std::io::stdout().write_all(format!("{task} {number}\n").as_bytes());
        said.map_err(|error| StoreError::Unavailable {
            reason: error.to_string(),
        })?;
    }
    Ok(())
}
