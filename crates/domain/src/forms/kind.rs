//! What a field takes.

use serde::{Deserialize, Serialize};

use super::{
    Rows,
    raw::{CURRENCY, UNTIL},
};
use crate::Currency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    /// `decimals`: digits allowed after the point; `unit` is shown behind the input ("seats").
    Number {
        decimals: u8,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    Money {
        currencies: Vec<Currency>,
    },
    /// `decimals`: digits allowed after the point. From 0 to 100 where the field has no limits of its own.
    Percent {
        decimals: u8,
    },
    Date,
    /// A first and a last day.
    DateRange,
    Select {
        options: Vec<Choice>,
    },
    /// Like a select, with every option in sight.
    Radio {
        options: Vec<Choice>,
    },
    MultiSelect {
        options: Vec<Choice>,
    },
    Checkbox,
    /// Two answers, `yes` and `no`, and none until one is given: an unticked box says no, an open question says nothing.
    YesNo,
    Email,
    Phone,
    Url,
    Country,
    /// `accept`: file name endings without the dot, lowercase; empty accepts every ending.
    File {
        max_bytes: u64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        accept: Vec<String>,
    },
    /// Several rows of the same columns.
    Rows(Rows),
    /// Text between fields; has no answer.
    Heading,
    /// Where a new page begins; has no answer. Its label is the page's title, and its condition holds for the whole page.
    PageBreak,
}

impl FieldKind {
    pub fn name(&self) -> KindName {
        match self {
            Self::Text => KindName::Text,
            Self::LongText => KindName::LongText,
            Self::Number { .. } => KindName::Number,
            Self::Money { .. } => KindName::Money,
            Self::Percent { .. } => KindName::Percent,
            Self::Date => KindName::Date,
            Self::DateRange => KindName::DateRange,
            Self::Select { .. } => KindName::Select,
            Self::Radio { .. } => KindName::Radio,
            Self::MultiSelect { .. } => KindName::MultiSelect,
            Self::Checkbox => KindName::Checkbox,
            Self::YesNo => KindName::YesNo,
            Self::Email => KindName::Email,
            Self::Phone => KindName::Phone,
            Self::Url => KindName::Url,
            Self::Country => KindName::Country,
            Self::File { .. } => KindName::File,
            Self::Rows(_) => KindName::Rows,
            Self::Heading => KindName::Heading,
            Self::PageBreak => KindName::PageBreak,
        }
    }

    /// The options of the kinds that the company lists them for; nothing for other kinds.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Select { options } | Self::Radio { options } | Self::MultiSelect { options } => {
                options
            }
            _ => &[],
        }
    }

    /// The same options, to be changed.
    pub fn options_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::Select { options } | Self::Radio { options } | Self::MultiSelect { options } => {
                Some(options)
            }
            _ => None,
        }
    }

    /// What each row asks, of a repeating group.
    pub fn rows(&self) -> Option<&Rows> {
        match self {
            Self::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn rows_mut(&mut self) -> Option<&mut Rows> {
        match self {
            Self::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    pub fn has_answer(&self) -> bool {
        !matches!(self, Self::Heading | Self::PageBreak)
    }

    /// What is posted beside the field's own name, as `name.part`.
    pub fn parts(&self) -> &'static [&'static str] {
        match self {
            Self::Money { .. } => &[CURRENCY],
            Self::DateRange => &[UNTIL],
            _ => &[],
        }
    }

    /// Whether its answer is a number that ranges speak about.
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Number { .. } | Self::Money { .. } | Self::Percent { .. }
        )
    }

    /// Whether its answer is made of days that ranges speak about.
    pub fn is_day(&self) -> bool {
        matches!(self, Self::Date | Self::DateRange)
    }

    /// Whether an answer is text that length limits and a mask speak about.
    pub fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Text | Self::LongText | Self::Email | Self::Phone | Self::Url
        )
    }
}

/// A kind without its details: for choosing one, and for saying that it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    Text,
    LongText,
    Number,
    Money,
    Percent,
    Date,
    DateRange,
    Select,
    Radio,
    MultiSelect,
    Checkbox,
    YesNo,
    Email,
    Phone,
    Url,
    Country,
    File,
    Rows,
    Heading,
    PageBreak,
}

impl KindName {
    pub const ALL: [Self; 20] = [
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Money,
        Self::Percent,
        Self::Date,
        Self::DateRange,
        Self::Select,
        Self::Radio,
        Self::MultiSelect,
        Self::Checkbox,
        Self::YesNo,
        Self::Email,
        Self::Phone,
        Self::Url,
        Self::Country,
        Self::File,
        Self::Rows,
        Self::Heading,
        Self::PageBreak,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "Short text",
            Self::LongText => "Long text",
            Self::Number => "Number",
            Self::Money => "Amount of money",
            Self::Percent => "Percentage",
            Self::Date => "Date",
            Self::DateRange => "First and last day",
            Self::Select => "One of a list",
            Self::Radio => "One of a few",
            Self::MultiSelect => "Several of a list",
            Self::Checkbox => "Checkbox",
            Self::YesNo => "Yes or no",
            Self::Email => "Email address",
            Self::Phone => "Phone number",
            Self::Url => "Web address",
            Self::Country => "Country",
            Self::File => "Files",
            Self::Rows => "Rows of fields",
            Self::Heading => "Heading",
            Self::PageBreak => "New page",
        }
    }
}

/// `value` is stored and never changes after publishing; `label` is what people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}
