//! What a new version changes, in words: a sentence, a tag, the old beside the new.

use serde::{Deserialize, Serialize};

use super::{Change, Choice, Field, FieldKind, Requirement, What, problem_text::counted};

/// Options that are listed before the rest is only counted.
const LISTED: usize = 20;

/// What sort of change it is: a word that stands beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTag {
    Added,
    Removed,
    Retyped,
    MadeMandatory,
    MadeOptional,
    /// Whether it must be answered hangs on another condition than before.
    MandatoryWhen,
    Moved,
    Reworded,
    Options,
    Columns,
    Condition,
    Limits,
    Default,
    Settings,
}

impl ChangeTag {
    pub const ALL: [Self; 14] = [
        Self::Added,
        Self::Removed,
        Self::Retyped,
        Self::MadeMandatory,
        Self::MadeOptional,
        Self::MandatoryWhen,
        Self::Moved,
        Self::Reworded,
        Self::Options,
        Self::Columns,
        Self::Condition,
        Self::Limits,
        Self::Default,
        Self::Settings,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Retyped => "Retyped",
            Self::MadeMandatory => "Made mandatory",
            Self::MadeOptional => "Made optional",
            Self::MandatoryWhen => "Mandatory by condition",
            Self::Moved => "Moved",
            Self::Reworded => "Reworded",
            Self::Options => "Options",
            Self::Columns => "Columns",
            Self::Condition => "Condition",
            Self::Limits => "Limits",
            Self::Default => "Default",
            Self::Settings => "Settings",
        }
    }
}

/// One property of a changed field, old beside new; empty means none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub tag: ChangeTag,
    pub property: String,
    pub from: String,
    pub to: String,
}

impl Change {
    /// One sentence for each thing that changes about the field.
    pub fn texts(&self) -> Vec<String> {
        self.what
            .iter()
            .map(|what| what.text(&self.label))
            .collect()
    }

    /// Each once, in their own order.
    pub fn tags(&self) -> Vec<ChangeTag> {
        let mut tags: Vec<ChangeTag> = self.what.iter().map(What::tag).collect();
        tags.sort();
        tags.dedup();
        tags
    }

    pub fn differences(&self) -> Vec<Difference> {
        let each = |what: &What| match what {
            What::Column { change } => of_column(change),
            what => vec![self.difference(what)],
        };
        self.what.iter().flat_map(each).collect()
    }

    fn difference(&self, what: &What) -> Difference {
        let (property, from, to) = match what {
            What::Added => ("field", String::new(), in_short(self.after.as_ref())),
            What::Removed => ("field", in_short(self.before.as_ref()), String::new()),
            What::Moved { from, to } => ("place", place(from), place(to)),
            What::Renamed { from } => ("label", from.clone(), self.label.clone()),
            What::Changed { property, from, to } => (property.as_str(), from.clone(), to.clone()),
            What::Options { .. } => {
                let (from, to) = self.options();
                ("options", from, to)
            }
            What::Column { .. } | What::Other => {
                ("settings", "as they were".to_owned(), "changed".to_owned())
            }
        };
        Difference {
            tag: what.tag(),
            property: property.to_owned(),
            from,
            to,
        }
    }

    /// The options that differ; all of them, when only their order does.
    fn options(&self) -> (String, String) {
        let of = |field: &Option<Field>| {
            let options = field.as_ref().map(|field| field.kind.options());
            options.unwrap_or_default().to_vec()
        };
        let (old, new) = (of(&self.before), of(&self.after));
        let differing = |one: &[Choice], other: &[Choice]| {
            let differing = one.iter().filter(|option| !other.contains(option));
            differing.cloned().collect::<Vec<_>>()
        };
        let (gone, fresh) = (differing(&old, &new), differing(&new, &old));
        if gone.is_empty() && fresh.is_empty() {
            (listed(&old), listed(&new))
        } else {
            (listed(&gone), listed(&fresh))
        }
    }
}

fn of_column(change: &Change) -> Vec<Difference> {
    let named = |difference: Difference| Difference {
        tag: ChangeTag::Columns,
        property: format!(
            "column \u{201c}{}\u{201d}, {}",
            change.label, difference.property
        ),
        ..difference
    };
    change.differences().into_iter().map(named).collect()
}

