//! What a board knows beside its cards, held by one handle: the board's state is copied into every listener.

use domain::StageId;
use domain::views::{BoardPeople, Lane};
use leptos::prelude::*;

use super::echo::Echoes;
use super::outgoing::Link;
use super::outgoing::queue::Queue;
use super::state::BoardState;

#[derive(Clone, Copy)]
pub struct Beside {
    /// The columns whose next cards are being fetched.
    pub fetching: StoredValue<Vec<StageId>>,
    pub(super) echoes: StoredValue<Echoes>,
    /// Moves that wait, as the page shows them: known only once it is awake.
    pub queue: RwSignal<Queue>,
    pub link: RwSignal<Link>,
    /// Who else is here: known only once the page is awake.
    pub people: RwSignal<BoardPeople>,
    /// Which of the page's boards it is, where each lane is one.
    pub lane: Option<Lane>,
}

impl Beside {
    pub fn new() -> Self {
        Self {
            fetching: StoredValue::new(Vec::new()),
            echoes: StoredValue::new(Echoes::default()),
            queue: RwSignal::new(Queue::default()),
            link: RwSignal::new(Link::Up),
            people: RwSignal::new(BoardPeople::default()),
            lane: None,
        }
    }
}

impl BoardState {
    pub fn beside(self) -> Beside {
        self.beside.get_value()
    }
}
