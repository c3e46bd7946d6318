//! What is wrong with a group of fields, and the words for it.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum GroupFault {
    /// The group begins and does not end.
    NotEnded,
    /// A group ends that did not begin.
    NotBegun,
    /// The end has a condition of its own.
    EndHasCondition,
    Empty,
    /// It begins within the group of that title.
    Nested {
        group: String,
    },
    /// A page begins within the group of that title.
    PageWithin {
        group: String,
    },
    /// A repeating group stands within the group of that title.
    RowsWithin {
        group: String,
    },
}

impl GroupFault {
    pub(super) fn text(&self) -> String {
        match self {
            Self::NotEnded => {
                "The group has no end. Add one behind its last field, or remove the group."
                    .to_owned()
            }
            Self::NotBegun => "A group ends here that does not begin above. Remove this end."
                .to_owned(),
            Self::EndHasCondition => {
                "The end of a group has no condition. Clear it, and give it to the group\u{2019}s beginning."
                    .to_owned()
            }
            Self::Empty => {
                "The group has no fields. Put some between its beginning and its end, or remove it."
                    .to_owned()
            }
            Self::Nested { group } => format!(
                "It begins within the group \u{201c}{group}\u{201d}, and groups do not stand in one another. Move it out."
            ),
            Self::PageWithin { group } => format!(
                "It begins within the group \u{201c}{group}\u{201d}, which stands on one page. Move it out of the group."
            ),
            Self::RowsWithin { group } => format!(
                "Rows are a group of their own, and this one stands within the group \u{201c}{group}\u{201d}. Move it out."
            ),
        }
    }
}
