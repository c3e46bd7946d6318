//! Several pipelines in one program: which deals enter which, and that they stay in theirs.

use domain::commands::{MoveDeal, Place, ReplacePipeline};
use domain::deals::{MoveDetails, Refusal};
use domain::forms::{Condition, FieldKey, Operator};
use domain::pipeline::{EntryRule, Pipeline, PipelineHead, Stage, StageKind, StageMapping};
use domain::views::DealFilter;
use domain::{DealId, PipelineId, StageId};
use services::ServiceError;
use testkit::both_engines;
use uuid::Uuid;

use crate::desk::Desk;

async fn replace(
    desk: &Desk,
    pipeline: Pipeline,
    mappings: Vec<StageMapping>,
) -> Result<Pipeline, ServiceError> {
    let company = desk.company().await;
    let version = company.program().version;
    company
        .replace_pipeline(ReplacePipeline {
            pipeline,
            mappings,
            version,
        })
        .await?;
    Ok(company.pipeline().await.unwrap().0)
}

/// Adds a pipeline with a stage of each kind beside the first; gives all as they are kept.
async fn with_second(desk: &Desk, entry: EntryRule) -> Pipeline {
    let mut pipeline = desk.company().await.pipeline().await.unwrap().0;
    let id = PipelineId::from(Uuid::from_u128(1));
    pipeline.heads.first = "Standard".into();
    pipeline.heads.others.push(PipelineHead {
        id,
        name: "Enterprise".into(),
        entry,
    });
    let kinds = [StageKind::Open, StageKind::Won, StageKind::Lost];
    for (number, kind) in (1..).zip(kinds) {
        pipeline.stages.push(Stage {
            id: StageId::from(Uuid::from_u128(number)),
            // Names are a pipeline's own.
            name: ["Qualified", "Signed", "Gone"][usize::try_from(number - 1).unwrap()].into(),
            kind,
            pipeline: id,
            ..pipeline.stages[0].clone()
        });
    }
    replace(desk, pipeline, Vec::new()).await.unwrap()
}

fn second(pipeline: &Pipeline) -> PipelineId {
    pipeline.heads.others[0].id
}

async fn lies_in(desk: &Desk, deal: DealId) -> StageId {
    let page = desk.company().await.deal(deal).await.unwrap();
    page.deal.placement.unwrap().stage
}

async fn to(desk: &Desk, deal: DealId, stage: StageId, why: Option<&str>) -> MoveDeal {
    MoveDeal {
        deal,
        to_stage: stage,
        place: Place::Top,
        details: MoveDetails {
            override_reason: why.map(ToOwned::to_owned),
            ..MoveDetails::default()
        },
        version: desk.version(deal).await,
    }
}

both_engines! {
    async fn a_deal_of_the_tier_enters_its_pipeline_and_stays_in_it(db: &TestDb) {
        let desk = Desk::open(db).await;
        let before = desk.approved("key-1", "One").await;
        let rule = EntryRule { tiers: vec![desk.world.tier.id], answer: None };
        let pipeline = with_second(&desk, rule.clone()).await;
        let own = second(&pipeline);
        assert_ne!(own, PipelineId::from(Uuid::from_u128(1)), "a browser's id is a placeholder");
        let entered = pipeline.first_open_of(own).unwrap().id;
        let deal = desk.approved("key-2", "Two").await;
        assert_eq!(lies_in(&desk, deal).await, entered);
        assert_eq!(lies_in(&desk, before).await, desk.stage("Qualified"), "nobody moves it");

        let across = to(&desk, deal, desk.stage("Proposal"), None).await;
        let refused = desk.partner().await.move_deal(across).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::OtherPipeline))), "{refused:?}");
        let across = to(&desk, deal, desk.stage("Proposal"), Some("It is small after all")).await;
        desk.company().await.override_stage(across).await.unwrap();
        assert_eq!(lies_in(&desk, deal).await, desk.stage("Proposal"));

        // The board shows one, the list all or one.
        let third = desk.approved("key-3", "Three").await;
        let partner = desk.partner().await;
        let first = partner.board(&DealFilter::default()).await.unwrap();
        let filter = DealFilter { pipeline: Some(own), ..DealFilter::default() };
        let other = partner.board(&filter).await.unwrap();
        let cards = |board: &domain::views::BoardView| {
            board.columns.iter().flat_map(|column| column.cards.iter().map(|card| card.id)).collect::<Vec<_>>()
        };
        assert_eq!((first.columns.len(), other.columns.len()), (5, 3));
        assert_eq!(cards(&other), [third]);
        assert!(cards(&first).contains(&deal) && cards(&first).contains(&before));
        assert_eq!(other.pipeline.heads.others[0].entry, EntryRule::default(), "the company's own business");
        assert_eq!(partner.deals(&DealFilter::default(), None).await.unwrap().rows.len(), 3);
        let listed = partner.deals(&filter, None).await.unwrap().rows;
        assert_eq!(listed.iter().map(|row| row.id).collect::<Vec<_>>(), [third]);
        let filter = DealFilter { pipeline: Some(PipelineId::FIRST), ..DealFilter::default() };
        assert_eq!(partner.deals(&filter, None).await.unwrap().rows.len(), 2);
    }

    async fn an_answer_leads_a_deal_as_it_is_when_it_is_approved(db: &TestDb) {
        let desk = Desk::open(db).await;
        let country = |code: &str| EntryRule {
            tiers: Vec::new(),
            answer: Some(Condition::on(&FieldKey::parse("country").unwrap(), Operator::Is(code.into()))),
        };
        let pipeline = with_second(&desk, country("FR")).await;
        let german = desk.approved("key-1", "One").await;
        assert_eq!(lies_in(&desk, german).await, desk.stage("Qualified"));
        let mut changed = pipeline.clone();
        changed.heads.others[0].entry = country("DE");
        let pipeline = replace(&desk, changed, Vec::new()).await.unwrap();
        assert_eq!(lies_in(&desk, german).await, desk.stage("Qualified"), "a rule moves no deal");
        let later = desk.approved("key-2", "Two").await;
        assert_eq!(lies_in(&desk, later).await, pipeline.first_open_of(second(&pipeline)).unwrap().id);
    }

    async fn a_pipeline_goes_when_its_deals_have_somewhere_to_go(db: &TestDb) {
        let desk = Desk::open(db).await;
        let pipeline = with_second(&desk, EntryRule { tiers: vec![desk.world.tier.id], answer: None }).await;
        let deal = desk.approved("key-1", "One").await;
        let left = pipeline.first_open_of(second(&pipeline)).unwrap().id;
        let mut one = pipeline.clone().only(PipelineId::FIRST);
        one.heads.others.clear();
        let refused = replace(&desk, one.clone(), Vec::new()).await;
        assert!(matches!(refused, Err(ServiceError::Pipeline(_))), "{refused:?}");
        let mapping = StageMapping { from: left, to: desk.stage("Proposal") };
        let kept = replace(&desk, one, vec![mapping]).await.unwrap();
        assert!(kept.heads.is_single());
        assert_eq!(kept.stages.len(), desk.world.pipeline.stages.len());
        assert_eq!(lies_in(&desk, deal).await, desk.stage("Proposal"));
    }
}
