//! A condition: one subject, one operator. What stands between several of them is a [`super::Rule`].

use std::{cmp::Ordering, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    Answer, Bound, Context, FieldKey, FieldKind, ResultKind,
    decimal::{Decimal, MAX_SCALE},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub subject: Subject,
    pub operator: Operator,
}

/// Written as the field's key, or as `@tier` or `@partner_country`, which no key can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    Field(FieldKey),
    /// The partner's tier in the program, by its id's text form.
    Tier,
    /// The partner's country, ISO 3166 alpha-2.
    PartnerCountry,
}

/// Carries its own operand, so that no operator can stand without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Is(String),
    IsNot(String),
    OneOf(Vec<String>),
    Filled,
    Empty,
    AtLeast(Bound),
    AtMost(Bound),
}

/// An operator without its operand: for choosing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorKind {
    Is,
    IsNot,
    OneOf,
    Filled,
    Empty,
    AtLeast,
    AtMost,
}

impl OperatorKind {
    /// The operators that make sense for a kind of field.
    pub fn fitting(kind: &FieldKind) -> &'static [Self] {
        match kind {
            FieldKind::Heading
            | FieldKind::PageBreak
            | FieldKind::Group
            | FieldKind::GroupEnd
            | FieldKind::TextBlock { .. } => &[],
            FieldKind::File { .. } | FieldKind::DateRange | FieldKind::Address => {
                &[Self::Filled, Self::Empty]
            }
            FieldKind::Rows(_) => &[Self::Filled, Self::Empty, Self::AtLeast, Self::AtMost],
            FieldKind::Checkbox => &[Self::Is],
            FieldKind::YesNo => &[Self::Is, Self::Filled, Self::Empty],
            FieldKind::Number { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Computed {
                gives: ResultKind::Number,
                ..
            } => &[
                Self::AtLeast,
                Self::AtMost,
                Self::Is,
                Self::IsNot,
                Self::Filled,
                Self::Empty,
            ],
            FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Computed {
                gives: ResultKind::Money,
                ..
            } => &[Self::AtLeast, Self::AtMost, Self::Filled, Self::Empty],
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Select { .. }
            | FieldKind::Radio { .. }
            | FieldKind::MultiSelect { .. }
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Url
            | FieldKind::Country
            | FieldKind::Customer
            | FieldKind::Region { .. } => &[
                Self::Is,
                Self::IsNot,
                Self::OneOf,
                Self::Filled,
                Self::Empty,
            ],
        }
    }

    /// Between subject and operand in a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is not",
            Self::OneOf => "is one of",
            Self::Filled => "is answered",
            Self::Empty => "is not answered",
            Self::AtLeast => "is at least",
            Self::AtMost => "is at most",
        }
    }
}

impl Operator {
    pub fn kind(&self) -> OperatorKind {
        match self {
            Self::Is(_) => OperatorKind::Is,
            Self::IsNot(_) => OperatorKind::IsNot,
            Self::OneOf(_) => OperatorKind::OneOf,
            Self::Filled => OperatorKind::Filled,
            Self::Empty => OperatorKind::Empty,
            Self::AtLeast(_) => OperatorKind::AtLeast,
            Self::AtMost(_) => OperatorKind::AtMost,
        }
    }

    /// The texts that an answer is compared with.
    pub fn operands(&self) -> Vec<String> {
        match self {
            Self::Is(one) | Self::IsNot(one) => vec![one.clone()],
            Self::OneOf(many) => many.clone(),
            Self::Filled | Self::Empty => Vec::new(),
            Self::AtLeast(bound) | Self::AtMost(bound) => vec![bound.to_string()],
        }
    }
}

impl Condition {
    pub fn on(key: &FieldKey, operator: Operator) -> Self {
        Self {
            subject: Subject::Field(key.clone()),
            operator,
        }
    }

