//! What could not be carried over from a file.

use super::super::{FieldKey, MAX_HELP, MAX_LABEL};

/// Enough to see what kind of file it is; a hostile one could fill a page with them.
const MAX_NOTES: usize = 50;

/// `path` is a JSON pointer; empty where the file is not what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub path: String,
    pub loss: Loss,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A form cannot say what stands there.
    LeftOut,
    /// No kind of field takes such an answer.
    NoKind,
    /// The format is not known: any text is taken.
    AnyText,
    /// Of a day with its time, the day.
    DayOnly,
    /// Its name cannot be a key.
    Renamed { key: FieldKey },
    /// The text was too long.
    Cut,
    /// Who must give a yes or a no need not say yes, as a required checkbox asks.
    NotRequired,
    /// The properties do not say what `x-dealboard` says, which is what counts.
    NotCompared,
    /// A condition looks at a tier that the program does not have.
    Tier { label: String, tier: String },
    /// And so many more.
    More { count: usize },
}

impl Note {
    /// What the designer reads.
    pub fn text(&self) -> String {
        let text = self.loss.text();
        if self.path.is_empty() {
            text
        } else {
            format!("{}: {text}", self.path)
        }
    }
}

impl Loss {
    fn text(&self) -> String {
        match self {
            Self::LeftOut => "left out, because a form cannot say it.".to_owned(),
            Self::NoKind => "left out, because no kind of field takes such an answer.".to_owned(),
            Self::AnyText => "the format is not known, so any text is taken.".to_owned(),
            Self::DayOnly => "the day is asked, without the time.".to_owned(),
            Self::Renamed { key } => format!("its key is \u{201c}{key}\u{201d} here."),
            Self::Cut => format!(
                "cut, because a label has {MAX_LABEL} characters at most and a help text {MAX_HELP}."
            ),
            Self::NotRequired => {
                "not required here, because a required checkbox must be ticked.".to_owned()
            }
            Self::NotCompared => {
                "not the same as x-dealboard, from which the form was read.".to_owned()
            }
            Self::Tier { label, tier } => format!(
                "\u{201c}{label}\u{201d} looks at the tier \u{201c}{tier}\u{201d}, which this program does not have. Change its condition."
            ),
            Self::More { count } => format!("And {count} more."),
        }
    }
}

#[derive(Default)]
pub(super) struct Notes {
    kept: Vec<Note>,
    more: usize,
}

impl Notes {
    pub(super) fn add(&mut self, path: String, loss: Loss) {
        if self.kept.len() < MAX_NOTES {
            self.kept.push(Note { path, loss });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    pub(super) fn into_list(mut self) -> Vec<Note> {
        if self.more > 0 {
            self.kept.push(Note {
                path: String::new(),
                loss: Loss::More { count: self.more },
            });
        }
        self.kept
    }
}
