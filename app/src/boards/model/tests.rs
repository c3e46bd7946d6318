use super::drag::{Arrow, Drag, Hand, Input, Told, choose};
use super::*;
use domain::deals::RegistrationStatus;
use domain::pipeline::{LostReason, Movers, Stage, StageRules};
use domain::views::Column;
use domain::{Currency, LostReasonId, Money};
use proptest::prelude::*;
use uuid::Uuid;

mod several;

const NOW: Timestamp = Timestamp(1_000_000_000_000_000);

pub(super) fn deal(number: u128) -> DealId {
    DealId(Uuid::from_u128(number))
}

pub(super) fn stage_id(number: u128) -> StageId {
    StageId(Uuid::from_u128(number))
}

fn stage(number: u128, name: &str, kind: StageKind) -> Stage {
    Stage {
        id: stage_id(number),
        name: name.into(),
        kind,
        hue: "blue".into(),
        position: 0,
        stuck_days: Some(14),
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
        pipeline: domain::PipelineId::FIRST,
    }
}

fn card(number: u128, stage: u128, customer: &str) -> Card {
    Card {
        id: deal(number),
        number: format!("ALT-{number}"),
        customer: customer.into(),
        value: Some(Money::new(
            100_000 * i64::try_from(number).unwrap(),
            Currency::EUR,
        )),
        close_date: None,
        stage: stage_id(stage),
        rank: Rank(format!("a{number}")),
        entered_at: Timestamp(0),
        owner: "Ada Byron".into(),
        registration: RegistrationStatus::Approved,
        protected_until: Some(NOW.plus_days(30)),
        win: WinStatus::None,
        facts: Vec::new(),
        version: 1,
    }
}

fn column(stage: u128, cards: Vec<Card>) -> Column {
    Column {
        stage: stage_id(stage),
        count: i64::try_from(cards.len()).unwrap(),
        totals: cards.iter().filter_map(|card| card.value).collect(),
        cards,
    }
}

fn view() -> BoardView {
    BoardView {
        pipeline: Pipeline {
            stages: vec![
                stage(1, "Qualified", StageKind::Open),
                stage(2, "Proposal", StageKind::Open),
                stage(3, "Closed won", StageKind::Won),
                stage(4, "Closed lost", StageKind::Lost),
            ],
            lost_reasons: vec![LostReason {
                id: LostReasonId(Uuid::from_u128(1)),
                label: "Price".into(),
                group: String::new(),
            }],
            heads: domain::pipeline::Heads::default(),
        },
        columns: vec![
            column(2, vec![card(21, 2, "Tern Labs")]),
            column(
                1,
                vec![
                    card(11, 1, "Hale & Moss"),
                    card(12, 1, "Brightwater"),
                    card(13, 1, "Quill"),
                ],
            ),
        ],
        waiting: vec![WaitingCard {
            id: deal(90),
            number: "ALT-90".into(),
            customer: "Ebb".into(),
            value: None,
            close_date: None,
            owner: "Ada Byron".into(),
            registration: RegistrationStatus::Ineligible,
            since: Timestamp(0),
            submit_key: None,
            version: 1,
        }],
        fact_labels: Vec::new(),
        seq: 5,
        now: NOW,
        may_work: true,
        submissions_open: true,
    }
}

pub(super) fn board() -> BoardModel {
    BoardModel::new(view(), Mover::Partner, BTreeMap::new())
}

fn slot(stage: u128, index: usize) -> Slot {
    Slot {
        stage: stage_id(stage),
        index,
    }
}

pub(super) fn ids(board: &BoardModel, stage: u128) -> Vec<DealId> {
    board.column(stage_id(stage)).unwrap().ids.clone()
}

#[test]
fn columns_stand_in_the_pipelines_order_and_empty_ones_too() {
    let names: Vec<_> = board().columns.iter().map(|column| column.stage).collect();
    assert_eq!(names, [1, 2, 3, 4].map(stage_id));
}

#[test]
fn count_and_sum_follow_the_move() {
    let mut board = board();
    board.apply(deal(12), slot(2, 1)).unwrap();
    assert_eq!(ids(&board, 1), [deal(11), deal(13)]);
    assert_eq!(ids(&board, 2), [deal(21), deal(12)]);
    let proposal = board.column(stage_id(2)).unwrap();
    assert_eq!(proposal.count, 2);
    assert_eq!(
        proposal.totals.iter().next().unwrap().display(),
        "EUR 33,000"
    );
    assert_eq!(board.card(deal(12)).unwrap().entered_at, NOW);
}

