//! A draft is its team's: several people, or several windows of one, have it open and write in it. None of them overwrites what
//! it has not seen: see [`merge_answers`].

use std::collections::{BTreeMap, BTreeSet};

use domain::commands::{KeepDraft, SayFilling};
use domain::deals::{Deal, DealFact, OpenFields, Refusal, Registration, RegistrationStatus};
use domain::errors::ConflictView;
use domain::forms::{Field, FieldKey, FormDefinition, Merged, RawAnswers, merge_answers};
use domain::people::PartnerRight;
use domain::views::{DraftLine, DraftWindows, KeptDraft, MergedDraft};
use domain::{DealId, Timestamp, UserId};
use store::open_windows::{self, Hearers, OpenWindow};
use store::{Conn, Tx};

use super::registrar::{Registrar, current_form, form_of};
use crate::windows::{LEASE_SECONDS, check_window, others};
use crate::{PartnerAccess, ServiceError};

const DRAFT_LINES: i64 = 20;

impl PartnerAccess {
    /// The team's drafts in this program, newest first, with who has them open.
    pub async fn drafts(&self) -> Result<Vec<DraftLine>, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let since = self.services.now().plus_seconds(-LEASE_SECONDS);
        let mut conn = self.services.read().await?;
        let rows = store::deals::list_drafts(&mut conn, self.membership, DRAFT_LINES).await?;
        let deals: Vec<DealId> = rows.iter().map(|(_, deal, ..)| *deal).collect();
        let windows = open_windows::list_of_deals(&mut conn, self.company, &deals, since).await?;
        let people: BTreeSet<UserId> = windows.iter().map(|row| row.user_id).collect();
        let names = store::accounts::users::list_names(&mut conn, people).await?;
        let mut editors: BTreeMap<DealId, BTreeSet<String>> = BTreeMap::new();
        for row in windows {
            if let (Some(deal), Some(name)) = (row.deal_id, names.get(&row.user_id)) {
                editors.entry(deal).or_default().insert(name.clone());
            }
        }
        let line = |(key, deal, customer, at): (String, DealId, String, Timestamp)| DraftLine {
            key,
            deal,
            customer,
            at,
            editors: editors
                .remove(&deal)
                .unwrap_or_default()
                .into_iter()
                .collect(),
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// Keeps what one window says so far, beside what others saved since it last knew; the first save of a key makes the draft.
    pub async fn keep_draft(&self, command: KeepDraft) -> Result<KeptDraft, ServiceError> {
        self.require(PartnerRight::Register)?;
        for answers in [&command.answers, &command.base] {
            answers.check_size().map_err(|_| ServiceError::TooLarge)?;
        }
        let registrar = self.registrar().await?;
        self.services
            .db()
            .write(move |tx| {
                let (registrar, command) = (registrar.clone(), command.clone());
                Box::pin(async move {
                    let registrar = registrar.fresh(tx).await?;
                    let deal = registrar.begun(tx, &command.submit_key).await?;
                    registrar.keep_beside_others(tx, deal, &command).await
                })
            })
            .await
    }

    /// Notes where that window of the form is, and gives the others. To be said again before the lease is over. What is not saved
    /// yet nobody else can have open.
    pub async fn say_filling(&self, said: SayFilling) -> Result<DraftWindows, ServiceError> {
        check_window(&said.window)?;
        let (membership, partner) = (self.membership, self.partner);
        let (key, window) = (said.submit_key.clone(), said.window.clone());
        self.write(PartnerRight::Register, said, move |tx, recorder, said| {
            Box::pin(async move {
                let deal = store::deals::find_by_key(tx, membership, &said.submit_key).await?;
                let Some(deal) = deal.filter(is_filled_in) else {
                    return Ok(());
                };
                let row = OpenWindow {
                    program_id: deal.program,
                    window_key: said.window,
                    company_id: deal.company,
                    deal_id: Some(deal.id),
                    user_id: recorder.user()?,
                    field: said.field.map(String::from).unwrap_or_default(),
                    seen_at: recorder.now,
                };
                let hearers = Hearers::Partner(partner, deal.id);
                let lease = recorder.now.plus_seconds(-LEASE_SECONDS);
                Ok(open_windows::see(tx, hearers, &row, lease).await?)
            })
        })
        .await?;
        self.others_filling(&key, &window).await
    }

    async fn others_filling(&self, key: &str, window: &str) -> Result<DraftWindows, ServiceError> {
        let since = self.services.now().plus_seconds(-LEASE_SECONDS);
        let mut conn = self.services.read().await?;
        let deal = store::deals::find_by_key(&mut conn, self.membership, key).await?;
        let Some(deal) = deal else {
            return Ok(DraftWindows::default());
        };
        let rows = open_windows::list_of_deals(&mut conn, self.company, &[deal.id], since).await?;
        Ok(DraftWindows {
            others: others(&mut conn, rows, (self.person.id, window)).await?,
            version: deal.version,
            registered: (!is_filled_in(&deal)).then_some(deal.id),
        })
    }

    /// The window has gone.
    pub async fn stop_filling(&self, submit_key: &str, window: &str) -> Result<(), ServiceError> {
        check_window(window)?;
        let (membership, partner) = (self.membership, self.partner);
        let said = (submit_key.to_owned(), window.to_owned());
        self.write(PartnerRight::Register, said, move |tx, recorder, said| {
            Box::pin(async move {
                let (key, window) = said;
                let Some(deal) = store::deals::find_by_key(tx, membership, &key).await? else {
                    return Ok(());
                };
                let hearers = Hearers::Partner(partner, deal.id);
                let of = (deal.company, deal.program);
                let user = recorder.user()?;
                Ok(open_windows::leave(tx, hearers, of, user, &window).await?)
            })
        })
        .await
    }
}

/// Whether the team still writes in it.
fn is_filled_in(deal: &Deal) -> bool {
    matches!(
        deal.status(),
        RegistrationStatus::Draft | RegistrationStatus::NeedsInfo
    )
}

impl Registrar {
    /// The deal of that key, which is begun when there is none yet.
    pub(super) async fn begun(&self, tx: &mut Tx, submit_key: &str) -> Result<Deal, ServiceError> {
        let (deal, new) = self.draft(tx, submit_key, None).await?;
        if new {
            // Once: what is kept while somebody types is no fact of its own (docs/adr/0013).
            let fact = DealFact::DealDrafted;
            self.recorder.note(tx, &deal, deal.version, fact).await?;
        }
        Ok(deal)
    }

