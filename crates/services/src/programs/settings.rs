//! A program's settings and the switch "deal submissions".

use domain::commands::{SaveProgramSettings, SwitchSubmissions};
use domain::errors::ConflictView;
use domain::events::{Fact, ProgramFact};
use domain::people::CompanyRight;
use domain::program::{Program, ProgramSettings};
use domain::text::clean_text;
use domain::{CompanyId, ProgramId};
use store::accounts::users;
use store::{Conn, programs};

use crate::accounts::{Faults, MAX_NAME, read_currency};
use crate::{CompanyAccess, ServiceError};

const MAX_SUMMARY: usize = 2_000;
const MAX_PREFIX: usize = 8;
const MAX_HOURS: i64 = 24 * 90;
const MAX_DAYS: i64 = 3_650;
/// Far enough back to meet the one that changed the program among what happened to its partners and customers.
const LOOK_BACK: i64 = 500;

impl CompanyAccess {
    /// Saves name, summary, prefix, currency and promises; gives the new version.
    pub async fn save_settings(&self, cmd: SaveProgramSettings) -> Result<i64, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let (right, wanted) = (CompanyRight::DesignProgram, read_settings(&cmd)?);
        self.write(right, wanted, |tx, recorder, wanted| {
            Box::pin(async move {
                let now = &recorder.program;
                if now.version != wanted.version {
                    return Err(conflict(tx, now).await?);
                }
                let program = Program {
                    id: now.id,
                    company: now.company,
                    slug: now.slug.clone(),
                    submissions_open: now.submissions_open,
                    ..wanted
                };
                let version = programs::save(tx, &program).await?;
                let fact = ProgramFact::SettingsChanged;
                recorder.note_program(tx, version, fact).await?;
                Ok(version)
            })
        })
        .await
    }

    /// Lets partners register deals, or stops it (R6). Deals that exist live on either way.
    pub async fn switch_submissions(&self, cmd: SwitchSubmissions) -> Result<(), ServiceError> {
        self.write(CompanyRight::DesignProgram, cmd, |tx, recorder, cmd| {
            Box::pin(async move {
                if recorder.program.submissions_open == cmd.open {
                    return Ok(());
                }
                let program = Program {
                    submissions_open: cmd.open,
                    ..Program::clone(&recorder.program)
                };
                let version = programs::save(tx, &program).await?;
                let fact = if cmd.open {
                    ProgramFact::SubmissionsOpened
                } else {
                    ProgramFact::SubmissionsClosed
                };
                recorder.note_program(tx, version, fact).await
            })
        })
        .await
    }
}

/// The wished program; id, company, slug and switch are filled in from the stored one.
fn read_settings(cmd: &SaveProgramSettings) -> Result<Program, ServiceError> {
    let mut faults = Faults::default();
    let name = faults.line("name", "the program\u{2019}s name", &cmd.name, MAX_NAME);
    let summary = clean_text(&cmd.summary);
    if summary.chars().count() > MAX_SUMMARY {
        faults.add(
            "summary",
            "Shorten the summary to 2,000 characters or fewer",
        );
    }
    let number_prefix = cmd.number_prefix.trim().to_uppercase();
    let fits = (1..=MAX_PREFIX).contains(&number_prefix.len())
        && number_prefix
            .bytes()
            .all(|letter| letter.is_ascii_alphanumeric());
    if !fits {
        faults.add("number_prefix", "Enter 1 to 8 letters or digits, like ALT");
    }
    let currency = read_currency(&mut faults, &cmd.currency);
    let mut within = |input: &str, value: i64, most: i64, text: &str| {
        if !(1..=most).contains(&value) {
            faults.add(input, text);
        }
    };
    within(
        "decision_hours",
        cmd.decision_hours,
        MAX_HOURS,
        "Enter 1 to 2,160 hours",
    );
    within(
        "protection_days",
        cmd.protection_days,
        MAX_DAYS,
        "Enter 1 to 3,650 days",
    );
    within(
        "extension_days",
        cmd.extension_days,
        MAX_DAYS,
        "Enter 1 to 3,650 days",
    );
    faults.none()?;
    Ok(Program {
        id: ProgramId(uuid::Uuid::nil()),
        company: CompanyId(uuid::Uuid::nil()),
        name,
        slug: String::new(),
        summary,
        number_prefix,
        currency,
        submissions_open: false,
        settings: ProgramSettings {
            decision_hours: cmd.decision_hours,
            protection_days: cmd.protection_days,
            extension_days: cmd.extension_days,
        },
        version: cmd.version,
    })
}

/// Who gave the program its version, when, and what they did.
async fn conflict(conn: &mut Conn, program: &Program) -> Result<ServiceError, ServiceError> {
    let latest = store::events::list_latest_by_subject(conn, program.id.uuid(), LOOK_BACK).await?;
    for row in latest {
        let Fact::Program(fact) = row.fact()? else {
            continue;
        };
        let Some(what) = fact.changed() else { continue };
        let who = match row.actor_id {
            Some(user) => users::find(conn, user).await?.map(|user| user.name),
            None => None,
        };
        return Ok(ServiceError::Conflict(ConflictView {
            current_version: program.version,
            who: who.unwrap_or_default(),
            at: row.at,
            what: what.to_owned(),
        }));
    }
    Ok(ServiceError::Stale)
}
