//! The clients of one world, each with the product's own doors: what they ask for is what a page would.

use std::sync::Arc;

use domain::commands::{
    DecideDeal, ExtendProtection, JudgeWin, MoveDeal, ReplacePipeline, ResubmitDeal, SubmitDeal,
    WithdrawDeal,
};
use domain::deals::{Decision, MoveDetails, WinVerdict};
use domain::forms::{FieldKey, RawAnswers};
use domain::people::{MembershipStatus, PartnerRole};
use domain::pipeline::Pipeline;
use domain::{Date, DealId, FixedClock, LostReasonId, MembershipId, Money, StageId, UserId};
use services::deals::Registered;
use services::{
    CompanyAccess, PartnerAccess, PasswordCost, ServiceError, Services, ServicesConfig, SystemIds,
};
use store::accounts::users::{self, User};
use store::memberships::{self, Membership};
use store::partners::{self, Partner};
use testkit::{TestDb, World};

use super::model::partner_of;
use super::steps::{CLIENTS, COMPANY, Verdict};

pub struct Clients {
    pub world: World,
    pub services: Services,
    pub clock: Arc<FixedClock>,
    /// By the place of the client.
    people: Vec<UserId>,
    pub names: Vec<String>,
    memberships: [MembershipId; 2],
    pub partners: [String; 2],
    reason: LostReasonId,
}

impl Clients {
    /// A world of that name, beside those that are in the database.
    pub async fn gather(db: &TestDb, name: &str) -> Self {
        let world = World::build_named(db, name).await;
        let person = |role: &str| User {
            id: db.id(),
            email: format!("{role}@{name}.test"),
            email_folded: format!("{role}@{name}.test"),
            name: format!("{role} of {name}"),
            ..world.owner.clone()
        };
        let (member, rival) = (person("member"), person("rival"));
        let partner = Partner {
            id: db.id(),
            name: format!("{name} rival"),
            ..world.partner.clone()
        };
        let membership = Membership {
            id: db.id(),
            partner_id: partner.id,
            status: MembershipStatus::Active,
            ..world.membership.clone()
        };
        let people = vec![world.owner.id, member.id, rival.id, world.admin.id];
        let names = [&world.owner, &member, &rival, &world.admin].map(|user| user.name.clone());
        let partners = [world.partner.name.clone(), partner.name.clone()];
        let memberships = [world.membership.id, membership.id];
        let (own, at) = (world.partner.id, db.now());
        testkit::in_write!(db, |tx| [member, rival, partner, membership] {
            for user in [&member, &rival] {
                users::insert(tx, user).await?;
            }
            partners::insert_member(tx, own, member.id, PartnerRole::Member, at).await?;
            partners::insert(tx, &partner).await?;
            partners::insert_member(tx, partner.id, rival.id, PartnerRole::Owner, at).await?;
            memberships::insert(tx, &membership).await?;
            Ok(())
        })
        .unwrap();
        let clock = Arc::new(FixedClock::at(db.now()));
        let config = ServicesConfig {
            base_url: "http://127.0.0.1:3000".into(),
            files_folder: db.files_folder(),
            passwords: PasswordCost::least(),
        };
        let services = Services::new(db.db.clone(), clock.clone(), Arc::new(SystemIds), config);
        assert_eq!(people.len(), CLIENTS);
        Self {
            reason: world.pipeline.lost_reasons[0].id,
            world,
            services,
            clock,
            people,
            names: names.into(),
            memberships,
            partners,
        }
    }

    pub async fn partner(&self, client: usize) -> Result<PartnerAccess, ServiceError> {
        let partner = partner_of(client).unwrap();
        let membership = self.memberships[partner];
        self.services.partner(self.people[client], membership).await
    }

    pub async fn company(&self) -> Result<CompanyAccess, ServiceError> {
        let program = self.world.program.id;
        self.services.company(self.people[COMPANY], program).await
    }

