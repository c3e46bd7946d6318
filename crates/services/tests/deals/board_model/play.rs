//! A world with its clients and its model: a step is done in both, and then every client looks.

use domain::commands::{MoveDeal, Place as PlaceAt};
use domain::deals::{MoveDetails, RegistrationStatus, WinStatus};
use domain::pipeline::{Stage as PipelineStage, StageKind, StageRules};
use domain::{Clock as _, Currency, Money, Rank};
use services::ServiceError;
use testkit::TestDb;

use super::clients::Clients;
use super::model::{self, Deal, Judged, Model, Place, Refused, Stage};
use super::replayed::replayed;
use super::shown::{Shown, difference, expected, filter, read};
use super::steps::{At, CLIENTS, COMPANY, Narrow, Step, Verdict, WORDS};

/// More than a board sends of a column at first.
const CROWD: usize = 43;

/// One world, played with and modelled.
struct Play {
    clients: Clients,
    model: Model,
    /// What each client was shown last, and the last event that it knew of then.
    last: Vec<Option<(Shown, i64)>>,
}

impl Play {
    /// `crowded`: with a column that takes more than one page.
    async fn begin(db: &TestDb, name: &str, crowded: bool) -> Self {
        let clients = Clients::gather(db, name).await;
        let stages = clients.world.pipeline.stages.iter().map(stage_of);
        let mut model = Model {
            names: clients.names.clone(),
            partners: clients.partners.clone(),
            deals: Vec::new(),
            stages: stages.collect(),
            retired: Vec::new(),
            narrowed: vec![Narrow::default(); CLIENTS],
            now: clients.clock.now(),
            registered: 0,
        };
        if crowded {
            crowd(db, &clients, &mut model).await;
        }
        Self {
            clients,
            model,
            last: vec![None; CLIENTS],
        }
    }

    /// Does the step, and holds what came of it against the model.
    async fn step(&mut self, step: &Step) -> Result<(), String> {
        self.clients.clock.advance_seconds(1);
        self.model.now = self.clients.clock.now();
        match step {
            Step::Register {
                by,
                word,
                value,
                closes_in,
            } => self.register(*by, *word, *value, *closes_in).await,
            Step::Filter { by, narrow } => {
                self.model.narrowed[*by] = narrow.clone();
                Ok(())
            }
            Step::Later { hours } => {
                self.clients.clock.advance_seconds(hours * 3_600);
                self.model.now = self.clients.clock.now();
                Ok(())
            }
            Step::Sweep => {
                self.model.swept();
                // Other worlds of this database have deals that end, too.
                while told(self.clients.services.expire_protections().await)? > 0 {}
                Ok(())
            }
            Step::RetireStage { stage, to, mapped } => self.retire(*stage, *to, *mapped).await,
            Step::AddStage { kind, at } => self.add_stage(*kind, *at).await,
            Step::Decide { .. }
            | Step::Answer { .. }
            | Step::Move { .. }
            | Step::JudgeWin { .. }
            | Step::Withdraw { .. }
            | Step::Extend { .. } => self.deal_step(step).await,
        }
    }

    async fn register(
        &mut self,
        by: usize,
        word: usize,
        value: Money,
        closes_in: i32,
    ) -> Result<(), String> {
        let number = self.model.registered + 1;
        let customer = format!("{} {number}", WORDS[word]);
        let closes = self.model.now.date().plus_days(closes_in);
        let key = format!("key-{number}");
        let given = self.clients.register(by, &key, &customer, value, closes);
        let registered = told(given.await)?;
        self.model.registered = number;
        self.model.deals.push(Deal {
            id: registered.deal,
            partner: model::partner_of(by).unwrap(),
            owner: by,
            number,
            customer,
            value,
            closes,
            status: RegistrationStatus::Submitted,
            until: None,
            extended: false,
            win: WinStatus::None,
            place: None,
            changed: self.model.now,
            by: Some(self.model.names[by].clone()),
            version: registered.version,
        });
        Ok(())
    }

