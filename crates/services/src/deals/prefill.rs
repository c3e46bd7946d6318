//! What a form is filled with from what is known of the partner.

use std::collections::BTreeMap;

use domain::deals::RegistrationStatus;
use domain::forms::{
    Answers, Context, Field, FieldKey, FormDefinition, Known, Prefill, RawAnswers, UploadedFile,
    follow_defaults, initial, known_answers,
};
use domain::people::PartnerRight;
use domain::views::EarlierDeal;
use store::Conn;

use super::record::number_text;
use super::registrar::{Registrar, current_form, form_of, uploaded};
use crate::{PartnerAccess, ServiceError};

/// Earlier deals that are looked through for an answer.
const EARLIER: i64 = 20;

/// The partner's deals that fields are filled from.
pub(super) type Sources = BTreeMap<FieldKey, EarlierDeal>;

impl Registrar {
    /// What that form's rules may look at, with what its fields are filled from. `given` are the deal's answers so far.
    pub(super) async fn context_of(
        &self,
        conn: &mut Conn,
        form: &FormDefinition,
        files: &[UploadedFile],
        given: &Answers,
    ) -> Result<Context, ServiceError> {
        let found = self.context_and_sources(conn, form, files, given).await?;
        Ok(found.0)
    }

    /// The same, with the earlier deals among that.
    pub(super) async fn context_and_sources(
        &self,
        conn: &mut Conn,
        form: &FormDefinition,
        files: &[UploadedFile],
        given: &Answers,
    ) -> Result<(Context, Sources), ServiceError> {
        let mut context = self.context(files);
        let is_filled = |f: &Field| f.traits.prefill.is_some() || !f.partner_edits();
        if !form.fields.iter().any(is_filled) {
            return Ok((context, Sources::new()));
        }
        let mut prefills = form.fields.iter().filter_map(|f| f.traits.prefill);
        let mut known = Known::clone(&self.known);
        let mut earlier = Vec::new();
        if prefills.any(|one| one == Prefill::LastDeal) {
            let last = store::deals::list_last_answers(conn, self.membership, EARLIER).await?;
            for (deal, number, answers) in last {
                let number = number_text(&self.recorder.program.number_prefix, Some(number));
                earlier.push(EarlierDeal { deal, number });
                known.earlier.push(answers.0);
            }
        }
        context.known = known_answers(form, &known, given, &context);
        let sources = sources(form, &known, &earlier, given, &context);
        Ok((context, sources))
    }
}

/// `earlier` are the deals of `known.earlier`, in the same order.
fn sources(
    form: &FormDefinition,
    known: &Known,
    earlier: &[EarlierDeal],
    given: &Answers,
    context: &Context,
) -> Sources {
    let from_last = form.fields.iter().filter(|field| {
        let kept = field.traits.read_only && given.get(&field.key).is_some();
        field.traits.prefill == Some(Prefill::LastDeal)
            && !kept
            && context.known.mentions(&field.key)
    });
    let found = from_last.filter_map(|field| {
        let mut deals = earlier.iter().zip(&known.earlier);
        let (deal, _) = deals.find(|(_, answers)| answers.get(&field.key).is_some())?;
        Some((field.key.clone(), deal.clone()))
    });
    found.collect()
}

impl PartnerAccess {
    /// The form that this key's answers are typed into.
    pub async fn asked_form(&self, submit_key: &str) -> Result<FormDefinition, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let mut conn = self.services.read().await?;
        let deal = store::deals::find_by_key(&mut conn, self.membership, submit_key).await?;
        let form = match deal {
            Some(deal) if deal.status() != RegistrationStatus::Draft => {
                form_of(&mut conn, deal.form_version).await?
            }
            _ => current_form(&mut conn, &registrar).await?,
        };
        Ok(form.definition.0.for_partner())
    }

    /// The answers of a page without scripts, where defaults that depend on answers follow those that were changed on it.
    pub async fn follow_defaults(
        &self,
        submit_key: &str,
        answers: RawAnswers,
    ) -> Result<RawAnswers, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let mut conn = self.services.read().await?;
        let deal = store::deals::find_by_key(&mut conn, self.membership, submit_key).await?;
        let (form, before, files, given) = match deal {
            None => {
                let form = current_form(&mut conn, &registrar).await?;
                (form, None, Vec::new(), Answers::default())
            }
            Some(deal) => {
                // A draft is filled in as the form is now.
                let form = if deal.status() == RegistrationStatus::Draft {
                    current_form(&mut conn, &registrar).await?
                } else {
                    form_of(&mut conn, deal.form_version).await?
                };
                let raw = store::deals::find_raw(&mut conn, deal.id).await?;
                let files = uploaded(&mut conn, &deal).await?;
                (form, raw, files, deal.answers)
            }
        };
        let form = form.definition.0.for_partner();
        if form.fields.iter().all(|field| field.defaults.is_empty()) {
            return Ok(answers);
        }
        let context = registrar
            .context_of(&mut conn, &form, &files, &given)
            .await?;
        let before = before.unwrap_or_else(|| initial(&form, &context));
        Ok(follow_defaults(&form, &before, &answers, &context).0)
    }
}