#[test]
fn a_won_card_locks_at_once() {
    let mut board = board();
    board.apply(deal(11), slot(3, 0)).unwrap();
    assert_eq!(board.lift_refusal(deal(11)), Some(Refusal::LockedByWin));
}

#[test]
fn the_place_is_after_the_card_before_the_slot() {
    let board = board();
    assert_eq!(board.place(deal(12), slot(2, 0)), Place::Top);
    assert_eq!(board.place(deal(12), slot(2, 1)), Place::After(deal(21)));
    // In its own column the card itself does not count.
    assert_eq!(board.place(deal(11), slot(1, 1)), Place::After(deal(12)));
    assert_eq!(board.place(deal(13), slot(1, 1)), Place::After(deal(11)));
}

proptest! {
    #[test]
    fn rolling_back_restores_the_board_exactly(number in 0usize..4, to in 1u128..5, index in 0usize..6) {
        let number = [11u128, 12, 13, 21][number];
        let mut changed = board();
        let inverse = changed.apply(deal(number), slot(to, index)).unwrap();
        changed.roll_back(inverse);
        prop_assert_eq!(changed, board());
    }
}

#[test]
fn an_older_answer_does_not_overwrite_a_newer_one() {
    let mut board = board();
    let mut old = view();
    old.seq = 4;
    old.columns.clear();
    board.replace(old, BTreeMap::new());
    assert_eq!(ids(&board, 1).len(), 3);
    let mut new = view();
    new.seq = 6;
    new.submissions_open = false;
    board.replace(new, BTreeMap::new());
    assert!(!board.submissions_open);
}

#[test]
fn a_column_grows_without_showing_a_card_twice() {
    let mut view = view();
    view.columns[1].count = 5;
    let mut board = BoardModel::new(view, Mover::Partner, BTreeMap::new());
    assert_eq!(board.resume_after(stage_id(1)).unwrap().id, deal(13));
    assert!(board.resume_after(stage_id(2)).is_none());
    let moved_here = Card {
        stage: stage_id(1),
        ..card(21, 1, "Tern Labs")
    };
    board.extend(
        stage_id(1),
        vec![card(13, 1, "Quill"), moved_here, card(14, 1, "Oar")],
        BTreeMap::new(),
    );
    assert_eq!(ids(&board, 1), [11, 12, 13, 21, 14].map(deal));
    assert!(ids(&board, 2).is_empty());
}

#[test]
fn a_mouse_lifts_after_five_pixels_and_drops_where_it_is() {
    let board = board();
    let press = Input::Press {
        deal: deal(12),
        hand: Hand::Mouse,
        x: 10.0,
        y: 10.0,
    };
    let (drag, _) = Drag::Idle.step(press, &board);
    let (drag, told) = drag.step(
        Input::Point {
            x: 13.0,
            y: 13.0,
            over: None,
        },
        &board,
    );
    assert_eq!(told, Told::Nothing);
    let (drag, told) = drag.step(
        Input::Point {
            x: 15.0,
            y: 13.0,
            over: None,
        },
        &board,
    );
    assert_eq!(
        told,
        Told::Lift {
            deal: deal(12),
            from: slot(1, 1)
        }
    );
    let (drag, told) = drag.step(
        Input::Point {
            x: 300.0,
            y: 13.0,
            over: Some(slot(2, 0)),
        },
        &board,
    );
    assert_eq!(
        told,
        Told::Aim {
            deal: deal(12),
            to: Some(slot(2, 0))
        }
    );
    let (drag, told) = drag.step(Input::Release, &board);
    assert_eq!(
        told,
        Told::Commit {
            deal: deal(12),
            to: slot(2, 0)
        }
    );
    assert!(drag.is_idle());
}

#[test]
fn a_finger_scrolls_unless_it_rests_or_is_on_the_handle() {
    let board = board();
    let press = |on_handle| Input::Press {
        deal: deal(12),
        hand: Hand::Touch { on_handle },
        x: 0.0,
        y: 0.0,
    };
    let swipe = Input::Point {
        x: 0.0,
        y: 12.0,
        over: None,
    };
    let (drag, _) = Drag::Idle.step(press(false), &board);
    assert_eq!(drag.step(swipe, &board), (Drag::Idle, Told::Nothing));
    let (_, told) = drag.step(Input::Rest, &board);
    assert_eq!(
        told,
        Told::Lift {
            deal: deal(12),
            from: slot(1, 1)
        }
    );
    let (drag, _) = Drag::Idle.step(press(true), &board);
    assert_eq!(
        drag.step(swipe, &board).1,
        Told::Lift {
            deal: deal(12),
            from: slot(1, 1)
        }
    );
}