/// How many fields each sort of change is about, in the order of the sorts; sorts without any are left out.
pub fn change_summary(changes: &[Change]) -> Vec<(ChangeTag, usize)> {
    let counts = ChangeTag::ALL.map(|tag| {
        let about = changes.iter().filter(|change| change.tags().contains(&tag));
        (tag, about.count())
    });
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn listed(options: &[Choice]) -> String {
    let labels = options.iter().map(|option| option.label.as_str());
    let text = labels.take(LISTED).collect::<Vec<_>>().join(", ");
    match options.len().saturating_sub(LISTED) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

/// What a partner would be asked.
fn in_short(field: Option<&Field>) -> String {
    let Some(field) = field else {
        return String::new();
    };
    let kind = field.kind.name().label();
    let needed = match field.required {
        Requirement::Never => "",
        Requirement::Always => ", mandatory",
        Requirement::When(_) => ", mandatory by condition",
    };
    match &field.kind {
        FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Computed { .. }
        | FieldKind::TextBlock { .. } => kind.to_owned(),
        _ => format!("{kind}{needed}"),
    }
}

fn place(after: &str) -> String {
    if after.is_empty() {
        "first".to_owned()
    } else {
        format!("after \u{201c}{after}\u{201d}")
    }
}

impl What {
    pub fn tag(&self) -> ChangeTag {
        match self {
            Self::Added => ChangeTag::Added,
            Self::Removed => ChangeTag::Removed,
            Self::Moved { .. } => ChangeTag::Moved,
            Self::Renamed { .. } => ChangeTag::Reworded,
            Self::Options { .. } => ChangeTag::Options,
            Self::Column { .. } => ChangeTag::Columns,
            Self::Other => ChangeTag::Settings,
            Self::Changed { property, to, .. } => match property.as_str() {
                "kind" => ChangeTag::Retyped,
                "required" => match to.as_str() {
                    "yes" => ChangeTag::MadeMandatory,
                    "no" => ChangeTag::MadeOptional,
                    _ => ChangeTag::MandatoryWhen,
                },
                "shown" | "options offered" => ChangeTag::Condition,
                "help" | "placeholder" | "text" => ChangeTag::Reworded,
                "default" | "filled in" | "filled from" => ChangeTag::Default,
                "shortest answer" | "longest answer" | "smallest" | "largest" | "pattern" => {
                    ChangeTag::Limits
                }
                _ => ChangeTag::Settings,
            },
        }
    }

    fn text(&self, label: &str) -> String {
        match self {
            Self::Added => format!("\u{201c}{label}\u{201d} is new"),
            Self::Removed => format!("\u{201c}{label}\u{201d} is removed"),
            Self::Moved { .. } => format!("\u{201c}{label}\u{201d} moves to another place"),
            Self::Renamed { from } => {
                format!("\u{201c}{from}\u{201d} is now called \u{201c}{label}\u{201d}")
            }
            Self::Changed { property, from, to } => format!(
                "\u{201c}{label}\u{201d}: {property} changes from {} to {}",
                quoted(from),
                quoted(to)
            ),
            Self::Options {
                added,
                removed,
                renamed,
                reordered,
            } => {
                let counts = [(added, "added"), (removed, "removed"), (renamed, "renamed")];
                let counts = counts.into_iter().filter(|(count, _)| **count > 0);
                let parts: Vec<String> = counts
                    .map(|(count, verb)| format!("{} {verb}", of_options(*count)))
                    .chain(reordered.then(|| "options in another order".to_owned()))
                    .collect();
                format!("\u{201c}{label}\u{201d}: {}", parts.join(", "))
            }
            Self::Column { change } => {
                format!(
                    "\u{201c}{label}\u{201d}, column {}",
                    change.texts().join("; ")
                )
            }
            Self::Other => format!("\u{201c}{label}\u{201d}: other settings change"),
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() {
        "none".to_owned()
    } else {
        format!("\u{201c}{text}\u{201d}")
    }
}

fn of_options(count: usize) -> String {
    counted(u64::try_from(count).unwrap_or(u64::MAX), "option")
}
