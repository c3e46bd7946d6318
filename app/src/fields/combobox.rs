//! What a list under an input does while somebody types: it is looked for, shown, gone through by keys and chosen from.

use std::time::Duration;

use domain::views::CustomerChoice;
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{find_company_customers, find_partner_customers};
use crate::error::ActionError;

/// Who types on is not asked about between two letters.
const PAUSE: Duration = Duration::from_millis(150);

/// Where customers are looked for: nobody is shown another's.
#[derive(Clone, Copy)]
pub struct CustomerSource {
    whose: Whose,
    /// Shown as suggestions until the page is awake.
    first: StoredValue<Vec<CustomerChoice>>,
}

#[derive(Clone, Copy)]
enum Whose {
    Partner(MembershipId),
    Company(ProgramId),
}

impl CustomerSource {
    pub fn partner(membership: MembershipId, first: Vec<CustomerChoice>) -> Self {
        Self {
            whose: Whose::Partner(membership),
            first: StoredValue::new(first),
        }
    }

    pub fn company(program: ProgramId) -> Self {
        Self {
            whose: Whose::Company(program),
            first: StoredValue::new(Vec::new()),
        }
    }

    pub(super) fn first(self) -> Vec<CustomerChoice> {
        self.first.get_value()
    }

    async fn find(self, search: String) -> Result<Vec<CustomerChoice>, ActionError> {
        match self.whose {
            Whose::Partner(membership) => find_partner_customers(membership, search).await,
            Whose::Company(program) => find_company_customers(program, search).await,
        }
    }
}

/// Which end of the list a key goes to, or in which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Down,
    Up,
}

/// The list as it stands.
#[derive(Clone, Copy)]
pub(super) struct Combobox {
    source: CustomerSource,
    pub found: RwSignal<Vec<CustomerChoice>>,
    pub open: RwSignal<bool>,
    /// The place of the line that Enter chooses.
    pub marked: RwSignal<Option<usize>>,
    /// What a screen reader hears.
    pub said: RwSignal<String>,
    /// Counts the searches, so that an answer that comes late is not shown.
    turn: StoredValue<u32>,
}

impl Combobox {
    pub(super) fn new(source: CustomerSource) -> Self {
        Self {
            source,
            found: RwSignal::new(Vec::new()),
            open: RwSignal::new(false),
            marked: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            turn: StoredValue::new(0),
        }
    }

    /// Looks for what is typed. With a way, the list opens with a line marked.
    pub(super) fn look(self, text: String, way: Option<Way>) {
        let turn = self.next_turn();
        let pause = if way.is_some() { Duration::ZERO } else { PAUSE };
        let look = move || {
            if !self.is_turn(turn) {
                return;
            }
            spawn_local(async move {
                let found = self.source.find(text).await;
                // Whoever went on, or left, is not shown what was asked before. What cannot be found can still be typed.
                if let Ok(found) = found
                    && self.is_turn(turn)
                {
                    self.show(found, way);
                }
            });
        };
        set_timeout(look, pause);
    }

    fn show(self, found: Vec<CustomerChoice>, way: Option<Way>) {
        let count = found.len();
        self.said.set(counted(count));
        self.found.set(found);
        self.marked.set(way.and_then(|way| step(None, count, way)));
        self.open.set(count > 0);
    }

    pub(super) fn step(self, way: Way) {
        let count = self.found.with_untracked(Vec::len);
        self.marked
            .update(|marked| *marked = step(*marked, count, way));
    }

    pub(super) fn close(self) {
        self.next_turn();
        self.marked.set(None);
        self.open.set(false);
    }

    pub(super) fn at(self, place: usize) -> Option<CustomerChoice> {
        self.found.with_untracked(|found| found.get(place).cloned())
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        turn
    }

    /// False as well once the field is gone.
    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }
}

/// From one end of the list on to the other.
fn step(marked: Option<usize>, count: usize, way: Way) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (marked, way) {
        (None, Way::Down) => 0,
        (None, Way::Up) => last,
        (Some(at), Way::Down) => {
            if at >= last {
                0
            } else {
                at + 1
            }
        }
        (Some(at), Way::Up) => at.checked_sub(1).unwrap_or(last),
    })
}

fn counted(count: usize) -> String {
    match count {
        0 => "No customer of that name. It will be a new business.".to_owned(),
        1 => "1 customer".to_owned(),
        many => format!("{many} customers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_goes_round() {
        assert_eq!(step(None, 3, Way::Down), Some(0));
        assert_eq!(step(None, 3, Way::Up), Some(2));
        assert_eq!(step(Some(1), 3, Way::Down), Some(2));
        assert_eq!(step(Some(2), 3, Way::Down), Some(0));
        assert_eq!(step(Some(0), 3, Way::Up), Some(2));
        // The list became shorter under the mark.
        assert_eq!(step(Some(9), 3, Way::Down), Some(0));
        assert_eq!(step(Some(0), 0, Way::Down), None);
        assert_eq!(step(None, 0, Way::Up), None);
    }

    #[test]
    fn what_was_found_is_counted_in_words() {
        assert_eq!(counted(1), "1 customer");
        assert_eq!(counted(20), "20 customers");
        assert!(counted(0).contains("new business"));
    }
}
