//! A stage in use goes only with a mapping, and its deals follow as recorded facts.

use std::time::Duration;

use domain::StageId;
use domain::commands::{MoveDeal, Place, ReplacePipeline};
use domain::deals::{MoveDetails, Refusal};
use domain::pipeline::{PipelineFault, Stage, StageKind, StageMapping};
use services::ServiceError;
use testkit::both_engines;
use uuid::Uuid;

use crate::desk::Desk;

both_engines! {
    async fn a_retired_stage_hands_its_deals_over(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deals = [desk.approved("key-1", "One").await, desk.approved("key-2", "Two").await];
        let company = desk.company().await;
        let mut pipeline = desk.world.pipeline.clone();
        pipeline.stages.retain(|stage| stage.name != "Qualified");
        let version = company.program().version;
        let replace = |mappings| ReplacePipeline { pipeline: pipeline.clone(), mappings, version };
        assert!(matches!(company.replace_pipeline(replace(Vec::new())).await, Err(ServiceError::Pipeline(_))));
        let mapping = StageMapping { from: desk.stage("Qualified"), to: desk.stage("Proposal") };
        company.replace_pipeline(replace(vec![mapping])).await.unwrap();
        for deal in deals {
            let page = desk.partner().await.deal(deal).await.unwrap();
            assert_eq!(page.deal.placement.unwrap().stage, desk.stage("Proposal"));
            assert_eq!(page.deal.timeline[0].fact.name(), "stage_retired");
        }
        assert!(matches!(company.replace_pipeline(replace(vec![mapping])).await, Err(ServiceError::Stale)));
    }

    async fn a_stage_of_many_hands_all_over_in_their_order(db: &TestDb) {
        const DEALS: usize = 1_100;
        let desk = Desk::open(db).await;
        let first = desk.approved("key-1", "First").await;
        desk.move_to(first, "Proposal", MoveDetails::default()).await.unwrap();
        let mut rank = domain::Rank::middle();
        let mut deals = Vec::new();
        for number in (10_000..).take(DEALS) {
            deals.push(desk.world.placed(db, "Many", number, 0, &rank.0));
            rank = domain::Rank::between(Some(&rank), None);
        }
        let kept = deals.clone();
        testkit::in_write!(db, |tx| [kept] {
            for deal in &kept {
                store::deals::insert(tx, deal, &deal.id.to_string()).await?;
            }
            Ok(())
        }).unwrap();
        let before = desk.services.last_seq().await.unwrap();
        let told = desk.services.unread_notices(desk.world.owner.id).await.unwrap();
        let company = desk.company().await;
        let mut pipeline = desk.world.pipeline.clone();
        pipeline.stages.retain(|stage| stage.name != "Qualified");
        let mapping = StageMapping { from: desk.stage("Qualified"), to: desk.stage("Proposal") };
        let version = company.program().version;
        company.replace_pipeline(ReplacePipeline { pipeline, mappings: vec![mapping], version }).await.unwrap();

        let mut conn = db.read().await.unwrap();
        let (of, to) = (desk.world.company.id, desk.stage("Proposal"));
        let all = store::deals::list_in_stage(&mut conn, of, desk.world.program.id, to, 5_000).await.unwrap();
        let ids: Vec<_> = all.iter().map(|deal| deal.id).collect();
        let expected: Vec<_> = std::iter::once(first).chain(deals.iter().map(|deal| deal.id)).collect();
        assert_eq!(ids, expected);
        assert!(all.iter().skip(1).all(|deal| (deal.version, deal.changed_by) == (2, desk.world.admin.id)));
        let many = i64::try_from(DEALS).unwrap();
        assert_eq!(store::events::last_seq(&mut conn).await.unwrap(), before + many + 1);
        assert!(store::events::verify_all(&mut conn).await.unwrap().is_ok());
        assert_eq!(store::notices::unread(&mut conn, desk.world.owner.id).await.unwrap(), told + many);
        assert_eq!(desk.history(deals[3].id).await, ["stage_retired"]);
    }

    async fn a_stage_that_holds_deals_keeps_its_kind(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.approved("key-1", "One").await;
        let company = desk.company().await;
        let mut pipeline = desk.world.pipeline.clone();
        pipeline.stages[0].kind = StageKind::Lost;
        let mapping = StageMapping { from: desk.stage("Qualified"), to: desk.stage("Proposal") };
        let version = company.program().version;
        let replaced = company.replace_pipeline(ReplacePipeline { pipeline, mappings: vec![mapping], version }).await;
        let changed = PipelineFault::KindChanged("Qualified".into());
        assert!(matches!(&replaced, Err(ServiceError::Pipeline(faults)) if *faults == [changed]), "{replaced:?}");
        let mut pipeline = desk.world.pipeline.clone();
        let stage = Stage { name: "New".into(), id: StageId::from(Uuid::from_u128(1)), ..pipeline.stages[0].clone() };
        pipeline.stages.push(stage.clone());
        pipeline.stages.push(Stage { name: "Newer".into(), ..stage });
        let replaced = company.replace_pipeline(ReplacePipeline { pipeline, mappings: Vec::new(), version }).await;
        let twice = PipelineFault::StageTwice;
        assert!(matches!(&replaced, Err(ServiceError::Pipeline(faults)) if *faults == [twice]), "{replaced:?}");
    }

    async fn no_deal_moves_while_the_stages_are_replaced(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "One").await;
        let (program, company) = (desk.world.program.clone(), desk.world.company.id);
        let mut kept = desk.world.pipeline.clone();
        kept.stages.retain(|stage| stage.name != "Proposal");
        let (locked, mut is_locked) = tokio::sync::watch::channel(());
        let now = db.now();
        let store = db.db.clone();
        let replacing = tokio::spawn(async move {
            store.write::<_, store::StoreError, _>(move |tx| {
                let (program, kept, locked) = (program.clone(), kept.clone(), locked.clone());
                Box::pin(async move {
                    store::programs::lock(tx, program.id).await?;
                    let _ = locked.send(());
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    store::pipelines::save(tx, company, program.id, &kept, now).await
                })
            }).await
        });
        is_locked.changed().await.unwrap();
        let moved = desk.partner().await.move_deal(MoveDeal {
            deal,
            to_stage: desk.stage("Proposal"),
            place: Place::Top,
            details: MoveDetails::default(),
            version: desk.version(deal).await,
        }).await;
        assert!(matches!(moved, Err(ServiceError::Rule(Refusal::StageGone))), "{moved:?}");
        replacing.await.unwrap().unwrap();
    }
}
