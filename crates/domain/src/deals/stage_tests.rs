//! Who moves deals from stage to stage, and what their history says of it.

use uuid::Uuid;

use super::*;
use crate::forms::FieldKey;
use crate::pipeline::{Movers, Pipeline, Stage, StageKind, StageRules};
use crate::{StageId, Timestamp};

fn stage(number: u128, rules: StageRules) -> Stage {
    Stage {
        id: StageId(Uuid::from_u128(number)),
        name: format!("Stage {number}"),
        kind: StageKind::Open,
        hue: "blue".into(),
        position: 0,
        stuck_days: None,
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules,
        pipeline: crate::PipelineId::FIRST,
    }
}

#[test]
fn each_stage_says_who_moves_deals_in_and_out() {
    let facts = MoveFacts {
        registration: RegistrationStatus::Approved,
        protected_until: None,
        win: WinStatus::None,
    };
    let of = |moves_in, moves_out| StageRules {
        moves_in,
        moves_out,
        ..StageRules::default()
    };
    let any = stage(1, StageRules::default());
    let companys = stage(2, of(Movers::Company, Movers::Company));
    let partners = stage(3, of(Movers::Partner, Movers::Partner));
    let go = |from: &Stage, to: &Stage, mover| {
        check_move(facts, Some(from), to, mover, Timestamp(0)).err()
    };
    let (partner, company) = (Mover::Partner, Mover::CompanyOverride);
    assert_eq!(go(&any, &companys, partner), Some(Refusal::CompanyMovesIn));
    assert_eq!(go(&companys, &any, partner), Some(Refusal::CompanyMovesOut));
    assert_eq!(go(&any, &partners, company), Some(Refusal::PartnerMovesIn));
    assert_eq!(go(&partners, &any, company), Some(Refusal::PartnerMovesOut));
    assert_eq!(go(&any, &companys, company), None);
    assert_eq!(go(&partners, &any, partner), None);
    // Another place in the same column is no move, and a file of deals says where they lie already.
    assert_eq!(go(&companys, &companys, partner), None);
    assert_eq!(go(&any, &partners, Mover::Import), None);
}

#[test]
fn a_deal_moves_within_its_pipeline_and_an_override_crosses() {
    let facts = MoveFacts {
        registration: RegistrationStatus::Approved,
        protected_until: None,
        win: WinStatus::None,
    };
    let here = stage(1, StageRules::default());
    let there = Stage {
        pipeline: crate::PipelineId(Uuid::from_u128(7)),
        ..stage(2, StageRules::default())
    };
    let go = |mover| check_move(facts, Some(&here), &there, mover, Timestamp(0)).err();
    assert_eq!(go(Mover::Partner), Some(Refusal::OtherPipeline));
    assert_eq!(go(Mover::CompanyOverride), None);
    assert_eq!(go(Mover::Import), None);
}

#[test]
fn a_rule_asks_the_partner_and_no_override() {
    let asks = stage(
        1,
        StageRules {
            fields: vec![FieldKey::parse("need").unwrap()],
            ..StageRules::default()
        },
    );
    let facts = MoveFacts {
        registration: RegistrationStatus::Approved,
        protected_until: None,
        win: WinStatus::None,
    };
    let gate = |mover| check_move(facts, None, &asks, mover, Timestamp(0));
    assert_eq!(gate(Mover::Partner), Ok(MoveGate::AskEntry));
    assert_eq!(gate(Mover::CompanyOverride), Ok(MoveGate::Free));
    assert_eq!(gate(Mover::Import), Ok(MoveGate::Free));
    assert_eq!(gate(Mover::Company), Err(Refusal::CompanyOverridesOnly));
}

#[test]
fn the_history_keeps_the_name_of_then() {
    let (mut from, to) = (
        stage(1, StageRules::default()),
        stage(2, StageRules::default()),
    );
    let fact = DealFact::StageMoved {
        from: StageRef::of(&from),
        to: StageRef::of(&to),
        seconds_in_stage: 5,
        override_reason: None,
        given: Given {
            note: "Called".to_owned(),
            fields: vec![FieldKey::parse("need").unwrap()],
        },
    };
    from.name = "Qualified".into();
    let now = Pipeline {
        stages: vec![from],
        lost_reasons: Vec::new(),
        heads: crate::pipeline::Heads::default(),
    };
    assert_eq!(
        fact.with_names_of(&now).sentence(),
        "moved the deal from Qualified (then called Stage 1) to Stage 2, and answered one more question"
    );
    assert_eq!(fact.quotation(), Some("Called"));
    // New answers are more than a new place.
    assert!(!fact.only_places());
    let old = r#"{"kind":"stage_moved","from":{"id":"stage_00000000000000000000000000","name":"A"},"to":{"id":"stage_00000000000000000000000000","name":"B"},"seconds_in_stage":5,"override_reason":null}"#;
    let read: DealFact = serde_json::from_str(old).unwrap();
    assert!(read.only_places());
    // What is chained by its hash is written as it was.
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
}