    /// A step about one deal.
    async fn deal_step(&mut self, step: &Step) -> Result<(), String> {
        let (model, clients) = (&self.model, &self.clients);
        let Some((by, at, stale)) = whose(model, step) else {
            return Ok(());
        };
        let deal = &model.deals[at];
        let (id, version) = (deal.id, deal.version - i64::from(stale));
        let (judged, given) = match step {
            Step::Decide { verdict, .. } => (
                model.judge_decision(at, version),
                clients.decide(id, *verdict, version).await,
            ),
            Step::Answer { value, .. } => (
                model.judge_answer(by, at, version),
                clients.answer(by, id, *value, version).await,
            ),
            Step::Move {
                to,
                place,
                answered,
                ..
            } => {
                let to = model.any_stage(*to);
                let command = MoveDeal {
                    deal: id,
                    to_stage: to,
                    place: self.place(place).0,
                    details: MoveDetails::default(),
                    version,
                };
                let judged = model.judge_move(by, at, to, *answered, version);
                (judged, clients.move_deal(by, command, *answered).await)
            }
            Step::JudgeWin { reopen_at, .. } => {
                let reopen_at = reopen_at.map(|number| model.any_stage(number));
                let judged = model.judge_win(at, reopen_at, version);
                (judged, clients.judge_win(id, reopen_at, version).await)
            }
            Step::Withdraw { .. } => (
                model.judge_withdrawal(by, at, version),
                clients.withdraw(by, id, version).await,
            ),
            _ => (
                model.judge_extension(at, version),
                clients.extend(id, version).await,
            ),
        };
        if agreed(judged, given)? {
            self.done(step, by, at);
        }
        Ok(())
    }

    /// What the step made of the deal.
    fn done(&mut self, step: &Step, by: usize, at: usize) {
        let who = self.model.names[by].clone();
        let place = match step {
            Step::Move { place, .. } => self.place(place).1,
            _ => Place::Top,
        };
        let model = &mut self.model;
        model.changed(at, &who);
        match step {
            Step::Decide { verdict, .. } => match verdict {
                Verdict::Approve => model.approve(at),
                Verdict::Decline => model.deals[at].status = RegistrationStatus::Declined,
                Verdict::Ineligible => {
                    model.deals[at].status = RegistrationStatus::Ineligible;
                }
                Verdict::AskInfo => model.deals[at].status = RegistrationStatus::NeedsInfo,
            },
            Step::Answer { value, .. } => {
                model.deals[at].value = *value;
                model.deals[at].status = RegistrationStatus::Submitted;
            }
            Step::Move { to, .. } => {
                let to = model.any_stage(*to);
                model.moved(at, to, &place);
            }
            Step::JudgeWin {
                reopen_at: Some(number),
                ..
            } => {
                let reopen_at = model.any_stage(*number);
                model.rejected(at, reopen_at);
            }
            Step::JudgeWin { .. } => model.deals[at].win = WinStatus::Confirmed,
            Step::Withdraw { .. } => model.withdrawn(at),
            Step::Extend { .. } => model.extended(at),
            _ => {}
        }
    }

    /// For the product and for the model.
    fn place(&self, at: &At) -> (PlaceAt, Place) {
        match at {
            At::Top => (PlaceAt::Top, Place::Top),
            At::Bottom => (PlaceAt::Bottom, Place::Bottom),
            At::After(number) => {
                let other = number % self.model.deals.len();
                let id = self.model.deals[other].id;
                (PlaceAt::After(id), Place::After(other))
            }
        }
    }

    async fn retire(&mut self, stage: usize, to: usize, mapped: bool) -> Result<(), String> {
        let count = self.model.stages.len();
        let (at, to) = (stage % count, to % count);
        let judged = self.model.judge_retirement(at, to, mapped);
        let mut pipeline = told(self.clients.pipeline().await)?;
        let (from, target) = (self.model.stages[at].id, self.model.stages[to].id);
        pipeline.stages.retain(|stage| stage.id != from);
        let mapping = mapped.then_some((from, target));
        let given = self.clients.replace_pipeline(pipeline, mapping).await;
        if agreed(judged.map(|()| 0), given.map(|_| 0))? {
            let who = self.model.names[COMPANY].clone();
            self.model.retired(at, to, &who);
        }
        Ok(())
    }

