//! What the won deal earns, and whether it was paid yet.

use domain::commissions::{
    Cause, Commission, CommissionFact, CommissionStatus, Earned, NewCommission, PaidWith, Step,
    earnings,
};
use domain::deals::{DealFact, Refusal};
use domain::offers::Trigger;
use domain::people::Actor;
use domain::{Date, Money};
use store::transactions::Transaction;

use super::super::words;
use super::{Broken, Happened, Paid, Teller};

/// Of a hundred approved commissions.
const PAID: usize = 74;
const HELD: usize = 8;
const DECLINED: usize = 4;
/// Orders of one customer.
const MOST_ORDERS: usize = 4;

impl Teller<'_> {
    /// What the win earns, pending.
    pub(super) fn earn_by_win(&mut self) {
        let deal = &self.story.deal;
        let (Some(base), version) = (deal.summary.value, deal.version) else {
            return;
        };
        let cause = Cause::Win {
            deal: deal.id,
            version,
        };
        self.earn(Trigger::ClosedWon, &cause, base, self.clock.date());
    }

    fn earn(&mut self, trigger: Trigger, cause: &Cause, base: Money, on: Date) {
        let mut earned = Earned::new();
        for before in &self.story.commissions {
            if before.status().counts() {
                *earned.entry(before.calculation.offer).or_default() += before.amount().minor;
            }
        }
        for calculation in earnings(
            &self.home.offers,
            trigger,
            self.plan.tier,
            base,
            on,
            &earned,
        ) {
            let new = NewCommission {
                id: self.ids.id(),
                cause: cause.clone(),
                calculation,
            };
            if let Some(step) = Commission::accrue(&self.story.deal, new, self.clock) {
                self.story.commissions.push(step.commission.clone());
                self.tell_step(&step, Actor::system());
            }
        }
    }

    pub(super) fn approve(&mut self) -> Result<(), Broken> {
        let now = self.clock;
        self.each(CommissionStatus::Pending, Actor::system(), |old| {
            old.approve(now)
        })
    }

    pub(super) fn void(&mut self) -> Result<(), Broken> {
        let now = self.clock;
        self.each(CommissionStatus::Pending, Actor::system(), |old| {
            old.void(now)
        })
    }

    /// The company's finance pays most of what is approved within some weeks, and looks closer at some.
    pub(super) fn settle(&mut self) -> Result<(), Broken> {
        let approved = self.story.commissions.iter();
        let open = approved.filter(|old| old.status() == CommissionStatus::Approved);
        let Some(sum) = open
            .map(Commission::amount)
            .reduce(|sum, amount| sum.checked_add(amount).unwrap_or(sum))
        else {
            return Ok(());
        };
        let by = self.home.payer().ok_or(Broken::Incomplete)?;
        let draw = self.random.below(100);
        if !self.passes(24 * 5, 24 * 45) {
            return Ok(());
        }
        let now = self.clock;
        let (actor, approved) = (Actor::company(by), CommissionStatus::Approved);
        if draw < PAID {
            let paid = Paid {
                id: self.ids.id(),
                amount: sum,
                reference: format!("SEPA-{}", self.random.between(100_000, 999_999)),
                by,
                at: now,
            };
            let with = PaidWith {
                payout: paid.id,
                reference: paid.reference.clone(),
                paid_on: now.date(),
            };
            self.story.payouts.push(paid);
            self.each(approved, actor, |old| old.pay(with.clone(), by, now))
        } else if draw < PAID + HELD {
            let reason = self.random.text(&words::HELD);
            self.each(approved, actor, |old| old.hold(reason, by, now))
        } else if draw < PAID + HELD + DECLINED {
            let reason = self.random.text(&words::COMMISSION_DECLINED);
            self.each(approved, actor, |old| old.decline(&[], reason, by, now))
        } else {
            Ok(())
        }
    }

    /// What the customer orders in the months after, where the company promises a share of it.
    pub(super) fn sell(&mut self) -> Result<(), Broken> {
        let promises = self.home.offers.iter().any(|offer| {
            let current = offer.current();
            current.is_some_and(|version| version.terms.trigger == Trigger::Transaction)
        });
        let deal = &self.story.deal;
        let (Some(customer), Some(value)) = (deal.win.customer(), deal.summary.value) else {
            return Ok(());
        };
        let by = self.home.payer().ok_or(Broken::Incomplete)?;
        let orders = if promises {
            self.random.below(MOST_ORDERS + 1)
        } else {
            0
        };
        for number in 1..=orders {
            if !self.passes(24 * 10, 24 * 70) {
                return Ok(());
            }
            let share = self.random.between(5, 60);
            let amount = Money::new(value.minor / 100 * share, value.currency);
            let bought = Transaction {
                id: self.ids.id(),
                company: self.story.deal.company,
                program: self.story.deal.program,
                customer,
                deal: self.story.deal.id,
                amount,
                on: self.clock.date(),
                reference: format!("PO-{}-{number}", self.random.between(10_000, 99_999)),
                by,
                at: self.clock,
            };
            self.tell_order(&bought, Actor::company(by));
            let cause = Cause::Transaction {
                transaction: bought.id,
            };
            let on = bought.on;
            self.story.transactions.push(bought);
            self.earn(Trigger::Transaction, &cause, amount, on);
            self.approve()?;
            self.settle()?;
        }
        Ok(())
    }

    /// Moves every commission of that status.
    fn each(
        &mut self,
        status: CommissionStatus,
        actor: Actor,
        verb: impl Fn(&Commission) -> Result<Step, Refusal>,
    ) -> Result<(), Broken> {
        let mut commissions = std::mem::take(&mut self.story.commissions);
        for commission in &mut commissions {
            if commission.status() == status {
                let mut step = verb(commission)?;
                // The store counts up with every write.
                step.commission.version += 1;
                self.tell_step(&step, actor);
                *commission = step.commission;
            }
        }
        self.story.commissions = commissions;
        Ok(())
    }

    fn tell_step(&mut self, step: &Step, actor: Actor) {
        self.story.history.push(Happened {
            at: self.clock,
            actor,
            version: self.story.deal.version,
            fact: DealFact::Commission(step.fact.clone()),
            booked: Some((step.commission.id, step.transfer)),
        });
    }

    fn tell_order(&mut self, bought: &Transaction, actor: Actor) {
        let fact = CommissionFact::TransactionEntered {
            transaction: bought.id,
            amount: bought.amount,
            on: bought.on,
            reference: bought.reference.clone(),
        };
        self.story.history.push(Happened {
            at: self.clock,
            actor,
            version: self.story.deal.version,
            fact: DealFact::Commission(fact),
            booked: None,
        });
    }
}
