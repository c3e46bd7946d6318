//! A list under a search box, as ARIA's combobox has it: what keys do, what a search finds, and which of many options are drawn.
//! Knows no page and nothing of what is chosen.

use std::ops::Range;

use domain::text::fold;

/// Options that Page Up and Page Down pass.
const PAGE: usize = 8;
/// Options drawn beyond what is in sight, above and below.
const BEYOND: usize = 8;
/// More options than these are never in sight at once.
const IN_SIGHT: usize = 12;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Combo {
    pub open: bool,
    /// The place in the list of the option that Enter would choose.
    pub active: Option<usize>,
}

/// What the keys depend on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// Options in the list now.
    pub count: usize,
    /// The place of what is chosen, where the list begins when it is opened.
    pub at: Option<usize>,
    pub is_chosen: bool,
    pub is_typed: bool,
    /// Several may be chosen.
    pub several: bool,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing of ours: the browser does what it does.
    Nothing,
    /// The list has moved, opened or closed.
    Moved,
    /// The option at that place.
    Choose(usize),
    /// What is chosen is to go.
    Clear,
    /// Of several the last is to go.
    RemoveLast,
}

impl Combo {
    /// The list after somebody typed: what was found first is ready for Enter.
    pub fn typed(count: usize, is_typed: bool) -> Self {
        Self {
            open: true,
            active: (is_typed && count > 0).then_some(0),
        }
    }

    /// The list after the key, and what is to be done.
    pub fn press(self, key: &str, around: Around) -> (Self, Asked) {
        let last = around.count.checked_sub(1);
        let to = |active: Option<usize>| {
            let open = Self { open: true, active };
            (open, Asked::Moved)
        };
        let closed = Self::default();
        let active = self.active.filter(|at| *at < around.count);
        match (key, active) {
            ("ArrowDown", _) if !self.open => to(around.at.or(last.map(|_| 0))),
            ("ArrowUp", _) if !self.open => to(around.at.or(last)),
            ("ArrowDown", Some(at)) if Some(at) != last => to(Some(at + 1)),
            ("ArrowDown", _) => to(last.map(|_| 0)),
            ("ArrowUp", Some(at)) if at > 0 => to(Some(at - 1)),
            ("ArrowUp", _) => to(last),
            ("PageDown", Some(at)) if self.open => to(last.map(|last| last.min(at + PAGE))),
            ("PageUp", Some(at)) if self.open => to(Some(at.saturating_sub(PAGE))),
            // Without an option they are for the text.
            ("Home", Some(_)) if self.open => to(Some(0)),
            ("End", Some(_)) if self.open => to(last),
            ("Enter", Some(at)) if self.open && around.several => (self, Asked::Choose(at)),
            ("Enter", Some(at)) if self.open => (closed, Asked::Choose(at)),
            ("Enter" | "Escape", _) if self.open => (closed, Asked::Moved),
            ("Escape", _) if !around.several && around.is_chosen => (closed, Asked::Clear),
            ("Backspace", _) if around.several && around.is_chosen && !around.is_typed => {
                (self, Asked::RemoveLast)
            }
            _ => (self, Asked::Nothing),
        }
    }
}

/// The places of the labels in which each word of the query stands; those that begin with it come first. Labels are folded.
pub fn found(labels: &[String], query: &str) -> Vec<usize> {
    let query = fold(query);
    let words: Vec<&str> = query.split(' ').collect();
    let places = labels.iter().enumerate();
    let fitting = places.filter(|(_, label)| words.iter().all(|word| label.contains(word)));
    let (first, rest): (Vec<_>, Vec<_>) =
        fitting.partition(|(_, label)| label.starts_with(query.as_str()));
    let both = first.into_iter().chain(rest);
    both.map(|(place, _)| place).collect()
}

/// The options to draw of `count`, when `top` pixels are scrolled away and each is `row` pixels high.
pub fn drawn(count: usize, top: i32, row: i32) -> Range<usize> {
    let above = usize::try_from(top / row.max(1)).unwrap_or(0);
    let first = above.saturating_sub(BEYOND).min(count);
    let last = (above + IN_SIGHT + BEYOND).min(count);
    first..last
}