#[test]
fn keys_walk_the_columns_and_escape_restores() {
    let board = board();
    let (drag, _) = Drag::Idle.step(Input::Space(deal(12)), &board);
    let (drag, told) = drag.step(Input::Arrow(Arrow::Forth), &board);
    assert_eq!(
        told,
        Told::Aim {
            deal: deal(12),
            to: Some(slot(2, 1))
        }
    );
    let (drag, told) = drag.step(Input::Arrow(Arrow::Down), &board);
    assert_eq!(told, Told::Nothing);
    let (drag, told) = drag.step(Input::Arrow(Arrow::Up), &board);
    assert_eq!(
        told,
        Told::Aim {
            deal: deal(12),
            to: Some(slot(2, 0))
        }
    );
    let back = Told::PutBack {
        deal: deal(12),
        from: slot(1, 1),
        cancelled: true,
    };
    assert_eq!(drag.step(Input::Escape, &board), (Drag::Idle, back));
    let (_, told) = drag.step(Input::Space(deal(12)), &board);
    assert_eq!(
        told,
        Told::Commit {
            deal: deal(12),
            to: slot(2, 0)
        }
    );
}

#[test]
fn won_and_lost_ask_inside_the_drop_and_cancel_puts_back() {
    let board = board();
    let (drag, told) = choose(deal(12), slot(4, 0), &board);
    assert_eq!(
        told,
        Told::Ask {
            deal: deal(12),
            to: slot(4, 0),
            gate: MoveGate::AskLostReason
        }
    );
    let back = Told::PutBack {
        deal: deal(12),
        from: slot(1, 1),
        cancelled: true,
    };
    assert_eq!(
        drag.step(Input::Answered(false), &board),
        (Drag::Idle, back)
    );
    assert_eq!(
        drag.step(Input::Answered(true), &board).1,
        Told::Commit {
            deal: deal(12),
            to: slot(4, 0)
        }
    );
    let (_, told) = choose(deal(12), slot(3, 0), &board);
    assert_eq!(
        told,
        Told::Ask {
            deal: deal(12),
            to: slot(3, 0),
            gate: MoveGate::ConfirmWin
        }
    );
}

#[test]
fn an_ineligible_deal_is_not_lifted_and_says_why() {
    let board = board();
    let (drag, told) = Drag::Idle.step(Input::Space(deal(90)), &board);
    assert!(drag.is_idle());
    assert_eq!(
        told,
        Told::Refuse {
            deal: deal(90),
            why: Refusal::IsIneligible
        }
    );
    let company = BoardModel::new(view(), Mover::Company, BTreeMap::new());
    let (_, told) = Drag::Idle.step(Input::Space(deal(11)), &company);
    assert_eq!(
        told,
        Told::Refuse {
            deal: deal(11),
            why: Refusal::CompanyOverridesOnly
        }
    );
}

#[test]
fn moves_are_said_by_name_and_place() {
    let mut board = board();
    assert_eq!(
        speech::lifted(&board, deal(12), slot(1, 1)),
        "Lifted Brightwater. Qualified, 2 of 3."
    );
    assert_eq!(
        speech::over(&board, deal(12), slot(2, 1)),
        "Proposal, 2 of 2."
    );
    assert_eq!(
        speech::dropped(&board, deal(12), slot(2, 1)),
        "Dropped Brightwater. Proposal, 2 of 2."
    );
    assert_eq!(
        speech::cancelled(&board, deal(12), slot(1, 1)),
        "Cancelled. Brightwater is back in Qualified, 2 of 3."
    );
    board.apply(deal(12), slot(2, 1)).unwrap();
    assert_eq!(
        speech::over(&board, deal(12), slot(2, 1)),
        "Proposal, 2 of 2."
    );
    let why = Refusal::IsIneligible.text();
    assert_eq!(
        speech::refused(board.name(deal(90)), why),
        "Ebb cannot move. This deal is ineligible: the company\u{2019}s own team already works it. It cannot progress."
    );
}

/// Proposal takes deals from the company only.
fn ruled() -> BoardModel {
    let mut board = board();
    for stage in &mut board.pipeline.stages {
        if stage.id == stage_id(2) {
            stage.rules.moves_in = Movers::Company;
        }
    }
    board
}

