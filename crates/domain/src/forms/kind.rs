//! What a field takes.

use serde::{Deserialize, Serialize};

use super::{
    AddressPart, FieldKey, ResultKind, Rows, USUAL_FILES, expression,
    raw::{CURRENCY, CUSTOMER_ID, UNTIL},
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
    /// `accept`: file name endings without the dot, lowercase; empty accepts every ending. `most`: how many files.
    File {
        max_bytes: u64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        accept: Vec<String>,
        #[serde(default = "usual_files", skip_serializing_if = "is_usual_files")]
        most: u8,
    },
    /// Several rows of the same columns.
    Rows(Rows),
    /// Text between fields; has no answer.
    Heading,
    /// Where a new page begins; has no answer. Its label is the page's title, and its condition holds for the whole page.
    PageBreak,
    /// Worked out of earlier answers, and never typed. `decimals`: digits of a number after the point; an
    /// amount has those of its currency.
    Computed {
        expression: String,
        gives: ResultKind,
        decimals: u8,
    },
    /// A region of the country that the field of that key answers, above this one: from a list, or as text where the country's
    /// regions are not listed.
    Region {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<FieldKey>,
    },
    /// Five inputs: street, postcode, city, region, country.
    Address,
    /// Text between fields, in a little Markdown; has no answer. Its label is for whoever designs
    /// the form.
    TextBlock {
        text: String,
    },
    /// Where a group of fields begins; has no answer. Its label is the group's title, and its condition holds for the whole
    /// group.
    Group,
    /// Where the group ends that began above; says nothing itself.
    GroupEnd,
    /// A customer that is known to whoever answers, or the name of another business.
    Customer,
}

fn usual_files() -> u8 {
    USUAL_FILES
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a reference over"
)]
fn is_usual_files(most: &u8) -> bool {
    *most == USUAL_FILES
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
            Self::Computed { .. } => KindName::Computed,
            Self::Region { .. } => KindName::Region,
            Self::Address => KindName::Address,
            Self::TextBlock { .. } => KindName::TextBlock,
            Self::Group => KindName::Group,
            Self::GroupEnd => KindName::GroupEnd,
            Self::Customer => KindName::Customer,
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
        !matches!(
            self,
            Self::Heading | Self::PageBreak | Self::TextBlock { .. } | Self::Group | Self::GroupEnd
        )
    }

    /// Whether it is one of the two marks between which a group stands.
    pub fn marks_group(&self) -> bool {
        self.name().marks_group()
    }

    /// Whether people answer it: what is computed has an answer that nobody gives.
    pub fn is_asked(&self) -> bool {
        self.has_answer() && !matches!(self, Self::Computed { .. })
    }

    /// The fields whose answers this one needs, beside those that its rules look at; as often as they are named.
    pub fn looks_at(&self) -> Vec<FieldKey> {
        match self {
            Self::Computed { expression, .. } => expression::names(expression),
            Self::Region { country } => country.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Follows a field to its new key.
    pub fn rename_field(&mut self, from: &FieldKey, to: &FieldKey) {
        match self {
            Self::Computed { expression, .. } => {
                *expression = expression::renamed(expression, from, to);
            }
            Self::Region { country } if country.as_ref() == Some(from) => {
                *country = Some(to.clone());
            }
            _ => {}
        }
    }

    /// What is posted beside the field's own name, as `name.part`.
    pub fn parts(&self) -> &'static [&'static str] {
        match self {
            Self::Money { .. } => &[CURRENCY],
            Self::DateRange => &[UNTIL],
            Self::Address => &AddressPart::NAMES,
            Self::Customer => &[CUSTOMER_ID],
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
    Computed,
    Region,
    Address,
    TextBlock,
    Group,
    GroupEnd,
    Customer,
}

impl KindName {
    pub const ALL: [Self; 27] = [
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
        Self::Computed,
        Self::Region,
        Self::Address,
        Self::TextBlock,
        Self::Group,
        Self::GroupEnd,
        Self::Customer,
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
            Self::Computed => "Computed number",
            Self::Region => "Region of a country",
            Self::Address => "Address",
            Self::TextBlock => "Text block",
            Self::Group => "Group of fields",
            Self::GroupEnd => "End of a group",
            Self::Customer => "Customer",
        }
    }

    /// Whether it is one of the two marks between which a group stands.
    pub fn marks_group(self) -> bool {
        matches!(self, Self::Group | Self::GroupEnd)
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
