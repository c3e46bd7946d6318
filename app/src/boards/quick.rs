//! The quick view: a card's deal in a sheet beside the board. The address names the deal, so a reload and the back button mean it too.

mod edit;
mod facts;
mod hand;
mod keys;
mod model;
mod place;
pub mod server_fns;
mod sheet;

use domain::events::{Announcement, Topic};
use domain::{DealId, ErrorCode};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsValue;

pub use self::sheet::QuickSheet;

use self::model::{Glance, Way};
use self::server_fns::{quick_company_deal, quick_partner_deal};
use super::dom;
use super::model::drag::Drag;
use super::source::Source;
use super::state::BoardState;
use crate::error::ActionError;
use crate::live::{News, use_live};
use crate::ui::focus_by_id;

/// The sheet's heading: the focus goes there when it opens.
const TITLE_ID: &str = "quick-title";

/// What was fetched last, and of which deal.
type Fetched = Option<(DealId, Result<Glance, ActionError>)>;

#[derive(Clone, Copy)]
pub struct Quick {
    source: Source,
    board: StoredValue<BoardState>,
    query: Memo<ParamsMap>,
    /// The deal that the address names, once the page is awake: the server writes no sheet.
    open: Memo<Option<DealId>>,
    fetched: RwSignal<Fetched>,
    /// The path that the page is to go to.
    wanted: RwSignal<Option<String>>,
    notes: StoredValue<Notes>,
}

/// What nothing on the page follows.
#[derive(Default)]
struct Notes {
    /// A press here opened it, so that going back closes it.
    pushed: bool,
    /// The heading takes the focus when the next deal is shown.
    takes_focus: bool,
    /// Counts the fetches: an answer that was overtaken is dropped.
    turn: u32,
}

impl Quick {
    /// Of that board; for everything in it, too.
    pub fn provide(state: BoardState) -> Self {
        let query = use_query_map();
        let awake = RwSignal::new(false);
        Effect::new(move |_| awake.set(true));
        let open = Memo::new(move |_| {
            let named = query.with(model::named);
            named.filter(|_| awake.get())
        });
        let quick = Self {
            source: state.source,
            board: StoredValue::new(state),
            query,
            open,
            fetched: RwSignal::new(None),
            wanted: RwSignal::new(None),
            notes: StoredValue::new(Notes::default()),
        };
        quick.follow_address();
        quick.lead();
        use_live(
            &[Topic::Deal, Topic::Messages, Topic::Program],
            move |news| {
                quick.hear(news);
            },
        );
        provide_context(quick);
        quick
    }

    /// A press on a card opens its deal; with a modifier key, or another button, its link stays a link.
    pub fn pressed(self, event: &MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || modified || event.button() != 0 {
            return;
        }
        if dom::closest(
            event,
            ".deal-card__more, .deal-card__handle, .deal-card__select",
        )
        .is_some()
        {
            return;
        }
        let card =
            dom::closest(event, ".deal-card").and_then(|_| dom::closest(event, "[data-deal]"));
        let Some(deal) = card.as_ref().and_then(dom::deal_of) else {
            return;
        };
        let board = self.board.get_value();
        let is_draft = board.model.with_untracked(|board| {
            let waits = board.waiting_card(deal);
            waits.is_some_and(|card| card.submit_key.is_some())
        });
        // A draft is gone on with in its form; and a card on its way is not pressed.
        if is_draft || !board.drag.with_untracked(Drag::is_idle) {
            return;
        }
        event.prevent_default();
        self.show(deal);
    }

    /// Of several boards on a page it goes with the one that somebody came to last.
    pub fn stand_at(self, board: BoardState) {
        // The page may be on its way out.
        self.board.try_set_value(board);
    }

    fn show(self, deal: DealId) {
        let before = self.open.get_untracked();
        if before == Some(deal) {
            focus_by_id(TITLE_ID);
            return;
        }
        // The router pushes no address equal to the last that it pushed, though others replaced that one: the step is made here.
        let steps = before.is_none()
            && window()
                .history()
                .is_ok_and(|history| history.push_state(&JsValue::NULL, "").is_ok());
        self.notes.update_value(|notes| {
            notes.takes_focus = true;
            notes.pushed |= steps;
        });
        self.go(Some(deal));
    }

