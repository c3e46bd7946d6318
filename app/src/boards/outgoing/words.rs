//! What people read of moves that wait for the connection.

use super::Link;
use super::queue::Refused;
use crate::boards::model::speech;

pub const WAITS: &str = "It waits for the connection.";
/// The same of a move of several, of which some may have been sent.
pub const REST_WAITS: &str = "What is not sent yet waits for the connection.";
pub const FULL: &str =
    "200 moves wait for the connection already. Move on when it is back and they are sent.";
/// Why a stage with rules of its own takes no card now.
pub const NEEDS_CONNECTION: &str = "What this stage asks for needs the connection.";

/// Why the dialog of several selected cards is not opened now.
pub const DIALOG_NEEDS_CONNECTION: &str =
    "Choosing a stage here needs the connection. Cards that are dragged wait for it.";

/// The line above the board; nothing where all is as ever.
pub fn line(link: Link, waiting: usize) -> Option<String> {
    let moves = count(waiting);
    match (link, waiting) {
        (Link::Up, 0) => None,
        (Link::Up, _) => Some(format!("Sending {moves}\u{2026}")),
        (Link::Lost, 0) => {
            Some("No connection. Moves are kept and sent when it is back.".to_owned())
        }
        (Link::Lost, 1) => Some(format!(
            "No connection. Moves are kept and sent when it is back. {moves} waits."
        )),
        (Link::Lost, _) => Some(format!(
            "No connection. Moves are kept and sent when it is back. {moves} wait."
        )),
        (Link::SignedOut, _) => Some(format!(
            "You are signed out. {moves} kept, to be sent when you sign in again."
        )),
    }
}

pub fn sent(moves: usize) -> String {
    format!("Sent {}.", count(moves))
}

pub fn took_back(name: &str) -> String {
    format!("Took back the move of {name}. Nothing is sent.")
}

/// The server did not take it.
pub fn refused(refused: &Refused, why: &str) -> String {
    let went_back = speech::went_back(&refused.first.name, why);
    match refused.dropped {
        0 => went_back,
        1 => format!("{went_back} A later move of it was dropped."),
        many => format!("{went_back} {many} later moves of it were dropped."),
    }
}

fn count(moves: usize) -> String {
    match moves {
        1 => "1 move".to_owned(),
        many => format!("{many} moves"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_happens_to_moves() {
        assert_eq!(line(Link::Up, 0), None);
        assert_eq!(line(Link::Up, 2).unwrap(), "Sending 2 moves\u{2026}");
        let lost = "No connection. Moves are kept and sent when it is back.";
        assert_eq!(line(Link::Lost, 0).unwrap(), lost);
        assert_eq!(
            line(Link::Lost, 1).unwrap(),
            format!("{lost} 1 move waits.")
        );
        assert_eq!(
            line(Link::Lost, 2).unwrap(),
            format!("{lost} 2 moves wait.")
        );
        assert!(line(Link::SignedOut, 3).unwrap().contains("3 moves kept"));
    }
}
