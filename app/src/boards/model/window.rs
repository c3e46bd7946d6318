//! Which cards of a column are in the page. Cards have one height, so it is plain arithmetic, exact for 10,000 cards.
//! `pitch` is from one card's top to the next one's, in CSS pixels.

/// The gap between cards, in CSS pixels (style/features/board.css). Their height is the shape's.
pub const CARD_GAP: f64 = 8.0;
/// What the server renders of each column, and the browser too until it knows the column's height.
pub const FIRST_CARDS: usize = 12;
/// Cards kept above and below what is seen, so that a flick does not show an empty column.
const MARGIN: usize = 4;
/// The next cards are fetched when this few loaded ones are left below.
const FETCH_AHEAD: usize = 25;

/// A range of a column's loaded cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub start: usize,
    pub end: usize,
}

impl Window {
    /// Before the column's height is known: the same on the server and in the browser.
    pub fn first(loaded: usize) -> Self {
        Self {
            start: 0,
            end: loaded.min(FIRST_CARDS),
        }
    }

    /// What a column shows that is scrolled to `top` and `height` pixels high.
    pub fn seen(top: f64, height: f64, loaded: usize, pitch: f64) -> Self {
        let first = cards_in(top, pitch);
        let last = cards_in(top + height, pitch) + 1;
        let end = (last + MARGIN).min(loaded);
        Self {
            start: first.saturating_sub(MARGIN).min(end),
            end,
        }
    }

    /// Pixels of the cards before the range; the browser keeps them free.
    pub fn space_before(self, pitch: f64) -> f64 {
        space(self.start, pitch)
    }

    pub fn space_after(self, loaded: usize, pitch: f64) -> f64 {
        space(loaded.saturating_sub(self.end), pitch)
    }

    pub fn wants_more(self, loaded: usize) -> bool {
        self.end + FETCH_AHEAD >= loaded
    }
}

/// Whole cards in so many pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a column can hold"
)]
fn cards_in(pixels: f64, pitch: f64) -> usize {
    (pixels / pitch).floor().clamp(0.0, 1_000_000.0) as usize
}

#[expect(
    clippy::cast_precision_loss,
    reason = "columns hold far fewer than 2^52 cards"
)]
fn space(cards: usize, pitch: f64) -> f64 {
    cards as f64 * pitch
}

/// The slot of a lifted card whose middle is `y` pixels below the top of the list; `others` cards lie there beside it.
/// By its middle, not by the pointer: wherever it was grabbed, it leaves its own slot after half a card's way.
pub fn slot_at(y: f64, others: usize, pitch: f64) -> usize {
    cards_in(y, pitch).min(others)
}

/// How many slots a card gives way while another is in the hand: `own` is the lifted card's place when it is of this
/// column, `target` the slot under it when that is here.
pub fn shift(index: usize, own: Option<usize>, target: Option<usize>) -> i8 {
    let closes = own.is_some_and(|own| index > own);
    let without = index - usize::from(closes);
    let opens = own != Some(index) && target.is_some_and(|target| without >= target);
    i8::from(opens) - i8::from(closes)
}

/// Where to scroll so that the slot is seen, if it is not.
pub fn scroll_to_show(slot: usize, top: f64, height: f64, pitch: f64) -> Option<f64> {
    let begin = space(slot, pitch);
    let end = begin + pitch;
    if begin < top {
        Some(begin)
    } else if end > top + height {
        Some(end - height)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PITCH: f64 = 84.0;

    #[test]
    fn ten_thousand_cards_show_a_dozen() {
        let window = Window::seen(420_000.0, 600.0, 10_000, PITCH);
        assert_eq!(
            window,
            Window {
                start: 4_996,
                end: 5_012
            }
        );
        let whole = window.space_before(PITCH)
            + window.space_after(10_000, PITCH)
            + space(window.end - window.start, PITCH);
        assert!((whole - space(10_000, PITCH)).abs() < f64::EPSILON);
    }

    #[test]
    fn the_first_window_does_not_depend_on_the_screen() {
        assert_eq!(Window::first(5), Window { start: 0, end: 5 });
        assert_eq!(
            Window::first(500),
            Window {
                start: 0,
                end: FIRST_CARDS
            }
        );
    }

    #[test]
    fn a_card_takes_the_slot_that_its_middle_is_in() {
        assert_eq!(slot_at(-30.0, 3, PITCH), 0);
        assert_eq!(slot_at(38.0, 3, PITCH), 0);
        assert_eq!(slot_at(90.0, 3, PITCH), 1);
        assert_eq!(slot_at(9_000.0, 3, PITCH), 3);
        assert_eq!(slot_at(50.0, 0, PITCH), 0);
    }

    #[test]
    fn cards_close_the_old_place_and_open_the_new_one() {
        let shifts = |own, target| [0, 1, 2, 3].map(|index| shift(index, own, target));
        assert_eq!(shifts(Some(1), None), [0, 0, -1, -1]);
        assert_eq!(shifts(None, Some(1)), [0, 1, 1, 1]);
        assert_eq!(shifts(Some(1), Some(1)), [0, 0, 0, 0]);
        assert_eq!(shifts(Some(0), Some(2)), [0, -1, -1, 0]);
        assert_eq!(shifts(Some(3), Some(0)), [1, 1, 1, 0]);
    }

    #[test]
    fn scrolling_shows_the_slot() {
        assert_eq!(scroll_to_show(0, 100.0, 500.0, PITCH), Some(0.0));
        assert_eq!(scroll_to_show(10, 0.0, 500.0, PITCH), Some(424.0));
        assert_eq!(scroll_to_show(2, 0.0, 500.0, PITCH), None);
    }

    proptest! {
        #[test]
        fn a_window_lies_within_the_column(top in -1e4f64..1e7, height in 0f64..4_000.0, loaded in 0usize..20_000, pitch in 64f64..150.0) {
            let window = Window::seen(top, height, loaded, pitch);
            prop_assert!(window.start <= window.end && window.end <= loaded);
            prop_assert!(window.end - window.start <= 64 + 2 * MARGIN);
        }
    }
}
