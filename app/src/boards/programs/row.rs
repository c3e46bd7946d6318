//! One program: its heading, which leads to its own board, and its stages below.

use domain::MembershipId;
use domain::events::Topic;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ProgramLine, Programs, open_deals};
use crate::boards::board::Columns;
use crate::boards::lanes::{added, sums_of};
use crate::boards::outgoing::{self, OfflineBar};
use crate::boards::people::use_people;
use crate::boards::source::{Loaded, Source};
use crate::boards::state::BoardState;
use crate::error::ActionError;
use crate::live;
use crate::ui::{Icon, MoneyList, Notice, Tone, use_ready};

type Board = Option<Result<Loaded, ActionError>>;

#[component]
pub(super) fn ProgramRow(programs: Programs, line: ProgramLine) -> impl IntoView {
    let ProgramLine {
        membership,
        program,
        company,
        partner,
        board,
    } = line;
    let heading = format!("program-{membership}");
    let labelled_by = heading.clone();
    let open = RwSignal::new(board.is_some());
    let loaded = RwSignal::new(board.map(Ok::<Loaded, ActionError>));
    Effect::new(move |_| {
        let known = loaded.with_untracked(Option::is_some);
        match (open.get(), known) {
            // What comes when it is opened again is new.
            (false, true) => loaded.set(None),
            (true, false) => fetch(membership, loaded),
            _ => {}
        }
    });
    let of = match partner {
        Some(partner) => format!("{company} \u{b7} {partner}"),
        None => company,
    };
    let label = format!("Stages of {program}");
    let name = program.clone();
    view! {
        <section
            class="lane"
            data-program=membership.to_string()
            aria-labelledby=labelled_by
            on:pointerdown=move |_| programs.come_to(membership)
            on:focusin=move |_| programs.come_to(membership)
        >
            <div class="lane__head">
                <button
                    class="lane__fold"
                    type="button"
                    data-ready=use_ready()
                    aria-label=label
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon icon=icondata::LuChevronDown size="small"/>
                </button>
                <h2 id=heading>
                    <a href=Source::Partner(membership).deals_href()>{program}</a>
                </h2>
                <span class="lane__of">{of}</span>
                <Sums programs membership loaded/>
            </div>
            <Body programs membership name open loaded/>
        </section>
    }
}

/// Of the board while it is open: they follow every move.
#[component]
fn Sums(programs: Programs, membership: MembershipId, loaded: RwSignal<Board>) -> impl IntoView {
    let sums = Memo::new(move |_| {
        let board = programs.board_of(membership);
        if let Some(sums) = board.and_then(|board| board.model.try_with(sums_of)) {
            return Some(sums);
        }
        loaded.with(|loaded| match loaded {
            Some(Ok(loaded)) => {
                let columns = loaded.board.columns.iter();
                Some(added(columns.map(|column| (column.count, &column.totals))))
            }
            _ => None,
        })
    });
    move || {
        sums.get().map(|(count, totals)| {
            let words = if count == 1 {
                " open deal"
            } else {
                " open deals"
            };
            view! {
                <span class="board__count">{count}{words}</span>
                <div class="board__sums"><MoneyList amounts=totals.iter().collect()/></div>
            }
        })
    }
}

/// Nothing while it is folded: neither in the page nor fetched.
#[component]
fn Body(
    programs: Programs,
    membership: MembershipId,
    name: String,
    open: RwSignal<bool>,
    loaded: RwSignal<Board>,
) -> impl IntoView {
    move || {
        if !open.get() {
            return ().into_any();
        }
        match loaded.get() {
            None => view! { <p class="lane__note">"Fetching these deals\u{2026}"</p> }.into_any(),
            Some(Err(error)) => view! {
                <Notice tone=Tone::Bad role="alert"><p>{error.0.text()}</p></Notice>
            }
            .into_any(),
            Some(Ok(loaded)) => {
                view! { <ProgramBoard programs membership name=name.clone() loaded/> }.into_any()
            }
        }
    }
}

fn fetch(membership: MembershipId, loaded: RwSignal<Board>) {
    spawn_local(async move {
        let answer = Source::Partner(membership).load(&open_deals()).await;
        loaded.try_set(Some(answer));
    });
}

#[component]
fn ProgramBoard(
    programs: Programs,
    membership: MembershipId,
    name: String,
    loaded: Loaded,
) -> impl IntoView {
    let source = Source::Partner(membership);
    let shape = programs.shape.get_untracked();
    let mut state = BoardState::new(source, open_deals(), loaded).shaped(shape);
    // One voice.
    state.said = programs.said;
    programs
        .boards
        .update(|boards| boards.push((membership, state)));
    on_cleanup(move || programs.leave(membership));
    live::use_live_refresh_soon(
        &[Topic::Deal, Topic::Program],
        move |news| state.knows(news),
        move || state.refresh(),
    );
    outgoing::follow(state);
    use_people(state);
    share_shape(programs, state);
    view! {
        <OfflineBar state/>
        <Columns state quick=None label=format!("{name}: open deals by stage") apart=false/>
    }
}

/// What is collapsed is kept for all boards together: each knows of the others.
fn share_shape(programs: Programs, state: BoardState) {
    let own = Memo::new(move |_| state.model.with(|board| board.shape.clone()));
    Effect::new(move |_| {
        let shape = programs.shape.get();
        if own.get_untracked() != shape {
            state.model.update(|board| board.shape = shape);
        }
    });
    Effect::new(move |_| {
        let shape = own.get();
        if programs.shape.get_untracked() != shape {
            programs.shape.set(shape);
        }
    });
}
