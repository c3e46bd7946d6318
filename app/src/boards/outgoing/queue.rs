//! The moves that the server has not answered, in the order in which they were made, as a plain state machine: a move is pushed, sent,
//! and confirmed or refused; or found again in a browser that was closed meanwhile.

use domain::commands::{MoveDeal, Place};
use domain::{DealId, StageId};
use serde::{Deserialize, Serialize};

/// Whoever makes more moves without a connection is told to wait for it.
pub const MOST: usize = 200;

/// One move that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingMove {
    /// The server carries it out once, however often it is sent under this key.
    pub key: String,
    /// With the deal's version as the server is known to have it: moves of one deal follow each other.
    pub command: MoveDeal,
    /// What the card is called, should it be off the board when the answer comes.
    pub name: String,
    /// Where the card lay before.
    pub from: (StageId, Place),
    /// It was sent, and may have been carried out.
    pub tried: bool,
}

impl WaitingMove {
    fn takes_back(&self, other: &Self) -> bool {
        let (ends, began) = (
            (self.command.to_stage, self.command.place),
            (other.command.to_stage, other.command.place),
        );
        self.command.deal == other.command.deal && ends == other.from && began.0 == self.from.0
    }
}

/// What became of a move that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    Waits,
    /// It led back to where the last move had come from, which was not sent yet: there is nothing to send.
    TookBack,
    /// [`MOST`] wait already.
    Full,
}

/// A move that the server refused, with those of the same deal that cannot follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub first: WaitingMove,
    pub dropped: usize,
}

/// See the head of this file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Queue {
    moves: Vec<WaitingMove>,
}

impl Queue {
    /// What was kept, bounded as what is pushed.
    pub fn restored(mut moves: Vec<WaitingMove>) -> Self {
        moves.truncate(MOST);
        Self { moves }
    }

    pub fn moves(&self) -> &[WaitingMove] {
        &self.moves
    }

    pub fn len(&self) -> usize {
        self.moves.len()
    }

