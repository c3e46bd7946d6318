//! The company's desk: the queue, verdicts on registrations and on wins, extensions.

use domain::commands::{DecideDeal, ExtendProtection, JudgeWin, Place};
use domain::customer::BusinessKey;
use domain::deals::{Deal, Decision, Refusal, Terms, Win, WinVerdict};
use domain::forms::Field;
use domain::people::CompanyRight;
use domain::pipeline::Pipeline;
use domain::views::{QueueItem, ReviewView};
use domain::{PipelineId, Rank};
use store::Tx;
use store::conflicts::Asked;
use store::deals::QueueRow;

use super::record::{Recorder, number_text};
use crate::{CompanyAccess, ServiceError};

/// Longer queues are worked off from the top.
const QUEUE_LINES: i64 = 200;

impl CompanyAccess {
    /// What waits for the company, by due time.
    pub async fn review_queue(&self) -> Result<ReviewView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let rows =
            store::deals::queue(&mut conn, self.company, self.program.id, QUEUE_LINES).await?;
        let asked: Vec<Asked> = rows
            .iter()
            .map(|row| Asked {
                deal: row.id,
                business: BusinessKey::new(&row.customer_name, row.customer_domain.as_deref()),
            })
            .collect();
        let conflicts = store::conflicts::count(&mut conn, self.company, &asked).await?;
        let items = rows.into_iter().zip(conflicts);
        let items = items
            .map(|(row, conflicts)| self.queue_item(row, conflicts))
            .collect();
        let may_decide = self.require(CompanyRight::Decide).is_ok();
        Ok(ReviewView {
            items,
            now: self.services.now(),
            may_decide,
        })
    }

    fn queue_item(&self, row: QueueRow, conflicts: i64) -> QueueItem {
        let value = row.value();
        let waits_for_win = row.win == domain::deals::WinStatus::Pending;
        let submission = row.registration_facts.0.submission().cloned();
        let since = match &submission {
            Some(submission) if !waits_for_win => submission.at,
            _ => row.changed_at,
        };
        let due_at = match &submission {
            Some(submission) if !waits_for_win => submission.due_at,
            _ => since.plus_hours(self.program.settings.decision_hours),
        };
        QueueItem {
            id: row.id,
            number: number_text(&self.program.number_prefix, row.number),
            customer: row.customer_name,
            partner: row.partner,
            value,
            close_date: row.close_date,
            registration: row.registration,
            win: row.win,
            waiting_since: since,
            due_at,
            appealed: submission.is_some_and(|submission| submission.appealed),
            conflicts,
            version: row.version,
        }
    }

    /// Decides on a registration. The later of two reviewers gets a conflict.
    pub async fn decide(&self, command: DecideDeal) -> Result<i64, ServiceError> {
        self.write(CompanyRight::Decide, command, |tx, recorder, command| {
            Box::pin(async move { decide_in(tx, &recorder, &command).await })
        })
        .await
    }

    /// Confirms or rejects a win.
    pub async fn judge_win(&self, command: JudgeWin) -> Result<i64, ServiceError> {
        self.write(CompanyRight::Decide, command, |tx, recorder, command| {
            Box::pin(async move { judge_in(tx, &recorder, &command).await })
        })
        .await
    }

    /// Grants the one extension of a deal's protection.
    pub async fn extend_protection(&self, command: ExtendProtection) -> Result<i64, ServiceError> {
        self.write(CompanyRight::Decide, command, |tx, recorder, command| {
            Box::pin(async move {
                let deal = recorder.load_at(tx, command.deal, command.version).await?;
                let settings = recorder.program.settings;
                let (deal, fact) = deal.extend(settings, recorder.user()?, recorder.now)?;
                recorder.keep(tx, &deal, fact).await
            })
        })
        .await
    }
}

pub(super) async fn decide_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: &DecideDeal,
) -> Result<i64, ServiceError> {
    let deal = recorder.load_at(tx, command.deal, command.version).await?;
    let pipeline = recorder.pipeline(tx).await?;
    if let Decision::AskInfo { fields, .. } = &command.decision {
        let form = store::forms::find_version(tx, deal.form_version)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if fields.iter().any(|key| {
            !form
                .definition
                .0
                .field(key)
                .is_some_and(Field::asks_partner)
        }) {
            return Err(Refusal::FieldsUnknown.into());
        }
    }
    let enters = entered(tx, recorder, &pipeline, &deal).await?;
    let rank = match pipeline.first_open_of(enters) {
        // An approved deal appears at the top.
        Some(stage) => recorder.rank(tx, stage.id, deal.id, Place::Top).await?,
        None => Rank::middle(),
    };
    let terms = Terms {
        pipeline: &pipeline,
        enters,
        settings: recorder.program.settings,
        rank,
    };
    let (deal, fact) = deal.decide(&command.decision, terms, recorder.user()?, recorder.now)?;
    recorder.keep(tx, &deal, fact).await
}

/// The pipeline that an approval leads to, by the rules as they are now, the partner's tier and the deal's answers.
async fn entered(
    tx: &mut Tx,
    recorder: &Recorder,
    pipeline: &Pipeline,
    deal: &Deal,
) -> Result<PipelineId, ServiceError> {
    if pipeline.heads.is_single() {
        return Ok(PipelineId::FIRST);
    }
    let context = recorder.company_context(tx, deal).await?;
    Ok(pipeline.heads.entered_by(&deal.answers, &context))
}

pub(super) async fn judge_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: &JudgeWin,
) -> Result<i64, ServiceError> {
    let deal = recorder.load_at(tx, command.deal, command.version).await?;
    let user = recorder.user()?;
    match &command.verdict {
        WinVerdict::Confirm => {
            let (deal, fact) = deal.confirm_win(user, recorder.now)?;
            if let Win::Confirmed { customer, .. } = deal.win {
                store::customers::confirm(tx, deal.company, customer).await?;
            }
            let version = recorder.keep(tx, &deal, fact).await?;
            crate::commissions::approve_win(tx, recorder, &deal, version).await?;
            Ok(version)
        }
        WinVerdict::Reject { reason, reopen_at } => {
            let pipeline = recorder.pipeline(tx).await?;
            let rank = recorder
                .rank(tx, *reopen_at, deal.id, Place::Bottom)
                .await?;
            let customer = deal.win.customer();
            let (deal, fact) =
                deal.reject_win(&pipeline, reason, *reopen_at, rank, user, recorder.now)?;
            if let Some(customer) = customer {
                store::customers::delete_provisional(tx, deal.company, customer, deal.id).await?;
            }
            let version = recorder.keep(tx, &deal, fact).await?;
            crate::commissions::void_win(tx, recorder, &deal, version).await?;
            Ok(version)
        }
    }
}
