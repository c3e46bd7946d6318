//! One board across all of a person's programs as a partner: each is a lane of its own stages, at its own company, narrowed to
//! open deals. Every lane speaks to its own program's doors, which ask for rights as ever.

mod row;

use std::collections::BTreeSet;

use domain::MembershipId;
use domain::pipeline::StageKind;
use domain::views::DealFilter;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

use self::row::ProgramRow;
use super::board::Floating;
use super::card::KEYS_ID;
use super::model::drag::Drag;
use super::model::shape::Shape;
use super::model::{BoardModel, speech};
use super::source::{Loaded, Source};
use super::state::BoardState;
use super::{dom, keys, shape};
use crate::error::ActionError;
use crate::frames::server_fns::load_home;
use crate::problem::Problem;
use crate::ui::{EmptyState, awaited, use_ready};

/// Boards that come with the page; the others come when they are opened.
const SENT: usize = 6;
const ELSEWHERE: &str = "Deals of another program";

/// One program that the person's team takes part in, and its board when it came with the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ProgramLine {
    membership: MembershipId,
    program: String,
    company: String,
    /// The team, where the person has several.
    partner: Option<String>,
    board: Option<Loaded>,
}

fn open_deals() -> DealFilter {
    DealFilter {
        stage_kind: Some(StageKind::Open),
        ..DealFilter::default()
    }
}

/// The signed-in person's own programs, and no others.
async fn load() -> Result<Vec<ProgramLine>, ActionError> {
    let home = load_home().await?;
    let teams: BTreeSet<_> = home.partners.iter().map(|(team, _, _)| *team).collect();
    let mut lines = Vec::new();
    for card in home.partner_programs {
        let head = card.head;
        let mut board = None;
        if lines.len() < SENT {
            // Where it fails the lane asks again, and says why.
            board = Source::Partner(head.membership)
                .load(&open_deals())
                .await
                .ok();
        }
        lines.push(ProgramLine {
            membership: head.membership,
            program: head.program.name,
            company: head.company,
            partner: (teams.len() > 1).then_some(head.partner),
            board,
        });
    }
    Ok(lines)
}

/// `/board`
#[component]
pub fn ProgramsBoard() -> impl IntoView {
    let loaded = Resource::new(
        || (),
        |()| async move {
            let shape = shape::kept();
            Ok::<_, ActionError>((shape, load().await?))
        },
    );
    view! {
        <div class="board-page" data-view="board">
            <Transition>
                {awaited(move || async move {
                    match loaded.await {
                        Ok((shape, lines)) => view! { <Lines shape lines/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// What the page has once, whatever the number of boards.
#[derive(Clone, Copy)]
struct Programs {
    boards: RwSignal<Vec<(MembershipId, BoardState)>>,
    /// Where somebody pointed or went last.
    at: RwSignal<Option<MembershipId>>,
    said: RwSignal<String>,
    shape: RwSignal<Shape>,
}

impl Programs {
    fn board_of(self, membership: MembershipId) -> Option<BoardState> {
        let same = |(of, board): &(MembershipId, BoardState)| (*of == membership).then_some(*board);
        self.boards
            .try_with(|boards| boards.iter().find_map(same))
            .flatten()
    }

    /// The board was folded, or has gone with the page.
    fn leave(self, membership: MembershipId) {
        self.boards
            .try_update(|boards| boards.retain(|(of, _)| *of != membership));
        if self.at.try_get_untracked() == Some(Some(membership)) {
            self.at.try_set(None);
        }
    }

    /// Menus and dialogs are this board's now. What was selected elsewhere is not any more.
    fn come_to(self, membership: MembershipId) {
        if self.at.get_untracked() == Some(membership) {
            return;
        }
        let chosen = |model: &BoardModel| !model.chosen().is_empty();
        for (of, board) in self.boards.get_untracked() {
            if of != membership && board.model.with_untracked(chosen) {
                board.clear_selection();
            }
        }
        self.at.set(Some(membership));
    }

    /// The board that a key is meant for: the one with a card in the hand, the one with the focus, the last one.
    fn meant_by(self, event: &KeyboardEvent) -> Option<BoardState> {
        let boards = self.boards.get_untracked();
        let busy = |board: BoardState| !board.drag.with_untracked(Drag::is_idle);
        if let Some((_, board)) = boards.iter().find(|(_, board)| busy(*board)) {
            return Some(*board);
        }
        let section = dom::closest(event, "[data-program]");
        let named = section.and_then(|section| section.get_attribute("data-program")?.parse().ok());
        let membership = named.or(self.at.get_untracked())?;
        let board = boards.iter().find(|(of, _)| *of == membership);
        board.map(|(_, board)| *board)
    }

    /// The program whose card is in the hand.
    fn holder(self) -> Option<MembershipId> {
        let mut holder = None;
        // All of them are followed, not only those up to the first.
        for (membership, board) in self.boards.try_get().unwrap_or_default() {
            if board.drag.try_with(|drag| drag.held().is_some()) == Some(true) {
                holder = Some(membership);
            }
        }
        holder
    }
}

#[component]
fn Lines(shape: Shape, lines: Vec<ProgramLine>) -> impl IntoView {
    let programs = Programs {
        boards: RwSignal::new(Vec::new()),
        at: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        shape: RwSignal::new(shape),
    };
    listen_to_keys(programs);
    refuse_elsewhere(programs);
    let none = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| view! { <ProgramRow programs line/> })
        .collect_view();
    view! {
        <Title text="Deals of all programs"/>
        <div class="board-page__head">
            <div class="board-page__title"><h1>"Deals of all programs"</h1></div>
        </div>
        {none.then(|| view! {
            <EmptyState text="Your team has joined no program yet. A company invites you with a link." icon=icondata::LuHandshake/>
        })}
        <div class="lanes" data-ready=use_ready()>{rows}</div>
        <p class="visually-hidden" id=KEYS_ID>{speech::KEYS}</p>
        <p class="visually-hidden" role="status" aria-live="assertive" data-announcer="">{move || programs.said.get()}</p>
        {move || {
            // A row that goes with the page still says that it left.
            let at = programs.at.try_get().flatten();
            let board = at.and_then(|at| programs.board_of(at));
            board.map(|state| view! { <Floating state/> })
        }}
    }
}

/// Once for all boards: each key goes to one of them.
fn listen_to_keys(programs: Programs) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if let Some(board) = programs.meant_by(&event) {
                keys::pressed(board, &event);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// While a card is in the hand the other programs say that it is not theirs.
fn refuse_elsewhere(programs: Programs) {
    let holder = Memo::new(move |_| programs.holder());
    Effect::new(move |_| {
        let now = holder.get();
        for (membership, board) in programs.boards.get_untracked() {
            let Some(root) = board.element().filter(|_| Some(membership) != now) else {
                continue;
            };
            for column in dom::all(&root, "[data-stage]") {
                dom::set(&column, "data-refuses", now.map(|_| ELSEWHERE));
            }
        }
    });
}