/// How far to scroll so that the option is in sight: as little as that takes.
pub fn scrolled_to(at: usize, top: i32, sight: i32, row: i32) -> i32 {
    let begins = i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(row);
    let ends = begins.saturating_add(row);
    if begins < top {
        begins
    } else if ends > top.saturating_add(sight) {
        ends.saturating_sub(sight)
    } else {
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(count: usize) -> Around {
        Around {
            count,
            ..Around::default()
        }
    }

    fn open(at: usize) -> Combo {
        Combo {
            open: true,
            active: Some(at),
        }
    }

    #[test]
    fn arrows_open_move_and_go_round() {
        let closed = Combo::default();
        let press = |combo: Combo, key: &str| combo.press(key, around(3)).0;
        assert_eq!(press(closed, "ArrowDown"), open(0));
        assert_eq!(press(closed, "ArrowUp"), open(2));
        assert_eq!(press(open(0), "ArrowDown"), open(1));
        assert_eq!(press(open(2), "ArrowDown"), open(0));
        assert_eq!(press(open(0), "ArrowUp"), open(2));
        assert_eq!(press(open(1), "Home"), open(0));
        assert_eq!(press(open(1), "End"), open(2));
        assert_eq!(press(open(0), "PageDown"), open(2));
        assert_eq!(press(open(2), "PageUp"), open(0));
        // What a shorter list does not have any more is not moved from.
        assert_eq!(press(open(7), "ArrowDown"), open(0));
        let at = Around {
            at: Some(1),
            ..around(3)
        };
        assert_eq!(closed.press("ArrowDown", at).0, open(1));
    }

    #[test]
    fn enter_chooses_only_what_is_there() {
        assert_eq!(
            open(1).press("Enter", around(3)),
            (Combo::default(), Asked::Choose(1))
        );
        let several = Around {
            several: true,
            ..around(3)
        };
        assert_eq!(open(1).press("Enter", several), (open(1), Asked::Choose(1)));
        assert_eq!(
            open(7).press("Enter", around(3)),
            (Combo::default(), Asked::Moved)
        );
        let closed = Combo::default();
        // The form is sent.
        assert_eq!(closed.press("Enter", around(3)), (closed, Asked::Nothing));
    }

    #[test]
    fn an_empty_list_has_nothing_to_choose() {
        for key in ["ArrowDown", "ArrowUp", "PageDown", "Home", "End"] {
            for combo in [Combo::default(), open(0), Combo::typed(0, true)] {
                assert_eq!(
                    combo
                        .press(key, around(0))
                        .0
                        .active
                        .filter(|_| key.starts_with("Arrow")),
                    None,
                    "{key}"
                );
            }
        }
        assert_eq!(Combo::typed(0, true).active, None);
        assert_eq!(Combo::typed(3, true), open(0));
        assert_eq!(Combo::typed(3, false).active, None);
    }

    #[test]
    fn escape_closes_first_and_clears_then() {
        let chosen = Around {
            is_chosen: true,
            ..around(3)
        };
        let closed = Combo::default();
        assert_eq!(open(0).press("Escape", chosen), (closed, Asked::Moved));
        assert_eq!(closed.press("Escape", chosen), (closed, Asked::Clear));
        assert_eq!(closed.press("Escape", around(3)), (closed, Asked::Nothing));
    }

    #[test]
    fn backspace_takes_the_last_of_several_where_nothing_is_typed() {
        let several = Around {
            is_chosen: true,
            several: true,
            ..around(3)
        };
        let closed = Combo::default();
        assert_eq!(closed.press("Backspace", several).1, Asked::RemoveLast);
        let typed = Around {
            is_typed: true,
            ..several
        };
        assert_eq!(closed.press("Backspace", typed).1, Asked::Nothing);
        let one = Around {
            several: false,
            ..several
        };
        assert_eq!(closed.press("Backspace", one).1, Asked::Nothing);
    }

    #[test]
    fn each_word_is_found_whatever_its_accents() {
        let labels = ["M\u{fc}ller North", "North M\u{fc}ller", "S\u{e3}o Paulo"].map(fold);
        assert_eq!(found(&labels, "MUELLER"), [0, 1]);
        assert_eq!(found(&labels, "north"), [1, 0]);
        assert_eq!(found(&labels, "muel nor"), [0, 1]);
        assert_eq!(found(&labels, "sao"), [2]);
        assert_eq!(found(&labels, ""), [0, 1, 2]);
        assert!(found(&labels, "nobody").is_empty());
    }

    #[test]
    fn few_of_many_are_drawn_and_the_active_one_among_them() {
        let (row, sight) = (44, 288);
        for at in [0, 7, 2_500, 4_999] {
            let top = scrolled_to(at, 0, sight, row);
            let range = drawn(5_000, top, row);
            assert!(range.contains(&at) && range.len() <= 28, "{at}: {range:?}");
        }
        assert_eq!(drawn(3, 0, row), 0..3);
        assert_eq!(drawn(0, 900, row), 0..0);
        // What is in sight moves nothing.
        assert_eq!(scrolled_to(3, 88, sight, row), 88);
        assert_eq!(scrolled_to(0, 88, sight, row), 0);
    }
}
