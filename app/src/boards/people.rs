//! Who else is at the board, and which card they hold. Said when a card is taken and when it is laid down, never in between.

use std::time::Duration;

use domain::DealId;
use domain::commands::SayWatching;
use domain::events::Topic;
use domain::views::{BoardPeople, HeldCard};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::drag::Drag;
use super::state::BoardState;
use crate::live;
use crate::presence::use_window;
use crate::ui::{Avatar, after_press};

/// Avatars that stand in the head; the others are counted.
const SHOWN: usize = 4;
/// Changes that come together lead to one question.
const QUICK: Duration = Duration::from_millis(50);
/// With more others than this, every one of whom asks too.
const CROWD: usize = 20;
const SLOW: Duration = Duration::from_millis(800);
/// A little longer than a silent hand counts: then it is looked at again whether the card is still held.
const LOOK_AGAIN: Duration = Duration::from_secs(13);

/// How far this window is with what it says.
#[derive(Debug, Clone, Default)]
struct Saying {
    window: String,
    /// Something is on its way: what changes meanwhile is said after it, so that the last word is the last to arrive.
    busy: bool,
    again: bool,
    /// It is to be looked at again who holds what.
    looks: bool,
}

/// Says that this window is at the board and what it holds, and hears of the others.
pub fn use_people(state: BoardState) {
    let held = Memo::new(move |_| state.drag.with(|drag| drag.held().map(|(deal, _, _)| deal)));
    let saying = StoredValue::new(Saying::default());
    let say = move |window: String| say_in_turn(state, saying, window);
    use_window(
        &[],
        move || held.track(),
        say,
        move |window| state.source.last_word(window),
    );
    let soon = StoredValue::new(false);
    live::use_live(&[Topic::Board], move |_| {
        if soon.try_update_value(|soon| std::mem::replace(soon, true)) == Some(false) {
            let now = move || {
                soon.try_set_value(false);
                look(state, saying);
            };
            set_timeout(now, pause(state));
        }
    });
}

/// Where many come and go, each asks less often.
fn pause(state: BoardState) -> Duration {
    let crowd = state.beside.try_get_value().is_some_and(|beside| {
        let others = beside
            .people
            .try_with_untracked(|people| people.others.len());
        others.is_some_and(|others| others > CROWD)
    });
    if crowd { SLOW } else { QUICK }
}

fn say_in_turn(state: BoardState, saying: StoredValue<Saying>, window: String) {
    let free = saying.try_update_value(|saying| {
        saying.window.clone_from(&window);
        saying.again = saying.busy;
        !std::mem::replace(&mut saying.busy, true)
    });
    if free != Some(true) {
        return;
    }
    spawn_local(async move {
        loop {
            // The page may have gone while it waited.
            let Some(held) = state.drag.try_with_untracked(Drag::held) else {
                return;
            };
            let said = SayWatching {
                window: window.clone(),
                held: held.map(|(deal, _, _)| deal),
            };
            // Whoever cannot be asked now is asked again soon.
            if let Ok(people) = state.source.say_watching(said).await {
                hear(state, saying, people);
            }
            let more = saying.try_update_value(|saying| {
                saying.busy = std::mem::take(&mut saying.again);
                saying.busy
            });
            if more != Some(true) {
                return;
            }
        }
    });
}

/// Asks who is there, without saying anything.
fn look(state: BoardState, saying: StoredValue<Saying>) {
    let window = saying.try_with_value(|saying| saying.window.clone());
    let Some(window) = window.filter(|window| !window.is_empty()) else {
        return;
    };
    spawn_local(async move {
        if let Ok(people) = state.source.people(window).await {
            hear(state, saying, people);
        }
    });
}

fn hear(state: BoardState, saying: StoredValue<Saying>, people: BoardPeople) {
    let Some(beside) = state.beside.try_get_value() else {
        return;
    };
    let somebody_holds = !people.held.is_empty();
    if beside.people.with_untracked(|known| *known != people) {
        beside.people.set(people);
    }
    // Who falls silent with a card in the hand says nothing, so nobody is told.
    let waits = saying.try_update_value(|saying| std::mem::replace(&mut saying.looks, true));
    match (somebody_holds, waits) {
        (true, Some(false)) => {
            let again = move || {
                saying.try_update_value(|saying| saying.looks = false);
                look(state, saying);
            };
            set_timeout(again, LOOK_AGAIN);
        }
        (false, Some(false)) => {
            saying.try_update_value(|saying| saying.looks = false);
        }
        _ => {}
    }
}

/// The others at the board, in its head.
#[component]
pub fn Watchers(state: BoardState) -> impl IntoView {
    let people = state.beside().people;
    let others = after_press(move || people.with(|people| people.others.clone()));
    let none = Memo::new(move |_| others.with(Vec::is_empty));
    view! {
        <ul class="watchers" aria-label="Also at this board" data-part="watchers" hidden=move || none.get()>
            {move || others.with(|others| faces(others))}
        </ul>
    }
}

fn faces(others: &[String]) -> impl IntoView + use<> {
    let shown = others.iter().take(SHOWN).map(|name| {
        let (title, face, said) = (name.clone(), name.clone(), name.clone());
        view! {
            <li title=title>
                <Avatar name=face/>
                <span class="visually-hidden">{said}</span>
            </li>
        }
    });
    let shown = shown.collect_view();
    let rest = others.get(SHOWN..).unwrap_or_default();
    let more = (!rest.is_empty()).then(|| {
        let names = rest.join(", ");
        let title = names.clone();
        view! {
            <li class="watchers__more" title=title>
                <span aria-hidden="true">{format!("+{}", rest.len())}</span>
                <span class="visually-hidden">{names}</span>
            </li>
        }
    });
    (shown, more)
}

/// On a card that somebody else holds.
#[component]
pub fn HeldMark(state: BoardState, deal: DealId) -> impl IntoView {
    let people = state.beside().people;
    let held = Memo::new(move |_| {
        people.with(|people| people.held.iter().find(|held| held.deal == deal).cloned())
    });
    move || {
        held.get().map(|held| {
            let words = words(&held);
            view! {
                <p class="deal-card__held">
                    <Avatar name=held.who size="small"/>
                    <span class="clip">{words}</span>
                </p>
            }
        })
    }
}

fn words(held: &HeldCard) -> String {
    if held.own {
        "You are moving it in another window".to_owned()
    } else {
        format!("{} is moving it", held.who)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_held_card_says_who_moves_it() {
        let held = |own| HeldCard {
            deal: DealId(Uuid::from_u128(1)),
            who: "Mara Lind".to_owned(),
            own,
        };
        assert_eq!(words(&held(false)), "Mara Lind is moving it");
        assert_eq!(words(&held(true)), "You are moving it in another window");
    }
}
