use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Currency;
use crate::deals::{Given, StageRef};
use crate::pipeline::{Stage, StageKind, StageRules};

const HOUR: i64 = 3_600;

fn deal(number: u128) -> DealId {
    DealId(Uuid::from_u128(number))
}

fn stage(number: u128) -> StageRef {
    StageRef {
        id: StageId(Uuid::from_u128(number)),
        name: format!("Then {number}"),
    }
}

/// Stages 1 to 3; others are gone.
fn pipeline() -> Pipeline {
    let stage = |number: u128, name: &str| Stage {
        id: StageId(Uuid::from_u128(number)),
        pipeline: crate::PipelineId::FIRST,
        name: name.into(),
        kind: StageKind::Open,
        hue: "blue".into(),
        position: 0,
        stuck_days: None,
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
    };
    Pipeline {
        stages: vec![stage(1, "Qualify"), stage(2, "Proposal"), stage(3, "Won")],
        lost_reasons: Vec::new(),
        heads: crate::pipeline::Heads::default(),
    }
}

fn known(count: u128) -> Vec<ReplayDeal> {
    (1..=count)
        .map(|number| ReplayDeal {
            id: deal(number),
            number: format!("ALT-{number}"),
            customer: format!("Customer {number}"),
            value: Some(Money::new(100, Currency::EUR)),
        })
        .collect()
}

fn fact(seq: i64, number: u128, fact: DealFact) -> ReplayFact {
    ReplayFact {
        deal: deal(number),
        seq,
        at: Timestamp::from_seconds(seq * HOUR),
        who: "Priya".into(),
        fact,
    }
}

fn approved(to: u128) -> DealFact {
    DealFact::DealApproved {
        message: String::new(),
        protected_until: Timestamp::default(),
        stage: stage(to),
    }
}

fn moved(from: u128, to: u128) -> DealFact {
    DealFact::StageMoved {
        from: stage(from),
        to: stage(to),
        seconds_in_stage: HOUR,
        override_reason: None,
        given: Given::default(),
    }
}

/// The customers of each column that holds any, by the column's name.
fn shown(replay: &Replay, index: usize) -> Vec<(String, Vec<String>)> {
    let board = replay.at(index);
    let columns = replay.stages.iter().zip(&board.columns);
    columns
        .filter(|(_, column)| !column.is_empty())
        .map(|(stage, column)| {
            let deals = column.iter().map(|deal| replay.deals[*deal].number.clone());
            (stage.name.clone(), deals.collect())
        })
        .collect()
}

fn column(name: &str, deals: &[&str]) -> (String, Vec<String>) {
    let deals = deals.iter().map(|deal| (*deal).to_owned());
    (name.to_owned(), deals.collect())
}

fn sentences(replay: &Replay) -> Vec<String> {
    let steps = replay.steps.iter();
    steps.map(|step| replay.sentence(step)).collect()
}

#[test]
fn a_board_goes_from_its_beginning_through_each_step() {
    let before = [fact(1, 1, approved(1)), fact(2, 2, moved(1, 2))];
    let since = [
        fact(3, 1, moved(1, 2)),
        fact(4, 3, approved(1)),
        fact(5, 2, DealFact::DealWithdrawn),
    ];
    let replay = Replay::told(&pipeline(), known(9), &before, &since);
    assert_eq!(replay.deals.len(), 3, "who was not there is not told of");
    let expected = [
        column("Qualify", &["ALT-1"]),
        column("Proposal", &["ALT-2"]),
    ];
    assert_eq!(shown(&replay, 0), expected);
    let expected = [column("Proposal", &["ALT-2", "ALT-1"])];
    assert_eq!(shown(&replay, 1), expected);
    let expected = [
        column("Qualify", &["ALT-3"]),
        column("Proposal", &["ALT-1"]),
    ];
    assert_eq!(shown(&replay, 3), expected);
    assert_eq!(shown(&replay, 99), expected);
    let end = replay.at(3);
    let worth: Totals = [Money::new(100, Currency::EUR)].into_iter().collect();
    assert_eq!(replay.totals(&end.columns[1]), worth);
    let expected = [
        "Priya moved Customer 1 from Qualify to Proposal",
        "Priya approved Customer 3: it came to Qualify",
        "Priya withdrew Customer 2; it left Proposal",
    ];
    assert_eq!(sentences(&replay), expected);
}

#[test]
fn a_stage_that_is_gone_stands_behind_the_others_under_its_old_name() {
    let retired = DealFact::StageRetired {
        from: stage(7),
        to: stage(2),
    };
    let before = [fact(1, 1, approved(7))];
    let mut since = [fact(2, 1, retired)];
    since[0].who = String::new();
    let replay = Replay::told(&pipeline(), known(1), &before, &since);
    let gone: Vec<_> = replay.stages.iter().filter(|one| one.retired).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].name, "Then 7");
    assert!(replay.stages[3].retired);
    assert_eq!(shown(&replay, 0), [column("Then 7", &["ALT-1"])]);
    assert_eq!(shown(&replay, 1), [column("Proposal", &["ALT-1"])]);
    let expected = ["Dealboard retired the stage Then 7; Customer 1 moved to Proposal"];
    assert_eq!(sentences(&replay), expected);
    // Nothing of it when it held none in the span.
    let replay = Replay::told(&pipeline(), known(1), &[fact(2, 1, approved(2))], &[]);
    assert_eq!(replay.stages.len(), 3);
}

