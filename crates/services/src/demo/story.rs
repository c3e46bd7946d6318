//! One deal's life, told by the domain's own transitions: a step that the rules refuse cannot happen here either.

mod money;
mod working;

use domain::commissions::{Commission, Transfer};
use domain::customer::BusinessKey;
use domain::deals::{Deal, DealFact, Decision, Refusal, Registration, Step, Summary, Terms, Win};
use domain::forms::{Answers, Context, FieldErrors, validate};
use domain::people::Actor;
use domain::pipeline::StageKind;
use domain::{CommissionId, CustomerId, Money, PayoutId, Rank, StageId, Timestamp, UserId};
use store::transactions::Transaction;

use super::answers::{Prospect, fill};
use super::cast::{Cast, CompanyCast};
use super::ids::Ids;
use super::plan::{Plan, Verdict};
use super::random::Random;
use super::{names, words};

/// Of a hundred decisions.
const SLOW: usize = 12;

/// A fact on its way into the history.
pub struct Happened {
    pub at: Timestamp,
    pub actor: Actor,
    pub version: i64,
    pub fact: DealFact,
    /// What of it goes into the books.
    pub booked: Option<(CommissionId, Transfer)>,
}

/// A deal as it stands now, and how it came to that.
pub struct Story {
    pub deal: Deal,
    pub company: usize,
    pub history: Vec<Happened>,
    /// The business that a win made a customer, and whether the win is confirmed.
    pub customer: Option<(CustomerId, BusinessKey, bool)>,
    /// As they stand now.
    pub commissions: Vec<Commission>,
    pub payouts: Vec<Paid>,
    pub transactions: Vec<Transaction>,
}

/// A payment to the deal's partner.
pub struct Paid {
    pub id: PayoutId,
    pub amount: Money,
    pub reference: String,
    pub by: UserId,
    pub at: Timestamp,
}

#[cfg(test)]
impl Story {
    /// Nothing follows a loss here.
    pub fn is_lost(&self) -> bool {
        let last = self.history.last();
        last.is_some_and(|step| matches!(step.fact, DealFact::DealLost { .. }))
    }
}

/// Why a story could not be told: a fault of this module.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("refused: {}", .0.text())]
    Refused(Refusal),
    #[error("the answers do not fit the form: {0:?}")]
    Unanswered(FieldErrors),
    #[error("the cast lacks somebody or something")]
    Incomplete,
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Tells a deal's life until now.
pub struct Teller<'c> {
    home: &'c CompanyCast,
    plan: &'c Plan,
    now: Timestamp,
    ids: &'c Ids,
    random: Random,
    /// Cards are laid one below the other.
    card: usize,
    story: Story,
    /// The moment of the latest step.
    clock: Timestamp,
}

impl<'c> Teller<'c> {
    pub fn tell(
        cast: &'c Cast,
        plan: &'c Plan,
        now: Timestamp,
        ids: &'c Ids,
        card: usize,
    ) -> Result<Story, Broken> {
        let home = cast.companies.get(plan.company).ok_or(Broken::Incomplete)?;
        let mut random = Random::seeded(plan.seed);
        let deal = draft(cast, home, plan, ids, &mut random).ok_or(Broken::Incomplete)?;
        let owner = deal.owner;
        let drafted = Happened {
            at: plan.created,
            actor: Actor::partner(owner),
            version: 1,
            fact: DealFact::DealDrafted,
            booked: None,
        };
        let mut teller = Self {
            home,
            plan,
            now,
            ids,
            random,
            card,
            story: Story {
                deal,
                company: plan.company,
                history: vec![drafted],
                customer: None,
                commissions: Vec::new(),
                payouts: Vec::new(),
                transactions: Vec::new(),
            },
            clock: plan.created,
        };
        teller.live()?;
        Ok(teller.story)
    }

    /// Each step happens only if its moment has come; so what is young is where young deals are.
    fn live(&mut self) -> Result<(), Broken> {
        let Some(number) = self.plan.number else {
            self.sketch();
            return Ok(());
        };
        self.clock = self.plan.submitted;
        self.submit(number)?;
        if !self.is_approved()? || !self.passes(4, 200) {
            return Ok(());
        }
        self.work()
    }

    /// A draft shows who it is about.
    fn sketch(&mut self) {
        let about = self.prospect();
        self.story.deal.summary = Summary {
            customer: about.customer,
            ..Summary::default()
        };
    }

    fn prospect(&mut self) -> Prospect {
        let (low, high) = self.home.values;
        // Small deals are more frequent than large ones.
        let spread = self.random.between(0, 1_000);
        let value = low + (high - low) * spread * spread / 1_000_000;
        Prospect {
            customer: names::customer(self.plan.customer),
            contact: names::person(self.random.below(1_600)),
            value: value - value % 50,
            currency: self.home.program.currency,
            close: self
                .plan
                .submitted
                .date()
                .plus_days(i32::try_from(self.random.between(20, 160)).unwrap_or(60)),
        }
    }

    fn submit(&mut self, number: i64) -> Result<(), Broken> {
        let about = self.prospect();
        let raw = fill(&self.home.form, &about, &mut self.random);
        let context = Context {
            tier: self.plan.tier,
            ..Context::on(self.clock.date())
        };
        let answers = validate(&self.home.form, &raw, &context).map_err(Broken::Unanswered)?;
        let owner = self.story.deal.owner;
        let step = self
            .story
            .deal
            .submit(answers, number, &self.home.program, owner, self.clock);
        self.take(step, Actor::partner(owner))
    }