    async fn add_stage(&mut self, kind: StageKind, at: usize) -> Result<(), String> {
        let mut pipeline = told(self.clients.pipeline().await)?;
        let at = at % (pipeline.stages.len() + 1);
        let name = format!("Stage of second {}", self.model.now.seconds());
        let stage = PipelineStage {
            // A browser's own placeholder.
            id: self.clients.services.id(),
            name: name.clone(),
            kind,
            hue: "teal".into(),
            position: 0,
            stuck_days: (kind == StageKind::Open).then_some(5),
            probability: 30,
            description: String::new(),
            wip_hint: None,
            rules: StageRules::default(),
            pipeline: domain::PipelineId::FIRST,
        };
        pipeline.stages.insert(at, stage);
        // Thirty stages are enough for anybody.
        let judged = if pipeline.stages.len() > domain::pipeline::MAX_STAGES {
            Err(Refused::Stages)
        } else {
            Ok(0)
        };
        let given = self.clients.replace_pipeline(pipeline, None).await;
        if agreed(judged, given.map(|_| 0))? {
            let pipeline = told(self.clients.pipeline().await)?;
            let added = pipeline.stages.iter().find(|stage| stage.name == name);
            let added = added.ok_or("the new stage is not there")?;
            self.model.stages.insert(at, stage_of(added));
        }
        Ok(())
    }

    /// Every client looks at its board, at all of it and at what it has narrowed it to.
    async fn look(&mut self) -> Result<(), String> {
        for client in 0..CLIENTS {
            let narrowed = self.model.narrowed[client].clone();
            let whole = Narrow::default();
            if narrowed != whole {
                self.shown(client, &narrowed).await?;
            }
            let (shown, seq) = self.shown(client, &whole).await?;
            // A page that waits for news of it would have been told.
            if let Some((before, known)) = &self.last[client]
                && *before != shown
                && *known >= seq
            {
                let name = &self.model.names[client];
                return Err(format!(
                    "the board of {name} changed, and no event told of it"
                ));
            }
            self.last[client] = Some((shown, seq));
        }
        Ok(())
    }

    async fn shown(&self, client: usize, narrow: &Narrow) -> Result<(Shown, i64), String> {
        let asked = filter(&self.model, narrow);
        let (shown, seq) = told(read(&self.clients, client, &asked).await)?;
        match difference(&shown, &expected(&self.model, client, narrow)) {
            None => Ok((shown, seq)),
            Some(text) => {
                let name = &self.model.names[client];
                Err(format!("{name}, narrowed to {narrow:?}: {text}"))
            }
        }
    }
}

/// Who does the step, with which deal, and whether what they saw of it is old; nothing without a deal.
fn whose(model: &Model, step: &Step) -> Option<(usize, usize, bool)> {
    let submitted = |deal: &Deal| deal.status == RegistrationStatus::Submitted;
    let asked = |deal: &Deal| deal.status == RegistrationStatus::NeedsInfo;
    let placed = |deal: &Deal| deal.place.is_some();
    let pending = |deal: &Deal| deal.win == WinStatus::Pending;
    match step {
        Step::Decide { deal, stale, .. } => Some((COMPANY, model.pick(*deal, submitted)?, *stale)),
        Step::Answer {
            by, deal, stale, ..
        } => {
            let own = |deal: &Deal| asked(deal) && Model::sees(*by, deal);
            Some((*by, model.pick(*deal, own)?, *stale))
        }
        Step::Move {
            by, deal, stale, ..
        } => {
            let own = |deal: &Deal| placed(deal) && Model::sees(*by, deal);
            Some((*by, model.pick(*deal, own)?, *stale))
        }
        Step::JudgeWin { deal, stale, .. } => Some((COMPANY, model.pick(*deal, pending)?, *stale)),
        Step::Withdraw { by, deal, stale } => {
            let own = |deal: &Deal| Model::sees(*by, deal);
            Some((*by, model.pick(*deal, own)?, *stale))
        }
        Step::Extend { deal, stale } => Some((COMPANY, model.pick(*deal, placed)?, *stale)),
        _ => None,
    }
}

