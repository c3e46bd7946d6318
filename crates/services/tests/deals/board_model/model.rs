//! The board as it ought to be: lists in memory, and the rules in plain words. Nothing here asks the product.

use domain::deals::{Refusal, RegistrationStatus, WinStatus};
use domain::pipeline::StageKind;
use domain::{Date, DealId, Money, StageId, Timestamp};

use super::steps::{COMPANY, Narrow, Pick, WORDS};

const PROTECTION_DAYS: i64 = 90;
const EXTENSION_DAYS: i64 = 60;
const EXPIRING_DAYS: i64 = 14;

#[derive(Debug, Clone)]
pub struct Deal {
    pub id: DealId,
    pub partner: usize,
    /// The client who registered it.
    pub owner: usize,
    pub number: i64,
    pub customer: String,
    pub value: Money,
    pub closes: Date,
    pub status: RegistrationStatus,
    pub until: Option<Timestamp>,
    pub extended: bool,
    pub win: WinStatus,
    /// The stage in which it lies, and since when.
    pub place: Option<(StageId, Timestamp)>,
    pub changed: Timestamp,
    /// Who changed it last; nobody knows of a deal that was there from the start.
    pub by: Option<String>,
    pub version: i64,
}

#[derive(Debug, Clone)]
pub struct Stage {
    pub id: StageId,
    pub name: String,
    pub kind: StageKind,
    pub stuck_days: Option<i32>,
    /// In their order, of all partners.
    pub deals: Vec<usize>,
}

/// Why a command is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    NotFound,
    Rule(Refusal),
    Conflict {
        version: i64,
        who: String,
    },
    /// Changed meanwhile, nobody knows by whom.
    Stale,
    /// The stages cannot be so.
    Stages,
}

/// Gives the version that the deal has afterwards.
pub type Judged = Result<i64, Refused>;

pub enum Place {
    Top,
    Bottom,
    After(usize),
}

pub struct Model {
    /// Of the clients.
    pub names: Vec<String>,
    pub partners: [String; 2],
    pub deals: Vec<Deal>,
    /// In use, in their order.
    pub stages: Vec<Stage>,
    pub retired: Vec<StageId>,
    /// What each client's board is narrowed to.
    pub narrowed: Vec<Narrow>,
    pub now: Timestamp,
    pub registered: i64,
}

/// The partner of a client; `None` for the company.
pub fn partner_of(client: usize) -> Option<usize> {
    (client != COMPANY).then_some(client / 2)
}

impl Model {
    pub fn pick(&self, pick: Pick, fits: impl Fn(&Deal) -> bool) -> Option<usize> {
        let all = || 0..self.deals.len();
        let fit: Vec<usize> = all().filter(|at| fits(&self.deals[*at])).collect();
        let from: Vec<usize> = if pick.any || fit.is_empty() {
            all().collect()
        } else {
            fit
        };
        (!from.is_empty()).then(|| from[pick.number % from.len()])
    }

    /// A stage that is in use or was.
    pub fn any_stage(&self, number: usize) -> StageId {
        let all: Vec<StageId> = self
            .stages
            .iter()
            .map(|stage| stage.id)
            .chain(self.retired.iter().copied())
            .collect();
        all[number % all.len()]
    }

    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    pub fn sees(client: usize, deal: &Deal) -> bool {
        partner_of(client).is_none_or(|partner| partner == deal.partner)
    }

    fn seen(client: usize, deal: &Deal, version: i64) -> Result<(), Refused> {
        if !Self::sees(client, deal) {
            return Err(Refused::NotFound);
        }
        if deal.version == version {
            return Ok(());
        }
        Err(match &deal.by {
            Some(who) => Refused::Conflict {
                version: deal.version,
                who: who.clone(),
            },
            None => Refused::Stale,
        })
    }

    pub fn judge_decision(&self, at: usize, version: i64) -> Judged {
        let deal = &self.deals[at];
        Self::seen(COMPANY, deal, version)?;
        if deal.status == RegistrationStatus::Submitted {
            Ok(deal.version + 1)
        } else {
            Err(Refused::Rule(verdict_on(deal.status)))
        }
    }

    pub fn judge_answer(&self, by: usize, at: usize, version: i64) -> Judged {
        let deal = &self.deals[at];
        Self::seen(by, deal, version)?;
        if deal.status == RegistrationStatus::NeedsInfo {
            Ok(deal.version + 1)
        } else {
            Err(Refused::Rule(Refusal::AlreadySubmitted))
        }
    }