    /// Keeps what is typed so far; gives the version that the draft has then. Who else has it open hears of it.
    pub(super) async fn keep_typed(
        &self,
        tx: &mut Tx,
        deal: Deal,
        answers: &RawAnswers,
    ) -> Result<i64, ServiceError> {
        let hearers = Hearers::Partner(self.partner, deal.id);
        let version = match &deal.registration {
            Registration::Draft => self.save_draft(tx, deal, answers).await?,
            Registration::NeedsInfo { .. } => {
                store::deals::save_raw(tx, deal.id, Some(answers)).await?;
                deal.version
            }
            _ => return Err(Refusal::AlreadySubmitted.into()),
        };
        open_windows::announce(tx, hearers);
        Ok(version)
    }

    async fn keep_beside_others(
        &self,
        tx: &mut Tx,
        deal: Deal,
        command: &KeepDraft,
    ) -> Result<KeptDraft, ServiceError> {
        let (id, before) = (deal.id, deal.version);
        let form = self.form_filled_in(tx, &deal).await?;
        let kept = store::deals::find_raw(tx, id).await?;
        // An answer to questions has no version of its own.
        let unseen = deal.status() != RegistrationStatus::Draft || before != command.version;
        let Some(theirs) = kept.filter(|_| unseen && is_filled_in(&deal)) else {
            let version = self.keep_typed(tx, deal, &command.answers).await?;
            return Ok(self.kept(id, version, None));
        };
        let mut merged = merge_answers(&form, &command.base, &command.answers, &theirs);
        if command.plain && deal.changed_by == self.recorder.user()? {
            for key in std::mem::take(&mut merged.both) {
                if let Some(field) = form.field(&key) {
                    merged.answers.take(field, &command.answers);
                }
            }
        }
        let news = self.news_of(tx, &deal, &form, &merged).await?;
        let says_nothing_new = says(&merged.answers, &form) == says(&theirs, &form);
        let version = if says_nothing_new {
            before
        } else {
            self.keep_typed(tx, deal, &merged.answers).await?
        };
        Ok(self.kept(id, version, news))
    }

