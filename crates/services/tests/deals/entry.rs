//! Stages that ask for something, and that say who moves deals in: for every way a deal may come.

use domain::DealId;
use domain::commands::{MoveDeal, Place, ReplacePipeline};
use domain::deals::{DealFact, MoveDetails, MoveGate, Refusal};
use domain::forms::{Answer, FieldKey, FieldProblem, RawAnswers};
use domain::pipeline::{Movers, StageRules};
use services::ServiceError;
use testkit::both_engines;

use crate::desk::Desk;

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn answered(pairs: &[(&str, &str)]) -> MoveDetails {
    MoveDetails {
        answers: pairs.iter().copied().collect::<RawAnswers>(),
        ..MoveDetails::default()
    }
}

/// Gives a stage its rules, as the company does.
pub async fn rule(desk: &Desk, stage: &str, rules: StageRules) {
    let company = desk.company().await;
    let (mut pipeline, _) = company.pipeline().await.unwrap();
    pipeline
        .stages
        .iter_mut()
        .find(|known| known.name == stage)
        .unwrap()
        .rules = rules;
    let version = company.program().version;
    company
        .replace_pipeline(ReplacePipeline {
            pipeline,
            mappings: Vec::new(),
            version,
        })
        .await
        .unwrap();
}

fn asks_need() -> StageRules {
    StageRules {
        fields: vec![key("need")],
        note: true,
        ..StageRules::default()
    }
}

async fn override_to(desk: &Desk, deal: DealId, stage: &str) -> Result<i64, ServiceError> {
    let command = MoveDeal {
        deal,
        to_stage: desk.stage(stage),
        place: Place::Top,
        details: MoveDetails {
            override_reason: Some("They called us".into()),
            ..MoveDetails::default()
        },
        version: desk.version(deal).await,
    };
    desk.company()
        .await
        .override_stage(command)
        .await
        .map(|moved| moved.version)
}

both_engines! {
    async fn a_stage_takes_a_deal_only_with_what_it_asks_for(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        rule(&desk, "Proposal", asks_need()).await;
        let before = desk.history(deal).await;
        let asked = desk.partner().await.entry(deal, desk.stage("Proposal")).await.unwrap();
        assert_eq!((asked.gate, asked.missing.fields.as_slice()), (MoveGate::AskEntry, &[key("need")][..]));
        assert!(asked.missing.note && !asked.missing.file && !asked.is_free());
        let nothing = desk.move_to(deal, "Proposal", MoveDetails::default()).await;
        let Err(ServiceError::Entry(fault)) = nothing else { panic!("{nothing:?}") };
        assert_eq!(fault.fields.of(&key("need")), Some(&FieldProblem::Missing));
        assert!(fault.note);
        assert_eq!(desk.history(deal).await, before);

        let details = MoveDetails { note: "They want backups".into(), ..answered(&[("need", "Backups")]) };
        desk.move_to(deal, "Proposal", details).await.unwrap();
        let page = desk.partner().await.deal(deal).await.unwrap().deal;
        assert_eq!(page.placement.unwrap().stage, desk.stage("Proposal"));
        assert!(page.answers.iter().any(|line| line.text == "Backups"));
        let DealFact::StageMoved { given, .. } = &page.timeline[0].fact else { panic!("{:?}", page.timeline[0]) };
        assert_eq!((given.note.as_str(), given.fields.as_slice()), ("They want backups", &[key("need")][..]));
        assert_eq!(page.summary.customer, "Tern Labs");

        // What it has now is not asked again, and another place in the stage asks nothing.
        desk.move_to(deal, "Proposal", MoveDetails::default()).await.unwrap();
        desk.move_to(deal, "Qualified", MoveDetails::default()).await.unwrap();
        let asked = desk.partner().await.entry(deal, desk.stage("Proposal")).await.unwrap();
        assert!(asked.missing.fields.is_empty() && asked.missing.note);
        let mut conn = db.read().await.unwrap();
        assert!(store::events::verify_all(&mut conn).await.unwrap().is_ok());
    }

    async fn answers_that_are_not_asked_for_do_not_change(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let refused = desk.move_to(deal, "Proposal", answered(&[("customer", "Another")])).await;
        let Err(ServiceError::Entry(fault)) = refused else { panic!("{refused:?}") };
        assert_eq!(fault.fields.of(&key("customer")), Some(&FieldProblem::NotOpen));
        let record = desk.partner().await.deal_record(deal).await.unwrap();
        assert_eq!(record.deal.answers.get(&key("customer")), Some(&Answer::Text("Tern Labs".into())));
    }

    async fn an_override_goes_by_what_a_stage_asks_of_partners(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        rule(&desk, "Proposal", asks_need()).await;
        override_to(&desk, deal, "Proposal").await.unwrap();
        assert_eq!(desk.history(deal).await.last(), Some(&"stage_moved"));
    }

    async fn a_stage_says_who_moves_deals_in_and_out(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let rules = StageRules { moves_in: Movers::Company, moves_out: Movers::Partner, ..StageRules::default() };
        rule(&desk, "Proposal", rules).await;
        let refused = desk.move_to(deal, "Proposal", MoveDetails::default()).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::CompanyMovesIn))), "{refused:?}");
        let asked = desk.partner().await.entry(deal, desk.stage("Proposal")).await;
        assert!(matches!(asked, Err(ServiceError::Rule(Refusal::CompanyMovesIn))), "{asked:?}");
        override_to(&desk, deal, "Proposal").await.unwrap();
        let refused = override_to(&desk, deal, "Qualified").await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::PartnerMovesOut))), "{refused:?}");
        desk.move_to(deal, "Qualified", MoveDetails::default()).await.unwrap();
    }
}
