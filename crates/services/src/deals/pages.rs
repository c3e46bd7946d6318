//! The page of one deal, as each side may see it.

use domain::customer::BusinessKey;
use domain::deals::{Deal, DecisionKind, Registration, RegistrationStatus, WinStatus};
use domain::events::TimelineEntry;
use domain::forms::{Answer, Field, FormDefinition, answer_text_in, row_table_in};
use domain::people::{CompanyRight, PartnerRight};
use domain::pipeline::Pipeline;
use domain::program::Program;
use domain::views::{
    AnswerLine, CompanyDealView, DealActions, DealView, FileView, PartnerDealView, PartnerRecord,
};
use domain::{DealId, Locale};
use store::Conn;

use super::record::{Recorder, number_text};
use super::registrar::form_of;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Lines of history on the page.
const TIMELINE_LINES: i64 = 1_000;
/// Among so many of the newest lines some is news: most are.
const NEWEST_LINES: i64 = 50;

impl PartnerAccess {
    /// The deal's page; reads the notices about it.
    pub async fn deal(&self, id: DealId) -> Result<PartnerDealView, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, id).await?;
        let actions = self.actions(&deal);
        let for_them = (actions, self.locale);
        let mut view = self.recorder().view(&mut conn, deal, for_them).await?;
        for line in &mut view.commissions {
            line.partner.clear();
        }
        // It moves within its own pipeline; what the others are like is no matter here.
        let present = view.placement.as_ref().map(|placement| placement.stage);
        let own = view.pipeline.pipeline_of(present);
        view.pipeline = view.pipeline.only(own).for_partner();
        drop(conn);
        self.services.read_deal_notices(self.person.id, id).await?;
        Ok(PartnerDealView {
            deal: view,
            company: self.company_name.clone(),
        })
    }

    fn actions(&self, deal: &Deal) -> DealActions {
        let registers = self.require(PartnerRight::Register).is_ok();
        let works = self.require(PartnerRight::WorkDeals).is_ok();
        let locked = deal.win.locks();
        let status = deal.status();
        let appealed = deal
            .registration
            .submission()
            .is_some_and(|submission| submission.appealed);
        let movable = works && !locked && status == RegistrationStatus::Approved;
        let judged_against = matches!(
            status,
            RegistrationStatus::Declined | RegistrationStatus::Ineligible
        );
        let in_play = matches!(
            status,
            RegistrationStatus::Submitted
                | RegistrationStatus::NeedsInfo
                | RegistrationStatus::Approved
                | RegistrationStatus::Expired
        );
        DealActions {
            move_stage: movable,
            mark_won: movable,
            answer: registers && status == RegistrationStatus::NeedsInfo,
            amend: registers && deal.check_amendable(self.services.now()).is_ok(),
            withdraw: registers && !locked && in_play,
            appeal: registers && judged_against && !appealed,
            ..DealActions::default()
        }
    }
}

impl CompanyAccess {
    /// The deal's page; reads the notices about it. Drafts are their team's own business.
    pub async fn deal(&self, id: DealId) -> Result<CompanyDealView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, id).await?;
        let actions = self.actions(&deal);
        let business = BusinessKey::new(&deal.summary.customer, deal.summary.domain.as_deref());
        let conflicts = super::claims::conflicts(&mut conn, self.company, &business, id).await?;
        let program = self.program.id;
        let (registered, approved, won, open) =
            store::deals::partner_record(&mut conn, self.company, program, deal.partner).await?;
        let partner = store::partners::find(&mut conn, deal.partner).await?;
        let decisions = if actions.decide {
            DecisionKind::ALL.to_vec()
        } else {
            Vec::new()
        };
        let form = form_of(&mut conn, deal.form_version).await?;
        let askable = form.definition.0.fields.into_iter();
        let askable = askable
            .filter(Field::asks_partner)
            .map(|field| (field.key, field.label))
            .collect();
        let may_edit = self.require(CompanyRight::Decide).is_ok();
        let own = self
            .recorder()
            .company_part(&mut conn, &deal, may_edit)
            .await?;
        let for_them = (actions, self.locale);
        let view = self.recorder().view(&mut conn, deal, for_them).await?;
        drop(conn);
        self.services.read_deal_notices(self.person.id, id).await?;
        Ok(CompanyDealView {
            deal: view,
            partner: partner.map(|partner| partner.name).unwrap_or_default(),
            record: PartnerRecord {
                registered,
                approved,
                won,
                open,
            },
            conflicts,
            decisions,
            askable,
            own,
        })
    }

    /// What happened last to a deal, and its customer's name; nothing for what is no deal of this program's. Unlike
    /// opening the deal it reads no notice.
    pub async fn last_news(
        &self,
        id: DealId,
    ) -> Result<Option<(String, TimelineEntry)>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let deal = match self.recorder().load(&mut conn, id).await {
            Ok(deal) => deal,
            Err(ServiceError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let lines = store::deals::timeline(&mut conn, self.scope(), id, NEWEST_LINES).await?;
        let news = lines
            .into_iter()
            .filter(|entry| entry.fact.is_news() && !entry.fact.is_of_commissions());
        let last = news.max_by_key(|entry| entry.seq);
        Ok(last.map(|entry| (deal.summary.customer, entry)))
    }

    fn actions(&self, deal: &Deal) -> DealActions {
        let decides = self.require(CompanyRight::Decide).is_ok();
        let extended = match &deal.registration {
            Registration::Approved { extended, .. } | Registration::Expired { extended, .. } => {
                *extended
            }
            _ => true,
        };
        DealActions {
            move_stage: self.require(CompanyRight::OverrideStage).is_ok()
                && !deal.win.locks()
                && deal.status() == RegistrationStatus::Approved,
            decide: decides && deal.status() == RegistrationStatus::Submitted,
            judge_win: decides && deal.win.status() == WinStatus::Pending,
            extend: decides && !extended && !deal.win.locks(),
            ..DealActions::default()
        }
    }
}

