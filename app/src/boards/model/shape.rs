//! How one person has their boards: which columns are collapsed.

use domain::StageId;
use serde::{Deserialize, Serialize};

/// More are forgotten, the oldest first: a cookie is short.
const MOST: usize = 24;

/// A taste, not a part of the board: kept by the browser, for all boards together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
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
            if let Ok(stage) = word.parse() {
                shape.collapse(stage, true);
            }
        }
        shape
    }

    /// In words that a cookie may hold.
    pub fn write(&self) -> String {
        let words: Vec<String> = self.collapsed.iter().map(StageId::to_string).collect();
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
