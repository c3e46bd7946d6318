//! Moves on their way to the server while the connection may be lost: shown at once, kept in order, sent one by one when it is back.
//!
//! They outlive the board on which they were made, and the page: whoever closes it finds them again. The state machine is
//! [`queue`]; here is what carries it out. Only the browser gets here.

mod bar;
mod following;
mod kept;
pub mod queue;
mod sending;
pub mod words;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::{DealId, Rank, UserId};
use leptos::prelude::*;

use self::queue::{Pushed, Queue, WaitingMove};
use super::source::Source;
use crate::ui::Toasts;

pub use bar::{OfflineBar, WaitsMark};
pub use following::follow;

/// How the way to the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    #[default]
    Up,
    Lost,
    /// The server is there, and knows nobody here any more.
    SignedOut,
}

/// What boards are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Confirmed {
        deal: DealId,
        rank: Rank,
        version: i64,
    },
    Refused(String),
    /// Nothing is on its way any more: the board is to be as the server says.
    Rested,
}

type Tell = Rc<dyn Fn(&Told)>;

/// One person's moves in one program.
pub struct Outgoing {
    source: Source,
    /// Who made them; the page may outlive their session.
    viewer: Option<UserId>,
    /// Under what the browser keeps them.
    name: Option<String>,
    /// The browser keeps what it is given.
    keeps: Cell<bool>,
    queue: ArcRwSignal<Queue>,
    link: ArcRwSignal<Link>,
    boards: RefCell<Vec<(u64, Tell)>>,
    sending: Cell<bool>,
    /// It is to be tried again soon.
    again: Cell<bool>,
    tries: Cell<u32>,
    toasts: Option<Toasts>,
}

thread_local! {
    static ALL: RefCell<Vec<Rc<Outgoing>>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// The moves of whoever is signed in, in that program.
pub fn of(source: Source, toasts: Option<Toasts>) -> Rc<Outgoing> {
    let viewer = kept::find_viewer();
    let known = ALL.with_borrow(|all| {
        all.iter()
            .find(|known| known.source == source && known.viewer == viewer)
            .cloned()
    });
    known.unwrap_or_else(|| {
        let made = Rc::new(Outgoing::open(source, viewer, toasts));
        ALL.with_borrow_mut(|all| all.push(Rc::clone(&made)));
        made.listen_to_window();
        made
    })
}

/// The board has gone.
pub fn unlisten(board: u64) {
    let all = ALL.with_borrow(Clone::clone);
    for outgoing in all {
        outgoing.boards.borrow_mut().retain(|(id, _)| *id != board);
    }
}

impl Outgoing {
    fn open(source: Source, viewer: Option<UserId>, toasts: Option<Toasts>) -> Self {
        let name = viewer.map(|viewer| kept::name_of(source, viewer));
        let found = name.as_deref().and_then(kept::find).unwrap_or_default();
        let link = if is_online() { Link::Up } else { Link::Lost };
        Self {
            source,
            viewer,
            keeps: Cell::new(name.is_some()),
            name,
            queue: ArcRwSignal::new(found),
            link: ArcRwSignal::new(link),
            boards: RefCell::default(),
            sending: Cell::new(false),
            again: Cell::new(false),
            tries: Cell::new(0),
            toasts,
        }
    }

    /// For as long as the tab is open, whatever page it shows.
    fn listen_to_window(self: &Rc<Self>) {
        let (back, lost, other_tab) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        window_event_listener_untyped("online", move |_| back.back());
        window_event_listener_untyped("offline", move |_| lost.lost());
        window_event_listener_untyped("storage", move |_| other_tab.change(|_| ()));
    }

    /// Calls `tell` with everything that happens, until [`unlisten`].
    pub fn listen(&self, tell: Tell) -> u64 {
        let id = NEXT.get();
        NEXT.set(id + 1);
        self.boards.borrow_mut().push((id, tell));
        id
    }

    /// Outside the borrow, because a board may go when it hears.
    fn tell(&self, told: &Told) {
        let boards: Vec<Tell> = {
            let boards = self.boards.borrow();
            boards.iter().map(|(_, tell)| Rc::clone(tell)).collect()
        };
        for tell in boards {
            tell(told);
        }
    }

    pub fn viewer(&self) -> Option<UserId> {
        self.viewer
    }

    pub fn queue(&self) -> Queue {
        self.queue.get_untracked()
    }

    pub fn is_sending(&self) -> bool {
        self.sending.get()
    }

    /// Whether a move that is made now waits: for the connection, or for those before it.
    pub fn holds_back(&self) -> bool {
        self.link.get_untracked() != Link::Up || !self.queue.with_untracked(Queue::is_empty)
    }

    /// Keeps a move, and sends it when it can be.
    pub fn push(self: &Rc<Self>, made: WaitingMove) -> Pushed {
        let pushed = self.change(|queue| queue.push(made));
        if self.link.get_untracked() == Link::Up {
            self.send();
        } else {
            self.later();
        }
        pushed
    }

    /// Changes what is kept now: another tab may have changed it. Where the browser keeps nothing, the page does.
    fn change<T>(&self, change: impl FnOnce(&mut Queue) -> T) -> T {
        let name = self.name.as_deref().filter(|_| self.keeps.get());
        let mut queue = match name {
            Some(name) => kept::find(name).unwrap_or_default(),
            None => self.queue.get_untracked(),
        };
        let before = queue.clone();
        let changed = change(&mut queue);
        if let Some(name) = name
            && before != queue
        {
            self.keeps.set(kept::keep(name, &queue));
        }
        if self.queue.with_untracked(|known| *known != queue) {
            self.queue.set(queue);
        }
        changed
    }

    fn set_link(&self, link: Link) {
        if self.link.get_untracked() != link {
            self.link.set(link);
        }
    }
}

/// As the browser knows it: `false` is certain, `true` is not.
fn is_online() -> bool {
    window().navigator().on_line()
}