    pub async fn register(
        &self,
        by: usize,
        key: &str,
        customer: &str,
        value: Money,
        closes: Date,
    ) -> Result<Registered, ServiceError> {
        let mut answers = crate::desk::answers(customer);
        set_value(&mut answers, value);
        answers.set(&key_of("close_date"), vec![closes.to_string()]);
        let command = SubmitDeal {
            submit_key: key.to_owned(),
            form_version: self.world.form.id,
            answers,
        };
        self.partner(by).await?.register_deal(command).await
    }

    pub async fn decide(
        &self,
        deal: DealId,
        verdict: Verdict,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let reason = || "As we talked about".to_owned();
        let decision = match verdict {
            Verdict::Approve => Decision::Approve {
                message: String::new(),
            },
            Verdict::Decline => Decision::Decline { reason: reason() },
            Verdict::Ineligible => Decision::Ineligible { reason: reason() },
            Verdict::AskInfo => Decision::AskInfo {
                message: reason(),
                fields: vec![key_of("value")],
            },
        };
        let command = DecideDeal {
            deal,
            decision,
            version,
        };
        self.company().await?.decide(command).await
    }

    /// Answers what the company asked: with another value.
    pub async fn answer(
        &self,
        by: usize,
        deal: DealId,
        value: Money,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let mut answers = RawAnswers::default();
        set_value(&mut answers, value);
        let command = ResubmitDeal {
            deal,
            answers,
            note: String::new(),
            version,
        };
        self.partner(by).await?.resubmit_deal(command).await
    }

    /// Moves the deal; `answered`: with what the drop asks for.
    pub async fn move_deal(
        &self,
        by: usize,
        mut command: MoveDeal,
        answered: bool,
    ) -> Result<i64, ServiceError> {
        if answered {
            let why = (by == COMPANY).then(|| "They asked us to".to_owned());
            command.details = MoveDetails {
                lost_reason: Some(self.reason),
                win_confirmed: true,
                override_reason: why,
                ..MoveDetails::default()
            };
        }
        let moved = if by == COMPANY {
            self.company().await?.override_stage(command).await?
        } else {
            self.partner(by).await?.move_deal(command).await?
        };
        Ok(moved.version)
    }

    pub async fn judge_win(
        &self,
        deal: DealId,
        reopen_at: Option<StageId>,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let verdict = match reopen_at {
            None => WinVerdict::Confirm,
            Some(reopen_at) => WinVerdict::Reject {
                reason: "No order came".to_owned(),
                reopen_at,
            },
        };
        let command = JudgeWin {
            deal,
            verdict,
            version,
        };
        self.company().await?.judge_win(command).await
    }

    pub async fn withdraw(
        &self,
        by: usize,
        deal: DealId,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let command = WithdrawDeal { deal, version };
        self.partner(by).await?.withdraw_deal(command).await
    }

    pub async fn extend(&self, deal: DealId, version: i64) -> Result<i64, ServiceError> {
        let command = ExtendProtection { deal, version };
        self.company().await?.extend_protection(command).await
    }

    pub async fn pipeline(&self) -> Result<Pipeline, ServiceError> {
        Ok(self.company().await?.pipeline().await?.0)
    }

    /// Replaces the stages that are there now.
    pub async fn replace_pipeline(
        &self,
        pipeline: Pipeline,
        mapping: Option<(StageId, StageId)>,
    ) -> Result<i64, ServiceError> {
        let company = self.company().await?;
        let mappings = mapping.map(|(from, to)| domain::pipeline::StageMapping { from, to });
        let command = ReplacePipeline {
            pipeline,
            mappings: mappings.into_iter().collect(),
            version: company.program().version,
        };
        company.replace_pipeline(command).await
    }
}

fn key_of(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

fn set_value(answers: &mut RawAnswers, value: Money) {
    let code = value.currency.to_string();
    answers.set_money(&key_of("value"), &value.input_value(), &code);
}
