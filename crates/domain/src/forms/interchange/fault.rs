//! Why a file is refused, and where in it.

use std::fmt;

use super::super::DefinitionFault;
use crate::size::size_limit;

/// `path` is a JSON pointer; empty for the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    pub path: String,
    pub reason: Refused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// In bytes.
    TooLarge {
        max: u32,
    },
    NotJson {
        line: usize,
        column: usize,
    },
    /// In levels.
    TooDeep {
        max: usize,
    },
    /// Two members of one object have the same name.
    NameTwice,
    /// There are no fields where a form has them.
    NoFields,
    TooManyFields {
        max: usize,
    },
    /// Written by a Dealboard that knows more than this one.
    Newer,
    /// What stands there is not what a form has there; in the words of the reader.
    Unreadable {
        why: String,
    },
    Faulty(Box<DefinitionFault>),
}

impl FileFault {
    pub(super) fn whole(reason: Refused) -> Self {
        Self::at(String::new(), reason)
    }

    pub(super) fn at(path: String, reason: Refused) -> Self {
        Self { path, reason }
    }

    /// What the designer reads: where, and what to do.
    pub fn text(&self) -> String {
        if self.path.is_empty() {
            self.reason.text()
        } else {
            format!("At {}: {}", self.path, self.reason.text())
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Refused {
    fn text(&self) -> String {
        match self {
            Self::TooLarge { max } => {
                format!("Choose a file of {} or less", size_limit(u64::from(*max)))
            }
            Self::NotJson { line, column } => {
                format!("The file is not JSON: it cannot be read from line {line}, column {column}")
            }
            Self::TooDeep { max } => {
                format!("More than {max} levels stand in each other here, which no form needs")
            }
            Self::NameTwice => "This name stands here twice. Remove one".to_owned(),
            Self::NoFields => "There are no fields here. Choose the file of a form, or a JSON Schema with properties".to_owned(),
            Self::TooManyFields { max } => {
                format!("A form can have {max} fields, and here are more. Remove some")
            }
            Self::Newer => "The file is of a newer Dealboard. Update this one, or take x-dealboard out of the file".to_owned(),
            Self::Unreadable { why } => format!("This cannot be read: {why}"),
            Self::Faulty(fault) => fault.text().trim_end_matches('.').to_owned(),
        }
    }
}
