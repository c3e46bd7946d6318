//! How this person has the board is kept in a cookie, so that the server's first page has it already.

use domain::{DealId, StageId};
use leptos::ev;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::dom;
use super::model::BoardModel;
use super::model::drag::Drag;
use super::model::shape::{Density, Shape};
use super::state::BoardState;
use crate::ui::{Icon, keep_cookie, use_ready};

const COOKIE: &str = "board";

/// What was kept: by the request's cookie on the server, by the page's in the browser.
pub fn kept() -> Shape {
    #[cfg(feature = "ssr")]
    let text = use_context::<axum::http::request::Parts>()
        .and_then(|parts| crate::door::find_cookie(&parts.headers, COOKIE).map(ToOwned::to_owned));
    #[cfg(not(feature = "ssr"))]
    let text = crate::ui::kept_cookie(COOKIE);
    Shape::read(&text.unwrap_or_default())
}

/// In the board's head: whether cards are compact.
#[component]
pub fn DensitySwitch(state: BoardState) -> impl IntoView {
    let ready = use_ready();
    let compact = Memo::new(move |_| {
        let density = state.model.with(|board| board.shape.density);
        density == Density::Compact
    });
    let press = move |_: ev::MouseEvent| {
        // A card in the hand was measured as it is now.
        if state.drag.with_untracked(Drag::is_idle) {
            state.reform(|shape| shape.density = shape.density.other());
        }
    };
    view! {
        <button
            class="filter-chip board-density"
            type="button"
            data-ready=ready
            aria-pressed=move || if compact.get() { "true" } else { "false" }
            on:click=press
        >
            <Icon icon=icondata::LuRows4 size="small"/>
            "Compact"
        </button>
    }
}

impl BoardState {
    /// Begins with what was kept.
    #[must_use]
    pub fn shaped(self, shape: Shape) -> Self {
        self.model.update(|board| board.shape = shape);
        self
    }

    /// Changes it, and keeps it.
    fn reform(self, change: impl FnOnce(&mut Shape)) {
        self.model.update(|board| change(&mut board.shape));
        let text = self.model.with_untracked(|board| board.shape.write());
        keep_cookie(COOKIE, &text);
    }

    pub fn card_height(self) -> f64 {
        self.model.with_untracked(BoardModel::card_height)
    }

    /// From one card's top to the next one's.
    pub fn pitch(self) -> f64 {
        self.model.with_untracked(BoardModel::pitch)
    }

    /// Collapses the column or opens it; the focus goes to what takes it back.
    pub fn collapse(self, stage: StageId, collapsed: bool) {
        // A card in the hand belongs to a column that is open.
        if !self.drag.with_untracked(Drag::is_idle) {
            return;
        }
        self.reform(|shape| shape.collapse(stage, collapsed));
        let said = self.model.with_untracked(|board| {
            let name = board.stage_name(stage);
            let how = if collapsed { "collapsed" } else { "open" };
            format!("{name} is {how}.")
        });
        self.said.set(said);
        let Some(root) = self.element() else { return };
        request_animation_frame(move || {
            let control = if collapsed {
                ".board__open"
            } else {
                ".board__collapse"
            };
            let column = dom::column_of(&root, stage);
            if let Some(control) = column.and_then(|column| dom::find(&column, control)) {
                // An element that left the page in between takes no focus.
                let _ = control.focus();
            }
        });
    }

    /// What stands for the deal's card where its column is collapsed.
    pub(super) fn strip_of(self, root: &Element, deal: DealId) -> Option<HtmlElement> {
        let stage = self
            .model
            .try_with_untracked(|board| board.card(deal).map(|card| card.stage))??;
        let column = dom::column_of(root, stage)?;
        dom::find(&column, ".board__open")
    }
}