    pub fn judge_move(
        &self,
        by: usize,
        at: usize,
        to: StageId,
        answered: bool,
        version: i64,
    ) -> Judged {
        let deal = &self.deals[at];
        Self::seen(by, deal, version)?;
        let refuse = |why| Err(Refused::Rule(why));
        let Some(to) = self.stage(to) else {
            return refuse(Refusal::StageGone);
        };
        if by == COMPANY && !answered {
            return refuse(Refusal::CompanyOverridesOnly);
        }
        if deal.status != RegistrationStatus::Approved {
            return refuse(verdict_on(deal.status));
        }
        if matches!(deal.win, WinStatus::Pending | WinStatus::Confirmed) {
            return refuse(Refusal::LockedByWin);
        }
        if deal.until.is_some_and(|until| until <= self.now) {
            return refuse(Refusal::IsExpired);
        }
        if deal.place.is_some_and(|(stage, _)| stage == to.id) || answered {
            return Ok(deal.version + 1);
        }
        match to.kind {
            StageKind::Open => Ok(deal.version + 1),
            StageKind::Lost => refuse(Refusal::LostReasonMissing),
            StageKind::Won => refuse(Refusal::WinUnconfirmed),
        }
    }

    pub fn judge_win(&self, at: usize, reopen_at: Option<StageId>, version: i64) -> Judged {
        let deal = &self.deals[at];
        Self::seen(COMPANY, deal, version)?;
        let refuse = |why| Err(Refused::Rule(why));
        match deal.win {
            WinStatus::Pending => {}
            WinStatus::Confirmed => return refuse(Refusal::WinAlreadyConfirmed),
            WinStatus::None | WinStatus::Rejected => return refuse(Refusal::NoPendingWin),
        }
        match reopen_at.map(|stage| self.stage(stage)) {
            Some(None) => refuse(Refusal::StageGone),
            Some(Some(stage)) if stage.kind != StageKind::Open => {
                refuse(Refusal::ReopensAtOpenStageOnly)
            }
            Some(Some(_)) | None => Ok(deal.version + 1),
        }
    }

    pub fn judge_withdrawal(&self, by: usize, at: usize, version: i64) -> Judged {
        let deal = &self.deals[at];
        Self::seen(by, deal, version)?;
        if matches!(deal.win, WinStatus::Pending | WinStatus::Confirmed) {
            return Err(Refused::Rule(Refusal::LockedByWin));
        }
        match deal.status {
            RegistrationStatus::Declined
            | RegistrationStatus::Ineligible
            | RegistrationStatus::Withdrawn => Err(Refused::Rule(verdict_on(deal.status))),
            _ => Ok(deal.version + 1),
        }
    }

    pub fn judge_extension(&self, at: usize, version: i64) -> Judged {
        let deal = &self.deals[at];
        Self::seen(COMPANY, deal, version)?;
        let refuse = |why| Err(Refused::Rule(why));
        if matches!(deal.win, WinStatus::Pending | WinStatus::Confirmed) {
            return refuse(Refusal::LockedByWin);
        }
        match deal.status {
            RegistrationStatus::Approved | RegistrationStatus::Expired if deal.extended => {
                refuse(Refusal::ExtensionUsed)
            }
            RegistrationStatus::Approved | RegistrationStatus::Expired => Ok(deal.version + 1),
            _ => refuse(Refusal::NotApproved),
        }
    }

    pub fn judge_retirement(&self, at: usize, to: usize, mapped: bool) -> Result<(), Refused> {
        let (stage, to) = (&self.stages[at], &self.stages[to]);
        let alike = self.stages.iter().filter(|one| one.kind == stage.kind);
        let follows = mapped && to.id != stage.id && to.kind == stage.kind;
        if alike.count() > 1 && (stage.deals.is_empty() || follows) {
            Ok(())
        } else {
            Err(Refused::Stages)
        }
    }

    /// The deal has its next version, by whoever it was.
    pub fn changed(&mut self, at: usize, by: &str) -> &mut Deal {
        let now = self.now;
        let deal = &mut self.deals[at];
        deal.version += 1;
        deal.changed = now;
        deal.by = Some(by.to_owned());
        deal
    }

    fn take_off(&mut self, at: usize) {
        for stage in &mut self.stages {
            stage.deals.retain(|deal| *deal != at);
        }
    }

    fn lay(&mut self, at: usize, to: StageId, place: &Place) {
        let old = self.stage(to).map(|stage| stage.deals.clone());
        let old = old.unwrap_or_default();
        self.take_off(at);
        let stages = self.stages.iter_mut();
        for stage in stages.filter(|stage| stage.id == to) {
            let deals = &mut stage.deals;
            let end = deals.len();
            let index = match place {
                Place::Top => 0,
                Place::Bottom => end,
                // Behind itself is where it lies.
                Place::After(other) if *other == at => {
                    old.iter().position(|deal| deal == other).unwrap_or(end)
                }
                Place::After(other) => deals
                    .iter()
                    .position(|deal| deal == other)
                    .map_or(end, |index| index + 1),
            };
            deals.insert(index, at);
        }
    }

    pub fn approve(&mut self, at: usize) {
        let until = self.now.plus_days(PROTECTION_DAYS);
        let open = |stage: &&Stage| stage.kind == StageKind::Open;
        let first = self.stages.iter().find(open).map(|stage| stage.id).unwrap();
        self.lay(at, first, &Place::Top);
        let now = self.now;
        let deal = &mut self.deals[at];
        deal.status = RegistrationStatus::Approved;
        deal.until = Some(until);
        deal.extended = false;
        deal.place = Some((first, now));
    }

