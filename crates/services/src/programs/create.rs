//! A new program, with everything that it needs to take a deal.

use domain::commands::CreateProgram;
use domain::events::ProgramFact;
use domain::forms::starter_form;
use domain::pipeline::{Heads, LostReason, Pipeline, Stage, StageKind, StageRules};
use domain::program::{Program, ProgramSettings};
use domain::text::fold;
use domain::{CompanyId, Currency, FormVersionId, ProgramId};
use store::forms::FormVersionRow;
use store::{JsonText, Tx, forms, pipelines, programs};

use crate::accounts::{Faults, MAX_NAME, free_slugs, read_currency, still_edits};
use crate::facts::Scribe;
use crate::{CompanyTeam, ServiceError};

/// Name, kind, colour, days until stuck, per cent chance.
const STAGES: [(&str, StageKind, &str, Option<i32>, i32); 5] = [
    ("Qualified", StageKind::Open, "blue", Some(30), 20),
    ("Proposal", StageKind::Open, "violet", Some(30), 50),
    ("Negotiation", StageKind::Open, "amber", Some(21), 75),
    ("Closed won", StageKind::Won, "green", None, 100),
    ("Closed lost", StageKind::Lost, "slate", None, 0),
];
const LOST_REASONS: [&str; 5] = [
    "Price",
    "Chose a competitor",
    "No budget",
    "No decision",
    "Missing feature",
];
/// The letters before a deal's number.
const PREFIX_LETTERS: usize = 3;

/// What a new program starts with, checked.
#[derive(Debug, Clone)]
pub(crate) struct ProgramSeed {
    pub name: String,
    pub currency: Currency,
}

impl ProgramSeed {
    /// Reads the inputs `program` and `currency`.
    pub(crate) fn read(faults: &mut Faults, name: &str, currency: &str) -> Self {
        Self {
            name: faults.line("program", "the program\u{2019}s name", name, MAX_NAME),
            currency: read_currency(faults, currency),
        }
    }
}

impl CompanyTeam {
    /// A program with the default form, stages and promises. Submissions stay off until the company has looked at them.
    pub async fn create_program(&self, cmd: CreateProgram) -> Result<ProgramId, ServiceError> {
        if cmd.company != self.company {
            return Err(ServiceError::NotFound);
        }
        self.require_edit()?;
        let mut faults = Faults::default();
        let seed = ProgramSeed::read(&mut faults, &cmd.name, &cmd.currency);
        faults.none()?;
        let (company, me) = (self.company, self.person.id);
        let scribe = self.services.scribe(self.actor());
        self.services
            .write((scribe, seed), move |tx, (scribe, seed)| {
                Box::pin(async move {
                    still_edits(tx, company, me).await?;
                    insert_program(tx, &scribe, company, &seed).await
                })
            })
            .await
    }

    /// The company's programs, by name.
    pub async fn list_programs(&self) -> Result<Vec<Program>, ServiceError> {
        let mut conn = self.services.read().await?;
        Ok(programs::list_by_company(&mut conn, self.company).await?)
    }
}

pub(crate) async fn insert_program(
    tx: &mut Tx,
    scribe: &Scribe,
    company: CompanyId,
    seed: &ProgramSeed,
) -> Result<ProgramId, ServiceError> {
    let mut program = Program {
        id: scribe.id(),
        company,
        name: seed.name.clone(),
        slug: String::new(),
        summary: String::new(),
        number_prefix: prefix(&seed.name),
        currency: seed.currency,
        submissions_open: false,
        settings: ProgramSettings::default(),
        version: 1,
    };
    let mut slugs = free_slugs(&seed.name, "program");
    loop {
        let taken = || ServiceError::input("program", "Choose another name for the program");
        program.slug = slugs.next().ok_or_else(taken)?;
        if programs::insert(tx, &program, scribe.now).await? {
            break;
        }
    }
    let id = program.id;
    pipelines::save(tx, company, id, &starter_pipeline(scribe), scribe.now).await?;
    let form: FormVersionId = scribe.id();
    let row = FormVersionRow {
        id: form,
        company_id: company,
        program_id: id,
        number: 1,
        definition: JsonText(starter_form(seed.currency)),
        published_by: scribe.actor.user,
        published_at: scribe.now,
    };
    forms::insert_version(tx, &row).await?;
    let fact = ProgramFact::ProgramCreated { name: program.name };
    scribe.program(tx, (company, id), None, 1, fact).await?;
    Ok(id)
}

fn starter_pipeline(scribe: &Scribe) -> Pipeline {
    let stage =
        |(position, (name, kind, hue, stuck_days, probability)): (i32, (&str, _, &str, _, _))| {
            Stage {
                id: scribe.id(),
                name: name.to_owned(),
                kind,
                hue: hue.to_owned(),
                position,
                stuck_days,
                probability,
                description: String::new(),
                wip_hint: None,
                rules: StageRules::default(),
                pipeline: domain::PipelineId::FIRST,
            }
        };
    let reason = |label: &str| LostReason {
        id: scribe.id(),
        label: label.to_owned(),
        group: String::new(),
    };
    Pipeline {
        stages: (1..).zip(STAGES).map(stage).collect(),
        lost_reasons: LOST_REASONS.into_iter().map(reason).collect(),
        heads: Heads::default(),
    }
}

/// `Altostrat Cloud` gives `ALT`.
fn prefix(name: &str) -> String {
    let letters: String = fold(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(PREFIX_LETTERS)
        .collect();
    if letters.is_empty() {
        "DEAL".to_owned()
    } else {
        letters.to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_comes_from_the_name() {
        assert_eq!(prefix("Altostrat Cloud"), "ALT");
        assert_eq!(prefix("Éa 7"), "EA7");
        assert_eq!(prefix("日本"), "DEAL");
    }
}
