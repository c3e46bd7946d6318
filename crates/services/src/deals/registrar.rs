//! The partner's side of a write: the draft of a key, made once, and what the form says of it.

use std::sync::Arc;

use domain::deals::{Deal, Registration, Summary, Win};
use domain::forms::{
    Answer, Context, FormDefinition, Known, RawAnswers, SystemField, UploadedFile, states,
};
use domain::people::PartnerRight;
use domain::views::FileView;
use domain::{FormVersionId, MembershipId, PartnerId, TierId, UserId};
use store::forms::FormVersionRow;
use store::{Conn, Tx};

use super::record::Recorder;
use crate::{PartnerAccess, ServiceError};

/// Longest key that a form may bring; ours are ids.
const MAX_KEY: usize = 64;

/// The partner's side of a write: what a new draft needs to know.
#[derive(Clone)]
pub(super) struct Registrar {
    pub recorder: Recorder,
    pub membership: MembershipId,
    pub partner: PartnerId,
    pub tier: Option<TierId>,
    pub country: Arc<str>,
    /// Who of the partner team works it, where that is not who acts.
    pub owner: Option<UserId>,
    /// Whether its answers come out of a file of deals from elsewhere.
    pub imported: bool,
    /// What fields are filled from, without earlier deals.
    pub known: Arc<Known>,
}

impl PartnerAccess {
    pub(super) async fn registrar(&self) -> Result<Registrar, ServiceError> {
        let partner = store::partners::find(&mut self.services.read().await?, self.partner).await?;
        let country = partner.map(|partner| partner.country).unwrap_or_default();
        let known = Known {
            partner_name: self.partner_name.clone(),
            partner_country: country.clone(),
            person_name: self.person.name.clone(),
            person_email: self.person.email.clone(),
            earlier: Vec::new(),
        };
        Ok(Registrar {
            recorder: self.recorder(),
            membership: self.membership,
            partner: self.partner,
            tier: self.tier,
            country: country.into(),
            owner: None,
            imported: false,
            known: known.into(),
        })
    }
}

impl Registrar {
    /// The same, with the program, the membership and the role as they are inside the write: somebody may have changed
    /// them since the door was opened.
    pub(super) async fn fresh(&self, tx: &mut Tx) -> Result<Self, ServiceError> {
        let (recorder, membership) = self
            .recorder
            .clone()
            .for_partner(tx, self.membership, PartnerRight::Register)
            .await?;
        Ok(Self {
            recorder,
            tier: membership.tier_id,
            ..self.clone()
        })
    }

    pub(super) fn context(&self, files: &[UploadedFile]) -> Context {
        Context {
            tier: self.tier,
            partner_country: (!self.country.is_empty()).then(|| self.country.to_string()),
            today: self.recorder.now.date(),
            imported: self.imported,
            files: files.to_vec(),
            customers: None,
            known: RawAnswers::default(),
        }
    }

    /// The deal of that key, made as an empty draft of the current (or the given) form when there is none yet, and whether
    /// it was made: whoever asks records that as its own fact. Nobody else changes it until the transaction ends.
    pub(super) async fn draft(
        &self,
        tx: &mut Tx,
        submit_key: &str,
        form: Option<FormVersionId>,
    ) -> Result<(Deal, bool), ServiceError> {
        if let Some(deal) =
            store::deals::find_by_key_locked(tx, self.membership, submit_key).await?
        {
            return Ok((deal, false));
        }
        if !is_key(submit_key) {
            return Err(ServiceError::NotFound);
        }
        if !self.recorder.program.submissions_open {
            return Err(domain::deals::Refusal::SubmissionsClosed.into());
        }
        let form = match form {
            Some(form) => form,
            None => current_form(tx, self).await?.id,
        };
        let deal = self.empty_draft(form)?;
        if store::deals::insert(tx, &deal, submit_key).await? {
            return Ok((deal, true));
        }
        // Somebody sent the same form in the same moment: theirs is the deal.
        let deal = store::deals::find_by_key_locked(tx, self.membership, submit_key).await?;
        Ok((deal.ok_or(ServiceError::Stale)?, false))
    }

    fn empty_draft(&self, form: FormVersionId) -> Result<Deal, ServiceError> {
        let (user, now) = (self.recorder.user()?, self.recorder.now);
        let program = &self.recorder.program;
        Ok(Deal {
            id: self.recorder.id(),
            company: program.company,
            program: program.id,
            partner: self.partner,
            membership: self.membership,
            number: None,
            form_version: form,
            answers: domain::forms::Answers::default(),
            summary: Summary::default(),
            registration: Registration::Draft,
            placement: None,
            win: Win::None,
            owner: self.owner.unwrap_or(user),
            created_by: user,
            created_at: now,
            changed_by: user,
            changed_at: now,
            version: 1,
        })
    }

    pub(super) async fn save_draft(
        &self,
        tx: &mut Tx,
        mut deal: Deal,
        raw: &RawAnswers,
    ) -> Result<i64, ServiceError> {
        let form = current_form(tx, self).await?.definition.0;
        let files = uploaded(tx, &deal).await?;
        let before = store::deals::find_raw(tx, deal.id).await?;
        let raw = &raw.with_others(&before.unwrap_or_default(), &form);
        deal.summary = summary_so_far(&form, raw, &self.context(&files));
        deal.changed_by = self.recorder.user()?;
        deal.changed_at = self.recorder.now;
        let version = store::deals::save(tx, &deal).await?;
        store::deals::save_raw(tx, deal.id, Some(raw)).await?;
        Ok(version)
    }
}

/// What the lists can show of a draft: the system answers that can be read already.
fn summary_so_far(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> Summary {
    let mut summary = Summary::default();
    for state in states(form, raw, context) {
        let (Some(system), Ok(Some(answer))) = (state.field.system, state.answer) else {
            continue;
        };
        match (system, answer) {
            (SystemField::Customer, Answer::Text(text) | Answer::Customer { name: text, .. }) => {
                summary.customer = text;
            }
            (SystemField::Domain, Answer::Text(text)) => summary.domain = Some(text),
            (SystemField::ContactName, Answer::Text(text)) => summary.contact_name = Some(text),
            (SystemField::ContactEmail, Answer::Text(text)) => summary.contact_email = Some(text),
            (SystemField::Value, Answer::Money(money)) => summary.value = Some(money),
            (SystemField::CloseDate, Answer::Date(date)) => summary.close_date = Some(date),
            _ => {}
        }
    }
    summary
}

pub(super) async fn uploaded(
    conn: &mut Conn,
    deal: &Deal,
) -> Result<Vec<UploadedFile>, ServiceError> {
    let files = store::files::list_by_deal(conn, deal.company, deal.id).await?;
    Ok(files
        .into_iter()
        .map(|(_, file, _)| known_file(file))
        .collect())
}

fn known_file(file: FileView) -> UploadedFile {
    UploadedFile {
        id: file.id,
        name: file.name,
        bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
    }
}

/// Keys are made by us; what a hand-made form sends as one is looked at before it is kept.
pub(crate) fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= MAX_KEY
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

pub(super) async fn current_form(
    conn: &mut Conn,
    registrar: &Registrar,
) -> Result<FormVersionRow, ServiceError> {
    let program = registrar.recorder.program.id;
    store::forms::find_current(conn, program)
        .await?
        .ok_or(ServiceError::NotFound)
}

pub(super) async fn form_of(
    conn: &mut Conn,
    id: FormVersionId,
) -> Result<FormVersionRow, ServiceError> {
    store::forms::find_version(conn, id)
        .await?
        .ok_or(ServiceError::NotFound)
}