    /// Goes on to the card before or behind.
    fn step(self, way: Way) {
        if let Some(next) = self.open.get_untracked().and_then(|deal| {
            let model = self.board.get_value().model;
            model.with_untracked(|board| model::neighbour(board, deal, way))
        }) {
            self.notes.update_value(|notes| notes.takes_focus = true);
            self.go(Some(next));
        }
    }

    /// Takes the deal out of the address.
    fn close(self) {
        if self.open.get_untracked().is_none() {
            return;
        }
        let went_back = self.notes.with_value(|notes| notes.pushed)
            && window()
                .history()
                .is_ok_and(|history| history.back().is_ok());
        if !went_back {
            self.go(None);
        }
    }

    /// Goes there in the place of the step that the history stands at.
    fn go(self, deal: Option<DealId>) {
        let query = self
            .query
            .with_untracked(|query| model::naming(query, deal));
        let path = format!("{}{query}", self.source.deals_href());
        self.wanted.set(Some(path));
    }

    /// Leads to the address that is wanted, without moving the page.
    fn lead(self) {
        // Not kept in the page's owner: a server ends a page on another thread than it began on.
        let navigate = cfg!(feature = "hydrate").then(use_navigate);
        Effect::new(move |_| {
            if let (Some(path), Some(navigate)) = (self.wanted.get(), &navigate) {
                let options = NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..NavigateOptions::default()
                };
                navigate(&path, options);
            }
        });
    }

    /// Fetches the deal that the address comes to name; gives the focus back when it names none any more.
    fn follow_address(self) {
        Effect::new(move |before: Option<Option<DealId>>| {
            let now = self.open.get();
            match (before.flatten(), now) {
                (before, Some(deal)) if before != Some(deal) => {
                    self.reload();
                    request_animation_frame(move || self.bring_into_view(deal));
                }
                (Some(closed), None) => {
                    self.notes.update_value(|notes| notes.pushed = false);
                    self.fetched.set(None);
                    request_animation_frame(move || self.give_focus_back(closed));
                }
                _ => {}
            }
            now
        });
    }

    /// Something changed: the deal, its messages, or what the program calls its stages.
    fn hear(self, news: &News) {
        let open = self.open.try_get_untracked().flatten();
        let concerns = |deal: DealId| match news {
            News::Changed(Announcement { topic, id, .. }) => {
                *topic != Topic::Deal || *id == deal.to_string()
            }
            News::MissedSome => true,
        };
        if open.is_some_and(concerns) {
            self.reload();
        }
    }

    fn reload(self) {
        spawn_local(async move {
            self.fetch().await;
        });
    }

    /// Fetches the deal that is open, and shows it unless a later fetch has begun; gives it either way.
    async fn fetch(self) -> Option<Glance> {
        let deal = self.open.try_get_untracked().flatten()?;
        let turn = self.notes.try_update_value(|notes| {
            notes.turn = notes.turn.wrapping_add(1);
            notes.turn
        })?;
        let answer = match self.source {
            Source::Partner(membership) => {
                quick_partner_deal(membership, deal).await.map(Glance::from)
            }
            Source::Company(program) => quick_company_deal(program, deal).await.map(Glance::from),
        };
        let glance = answer.as_ref().ok().cloned();
        let is_last = self.notes.try_with_value(|notes| notes.turn) == Some(turn);
        // What cannot be fetched again just now stays as it was; the next change tries again.
        let passes =
            |error: &ActionError| matches!(error.code(), ErrorCode::Offline | ErrorCode::Busy);
        let keeps = answer.as_ref().is_err_and(passes) && self.glance_of(deal).is_some();
        if is_last && !keeps {
            self.fetched.try_set(Some((deal, answer)));
        }
        glance
    }

    /// What is known of that deal; not followed.
    fn glance_of(self, deal: DealId) -> Option<Glance> {
        let known = self.fetched.try_with_untracked(|fetched| match fetched {
            Some((of, Ok(glance))) if *of == deal => Some(glance.clone()),
            _ => None,
        });
        known.flatten()
    }
}

/// For the card of that deal: whether its sheet is open.
pub fn marks_open(
    deal: DealId,
) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    let quick = use_context::<Quick>();
    move || {
        let open = quick.is_some_and(|quick| quick.open.get() == Some(deal));
        open.then_some("")
    }
}