fn stage_of(stage: &PipelineStage) -> Stage {
    Stage {
        id: stage.id,
        name: stage.name.clone(),
        kind: stage.kind,
        stuck_days: stage.stuck_days,
        deals: Vec::new(),
    }
}

/// What was not meant to be refused.
fn told<T>(given: Result<T, ServiceError>) -> Result<T, String> {
    given.map_err(|error| format!("refused, and ought not to be: {error:?}"))
}

/// Whether it was done; an error unless the model says the same.
fn agreed(judged: Judged, given: Result<i64, ServiceError>) -> Result<bool, String> {
    let given = match given {
        Ok(version) => Ok(version),
        Err(ServiceError::NotFound) => Err(Refused::NotFound),
        Err(ServiceError::Rule(refusal)) => Err(Refused::Rule(refusal)),
        Err(ServiceError::Conflict(view)) => Err(Refused::Conflict {
            version: view.current_version,
            who: view.who,
        }),
        Err(ServiceError::Stale) => Err(Refused::Stale),
        Err(ServiceError::Pipeline(_)) => Err(Refused::Stages),
        Err(error) => return Err(format!("{error:?}\n  ought to be {judged:?}")),
    };
    if given == judged {
        Ok(given.is_ok())
    } else {
        Err(format!("{given:?}\n  ought to be {judged:?}"))
    }
}

/// Deals in the first column, from before anybody looked.
async fn crowd(db: &TestDb, clients: &Clients, model: &mut Model) {
    let like = clients.world.placed(db, "", 0, 0, "V");
    let mut rank = Rank::middle();
    let mut deals = Vec::new();
    for number in (10_000..).take(CROWD) {
        let mut deal = like.clone();
        deal.id = clients.services.id();
        deal.number = Some(number);
        deal.summary.customer = format!("Crowd {number}");
        deal.summary.value = Some(Money::new(number * 100, Currency::EUR));
        deal.summary.close_date = Some(model.now.date());
        if let Some(placement) = &mut deal.placement {
            placement.rank = rank.clone();
        }
        rank = Rank::between(Some(&rank), None);
        deals.push(deal);
    }
    testkit::in_write!(db, |tx| [deals] {
        for deal in &deals {
            store::deals::insert(tx, deal, &deal.id.to_string()).await?;
        }
        Ok(())
    })
    .unwrap();
    for deal in deals {
        model.stages[0].deals.push(model.deals.len());
        model.deals.push(Deal {
            id: deal.id,
            partner: 0,
            owner: 0,
            number: deal.number.unwrap(),
            customer: deal.summary.customer,
            value: deal.summary.value.unwrap(),
            closes: deal.summary.close_date.unwrap(),
            status: RegistrationStatus::Approved,
            until: deal.registration.protected_until(),
            extended: false,
            win: WinStatus::None,
            place: deal.placement.map(|one| (one.stage, one.entered_at)),
            changed: deal.changed_at,
            by: None,
            version: deal.version,
        });
    }
}

/// Plays the steps in a world of their own; the step at which it went wrong, and how.
pub async fn play(db: &TestDb, name: &str, crowded: bool, steps: &[Step]) -> Result<Model, String> {
    let mut play = Play::begin(db, name, crowded).await;
    let began = play.model.now.date().to_string();
    play.look().await?;
    for (number, step) in steps.iter().enumerate() {
        let outcome = match play.step(step).await {
            Ok(()) => play.look().await,
            wrong => wrong,
        };
        outcome.map_err(|why| format!("at step {number}, {step:?}: {why}"))?;
    }
    // A crowd has no history.
    if !crowded {
        replayed(&play.clients, &play.model, &began).await?;
    }
    Ok(play.model)
}