    /// The company's judgement, with what may come before and after it.
    fn is_approved(&mut self) -> Result<bool, Broken> {
        if self.plan.verdict == Verdict::Withdrawn {
            if self.passes(1, 30) {
                let owner = self.story.deal.owner;
                let step = self.story.deal.withdraw(owner, self.clock);
                self.take(step, Actor::partner(owner))?;
            }
            return Ok(false);
        }
        if !self.is_judged() {
            return Ok(false);
        }
        if self.plan.verdict == Verdict::AskedFirst {
            let message = self.random.text(&words::QUESTIONS).to_owned();
            let fields = Vec::new();
            self.decide(&Decision::AskInfo { message, fields })?;
            if !self.passes(10, 400) {
                return Ok(false);
            }
            self.answer_questions()?;
            if !self.is_judged() {
                return Ok(false);
            }
        }
        let reason = |text: &str| text.to_owned();
        let decision = match self.plan.verdict {
            Verdict::Declined => Decision::Decline {
                reason: reason(self.random.text(&words::DECLINED)),
            },
            Verdict::Ineligible => Decision::Ineligible {
                reason: reason(self.random.text(&words::INELIGIBLE)),
            },
            Verdict::Approved | Verdict::AskedFirst | Verdict::Withdrawn => Decision::Approve {
                message: reason(self.random.text(&words::APPROVED)),
            },
        };
        let approved = matches!(decision, Decision::Approve { .. });
        self.decide(&decision)?;
        if !approved && self.random.percent(12) && self.passes(24, 120) {
            let owner = self.story.deal.owner;
            let note = self.random.text(&words::APPEALS);
            let settings = self.home.program.settings;
            let step = self.story.deal.appeal(note, settings, owner, self.clock);
            self.take(step, Actor::partner(owner))?;
            if self.is_judged() {
                // The company stays with what it said.
                self.decide(&decision)?;
            }
        }
        Ok(approved)
    }

    /// Lets the time pass that the company takes to decide: mostly what it promises, now and then some days more. It
    /// counts on the day of loading, at whose end nothing else shall be late.
    fn is_judged(&mut self) -> bool {
        let promised = self.home.program.settings.decision_hours;
        if self.random.percent(SLOW) {
            self.passes(promised + 24, promised + 96)
        } else {
            self.passes(2, (promised - 24).max(6))
        }
    }

    fn decide(&mut self, decision: &Decision) -> Result<(), Broken> {
        let by = self.decider();
        let terms = Terms {
            pipeline: &self.home.pipeline,
            enters: domain::PipelineId::FIRST,
            settings: self.home.program.settings,
            rank: self.rank(),
        };
        let step = self.story.deal.decide(decision, terms, by, self.clock);
        self.take(step, Actor::company(by))
    }

    fn answer_questions(&mut self) -> Result<(), Broken> {
        let raw = self.story.deal.answers.to_raw();
        // The day of the first answer: a close date that was in the future then may be past now.
        let context = Context::on(self.plan.submitted.date());
        let answers = validate(&self.home.form, &raw, &context).map_err(Broken::Unanswered)?;
        let owner = self.story.deal.owner;
        let note = self.random.text(&words::ANSWERS);
        let step = self
            .story
            .deal
            .resubmit(answers, note, &self.home.program, owner, self.clock);
        self.take(step, Actor::partner(owner))
    }

    /// Lets some hours pass; false when that moment has not come yet.
    fn passes(&mut self, least_hours: i64, most_hours: i64) -> bool {
        let seconds = self.random.between(least_hours * 3_600, most_hours * 3_600);
        let then = self.clock.plus_seconds(seconds);
        if then >= self.now {
            return false;
        }
        self.clock = then;
        true
    }

    fn take(&mut self, step: Step, actor: Actor) -> Result<(), Broken> {
        let (mut deal, fact) = step?;
        // The store counts up with every write.
        deal.version += 1;
        self.story.history.push(Happened {
            at: self.clock,
            actor,
            version: deal.version,
            fact,
            booked: None,
        });
        self.story.deal = deal;
        Ok(())
    }

    fn decider(&mut self) -> UserId {
        let deciders = self.home.deciders();
        let chosen = self.random.pick(&deciders).copied();
        chosen.unwrap_or(self.story.deal.owner)
    }

    fn stages(&self, kind: StageKind) -> Vec<StageId> {
        let stages = self.home.pipeline.stages.iter();
        stages
            .filter(|stage| stage.kind == kind)
            .map(|stage| stage.id)
            .collect()
    }

    fn rank(&self) -> Rank {
        super::plan::rank(self.card)
    }
}

fn draft(
    cast: &Cast,
    home: &CompanyCast,
    plan: &Plan,
    ids: &Ids,
    random: &mut Random,
) -> Option<Deal> {
    let partner = cast.partners.get(plan.partner)?;
    let (membership, _) = home.members.get(plan.member)?;
    let owner = *random.pick(&partner.workers())?;
    Some(Deal {
        id: ids.id(),
        company: home.company.id,
        program: home.program.id,
        partner: partner.partner.id,
        membership: membership.id,
        number: None,
        form_version: home.form_id,
        answers: Answers::default(),
        summary: Summary::default(),
        registration: Registration::Draft,
        placement: None,
        win: Win::None,
        owner,
        created_by: owner,
        created_at: plan.created,
        changed_by: owner,
        changed_at: plan.created,
        version: 1,
    })
}