    /// The field that this looks at, if it looks at one.
    pub fn field(&self) -> Option<&FieldKey> {
        match &self.subject {
            Subject::Field(key) => Some(key),
            Subject::Tier | Subject::PartnerCountry => None,
        }
    }

    /// Whether it holds, given the answers of the visible fields above.
    pub(crate) fn holds(&self, above: &BTreeMap<FieldKey, Answer>, context: &Context) -> bool {
        match &self.subject {
            Subject::Field(key) => answer_meets(above.get(key), &self.operator, context),
            Subject::Tier => {
                let tier = context.tier.map(|t| Answer::Choice(t.to_string()));
                answer_meets(tier.as_ref(), &self.operator, context)
            }
            Subject::PartnerCountry => {
                let country = context.partner_country.clone().map(Answer::Choice);
                answer_meets(country.as_ref(), &self.operator, context)
            }
        }
    }
}

fn answer_meets(answer: Option<&Answer>, operator: &Operator, context: &Context) -> bool {
    let filled = answer.filter(|a| !a.is_blank());
    match operator {
        Operator::Empty => filled.is_none(),
        Operator::Filled => filled.is_some(),
        Operator::Is(value) => answer.is_some_and(|a| equals(a, value)),
        Operator::IsNot(value) => answer.is_some_and(|a| !equals(a, value)),
        Operator::OneOf(values) => answer.is_some_and(|a| values.iter().any(|v| equals(a, v))),
        Operator::AtLeast(bound) => {
            filled.is_some_and(|a| compare(a, *bound, context).is_some_and(Ordering::is_ge))
        }
        Operator::AtMost(bound) => {
            filled.is_some_and(|a| compare(a, *bound, context).is_some_and(Ordering::is_le))
        }
    }
}

fn equals(answer: &Answer, value: &str) -> bool {
    match answer {
        Answer::Text(text) | Answer::Customer { name: text, .. } => alike(text, value.trim()),
        Answer::Choice(own) => own == value,
        Answer::Choices(own) => own.iter().any(|c| c == value),
        Answer::Flag(flag) => value == if *flag { "yes" } else { "no" },
        Answer::Number(number) => Decimal::read(value, MAX_SCALE) == Some(*number),
        Answer::Date(date) => date.to_string() == value,
        Answer::Money(_)
        | Answer::Days { .. }
        | Answer::Files(_)
        | Answer::Address(_)
        | Answer::Rows(_) => false,
    }
}

/// Whatever case they are written in.
fn alike(one: &str, other: &str) -> bool {
    // No letter grows or shrinks more than threefold: texts of quite other lengths differ, and are not copied to see that.
    // So a long answer costs no more than the definition of what it is compared with.
    let far = |one: &str, other: &str| one.len() > other.len().saturating_mul(9);
    !far(one, other) && !far(other, one) && one.to_lowercase() == other.to_lowercase()
}

fn compare(answer: &Answer, bound: Bound, context: &Context) -> Option<Ordering> {
    match answer {
        Answer::Number(number) => bound.number().map(|b| number.cmp(&b)),
        Answer::Money(money) => bound.number().map(|b| super::limits::major(*money).cmp(&b)),
        Answer::Date(date) => bound.date(context.today).map(|b| date.cmp(&b)),
        Answer::Rows(rows) => {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            bound.number().map(|b| Decimal::new(count, 0).cmp(&b))
        }
        Answer::Text(_)
        | Answer::Choice(_)
        | Answer::Choices(_)
        | Answer::Flag(_)
        | Answer::Days { .. }
        | Answer::Files(_)
        | Answer::Customer { .. }
        | Answer::Address(_) => None,
    }
}

impl TryFrom<String> for Subject {
    type Error = super::BadFieldKey;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "@tier" => Ok(Self::Tier),
            "@partner_country" => Ok(Self::PartnerCountry),
            key => FieldKey::parse(key).map(Self::Field),
        }
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Field(key) => key.as_str(),
            Self::Tier => "@tier",
            Self::PartnerCountry => "@partner_country",
        })
    }
}
