//! What could be better in a form, and the words for it. Unlike a fault, a hint keeps nothing from being published.

use super::{FieldKey, problem_text::counted};

/// `field` is the field that it is about, or nothing when it is about the form as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub field: Option<FieldKey>,
    /// Its label, so that the hint reads well without the form at hand.
    pub label: String,
    pub what: HintKind,
}

/// `condition` is always the condition in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// So many fields must be answered by everybody.
    ManyNeeded {
        count: usize,
    },
    NeverShown {
        condition: String,
    },
    AlwaysShown {
        condition: String,
    },
    NeverNeeded {
        condition: String,
    },
    AlwaysNeeded {
        condition: String,
    },
    /// An option that is never offered.
    NeverOffered {
        option: String,
        condition: String,
    },
    /// What a default would fill in, and never does.
    NeverFilledIn {
        value: String,
        condition: String,
    },
    /// Two labels of one list that look like one thing, and how many more such pairs there are.
    OptionsAlike {
        first: String,
        second: String,
        more: usize,
    },
    /// A field above has this label too.
    LabelTwice,
    PersonalWithoutHelp,
    LongTextWithoutHelp,
    /// It is shown by an answer that the company gives later.
    WaitsForCompany {
        label: String,
    },
}

impl Hint {
    /// What the designer reads: which field, what could be better, what to do.
    pub fn text(&self) -> String {
        let text = self.what.text();
        match &self.field {
            Some(key) if self.label.is_empty() => format!("{key}: {text}"),
            Some(_) => format!("{}: {text}", self.label),
            None => text,
        }
    }
}

impl HintKind {
    fn text(&self) -> String {
        match self {
            Self::ManyNeeded { count } => format!(
                "{count} fields must always be answered. The more a form demands, the fewer registrations come: make those voluntary that can wait until after approval."
            ),
            Self::NeverShown { condition } => format!(
                "Partners never see it, because \u{201c}{condition}\u{201d} cannot come true. Choose another condition, or change the field that it looks at."
            ),
            Self::AlwaysShown { condition } => format!(
                "Its condition \u{201c}{condition}\u{201d} always comes true. Show the field always, or choose another condition."
            ),
            Self::NeverNeeded { condition } => format!(
                "Its answer is never needed, because \u{201c}{condition}\u{201d} cannot come true. Choose another condition, or make the answer voluntary."
            ),
            Self::AlwaysNeeded { condition } => format!(
                "Its answer is always needed, because \u{201c}{condition}\u{201d} always comes true. Say so, or choose another condition."
            ),
            Self::NeverOffered { option, condition } => format!(
                "\u{201c}{option}\u{201d} is never offered, because \u{201c}{condition}\u{201d} cannot come true. Choose another condition, or remove the option."
            ),
            Self::NeverFilledIn { value, condition } => format!(
                "\u{201c}{value}\u{201d} is never filled in, because \u{201c}{condition}\u{201d} cannot come true. Choose another condition, or remove it."
            ),
            Self::OptionsAlike {
                first,
                second,
                more,
            } => alike(first, second, *more),
            Self::LabelTwice => {
                "Another field has the same label. Rename one, so that partners and exports can tell them apart.".to_owned()
            }
            Self::PersonalWithoutHelp => {
                "It asks for a person\u{2019}s details. Say in its help what they are needed for.".to_owned()
            }
            Self::WaitsForCompany { label } => format!(
                "It is shown by the answer to \u{201c}{label}\u{201d}, which the company gives after the registration: whoever registers is not asked. Choose another condition, or let partners edit that field."
            ),
            Self::LongTextWithoutHelp => {
                "A large empty box puts people off. Say in its help what belongs there, and how much of it.".to_owned()
            }
        }
    }
}

fn alike(first: &str, second: &str, more: usize) -> String {
    let others = if more == 0 {
        String::new()
    } else {
        let pairs = counted(u64::try_from(more).unwrap_or(u64::MAX), "more pair");
        format!(" (and {pairs})")
    };
    format!(
        "The options \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d} look alike{others}. If they mean the same, keep one."
    )
}
