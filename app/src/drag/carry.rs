//! Something that is carried from one gap of a list to another, as a plain state machine: what it is, the page says.

use super::THRESHOLD;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drag<Load> {
    #[default]
    Idle,
    /// The pointer is down and may still turn out to be a click.
    Pressed { load: Load, x: f64, y: f64 },
    /// In the hand, over that gap of the list, if it is over one.
    Held { load: Load, gap: Option<usize> },
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<Load> {
    Press {
        load: Load,
        x: f64,
        y: f64,
    },
    Point {
        x: f64,
        y: f64,
        gap: Option<usize>,
    },
    Release,
    /// By Esc, or the browser took the pointer away.
    Cancel,
}

/// What the page does about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told<Load> {
    Nothing,
    Lift,
    Drop(Load, usize),
    /// It stays where it was.
    PutBack,
}

impl<Load> Drag<Load> {
    /// What is in the hand.
    pub fn held(&self) -> Option<&Load> {
        match self {
            Self::Held { load, .. } => Some(load),
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// The next state and what to do.
    pub fn step(self, input: Input<Load>) -> (Self, Told<Load>) {
        match (self, input) {
            (Self::Idle, Input::Press { load, x, y }) => {
                (Self::Pressed { load, x, y }, Told::Nothing)
            }
            (
                Self::Pressed { load, x, y },
                Input::Point {
                    x: to_x,
                    y: to_y,
                    gap,
                },
            ) => {
                if (to_x - x).hypot(to_y - y) > THRESHOLD {
                    (Self::Held { load, gap }, Told::Lift)
                } else {
                    (Self::Pressed { load, x, y }, Told::Nothing)
                }
            }
            (Self::Pressed { .. }, Input::Release | Input::Cancel) => (Self::Idle, Told::Nothing),
            (Self::Held { load, .. }, Input::Point { gap, .. }) => {
                (Self::Held { load, gap }, Told::Nothing)
            }
            (Self::Held { load, gap }, Input::Release) => match gap {
                Some(gap) => (Self::Idle, Told::Drop(load, gap)),
                None => (Self::Idle, Told::PutBack),
            },
            (Self::Held { .. }, Input::Cancel) => (Self::Idle, Told::PutBack),
            (same, _) => (same, Told::Nothing),
        }
    }

    /// The item of so many at which the line is drawn that shows where it would be dropped, and on which side of it.
    pub fn mark(&self, items: usize) -> Option<(usize, Edge)> {
        let Self::Held { gap: Some(gap), .. } = self else {
            return None;
        };
        if *gap < items {
            return Some((*gap, Edge::Before));
        }
        Some((items.checked_sub(1)?, Edge::After))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Before,
    After,
}

impl Edge {
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// The gap at that height, given the top and the height of each item from the first to the last.
pub fn gap_at(y: f64, items: &[(f64, f64)]) -> usize {
    let above = items
        .iter()
        .take_while(|(top, height)| top + height / 2.0 < y);
    above.count()
}

/// Where an item comes to stand that goes from its place among so many into a gap; nothing where it stands there already.
pub fn place_in_gap(at: usize, gap: usize, items: usize) -> Option<usize> {
    let last = items.checked_sub(1)?;
    let to = last.min(if gap > at { gap - 1 } else { gap });
    (to != at).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press() -> Drag<u8> {
        let (load, x, y) = (7, 10.0, 10.0);
        Drag::default().step(Input::Press { load, x, y }).0
    }

    fn point(x: f64, gap: Option<usize>) -> Input<u8> {
        Input::Point { x, y: 10.0, gap }
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let (drag, told) = press().step(point(13.0, Some(1)));
        assert_eq!((drag.held(), told), (None, Told::Nothing));
        assert_eq!(drag.step(Input::Release), (Drag::Idle, Told::Nothing));
    }

    #[test]
    fn it_is_dropped_into_the_gap_that_it_is_over() {
        let (drag, told) = press().step(point(30.0, None));
        assert_eq!((drag.held(), told), (Some(&7), Told::Lift));
        let (drag, told) = drag.step(point(40.0, Some(2)));
        assert_eq!(told, Told::Nothing);
        assert_eq!(drag.step(Input::Release), (Drag::Idle, Told::Drop(7, 2)));
    }

    #[test]
    fn outside_the_list_or_by_escape_nothing_happens() {
        let held = || press().step(point(30.0, None)).0;
        assert_eq!(held().step(Input::Release), (Drag::Idle, Told::PutBack));
        let over = held().step(point(30.0, Some(0))).0;
        assert_eq!(over.step(Input::Cancel), (Drag::Idle, Told::PutBack));
    }

    #[test]
    fn the_line_stands_before_an_item_or_behind_the_last() {
        let at = |gap| Drag::Held { load: 7_u8, gap }.mark(8);
        assert_eq!(at(Some(0)), Some((0, Edge::Before)));
        assert_eq!(at(Some(8)), Some((7, Edge::After)));
        assert_eq!(at(None), None);
        assert_eq!(Drag::<u8>::Idle.mark(8), None);
        assert_eq!(press().step(point(30.0, Some(0))).0.mark(0), None);
    }

    #[test]
    fn the_gap_changes_in_the_middle_of_an_item() {
        let items = [(0.0, 40.0), (50.0, 100.0)];
        let gaps = [-5.0, 19.0, 21.0, 99.0, 101.0, 900.0].map(|y| gap_at(y, &items));
        assert_eq!(gaps, [0, 0, 1, 1, 2, 2]);
        assert_eq!(gap_at(10.0, &[]), 0);
    }

    #[test]
    fn the_gaps_on_both_sides_of_an_item_are_its_own_place() {
        assert_eq!(place_in_gap(2, 0, 4), Some(0));
        assert_eq!(place_in_gap(0, 3, 4), Some(2));
        assert_eq!((place_in_gap(1, 1, 4), place_in_gap(1, 2, 4)), (None, None));
        assert_eq!(place_in_gap(3, 99, 4), None);
        assert_eq!(place_in_gap(0, 0, 0), None);
    }
}