#[test]
fn a_column_that_does_not_take_the_card_is_passed_over_by_keys() {
    let board = ruled();
    assert_eq!(
        board.check(deal(12), stage_id(2)),
        Err(Refusal::CompanyMovesIn)
    );
    // In its own column it goes up and down all the same.
    assert_eq!(board.check(deal(12), stage_id(1)), Ok(MoveGate::Free));
    assert_eq!(board.lift_refusal(deal(12)), None);
    let (drag, _) = Drag::Idle.step(Input::Space(deal(12)), &board);
    let (_, told) = drag.step(Input::Arrow(Arrow::Forth), &board);
    let to = slot(3, 0);
    assert!(matches!(told, Told::Aim { to: Some(over), .. } if over.stage == to.stage));
    let said = speech::walked(&board, deal(12), slot(1, 1), to);
    let why = Refusal::CompanyMovesIn.text();
    assert!(
        said.starts_with(&format!("Passed over Proposal. {why} ")),
        "{said}"
    );
    // By pointer it is no place for the card.
    let (drag, _) = Drag::Idle.step(
        Input::Press {
            deal: deal(12),
            hand: Hand::Mouse,
            x: 0.0,
            y: 0.0,
        },
        &board,
    );
    let point = |over| Input::Point {
        x: 50.0,
        y: 0.0,
        over,
    };
    let (drag, _) = drag.step(point(None), &board);
    let (drag, told) = drag.step(point(Some(slot(2, 0))), &board);
    assert_eq!(told, Told::Nothing);
    assert!(matches!(drag, Drag::Lifted { .. }));
}

#[test]
fn where_no_column_takes_it_the_card_stays_in_the_hand() {
    let mut board = ruled();
    for stage in &mut board.pipeline.stages {
        stage.rules.moves_in = Movers::Company;
    }
    let (drag, _) = Drag::Idle.step(Input::Space(deal(12)), &board);
    let (after, told) = drag.step(Input::Arrow(Arrow::Forth), &board);
    let why = Refusal::CompanyMovesIn;
    assert_eq!(after, drag);
    let said = speech::barred(&board, stage_id(2), why.text());
    assert_eq!(said, format!("Not to Proposal. {}", why.text()));
    let stage = stage_id(2);
    assert_eq!(told, Told::Bar { stage, why });
    let (_, told) = choose(deal(12), slot(2, 0), &board);
    let why = Refusal::CompanyMovesIn;
    assert_eq!(
        told,
        Told::Refuse {
            deal: deal(12),
            why
        }
    );
}

#[test]
fn a_stage_with_rules_asks_inside_the_drop() {
    let mut board = board();
    for stage in &mut board.pipeline.stages {
        stage.rules.note = stage.id == stage_id(2);
    }
    let (_, told) = choose(deal(12), slot(2, 0), &board);
    let gate = MoveGate::AskEntry;
    let (deal, to) = (deal(12), slot(2, 0));
    assert_eq!(told, Told::Ask { deal, to, gate });
}

#[test]
fn a_card_goes_where_the_columns_order_puts_it() {
    let largest_first = [(stage_id(1), CardOrder::Value)].into();
    let mut model = BoardModel::new(
        BoardView {
            columns: vec![
                column(1, vec![card(31, 1, "Quill"), card(11, 1, "Hale & Moss")]),
                column(2, vec![card(21, 2, "Tern Labs")]),
            ],
            ..view()
        },
        Mover::Partner,
        BTreeMap::new(),
    )
    .ordered(largest_first);
    let (from_elsewhere, own) = (deal(21), deal(11));
    let top = Slot {
        stage: stage_id(1),
        index: 0,
    };
    assert_eq!(model.landing(from_elsewhere, top).index, 1);
    assert_eq!(model.place(from_elsewhere, top), Place::Top);
    assert!(!model.keeps_order(from_elsewhere, top));
    assert_eq!(
        speech::dropped(&model, from_elsewhere, top),
        "Dropped Tern Labs. Qualified, 2 of 3."
    );
    assert_eq!(model.landing(own, top).index, 1);
    assert!(model.keeps_order(own, top));
    assert_eq!(
        speech::in_order(&model, own, top.stage),
        "Qualified is ordered by value, so Hale & Moss stays where it is."
    );
    // A column as it was placed takes it where it was dropped, and news change no order.
    model.replace(view(), BTreeMap::new());
    assert_eq!(model.order(stage_id(1)), CardOrder::Value);
    let other = Slot {
        stage: stage_id(2),
        index: 1,
    };
    assert_eq!(model.landing(own, other), other);
    assert!(!model.keeps_order(from_elsewhere, other));
}
