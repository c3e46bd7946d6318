//! Answers that no two deals of a program give, while they stand. Whose an answer is, is never said.

use domain::deals::Deal;
use domain::forms::{
    Answers, FieldError, FieldErrors, FieldKey, FieldProblem, FormDefinition, unique_answers,
};
use domain::{DealId, ProgramId};
use store::{Conn, Tx};

use super::record::Recorder;
use super::registrar::form_of;
use crate::ServiceError;

impl Recorder {
    /// Takes the deal's unique answers for it, or says at which fields another deal was first.
    pub(super) async fn take_unique(
        &self,
        tx: &mut Tx,
        form: &FormDefinition,
        deal: &Deal,
    ) -> Result<(), ServiceError> {
        if form.fields.iter().all(|field| !field.traits.unique) {
            return Ok(());
        }
        store::unique_answers::delete(tx, deal.id).await?;
        let mut taken = Vec::new();
        for (key, answer) in unique_answers(form, &deal.answers) {
            if !store::unique_answers::insert(tx, deal, key.as_str(), &answer).await? {
                taken.push(FieldError::at(&key, FieldProblem::Taken));
            }
        }
        if taken.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Fields(FieldErrors(taken)))
        }
    }

    /// Lets the deal's answers go when it no longer stands, and takes them again when it does: refused when another deal has
    /// one by now.
    pub(super) async fn settle_unique(&self, tx: &mut Tx, deal: &Deal) -> Result<(), ServiceError> {
        let stands = deal.stands();
        let unsettled = store::unique_answers::list_unsettled(tx, deal.id, stands).await?;
        if unsettled.is_empty() {
            return Ok(());
        }
        if stands && let Some(key) = store::unique_answers::list_lost(tx, deal.id).await?.first() {
            let form = form_of(tx, deal.form_version).await?;
            let field = FieldKey::parse(key).ok();
            let field = field.and_then(|key| form.definition.0.field(&key).cloned());
            let label = field.map_or_else(|| key.clone(), |field| field.label);
            let text = format!(
                "Another deal has been registered since with the same answer to \u{201c}{label}\u{201d}"
            );
            return Err(ServiceError::input("", &text));
        }
        let saved = store::unique_answers::save_standing(tx, deal.id, stands).await;
        // Taken in the same moment: whoever tries again is told so.
        saved.map_err(|error| match error {
            error if error.is_unique_violation() => ServiceError::Stale,
            error => error.into(),
        })
    }
}

/// At which fields another deal has the answer: for a page that is looked at again before it is sent.
pub(super) async fn taken(
    conn: &mut Conn,
    form: &FormDefinition,
    answers: &Answers,
    (program, deal): (ProgramId, DealId),
) -> Result<FieldErrors, ServiceError> {
    let mut taken = Vec::new();
    for (key, answer) in unique_answers(form, answers) {
        let said = (key.as_str(), answer.as_str());
        if store::unique_answers::is_taken(conn, program, Some(deal), said).await? {
            taken.push(FieldError::at(&key, FieldProblem::Taken));
        }
    }
    Ok(FieldErrors(taken))
}