    pub fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.moves.len() >= MOST
    }

    /// Whether a move of that deal waits.
    pub fn holds(&self, deal: DealId) -> bool {
        self.moves.iter().any(|known| known.command.deal == deal)
    }

    /// A move was made.
    pub fn push(&mut self, made: WaitingMove) -> Pushed {
        let last = self
            .moves
            .iter()
            .rposition(|known| known.command.deal == made.command.deal);
        let taken_back = last.filter(|at| {
            let known = self.moves.get(*at);
            known.is_some_and(|known| !known.tried && !made.tried && made.takes_back(known))
        });
        if let Some(at) = taken_back {
            self.moves.remove(at);
            return Pushed::TookBack;
        }
        if self.is_full() {
            return Pushed::Full;
        }
        self.moves.push(made);
        Pushed::Waits
    }

    /// The next move goes out. From now on it may have been carried out.
    pub fn send_next(&mut self) -> Option<WaitingMove> {
        let next = self.moves.first_mut()?;
        next.tried = true;
        Some(next.clone())
    }

    /// The server carried it out: the deal has that version now, and its next move goes on from there.
    pub fn confirm(&mut self, key: &str, version: i64) -> Option<WaitingMove> {
        let done = self.take(key)?;
        for later in &mut self.moves {
            if later.command.deal == done.command.deal {
                later.command.version = version;
            }
        }
        Some(done)
    }

    /// The server refused it. What was made of the same deal after it began where the deal is not.
    pub fn refuse(&mut self, key: &str) -> Option<Refused> {
        let first = self.take(key)?;
        let before = self.moves.len();
        self.moves
            .retain(|later| later.command.deal != first.command.deal);
        let dropped = before - self.moves.len();
        Some(Refused { first, dropped })
    }

    fn take(&mut self, key: &str) -> Option<WaitingMove> {
        let at = self.moves.iter().position(|known| known.key == key)?;
        Some(self.moves.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use domain::deals::MoveDetails;
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        T::from(Uuid::from_u128(number))
    }

    /// A move of that deal between two stages, to their tops.
    fn made(key: &str, deal: u128, from: u128, to: u128) -> WaitingMove {
        WaitingMove {
            key: key.to_owned(),
            command: MoveDeal {
                deal: id(deal),
                to_stage: id(to),
                place: Place::Top,
                details: MoveDetails::default(),
                version: 1,
            },
            name: format!("Deal {deal}"),
            from: (id(from), Place::Top),
            tried: false,
        }
    }

    fn queue(moves: &[WaitingMove]) -> Queue {
        let mut queue = Queue::default();
        for made in moves {
            assert_eq!(queue.push(made.clone()), Pushed::Waits);
        }
        queue
    }

    fn keys(queue: &Queue) -> Vec<&str> {
        queue.moves().iter().map(|made| made.key.as_str()).collect()
    }

    #[test]
    fn moves_go_out_in_the_order_in_which_they_were_made() {
        let mut queue = queue(&[
            made("a", 1, 10, 11),
            made("b", 2, 10, 11),
            made("c", 1, 11, 12),
        ]);
        assert_eq!(queue.send_next().unwrap().key, "a");
        // Asked again, it is the same one: no answer came.
        assert_eq!(queue.send_next().unwrap().key, "a");
        queue.confirm("a", 7).unwrap();
        assert_eq!(queue.send_next().unwrap().command.version, 1);
        queue.confirm("b", 4).unwrap();
        // Its deal went on to the version of its first move.
        assert_eq!(queue.send_next().unwrap().command.version, 7);
        assert_eq!(queue.confirm("c", 8).unwrap().name, "Deal 1");
        assert!(queue.is_empty());
        assert_eq!(queue.send_next(), None);
        assert_eq!(queue.confirm("c", 8), None);
    }

    #[test]
    fn a_refusal_drops_what_followed_of_the_same_deal_and_nothing_else() {
        let mut queue = queue(&[
            made("a", 1, 10, 11),
            made("b", 2, 10, 11),
            made("c", 1, 11, 12),
            made("d", 1, 12, 13),
        ]);
        queue.send_next();
        let refused = queue.refuse("a").unwrap();
        assert_eq!((refused.first.key.as_str(), refused.dropped), ("a", 2));
        assert_eq!(keys(&queue), ["b"]);
        assert!(queue.holds(id(2)) && !queue.holds(id(1)));
        assert_eq!(queue.refuse("a"), None);
    }

    #[test]
    fn a_move_back_takes_away_what_was_not_sent() {
        let mut queue = queue(&[made("a", 1, 10, 11), made("b", 2, 10, 11)]);
        assert_eq!(queue.push(made("c", 1, 11, 10)), Pushed::TookBack);
        assert_eq!(keys(&queue), ["b"]);
        // What may have been carried out is moved back by a move.
        queue.send_next();
        assert_eq!(queue.push(made("d", 2, 11, 10)), Pushed::Waits);
        assert_eq!(keys(&queue), ["b", "d"]);
        // Another place is another move.
        queue.push(made("e", 3, 10, 11));
        let mut beside = made("f", 3, 11, 10);
        beside.command.place = Place::After(id(2));
        assert_eq!(queue.push(beside), Pushed::Waits);
    }

    #[test]
    fn only_so_many_wait() {
        let mut queue = Queue::default();
        for number in 0..MOST {
            let made = made(&number.to_string(), number as u128, 10, 11);
            assert_eq!(queue.push(made), Pushed::Waits);
        }
        assert!(queue.is_full());
        assert_eq!(queue.push(made("more", 999, 10, 11)), Pushed::Full);
        // Taking back makes room.
        assert_eq!(queue.push(made("back", 3, 11, 10)), Pushed::TookBack);
        assert_eq!(queue.push(made("more", 999, 10, 11)), Pushed::Waits);
    }

    #[test]
    fn it_is_found_again_as_it_was() {
        let mut kept = queue(&[made("a", 1, 10, 11), made("b", 2, 10, 11)]);
        kept.send_next();
        let text = serde_json::to_string(&kept).unwrap();
        let found = serde_json::from_str::<Queue>(&text).unwrap();
        let mut found = Queue::restored(found.moves().to_vec());
        assert_eq!(found, kept);
        // The one whose answer was lost goes out first, under the key that it had.
        let again = found.send_next().unwrap();
        assert_eq!((again.key.as_str(), again.tried), ("a", true));
    }
}
