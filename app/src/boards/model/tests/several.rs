use std::collections::BTreeMap;

use super::super::selection::standing;
use super::*;

fn with_selected(numbers: &[u128]) -> BoardModel {
    let mut board = board();
    for number in numbers {
        board.toggle(deal(*number));
    }
    board
}

#[test]
fn cards_are_chosen_in_the_boards_order_and_only_those_that_move() {
    let mut board = with_selected(&[21, 13, 11, 90]);
    assert_eq!(board.chosen(), [11, 13, 21].map(deal));
    board.saving.insert(deal(13));
    assert_eq!(board.chosen(), [11, 21].map(deal));
    board.selection.waits.insert(deal(11));
    assert_eq!(board.chosen(), [21].map(deal));
    board.selection.waits.clear();
    board.toggle(deal(11));
    assert_eq!(board.chosen(), [21].map(deal));
    // One alone is moved as ever.
    assert_eq!(board.travelling(deal(21)), None);
}

#[test]
fn a_card_that_is_not_selected_travels_alone() {
    let board = with_selected(&[11, 13]);
    assert_eq!(board.travelling(deal(12)), None);
    assert_eq!(board.travelling(deal(13)), Some(vec![deal(11), deal(13)]));
}

#[test]
fn a_range_lies_within_one_column() {
    let mut board = with_selected(&[13]);
    board.extend_selection(deal(11));
    assert_eq!(board.chosen(), [11, 12, 13].map(deal));
    let mut board = with_selected(&[13]);
    board.extend_selection(deal(21));
    assert_eq!(board.chosen(), [13, 21].map(deal));
}

#[test]
fn news_keep_the_selection() {
    let mut board = with_selected(&[11, 12]);
    let mut news = view();
    news.seq = 6;
    board.replace(news, BTreeMap::new());
    assert_eq!(board.chosen(), [11, 12].map(deal));
}

#[test]
fn several_lie_one_below_the_other_where_the_lifted_one_was_let_go() {
    let mut board = with_selected(&[11, 13]);
    let chosen = board.chosen();
    let steps = board.lay_down(&chosen, deal(13), slot(2, 1));
    assert_eq!(ids(&board, 1), [deal(12)]);
    assert_eq!(ids(&board, 2), [21, 11, 13].map(deal));
    let places: Vec<_> = steps.iter().map(|step| step.place).collect();
    assert_eq!(places, [Place::After(deal(21)), Place::After(deal(11))]);
    assert_eq!(board.column(stage_id(2)).unwrap().count, 3);
    // Those of the column itself gather there, too: the slot counts the others only.
    let mut board = with_selected(&[11, 12, 21]);
    let chosen = board.chosen();
    board.lay_down(&chosen, deal(21), slot(1, 3));
    assert_eq!(ids(&board, 1), [13, 11, 12, 21].map(deal));
    assert!(ids(&board, 2).is_empty());
}

#[test]
fn what_was_refused_goes_back_and_the_others_stay() {
    let mut board = with_selected(&[11, 12, 13]);
    let chosen = board.chosen();
    let steps = board.lay_down(&chosen, deal(11), slot(2, 0));
    for step in steps.iter().rev().filter(|step| step.deal != deal(12)) {
        board.roll_back(step.inverse.clone());
    }
    assert_eq!(ids(&board, 1), [11, 13].map(deal));
    assert_eq!(ids(&board, 2), [12, 21].map(deal));
}

#[test]
fn undo_lays_all_of_them_where_they_lay() {
    let mut board = with_selected(&[11, 13]);
    let chosen = board.chosen();
    let steps = board.lay_down(&chosen, deal(11), slot(2, 0));
    let back: Vec<_> = steps
        .iter()
        .rev()
        .map(|step| (step.deal, step.inverse.from))
        .collect();
    let undone = board.lay_back(&back);
    assert_eq!(ids(&board, 1), [11, 12, 13].map(deal));
    assert_eq!(ids(&board, 2), [deal(21)]);
    // Each ends where its move began: so one that still waits is taken away, not followed by another.
    let began = steps.iter().map(|step| step.from);
    let ended = undone.iter().rev().map(|step| (step.to, step.place));
    let places = [Place::Top, Place::After(deal(12))].map(|place| (stage_id(1), place));
    assert_eq!(began.collect::<Vec<_>>(), places);
    assert_eq!(ended.collect::<Vec<_>>(), places);
}

#[test]
fn a_column_in_an_order_of_its_own_keeps_it() {
    let by_value = |stage| BTreeMap::from([(stage_id(stage), CardOrder::Value)]);
    let mut board = with_selected(&[11, 13, 21]);
    let to = stage_id(2);
    let all = Some([11, 13, 21].map(deal).to_vec());
    let others = Some([11, 13].map(deal).to_vec());
    assert_eq!(board.travelling_to(deal(13), to, true), all);
    assert_eq!(board.travelling_to(deal(13), to, false), others);
    board = board.ordered(by_value(2));
    assert_eq!(board.travelling_to(deal(13), to, true), others);
    let steps = board.lay_down(&[11, 13].map(deal), deal(13), slot(2, 0));
    assert_eq!(ids(&board, 2), [21, 13, 11].map(deal));
    let places: Vec<_> = steps.iter().map(|step| step.place).collect();
    assert_eq!(places, [Place::Top, Place::After(deal(11))]);
    // Within it there is nowhere to go.
    let board = with_selected(&[11, 12]).ordered(by_value(1));
    let none = board.travelling_to(deal(11), stage_id(1), true);
    assert_eq!(none, Some(Vec::new()));
}

#[test]
fn a_place_below_a_refused_card_is_that_of_the_card_before_it() {
    let refused = BTreeMap::from([
        (deal(11), Place::After(deal(21))),
        (deal(12), Place::After(deal(11))),
    ]);
    let after = |number| standing(Place::After(deal(number)), &refused);
    assert_eq!(after(12), Place::After(deal(21)));
    assert_eq!(after(13), Place::After(deal(13)));
    assert_eq!(standing(Place::Top, &refused), Place::Top);
}

#[test]
fn a_stage_says_of_each_whether_it_takes_it() {
    let mut board = with_selected(&[11, 12]);
    let chosen = board.chosen();
    assert!(board.sort_for(&chosen, stage_id(4)).asks);
    let sorted = board.sort_for(&chosen, stage_id(2));
    assert_eq!((sorted.asks, sorted.free.len()), (false, 2));
    for stage in &mut board.pipeline.stages {
        if stage.id == stage_id(1) {
            stage.rules.moves_out = Movers::Company;
        }
    }
    let sorted = board.sort_for(&[deal(11), deal(21)], stage_id(2));
    assert_eq!(sorted.free, [deal(21)]);
    assert_eq!(sorted.refused, [(deal(11), Refusal::CompanyMovesOut)]);
}