    pub fn moved(&mut self, at: usize, to: StageId, place: &Place) {
        self.lay(at, to, place);
        let (now, won) = (self.now, self.stage(to).unwrap().kind == StageKind::Won);
        let deal = &mut self.deals[at];
        if deal.place.is_some_and(|(stage, _)| stage == to) {
            return;
        }
        deal.place = Some((to, now));
        if won {
            deal.win = WinStatus::Pending;
        }
    }

    pub fn rejected(&mut self, at: usize, reopen_at: StageId) {
        self.lay(at, reopen_at, &Place::Bottom);
        let now = self.now;
        let deal = &mut self.deals[at];
        deal.win = WinStatus::Rejected;
        deal.place = Some((reopen_at, now));
    }

    pub fn withdrawn(&mut self, at: usize) {
        self.take_off(at);
        let deal = &mut self.deals[at];
        deal.status = RegistrationStatus::Withdrawn;
        deal.until = None;
        deal.place = None;
    }

    pub fn extended(&mut self, at: usize) {
        let now = self.now;
        let deal = &mut self.deals[at];
        let from = deal.until.map_or(now, |until| until.max(now));
        deal.until = Some(from.plus_days(EXTENSION_DAYS));
        deal.status = RegistrationStatus::Approved;
        deal.extended = true;
    }

    pub fn retired(&mut self, at: usize, to: usize, by: &str) {
        let to = self.stages[to].id;
        let gone = self.stages.remove(at);
        self.retired.push(gone.id);
        for deal in gone.deals {
            self.changed(deal, by);
            self.lay(deal, to, &Place::Bottom);
            // Since when it lies there says nothing of a stage that the company took away.
            if let Some((stage, _)) = &mut self.deals[deal].place {
                *stage = to;
            }
        }
    }

    /// Protections that have ended.
    pub fn swept(&mut self) {
        for at in 0..self.deals.len() {
            let deal = &self.deals[at];
            let ended = deal.status == RegistrationStatus::Approved
                && deal.until.is_some_and(|until| until <= self.now)
                && !matches!(deal.win, WinStatus::Pending | WinStatus::Confirmed);
            let stage = deal.place.and_then(|(stage, _)| self.stage(stage));
            if ended && stage.is_some_and(|stage| stage.kind != StageKind::Lost) {
                let deal = self.changed(at, "Dealboard");
                deal.status = RegistrationStatus::Expired;
                deal.until = None;
            }
        }
    }

    /// Whether a client whose board is narrowed so is shown the deal.
    pub fn shows(&self, client: usize, narrow: &Narrow, deal: &Deal) -> bool {
        let stage = deal.place.and_then(|(stage, _)| self.stage(stage));
        let open = stage.filter(|stage| stage.kind == StageKind::Open);
        let word = narrow.word.map(|word| WORDS[word]);
        let month = |date: Date| (date.year(), date.month());
        let expires = deal
            .until
            .is_some_and(|until| until > self.now && until <= self.now.plus_days(EXPIRING_DAYS));
        Self::sees(client, deal)
            && (!narrow.mine || deal.owner == client)
            && word.is_none_or(|word| deal.customer.contains(word))
            && narrow.partner.is_none_or(|partner| partner == deal.partner)
            && narrow.least.is_none_or(|least| deal.value.minor >= least)
            && narrow
                .kind
                .is_none_or(|kind| stage.is_some_and(|stage| stage.kind == kind))
            && narrow.status.is_none_or(|status| status == deal.status)
            && (!narrow.expiring
                || (expires && open.is_some() && deal.status == RegistrationStatus::Approved))
            && (!narrow.stuck || open.is_some_and(|stage| self.is_stuck(stage, deal)))
            && (!narrow.closing || month(deal.closes) == month(self.now.date()))
    }

    fn is_stuck(&self, stage: &Stage, deal: &Deal) -> bool {
        let days = deal.place.map(|(_, since)| self.now.days_since(since));
        stage
            .stuck_days
            .is_some_and(|allowed| days.is_some_and(|days| days > i64::from(allowed)))
    }
}

/// Why a deal of that status is not judged, moved or withdrawn.
fn verdict_on(status: RegistrationStatus) -> Refusal {
    match status {
        RegistrationStatus::Draft => Refusal::NotSubmittedYet,
        RegistrationStatus::Submitted => Refusal::AwaitsReview,
        RegistrationStatus::NeedsInfo => Refusal::AwaitsInfo,
        RegistrationStatus::Approved => Refusal::AlreadyApproved,
        RegistrationStatus::Declined => Refusal::IsDeclined,
        RegistrationStatus::Ineligible => Refusal::IsIneligible,
        RegistrationStatus::Withdrawn => Refusal::IsWithdrawn,
        RegistrationStatus::Expired => Refusal::IsExpired,
    }
}
