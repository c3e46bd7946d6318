//! Where a draft may start from, and the form as a file to take along.

use std::collections::BTreeMap;

use domain::{
    FormVersionId, ProgramId, TierId,
    errors::InputFault,
    forms::{
        FormDefinition,
        interchange::{FileFault, Note, meet_tiers, read_file, write_file},
        templates::Template,
    },
    people::CompanyRight,
    views::{FormSource, FormSources, FormStart, OtherProgram, TemplateLine},
};

use super::no_form;
use crate::{CompanyAccess, ServiceError};

/// A form to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    /// Letters, digits, hyphens and a point.
    pub name: String,
    pub text: String,
}

impl CompanyAccess {
    /// The templates, and the company's other programs.
    pub async fn form_sources(&self) -> Result<FormSources, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let mut conn = self.services.read().await?;
        let programs = store::programs::list_by_company(&mut conn, self.company).await?;
        let others = programs
            .into_iter()
            .filter(|program| program.id != self.program.id);
        let other = others.map(|program| OtherProgram {
            id: program.id,
            name: program.name,
        });
        let template = |template: &Template| TemplateLine {
            template: *template,
            name: template.label().to_owned(),
            description: template.description().to_owned(),
        };
        Ok(FormSources {
            templates: Template::ALL.iter().map(template).collect(),
            programs: other.collect(),
        })
    }

    /// The form of that source, as a draft of this program. Nothing is saved by it.
    pub async fn open_form_source(&self, source: FormSource) -> Result<FormStart, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        match source {
            FormSource::Template(template) => Ok(FormStart {
                definition: template.form(self.program.currency),
                left_out: Vec::new(),
            }),
            FormSource::Program(program) => self.form_of_other(program).await,
            FormSource::File(text) => self.form_in_file(&text).await,
        }
    }

    /// The draft as it is saved, or that published version.
    pub async fn form_file(
        &self,
        version: Option<FormVersionId>,
    ) -> Result<FormFile, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let (definition, part) = match version {
            Some(id) => {
                let version = self.form_version(id).await?;
                (version.definition, format!("version-{}", version.number))
            }
            None => (self.draft_or_published().await?, "draft".to_owned()),
        };
        let (company, program) = (self.company, &self.program);
        let mut conn = self.services.read().await?;
        let tiers = store::programs::list_tiers(&mut conn, company, program.id).await?;
        Ok(FormFile {
            name: format!("{}-form-{part}.json", plain(&program.slug)),
            text: write_file(&definition, &program.name, &tiers),
        })
    }

    async fn draft_or_published(&self) -> Result<FormDefinition, ServiceError> {
        let (company, program) = (self.company, self.program.id);
        let mut conn = self.services.read().await?;
        let draft = store::forms::find_draft(&mut conn, company, program).await?;
        if let Some(draft) = draft {
            return Ok(draft.definition.0);
        }
        let current = store::forms::find_current(&mut conn, program).await?;
        Ok(current.ok_or_else(no_form)?.definition.0)
    }

    /// Another company's program does not exist here; nor is this one another.
    async fn form_of_other(&self, other: ProgramId) -> Result<FormStart, ServiceError> {
        let mut conn = self.services.read().await?;
        let program = store::programs::find(&mut conn, other).await?;
        let program = program
            .filter(|program| program.company == self.company && program.id != self.program.id)
            .ok_or(ServiceError::NotFound)?;
        let tiers = store::programs::list_tiers(&mut conn, self.company, program.id).await?;
        let current = store::forms::find_current(&mut conn, program.id).await?;
        drop(conn);
        let definition = current.ok_or_else(no_form)?.definition.0;
        let names = tiers.into_iter().map(|tier| (tier.id, tier.name));
        self.start(definition, Vec::new(), &names.collect()).await
    }

    async fn form_in_file(&self, text: &str) -> Result<FormStart, ServiceError> {
        let read = read_file(text).map_err(|faults| refused(&faults))?;
        self.start(read.form, read.notes, &read.tiers).await
    }

    /// With conditions on this program's own tiers.
    async fn start(
        &self,
        mut definition: FormDefinition,
        mut notes: Vec<Note>,
        names: &BTreeMap<TierId, String>,
    ) -> Result<FormStart, ServiceError> {
        let mut conn = self.services.read().await?;
        let own = store::programs::list_tiers(&mut conn, self.company, self.program.id).await?;
        notes.extend(meet_tiers(&mut definition, names, &own));
        Ok(FormStart {
            definition,
            left_out: notes.iter().map(Note::text).collect(),
        })
    }
}

/// Every fault at the one input.
fn refused(faults: &[FileFault]) -> ServiceError {
    let fault = |fault: &FileFault| InputFault {
        input: "file".to_owned(),
        text: fault.text(),
    };
    ServiceError::Invalid(faults.iter().map(fault).collect())
}

/// For a header, which takes no other letters.
fn plain(slug: &str) -> String {
    slug.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect()
}
