//! Saved views: addresses of a program's board or list that a person keeps under a name, alone or for the own team.

use serde::{Deserialize, Serialize};

use crate::SavedViewId;
use crate::text::clean_line;

/// Characters of a name.
pub const MAX_NAME: usize = 60;
/// Views that one person keeps on one side of a program.
pub const MAX_VIEWS: usize = 50;
/// Bytes of a kept query: what people search for is short.
pub const MAX_QUERY: usize = 2_000;

/// Keeps what the board or list shows now under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveView {
    pub name: String,
    /// `?mine=1&view=list`, as the filter writes it; empty when nothing is narrowed. The door makes it, nobody types it.
    pub query: String,
    /// With everybody of the own team in this program.
    pub shared: bool,
}

/// Renames one's own view, shares it or takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    pub view: SavedViewId,
    pub name: String,
    pub shared: bool,
}

/// A view that somebody may use: their own, or one that a colleague shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    pub query: String,
    pub shared: bool,
    /// The colleague whose it is; `None`: one's own.
    pub owner: Option<String>,
    pub may_delete: bool,
}

/// The name as it is kept, or what is wrong with it.
pub fn check_name(text: &str) -> Result<String, &'static str> {
    let name = clean_line(text);
    match name.chars().count() {
        0 => Err("Enter a name"),
        1..=MAX_NAME => Ok(name),
        _ => Err("Shorten the name to 60 characters or fewer"),
    }
}

/// What a person's names are told apart by: capital letters do not count.
pub fn fold_name(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_1_to_60_characters_once_it_is_trimmed() {
        assert_eq!(check_name("  This  quarter "), Ok("This quarter".into()));
        assert!(check_name(" \u{200b} ").is_err());
        assert!(check_name(&"\u{e9}".repeat(60)).is_ok());
        assert!(check_name(&"x".repeat(61)).is_err());
        assert_eq!(MAX_NAME, 60);
    }

    #[test]
    fn capital_letters_tell_no_names_apart() {
        assert_eq!(fold_name("\u{dc}BER 10k"), fold_name("\u{fc}ber 10K"));
        assert_ne!(fold_name("Q1"), fold_name("Q1!"));
    }
}