    fn kept(&self, deal: DealId, version: i64, merged: Option<MergedDraft>) -> KeptDraft {
        KeptDraft {
            deal,
            at: self.recorder.now,
            version,
            merged,
        }
    }

    /// What the window is told of what others saved.
    async fn news_of(
        &self,
        conn: &mut Conn,
        deal: &Deal,
        form: &FormDefinition,
        merged: &Merged,
    ) -> Result<Option<MergedDraft>, ServiceError> {
        if merged.theirs.is_empty() && merged.both.is_empty() {
            return Ok(None);
        }
        let files = store::files::list_by_deal(conn, deal.company, deal.id).await?;
        let (who, at) = match deal.status() {
            RegistrationStatus::Draft => saved_by(conn, deal).await?,
            _ => (String::new(), self.recorder.now),
        };
        Ok(Some(MergedDraft {
            answers: merged.answers.only(form),
            both: merged.both.clone(),
            who,
            at,
            files: files.into_iter().map(|(_, file, _)| file).collect(),
        }))
    }

    /// The form that is filled in, as the partner knows it.
    async fn form_filled_in(
        &self,
        conn: &mut Conn,
        deal: &Deal,
    ) -> Result<FormDefinition, ServiceError> {
        let form = match deal.status() {
            RegistrationStatus::Draft => current_form(conn, self).await?,
            _ => form_of(conn, deal.form_version).await?,
        };
        Ok(form.definition.0.for_partner())
    }

    /// Refuses to send a draft that somebody saved after `seen`, its version as it was last seen. What nobody typed yet, only made
    /// by a file, is no such draft.
    pub(super) async fn check_seen(
        &self,
        tx: &mut Tx,
        submit_key: &str,
        seen: i64,
    ) -> Result<(), ServiceError> {
        let deal = store::deals::find_by_key_locked(tx, self.membership, submit_key).await?;
        let drafted = |deal: &Deal| deal.status() == RegistrationStatus::Draft;
        let Some(deal) = deal.filter(|deal| drafted(deal) && deal.version != seen) else {
            return Ok(());
        };
        if store::deals::find_raw(tx, deal.id).await?.is_none() {
            return Ok(());
        }
        // A closed door is said first.
        if !self.recorder.program.submissions_open {
            return Err(Refusal::SubmissionsClosed.into());
        }
        let (who, at) = saved_by(tx, &deal).await?;
        Err(ServiceError::Conflict(ConflictView {
            current_version: deal.version,
            who,
            at,
            what: "changed this draft".to_owned(),
        }))
    }

    /// Refuses an answer to questions where somebody saved what `base` does not say and `mine` does not either: it would be thrown away
    /// unseen. In a field that is not open there is nothing to lose.
    pub(super) async fn check_known(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        form: &FormDefinition,
        (base, mine): (&RawAnswers, &RawAnswers),
    ) -> Result<(), ServiceError> {
        let Some(theirs) = store::deals::find_raw(tx, deal.id).await? else {
            return Ok(());
        };
        let merged = merge_answers(&form.for_partner(), base, mine, &theirs);
        let is_lost = |key: &FieldKey| {
            let asked = form.field(key).is_some_and(Field::asks_partner);
            let open = match deal.open_fields() {
                OpenFields::All => true,
                OpenFields::Only(fields) => {
                    form.opened(fields).contains(key) || deal.answers.get(key).is_none()
                }
            };
            asked && open
        };
        if !merged.theirs.iter().chain(&merged.both).any(is_lost) {
            return Ok(());
        }
        Err(ServiceError::Conflict(ConflictView {
            current_version: deal.version,
            // Who saves an answer to questions is not kept.
            who: "Somebody of your team".to_owned(),
            at: self.recorder.now,
            what: "answered more of these questions".to_owned(),
        }))
    }
}

/// What is said about fields that are asked.
fn says(raw: &RawAnswers, form: &FormDefinition) -> RawAnswers {
    raw.only(form).without_blanks()
}

/// Who saved the draft last, and when.
async fn saved_by(conn: &mut Conn, deal: &Deal) -> Result<(String, Timestamp), ServiceError> {
    let by = deal.changed_by;
    let names = store::accounts::users::list_names(conn, Some(by)).await?;
    let who = names.get(&by).cloned().unwrap_or_default();
    Ok((who, deal.changed_at))
}
