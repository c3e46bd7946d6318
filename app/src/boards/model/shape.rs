//! How one person has their boards: how much a card shows, and which columns are collapsed.

use domain::StageId;
use domain::forms::MAX_CARD_FIELDS;
use serde::{Deserialize, Serialize};

use super::BoardModel;
use super::window::CARD_GAP;

/// More are forgotten, the oldest first: a cookie is short.
const MOST: usize = 24;

/// How much a card shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Density {
    #[default]
    Comfortable,
    /// The customer, and one line with the value and the facts.
    Compact,
}

impl Density {
    const COMPACT: &'static str = "compact";

    /// As the page's attribute and the cookie have it.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Comfortable => None,
            Self::Compact => Some(Self::COMPACT),
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Comfortable => Self::Compact,
            Self::Compact => Self::Comfortable,
        }
    }

    /// `--card-height-comfortable`, `--card-line` and `--card-height-compact` in CSS pixels (style/tokens/scale.css).
    fn card_height(self, lines: u8) -> f64 {
        match self {
            Self::Comfortable => 76.0 + 20.0 * f64::from(lines),
            Self::Compact => 56.0,
        }
    }
}

impl BoardModel {
    /// How many answers cards have room for: the same for all, answered or not.
    pub fn card_lines(&self) -> u8 {
        u8::try_from(self.fact_labels.len().min(MAX_CARD_FIELDS)).unwrap_or_default()
    }

    /// The one height that all cards have, in CSS pixels.
    pub fn card_height(&self) -> f64 {
        self.shape.density.card_height(self.card_lines())
    }

    /// From one card's top to the next one's.
    pub fn pitch(&self) -> f64 {
        self.card_height() + CARD_GAP
    }
}

/// A taste, not a part of the board: kept by the browser, for all boards together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub density: Density,
    /// In the order in which they were collapsed.
    collapsed: Vec<StageId>,
}

impl Shape {
    pub fn is_collapsed(&self, stage: StageId) -> bool {
        self.collapsed.contains(&stage)
    }

    pub fn collapse(&mut self, stage: StageId, collapsed: bool) {
        self.collapsed.retain(|known| *known != stage);
        if collapsed {
            self.collapsed.push(stage);
        }
        let beyond = self.collapsed.len().saturating_sub(MOST);
        self.collapsed.drain(..beyond);
    }

    /// As [`Self::write`] wrote it; what it does not know is left out.
    pub fn read(text: &str) -> Self {
        let mut shape = Self::default();
        for word in text.split('.') {
            if word == Density::COMPACT {
                shape.density = Density::Compact;
            } else if let Ok(stage) = word.parse() {
                shape.collapse(stage, true);
            }
        }
        shape
    }

    /// In words that a cookie may hold.
    pub fn write(&self) -> String {
        let density = self.density.word().map(ToOwned::to_owned);
        let collapsed = self.collapsed.iter().map(StageId::to_string);
        let words: Vec<String> = density.into_iter().chain(collapsed).collect();
        words.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stage(number: u128) -> StageId {
        StageId(Uuid::from_u128(number))
    }

    #[test]
    fn what_was_written_is_read_and_nonsense_is_left_out() {
        let mut shape = Shape::default();
        assert_eq!(shape.write(), "");
        shape.collapse(stage(2), true);
        shape.collapse(stage(1), true);
        assert_eq!(Shape::read(&shape.write()), shape);
        shape.density = shape.density.other();
        assert_eq!(Shape::read(&shape.write()), shape);
        shape.density = shape.density.other();
        assert_eq!(
            Shape::read(&format!("x.{};deal_1", shape.write())).write(),
            stage(2).to_string()
        );
        assert_eq!(Shape::read(""), Shape::default());
    }

    #[test]
    fn a_column_is_collapsed_until_it_is_opened() {
        let mut shape = Shape::default();
        shape.collapse(stage(1), true);
        shape.collapse(stage(1), true);
        assert!(shape.is_collapsed(stage(1)) && !shape.is_collapsed(stage(2)));
        shape.collapse(stage(1), false);
        assert_eq!(shape, Shape::default());
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut shape = Shape::default();
        for number in 0..30 {
            shape.collapse(stage(number), true);
        }
        assert!(!shape.is_collapsed(stage(5)) && shape.is_collapsed(stage(6)));
        // A browser keeps 4,096 bytes of a cookie.
        assert!(shape.write().len() < 1_000, "{}", shape.write().len());
    }
}
