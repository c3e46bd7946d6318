//! What the parts of the desk share: the queue and the case as they stand, what was typed, and the way to the next case.

use std::collections::HashMap;

use domain::views::CompanyDealView;
use domain::{DealId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Draft;
use super::hold::{Held, Hold};
use super::server_fns::{DeskView, load_desk};
use super::verdict::Verdict;
use crate::error::ActionError;
use crate::fault::posted_error;
use crate::ui::focus_by_id;

/// The heading that takes the focus when another case is opened.
pub const CASE_TITLE: &str = "case-title";

/// The form that is open: of which deal and version, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub of: (DealId, i64),
    pub verdicts: Vec<Verdict>,
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub program: ProgramId,
    pub view: RwSignal<DeskView>,
    /// Why the case that was asked for cannot be shown.
    pub failed: RwSignal<Option<ActionError>>,
    pub held: RwSignal<Option<Held>>,
    /// Seconds until what is held goes out.
    pub seconds: RwSignal<u64>,
    /// Decided on here, and not answered yet.
    pub away: RwSignal<Vec<DealId>>,
    /// The case that the address names.
    named: Memo<Option<DealId>>,
    /// The address to go to.
    pub wanted: RwSignal<Option<String>>,
    pub form: StoredValue<Option<(Form, Draft)>>,
    drafts: StoredValue<HashMap<DealId, Draft>>,
    /// What a plain form post before this page was refused with.
    posted: StoredValue<Option<ActionError>>,
    /// Counts the fetches: an answer that was overtaken is dropped.
    turn: StoredValue<u32>,
    /// What the address names is being fetched: news meanwhile is fetched with it, not in its stead.
    opening: StoredValue<bool>,
    hold: Hold,
}

impl Desk {
    pub fn new(program: ProgramId, view: DeskView, named: Memo<Option<DealId>>) -> Self {
        let desk = Self {
            program,
            named,
            view: RwSignal::new(view),
            failed: RwSignal::new(None),
            held: RwSignal::new(None),
            seconds: RwSignal::new(0),
            away: RwSignal::new(Vec::new()),
            wanted: RwSignal::new(None),
            form: StoredValue::new(None),
            drafts: StoredValue::new(HashMap::new()),
            posted: StoredValue::new(posted_error()),
            turn: StoredValue::new(0),
            opening: StoredValue::new(false),
            hold: Hold::new(),
        };
        desk.hold.watch(desk);
        desk
    }

    /// Holds the decision, and goes on to the next case.
    pub fn decide(self, held: Held) {
        let decided = held.post.deal;
        self.hold.hold(self, held);
        let away = self.away.get_untracked();
        let next = self.view.with_untracked(|view| {
            let waiting = view.queue.items.iter().map(|item| item.id);
            next_after(&waiting.collect::<Vec<_>>(), decided, &away)
        });
        self.go(next);
    }

    /// Takes the decision back: its case is open again, as it was typed.
    pub fn undo(self) {
        if let Some(held) = self.hold.take_back(self) {
            self.go(Some(held.post.deal));
        }
    }

    pub fn send_now(self) {
        self.hold.send_now(self);
    }

    /// To that case; without one, to the first that waits.
    fn go(self, deal: Option<DealId>) {
        if self.named.get_untracked() == deal {
            self.open(deal);
            return;
        }
        let program = self.program;
        self.wanted.set(Some(match deal {
            Some(deal) => format!("/c/{program}/review?deal={deal}"),
            None => format!("/c/{program}/review"),
        }));
    }

    /// Fetches what another address names, and takes the focus there.
    pub fn open(self, deal: Option<DealId>) {
        self.opening.set_value(true);
        self.fetch(deal, true);
    }

    /// Fetches the same again. The case that is looked at stays, though another one may be first in the queue by now.
    pub fn refresh(self) {
        if self.opening.try_get_value() == Some(true) {
            self.fetch(self.named.get_untracked(), true);
            return;
        }
        let shown = self.view.try_with_untracked(|view| {
            let chosen = view.chosen.as_ref();
            chosen.map(|chosen| chosen.deal.id)
        });
        if let Some(shown) = shown {
            self.fetch(shown, false);
        }
    }

    fn fetch(self, deal: Option<DealId>, opens: bool) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        let away = self.away.get_untracked();
        spawn_local(async move {
            let answer = load_desk(self.program, deal, away).await;
            // The page may have gone while it waited, or have gone on to another case.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.opening.set_value(false);
            match answer {
                Ok(view) => {
                    self.failed.set(None);
                    self.view.set(view);
                    if opens {
                        request_animation_frame(|| focus_by_id(CASE_TITLE));
                    }
                }
                Err(error) if opens => self.failed.set(Some(error)),
                // The next change tries again.
                Err(_) => {}
            }
        });
    }

    /// What was entered for that case so far.
    pub fn draft(self, view: &CompanyDealView) -> Draft {
        let known = self
            .drafts
            .with_value(|drafts| drafts.get(&view.deal.id).cloned());
        known.unwrap_or_else(|| {
            let draft = Draft::of(view);
            self.drafts.update_value(|drafts| {
                drafts.insert(view.deal.id, draft.clone());
            });
            draft
        })
    }

    /// Once a decision was made, nobody needs its words again.
    pub fn forget(self, deal: DealId) {
        self.drafts.try_update_value(|drafts| drafts.remove(&deal));
    }

    /// Why the plain form before this page was refused; said once, on the case that was open then.
    pub fn posted(self) -> Option<ActionError> {
        self.posted
            .get_value()
            .filter(|_| self.turn.get_value() == 0)
    }
}

/// The case that follows in the queue, else the first other one. Those that are decided on already are passed over.
fn next_after(queue: &[DealId], decided: DealId, away: &[DealId]) -> Option<DealId> {
    let place = queue.iter().position(|deal| *deal == decided).unwrap_or(0);
    let (before, after) = queue.split_at(place);
    let mut rest = after.iter().chain(before);
    rest.find(|deal| **deal != decided && !away.contains(deal))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_next_case_is_the_one_below_then_the_first_of_those_left() {
        let [a, b, c] = [1, 2, 3].map(|number| DealId(Uuid::from_u128(number)));
        let queue = [a, b, c];
        assert_eq!(next_after(&queue, a, &[a]), Some(b));
        assert_eq!(next_after(&queue, c, &[c]), Some(a));
        assert_eq!(next_after(&queue, a, &[b, a]), Some(c));
        assert_eq!(next_after(&queue, c, &[a, b, c]), None);
        assert_eq!(next_after(&[], a, &[a]), None);
    }
}