#[test]
fn a_rejected_win_and_an_override_say_so() {
    let mut overridden = moved(1, 2);
    if let DealFact::StageMoved {
        override_reason, ..
    } = &mut overridden
    {
        *override_reason = Some("They asked us".into());
    }
    let rejected = DealFact::WinRejected {
        reason: "No order".into(),
        to: stage(1),
    };
    let before = [fact(1, 1, approved(1)), fact(2, 2, moved(1, 3))];
    let since = [fact(3, 1, overridden), fact(4, 2, rejected)];
    let replay = Replay::told(&pipeline(), known(2), &before, &since);
    let expected = [
        "Priya overrode the stage: moved Customer 1 from Qualify to Proposal",
        "Priya rejected the win of Customer 2; it is open again at Qualify",
    ];
    assert_eq!(sentences(&replay), expected);
    let expected = [
        column("Qualify", &["ALT-2"]),
        column("Proposal", &["ALT-1"]),
    ];
    assert_eq!(shown(&replay, 2), expected);
}

#[test]
fn what_is_not_of_the_board_is_no_step() {
    let since = [
        fact(1, 1, DealFact::DealDrafted),
        // Withdrawn before it was approved, and a deal that is not the reader's.
        fact(2, 1, DealFact::DealWithdrawn),
        fact(3, 8, approved(1)),
    ];
    let replay = Replay::told(&pipeline(), known(1), &[], &since);
    assert!(replay.steps.is_empty() && replay.start.is_empty() && replay.deals.is_empty());
}

#[test]
fn where_the_history_begins_in_its_middle_the_deal_lay_where_it_left() {
    let replay = Replay::told(&pipeline(), known(1), &[], &[fact(5, 1, moved(2, 3))]);
    assert_eq!(shown(&replay, 0), [column("Proposal", &["ALT-1"])]);
    assert_eq!(shown(&replay, 1), [column("Won", &["ALT-1"])]);
}

#[test]
fn clocks_that_differ_do_not_take_a_deal_back() {
    // The later event was written by a process whose clock is behind: it counts as before the beginning.
    let before = [fact(6, 1, moved(2, 3))];
    let replay = Replay::told(&pipeline(), known(1), &before, &[fact(5, 1, moved(1, 2))]);
    assert!(replay.steps.is_empty());
    assert_eq!(shown(&replay, 0), [column("Won", &["ALT-1"])]);
}

/// A history in which each of six deals goes where it likes: a stage, or off the board.
fn history() -> impl Strategy<Value = Vec<(u128, Option<u128>)>> {
    proptest::collection::vec((1u128..=6, proptest::option::of(1u128..=5)), 0..60)
}

fn facts(history: &[(u128, Option<u128>)]) -> Vec<ReplayFact> {
    let numbered = (1i64..).zip(history);
    numbered
        .map(|(seq, (number, to))| match to {
            Some(to) => fact(seq, *number, approved(*to)),
            None => fact(seq, *number, DealFact::DealWithdrawn),
        })
        .collect()
}

/// As the store gives it: the last fact of each deal before the beginning.
fn last_of_each(facts: &[ReplayFact]) -> Vec<ReplayFact> {
    let last: BTreeMap<DealId, ReplayFact> =
        facts.iter().map(|fact| (fact.deal, fact.clone())).collect();
    last.into_values().collect()
}

proptest! {
    /// However one comes to a step, the board there is the one that is folded from the start.
    #[test]
    fn every_way_to_a_step_shows_the_same_board(
        history in history(),
        cut in 0usize..60,
        visits in proptest::collection::vec(0usize..70, 1..30),
    ) {
        let facts = facts(&history);
        let (before, since) = facts.split_at(cut.min(facts.len()));
        let replay = Replay::told(&pipeline(), known(6), &last_of_each(before), since);
        let mut board = replay.beginning();
        for index in visits {
            replay.go(&mut board, index);
            prop_assert_eq!(&board, &replay.at(index));
        }
        replay.go(&mut board, 0);
        prop_assert_eq!(board, replay.beginning());
    }

    /// Each deal ends in the stage that its last fact says, and lies nowhere else.
    #[test]
    fn the_end_is_what_the_last_facts_say(history in history(), cut in 0usize..60) {
        let facts = facts(&history);
        let (before, since) = facts.split_at(cut.min(facts.len()));
        let replay = Replay::told(&pipeline(), known(6), &last_of_each(before), since);
        let end = replay.at(usize::MAX);
        let mut lie: Vec<(DealId, StageId)> = Vec::new();
        for (stage, column) in replay.stages.iter().zip(&end.columns) {
            lie.extend(column.iter().map(|deal| (replay.deals[*deal].id, stage.id)));
        }
        lie.sort_unstable();
        let last: BTreeMap<u128, Option<u128>> = history.iter().copied().collect();
        let expected: Vec<(DealId, StageId)> = last
            .into_iter()
            .filter_map(|(number, to)| Some((deal(number), stage(to?).id)))
            .collect();
        prop_assert_eq!(lie, expected);
    }
}
