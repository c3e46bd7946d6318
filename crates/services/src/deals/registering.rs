//! The partner fills the form: the page, the draft that keeps itself, the answer to questions.

use domain::commands::SaveDraft;
use domain::deals::{Deal, DealFact, Registration, RegistrationStatus};
use domain::forms::{
    Answers, Context, FieldErrors, FieldKey, FormDefinition, FormNews, FormVersion, RawAnswers,
    carried_over, initial, states,
};
use domain::people::PartnerRight;
use domain::views::{NeedsInfo, RegistrationPage};
use domain::{DealId, Timestamp};
use store::Conn;
use store::forms::FormVersionRow;

use super::prefill::Sources;
use super::record::number_text;
use super::registrar::{Registrar, current_form, form_of, is_key};
use crate::{PartnerAccess, ServiceError};

impl PartnerAccess {
    /// The deal that the form of that key has become, if it was sent.
    pub async fn registered(
        &self,
        submit_key: Option<&str>,
    ) -> Result<Option<DealId>, ServiceError> {
        self.require(PartnerRight::Register)?;
        let Some(key) = submit_key else {
            return Ok(None);
        };
        let mut conn = self.services.read().await?;
        let deal = store::deals::find_by_key(&mut conn, self.membership, key).await?;
        let sent = deal.filter(|deal| !matches!(deal.registration, Registration::Draft));
        Ok(sent.map(|deal| deal.id))
    }

