//! Which answers the cards of the board show: the company chooses, for both sides.

use domain::ProgramId;
use domain::commands::ChooseCardFields;
use domain::events::ProgramFact;
use domain::forms::{FieldKey, FormDefinition, MAX_CARD_FIELDS};
use domain::people::CompanyRight;
use domain::views::CardFieldsView;
use store::{Conn, forms, programs};

use crate::accounts::Faults;
use crate::{CompanyAccess, ServiceError};

/// The inputs, from the top.
const INPUTS: [&str; MAX_CARD_FIELDS] = ["first", "second", "third"];

impl CompanyAccess {
    /// What may stand on cards, and what does.
    pub async fn card_fields(&self) -> Result<CardFieldsView, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let mut conn = self.services.read().await?;
        let form = form_now(&mut conn, self.program.id).await?;
        let chosen = programs::list_card_fields(&mut conn, self.program.id).await?;
        let fields = form.fields.iter().filter(|field| field.fits_card());
        Ok(CardFieldsView {
            offered: fields
                .map(|field| (field.key.clone(), field.label.clone()))
                .collect(),
            chosen: shown(&form, &chosen),
        })
    }

    /// Chooses them anew, unless somebody else has since they were seen; gives what cards show now. What is seen is the fields and not
    /// the program's version, which the switch and the settings on the same page change too.
    pub async fn choose_card_fields(
        &self,
        cmd: ChooseCardFields,
    ) -> Result<Vec<FieldKey>, ServiceError> {
        self.write(CompanyRight::DesignProgram, cmd, |tx, recorder, cmd| {
            Box::pin(async move {
                let now = &recorder.program;
                let form = form_now(tx, now.id).await?;
                let fields = read_fields(&form, &cmd.fields)?;
                let kept = programs::list_card_fields(tx, now.id).await?;
                if fields == kept {
                    return Ok(fields);
                }
                let seen = cmd.before.iter().map(String::as_str);
                if !seen.eq(shown(&form, &kept).iter().map(FieldKey::as_str)) {
                    return Err(ServiceError::Stale);
                }
                let version = programs::save_card_fields(tx, now, &fields).await?;
                let fact = ProgramFact::SettingsChanged;
                recorder.note_program(tx, version, fact).await?;
                Ok(fields)
            })
        })
        .await
    }
}

/// The form as partners fill it in now; one without fields where none is published.
async fn form_now(conn: &mut Conn, program: ProgramId) -> Result<FormDefinition, ServiceError> {
    let form = forms::find_current(conn, program).await?;
    Ok(form.map_or_else(
        || FormDefinition { fields: Vec::new() },
        |form| form.definition.0,
    ))
}

/// Those of the chosen that the form still has.
fn shown(form: &FormDefinition, chosen: &[FieldKey]) -> Vec<FieldKey> {
    let fields = form.card_fields(chosen).into_iter();
    fields.map(|field| field.key.clone()).collect()
}

fn read_fields(form: &FormDefinition, wished: &[String]) -> Result<Vec<FieldKey>, ServiceError> {
    let mut faults = Faults::default();
    let mut chosen: Vec<FieldKey> = Vec::new();
    for (place, text) in wished.iter().enumerate() {
        if text.is_empty() {
            continue;
        }
        let Some(input) = INPUTS.get(place) else {
            faults.add("third", "Choose three fields or fewer");
            break;
        };
        let key = FieldKey::parse(text).ok();
        let field = key.and_then(|key| form.field(&key));
        match field.filter(|field| field.fits_card()) {
            None => faults.add(input, "Choose a field of the form"),
            Some(field) if chosen.contains(&field.key) => {
                faults.add(input, "Choose each field once");
            }
            Some(field) => chosen.push(field.key.clone()),
        }
    }
    faults.none()?;
    Ok(chosen)
}