impl Recorder {
    /// The deal as the actor's side may see it.
    async fn view(
        &self,
        conn: &mut Conn,
        deal: Deal,
        (actions, locale): (DealActions, Locale),
    ) -> Result<DealView, ServiceError> {
        let program: &Program = &self.program;
        let form = form_of(conn, deal.form_version).await?;
        let current = store::forms::find_current(conn, program.id).await?;
        let pipeline = store::pipelines::get(conn, program.company, program.id).await?;
        let files = store::files::list_by_deal(conn, deal.company, deal.id).await?;
        let files: Vec<FileView> = files.into_iter().map(|(_, file, _)| file).collect();
        let timeline = store::deals::timeline(conn, self.scope, deal.id, TIMELINE_LINES).await?;
        let owner = store::accounts::users::find(conn, deal.owner).await?;
        let lost = deal
            .placement
            .as_ref()
            .and_then(|placement| placement.lost.clone());
        let lost_reason = match lost {
            Some(lost) => {
                let label = lost_label(conn, program, &pipeline, &lost).await?;
                Some((lost, label))
            }
            None => None,
        };
        let money = crate::commissions::of_deal(conn, &deal, program, self.now).await?;
        let crate::commissions::DealMoney {
            commissions,
            projected,
            transactions,
        } = money;
        Ok(DealView {
            id: deal.id,
            number: number_text(&program.number_prefix, deal.number),
            answers: lines(&form.definition.0, &deal, &files, locale),
            summary: deal.summary,
            registration: deal.registration,
            placement: deal.placement,
            lost_reason,
            win: deal.win,
            owner: owner.map(|owner| owner.name).unwrap_or_default(),
            form_number: form.number,
            older_form: current.is_some_and(|current| current.id != form.id),
            timeline: timeline
                .into_iter()
                .filter(|entry| entry.fact.is_news())
                .collect(),
            commissions,
            projected,
            transactions,
            pipeline,
            actions,
            version: deal.version,
            now: self.now,
        })
    }
}

/// The reason's label, also of a reason that was retired since.
async fn lost_label(
    conn: &mut Conn,
    program: &Program,
    pipeline: &Pipeline,
    lost: &domain::deals::Lost,
) -> Result<String, ServiceError> {
    if let Some(reason) = pipeline
        .lost_reasons
        .iter()
        .find(|reason| reason.id == lost.reason)
    {
        return Ok(reason.full());
    }
    let retired = store::pipelines::find_lost_reason(conn, program.company, lost.reason).await?;
    Ok(retired.map(|reason| reason.full()).unwrap_or_default())
}

/// The answers in the order of the deal's own form version.
fn lines(
    form: &FormDefinition,
    deal: &Deal,
    files: &[FileView],
    locale: Locale,
) -> Vec<AnswerLine> {
    form.fields
        .iter()
        .filter_map(|field| deal.answers.get(&field.key).map(|answer| (field, answer)))
        .map(|(field, answer)| AnswerLine {
            key: field.key.clone(),
            label: field.label.clone(),
            group: form.group_of(&field.key).map(|group| group.label.clone()),
            text: answer_text_in(field, answer, locale),
            table: row_table_in(field, answer, locale),
            files: match answer {
                Answer::Files(ids) => files
                    .iter()
                    .filter(|file| ids.contains(&file.id))
                    .cloned()
                    .collect(),
                _ => Vec::new(),
            },
        })
        .collect()
}