    /// The empty form with a fresh key, or the draft of that key. None while the company takes no registrations.
    pub async fn registration_page(
        &self,
        submit_key: Option<&str>,
    ) -> Result<RegistrationPage, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let mut conn = self.services.read().await?;
        let draft = match submit_key {
            Some(key) => store::deals::find_by_key(&mut conn, self.membership, key).await?,
            None => None,
        };
        if !self.program.submissions_open {
            return Err(domain::deals::Refusal::SubmissionsClosed.into());
        }
        let Some(deal) = draft else {
            let form = current_form(&mut conn, &registrar).await?;
            let key = submit_key
                .filter(|key| is_key(key))
                .map_or_else(|| self.services.id::<DealId>().to_string(), Into::into);
            let form = for_partner(version(form));
            let (context, prefilled) = registrar
                .context_and_sources(&mut conn, &form.definition, &[], &Answers::default())
                .await?;
            let answers = initial(&form.definition, &context);
            let customers = self.first_customers(&mut conn, &form.definition).await?;
            let page = self.page(&registrar, form, key, answers);
            return Ok(RegistrationPage {
                customers,
                known: context.known,
                prefilled,
                ..page
            });
        };
        let key = submit_key.unwrap_or_default().to_owned();
        self.draft_page(&mut conn, &registrar, &deal, key).await
    }

    /// A draft goes on in the form as it is now, with what is new since it was begun. What is typed for fields that are
    /// not asked any more is kept and not shown: they may come back.
    async fn draft_page(
        &self,
        conn: &mut Conn,
        registrar: &Registrar,
        deal: &Deal,
        key: String,
    ) -> Result<RegistrationPage, ServiceError> {
        let form = current_form(conn, registrar).await?;
        let news = if form.id == deal.form_version {
            FormNews::default()
        } else {
            let begun = form_of(conn, deal.form_version).await?;
            FormNews::between(
                &begun.definition.0.for_partner(),
                &form.definition.0.for_partner(),
            )
        };
        let mut page = self.filled_page(conn, registrar, deal, form, key).await?;
        let form = &page.form.definition;
        page.answers = carried_over(form, &page.answers, &page.context()).only(form);
        page.news = news;
        Ok(page)
    }

    /// The form of a deal that the company has questions about, with only the named fields open.
    pub async fn answer_page(&self, deal: DealId) -> Result<RegistrationPage, ServiceError> {
        self.require(PartnerRight::Register)?;
        let registrar = self.registrar().await?;
        let mut conn = self.services.read().await?;
        let deal = registrar.recorder.load(&mut conn, deal).await?;
        if !matches!(deal.registration, Registration::NeedsInfo { .. }) {
            return Err(domain::deals::Refusal::AlreadySubmitted.into());
        }
        let key = store::deals::submit_key(&mut conn, self.membership, deal.id)
            .await?
            .unwrap_or_default();
        let form = form_of(&mut conn, deal.form_version).await?;
        self.filled_page(&mut conn, &registrar, &deal, form, key)
            .await
    }

    async fn filled_page(
        &self,
        conn: &mut Conn,
        registrar: &Registrar,
        deal: &Deal,
        form: FormVersionRow,
        key: String,
    ) -> Result<RegistrationPage, ServiceError> {
        let files = store::files::list_by_deal(conn, self.company, deal.id).await?;
        let raw = store::deals::find_raw(conn, deal.id).await?;
        let form = for_partner(version(form));
        let uploaded = super::registrar::uploaded(conn, deal).await?;
        let (context, prefilled) = registrar
            .context_and_sources(conn, &form.definition, &uploaded, &deal.answers)
            .await?;
        let begun = !matches!(deal.registration, Registration::Draft);
        let raw = raw.unwrap_or_else(|| {
            if begun {
                deal.answers.to_raw()
            } else {
                // Nothing was typed yet, only a file was chosen.
                initial(&form.definition, &context)
            }
        });
        let answers = said(&form.definition, &raw, &context);
        let of = (deal.program, deal.id);
        let taken = super::unique::taken(conn, &form.definition, &answers, of).await?;
        let open = open_now(&form.definition, deal);
        let customers = self.first_customers(conn, &form.definition).await?;
        let mut page = self.page(registrar, form, key, raw);
        page.customers = customers;
        page.known = context.known;
        if !begun {
            page.prefilled = prefilled;
        }
        page.taken = taken;
        page.files = files.into_iter().map(|(_, file, _)| file).collect();
        page.saved_at = Some(deal.changed_at);
        page.version = deal.version;
        if let Registration::NeedsInfo { message, .. } = &deal.registration {
            page.needs_info = Some(NeedsInfo {
                deal: deal.id,
                number: number_text(&self.program.number_prefix, deal.number),
                message: message.clone(),
                fields: open,
                given: deal.answers.clone(),
                version: deal.version,
            });
        }
        Ok(page)
    }

    fn page(
        &self,
        registrar: &Registrar,
        form: FormVersion,
        key: String,
        answers: RawAnswers,
    ) -> RegistrationPage {
        RegistrationPage {
            program: domain::program::Program::clone(&self.program),
            company: self.company_name.clone(),
            form,
            submit_key: key,
            answers,
            files: Vec::new(),
            saved_at: None,
            version: 0,
            needs_info: None,
            today: registrar.recorder.now.date(),
            tier: registrar.tier.map(|tier| tier.to_string()),
            partner_country: registrar.country.to_string(),
            known: RawAnswers::default(),
            prefilled: Sources::new(),
            customers: Vec::new(),
            taken: FieldErrors::default(),
            news: FormNews::default(),
        }
    }

    /// Keeps what is typed so far in the place of what was kept: for whoever is alone. The first save of a key makes the draft. Gives
    /// its id and the time of the save.
    pub async fn save_draft(
        &self,
        command: SaveDraft,
    ) -> Result<(DealId, Timestamp), ServiceError> {
        self.require(PartnerRight::Register)?;
        command
            .answers
            .check_size()
            .map_err(|_| ServiceError::TooLarge)?;
        let registrar = self.registrar().await?;
        self.services
            .db()
            .write(move |tx| {
                let (registrar, command) = (registrar.clone(), command.clone());
                Box::pin(async move {
                    let registrar = registrar.fresh(tx).await?;
                    let deal = registrar.begun(tx, &command.submit_key).await?;
                    let id = deal.id;
                    registrar.keep_typed(tx, deal, &command.answers).await?;
                    Ok((id, registrar.recorder.now))
                })
            })
            .await
    }

    /// Takes a draft away, with its files.
    pub async fn delete_draft(&self, deal: DealId) -> Result<(), ServiceError> {
        let membership = self.membership;
        let files = self
            .write(PartnerRight::Register, deal, move |tx, recorder, deal| {
                Box::pin(async move {
                    let deal = recorder.load(tx, deal).await?;
                    if deal.status() != RegistrationStatus::Draft {
                        return Err(ServiceError::NotFound);
                    }
                    let files = store::files::ids_by_deal(tx, deal.id).await?;
                    for file in &files {
                        store::files::delete(tx, deal.id, *file).await?;
                    }
                    store::open_windows::forget_deal(tx, deal.id).await?;
                    store::board_windows::forget_deal(tx, deal.id).await?;
                    // Sent in this moment: nothing of it is deleted either.
                    if !store::deals::delete_draft(tx, membership, deal.id).await? {
                        return Err(ServiceError::NotFound);
                    }
                    recorder
                        .note(tx, &deal, deal.version, DealFact::DraftDeleted)
                        .await?;
                    Ok(files)
                })
            })
            .await?;
        self.services.forget_files(&files).await;
        Ok(())
    }
}

/// The fields that are open for another answer; none unless the company asks.
fn open_now(form: &FormDefinition, deal: &Deal) -> Vec<FieldKey> {
    match &deal.registration {
        Registration::NeedsInfo { fields, .. } => form.opened(fields).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What can be read of what is typed so far.
fn said(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> Answers {
    let states = states(form, raw, context).into_iter();
    let said = states.filter_map(|state| Some((state.field.key.clone(), state.answer.ok()??)));
    Answers(said.collect())
}

/// The version without the fields that are the company's own.
pub(super) fn for_partner(form: FormVersion) -> FormVersion {
    FormVersion {
        definition: form.definition.for_partner(),
        ..form
    }
}

pub(super) fn version(row: FormVersionRow) -> FormVersion {
    FormVersion {
        id: row.id,
        number: row.number,
        definition: row.definition.0,
    }
}
