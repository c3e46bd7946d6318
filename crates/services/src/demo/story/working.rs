//! From the approval to the ending: over the columns, won, lost, or given up.

use domain::customer::BusinessKey;
use domain::deals::{Move, MoveDetails, Mover, Registration, Win};
use domain::people::{Actor, Side};
use domain::pipeline::StageKind;
use domain::{CustomerId, StageId};

use super::super::plan::Ending;
use super::super::words;
use super::{Broken, Teller};

impl Teller<'_> {
    /// From the first column to the ending.
    pub(super) fn work(&mut self) -> Result<(), Broken> {
        let open: Vec<StageId> = self.stages(StageKind::Open);
        let last = match self.plan.ending {
            Ending::Lapses => return self.lapse(open.get(1).copied()),
            Ending::Won => open.len(),
            Ending::Lost => 1 + self.random.below(open.len()),
            Ending::Stalls => self.random.below(open.len()),
        };
        for stage in open.iter().copied().take(last).skip(1) {
            if !self.stays_protected()? {
                return Ok(());
            }
            self.go(stage, MoveDetails::default())?;
            if !self.passes(48, 500) {
                return self.stays_so();
            }
        }
        if self.plan.ending == Ending::Stalls {
            return self.give_up();
        }
        if !self.stays_protected()? {
            return Ok(());
        }
        if self.plan.ending == Ending::Lost {
            return self.lose();
        }
        self.win(open.last().copied())
    }

    /// Nothing more has happened until now.
    fn stays_so(&mut self) -> Result<(), Broken> {
        self.clock = self.now;
        self.stays_protected()?;
        Ok(())
    }

    /// Nothing happens for some weeks; then the partner gives the deal up.
    fn give_up(&mut self) -> Result<(), Broken> {
        if !self.passes(120, 500) {
            return self.stays_so();
        }
        if self.stays_protected()? {
            self.lose()?;
        }
        Ok(())
    }

    /// Moved on once, when it was almost too late, and forgotten.
    fn lapse(&mut self, on: Option<StageId>) -> Result<(), Broken> {
        if let Registration::Approved {
            protected_until, ..
        } = &self.story.deal.registration
        {
            let then = protected_until.plus_days(-self.random.between(8, 18));
            if let Some(stage) = on.filter(|_| self.clock < then && then < self.now) {
                self.clock = then;
                self.go(stage, MoveDetails::default())?;
            }
        }
        self.stays_so()
    }

    fn lose(&mut self) -> Result<(), Broken> {
        let reasons = &self.home.pipeline.lost_reasons;
        let details = MoveDetails {
            lost_reason: self.random.pick(reasons).map(|reason| reason.id),
            note: self.random.text(&words::LOST).to_owned(),
            ..MoveDetails::default()
        };
        match self.stages(StageKind::Lost).first() {
            Some(stage) => self.go(*stage, details),
            None => Ok(()),
        }
    }

    fn win(&mut self, reopen_at: Option<StageId>) -> Result<(), Broken> {
        let details = || MoveDetails {
            win_confirmed: true,
            ..MoveDetails::default()
        };
        let Some(won) = self.stages(StageKind::Won).first().copied() else {
            return Ok(());
        };
        self.go(won, details())?;
        self.earn_by_win();
        let rejected = self.random.percent(6);
        if !self.is_judged() {
            return Ok(());
        }
        let by = self.decider();
        if let (true, Some(stage)) = (rejected, reopen_at) {
            let reason = self.random.text(&words::WIN_REJECTED);
            let rank = self.rank();
            let pipeline = &self.home.pipeline;
            let step = self
                .story
                .deal
                .reject_win(pipeline, reason, stage, rank, by, self.clock);
            self.story.customer = None;
            self.take(step, Actor::company(by))?;
            self.void()?;
            return self.give_up();
        }
        let step = self.story.deal.confirm_win(by, self.clock);
        self.take(step, Actor::company(by))?;
        if let Some(customer) = &mut self.story.customer {
            customer.2 = true;
        }
        self.approve()?;
        self.settle()?;
        self.sell()
    }

    fn go(&mut self, to: StageId, details: MoveDetails) -> Result<(), Broken> {
        let summary = &self.story.deal.summary;
        let business = BusinessKey::new(&summary.customer, summary.domain.as_deref());
        let customer: CustomerId = self.ids.id();
        let overrides = !details.win_confirmed && self.random.percent(3);
        let (by, mover, details) = if overrides {
            let reason = self.random.text(&words::OVERRIDES).to_owned();
            let details = MoveDetails {
                override_reason: Some(reason),
                ..details
            };
            (self.decider(), Mover::CompanyOverride, details)
        } else {
            (self.story.deal.owner, Mover::Partner, details)
        };
        let step = Move {
            pipeline: &self.home.pipeline,
            to,
            rank: self.rank(),
            mover,
            details: &details,
            customer,
            entry: None,
        };
        let step = self.story.deal.move_to_stage(&step, by, self.clock);
        let side = if overrides {
            Side::Company
        } else {
            Side::Partner
        };
        self.take(
            step,
            Actor {
                user: Some(by),
                side,
            },
        )?;
        if matches!(self.story.deal.win, Win::Pending { .. }) {
            self.story.customer = Some((customer, business, false));
        }
        Ok(())
    }

    /// Whether the deal may still be worked at this moment. What was not forgotten is extended in time, or given up.
    fn stays_protected(&mut self) -> Result<bool, Broken> {
        let Registration::Approved {
            protected_until,
            extended,
            ..
        } = &self.story.deal.registration
        else {
            return Ok(false);
        };
        let (until, extended, moment) = (*protected_until, *extended, self.clock);
        if moment < until {
            return Ok(true);
        }
        if self.plan.ending == Ending::Lapses {
            // The sweep comes by within minutes.
            self.clock = until.plus_seconds(self.random.between(1, 300));
            if self.clock < self.now {
                let step = self.story.deal.expire(self.clock);
                self.take(step, Actor::system())?;
            }
            return Ok(false);
        }
        // In time, and not before what was done last.
        self.clock = until.plus_days(-2).max(self.story.deal.changed_at);
        if extended {
            self.lose()?;
            return Ok(false);
        }
        let by = self.decider();
        let settings = self.home.program.settings;
        let step = self.story.deal.extend(settings, by, self.clock);
        self.take(step, Actor::company(by))?;
        self.clock = moment;
        self.stays_protected()
    }
}
