//! Which column says what.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::guess::guess;
use crate::MembershipId;
use crate::forms::{Field, FieldKey, FieldKind, FormDefinition, Requirement, SystemField};
use crate::people::UnknownWord;

/// Columns of one file: 200 fields, amounts with two columns each.
pub const MAX_COLUMNS: usize = 450;

/// What a column says. As text (in forms, and stored): `partner`, `field:website`, `currency:value`...
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Nothing that is wanted.
    #[default]
    Ignore,
    /// The partner whose deal it is, by name or id.
    Partner,
    /// submitted, approved, declined, ineligible.
    Status,
    /// By name; a deal that lies in one is approved.
    Stage,
    LostReason,
    /// What the partner reads of a declined or ineligible deal.
    Reason,
    Field(FieldKey),
    /// The currency of an amount.
    Currency(FieldKey),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignore => f.write_str("ignore"),
            Self::Partner => f.write_str("partner"),
            Self::Status => f.write_str("status"),
            Self::Stage => f.write_str("stage"),
            Self::LostReason => f.write_str("lost_reason"),
            Self::Reason => f.write_str("reason"),
            Self::Field(key) => write!(f, "field:{key}"),
            Self::Currency(key) => write!(f, "currency:{key}"),
        }
    }
}

impl FromStr for Target {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let key = |key: &str| FieldKey::parse(key).map_err(|_| UnknownWord);
        Ok(match text {
            "ignore" | "" => Self::Ignore,
            "partner" => Self::Partner,
            "status" => Self::Status,
            "stage" => Self::Stage,
            "lost_reason" => Self::LostReason,
            "reason" => Self::Reason,
            _ => match text.split_once(':') {
                Some(("field", name)) => Self::Field(key(name)?),
                Some(("currency", name)) => Self::Currency(key(name)?),
                _ => return Err(UnknownWord),
            },
        })
    }
}

impl TryFrom<String> for Target {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

/// What a column can be, with how people call it; fields of files and of rows, headings and what is computed cannot come from a cell.
pub fn targets(form: &FormDefinition) -> Vec<(Target, String)> {
    let mut found = vec![
        (Target::Ignore, "Leave out".to_owned()),
        (Target::Partner, "Partner".to_owned()),
        (Target::Status, "Status".to_owned()),
        (Target::Stage, "Stage".to_owned()),
        (Target::LostReason, "Reason for losing".to_owned()),
        (Target::Reason, "Reason, as the partner reads it".to_owned()),
    ];
    for field in &form.fields {
        if !field.kind.is_asked()
            || matches!(field.kind, FieldKind::File { .. } | FieldKind::Rows(_))
        {
            continue;
        }
        found.push((Target::Field(field.key.clone()), field.label.clone()));
        if let FieldKind::Money { .. } = field.kind {
            let label = format!("{}: currency", field.label);
            found.push((Target::Currency(field.key.clone()), label));
        }
    }
    found
}

/// How a file is read, and what is done with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One for each column.
    pub targets: Vec<Target>,
    /// Whose deals they all are, where no column says it.
    #[serde(default)]
    pub partner: Option<MembershipId>,
    /// Rows about a customer that somebody is on already are left out.
    #[serde(default)]
    pub skip_doubles: bool,
    /// A deal in a stage of kind won is a confirmed win; else its win waits in the queue.
    #[serde(default)]
    pub confirm_wins: bool,
}

/// What keeps a mapping from being used, and the column at which it is mended, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    #[error("Two columns are \u{201c}{label}\u{201d}. Choose one of them")]
    Twice { label: String, place: usize },
    #[error("Choose the column that names the partner, or one partner for all rows")]
    NoPartner,
    #[error("Choose the column for \u{201c}{label}\u{201d}")]
    Needed { label: String, place: usize },
    #[error(
        "\u{201c}{label}\u{201d} has rows of its own, which no cell of a file can hold. Leave this column out"
    )]
    OfRows { label: String, place: usize },
    #[error("The form has changed. Choose the columns again")]
    Unknown { place: usize },
}

impl MappingFault {
    /// The input at which it is mended.
    pub fn input(&self) -> String {
        match self {
            Self::Twice { place, .. }
            | Self::Needed { place, .. }
            | Self::OfRows { place, .. }
            | Self::Unknown { place } => column_input(*place),
            Self::NoPartner => "partner".to_owned(),
        }
    }
}

/// What the input is called that says what a column is.
pub fn column_input(place: usize) -> String {
    format!("column-{place}")
}

impl Mapping {
    /// The columns of a target, by place.
    pub fn column(&self, target: &Target) -> Option<usize> {
        self.targets.iter().position(|known| known == target)
    }

    /// What every deal must answer and no column says, as the form calls it.
    pub fn unanswered(&self, form: &FormDefinition) -> Vec<String> {
        let is_always = |field: &&Field| {
            field.asks_partner()
                && form.always_shows(field)
                && matches!(field.required, Requirement::Always)
        };
        let fields = form.fields.iter().filter(is_always);
        fields
            .filter(|field| self.column(&Target::Field(field.key.clone())).is_none())
            .map(|field| field.label.clone())
            .collect()
    }

    /// Refuses what could not make a single deal. The headings say at which column that is mended.
    pub fn check(
        &self,
        form: &FormDefinition,
        headings: &[String],
    ) -> Result<(), Vec<MappingFault>> {
        let mut faults = self.misplaced(form);
        if self.partner.is_none() && self.column(&Target::Partner).is_none() {
            faults.push(MappingFault::NoPartner);
        }
        let guessed = guess(headings, form);
        for system in SystemField::NEEDED {
            let field = form.system(system);
            let target = field.map(|field| Target::Field(field.key.clone()));
            if target
                .as_ref()
                .and_then(|target| self.column(target))
                .is_none()
            {
                let label = field.map_or(system.label(), |field| field.label.as_str());
                faults.push(MappingFault::Needed {
                    label: label.to_owned(),
                    place: self.likely(target.as_ref(), &guessed),
                });
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// Columns that are something which the form does not ask for, or which another column is already.
    fn misplaced(&self, form: &FormDefinition) -> Vec<MappingFault> {
        let known = targets(form);
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for (place, target) in self.targets.iter().enumerate() {
            if *target == Target::Ignore {
                continue;
            }
            match known.iter().find(|(known, _)| known == target) {
                None => faults.push(unknown(target, form, place)),
                Some((_, label)) if !seen.insert(target) => {
                    let label = label.clone();
                    faults.push(MappingFault::Twice { label, place });
                }
                Some(_) => {}
            }
        }
        faults
    }

    /// The column that is probably meant: the one whose heading says so, or the first that is left out.
    fn likely(&self, target: Option<&Target>, guessed: &[Target]) -> usize {
        let meant = guessed.iter().position(|one| Some(one) == target);
        let left_out = || self.column(&Target::Ignore);
        meant.or_else(left_out).unwrap_or_default()
    }
}

fn unknown(target: &Target, form: &FormDefinition, place: usize) -> MappingFault {
    let field = match target {
        Target::Field(key) => form.field(key),
        _ => None,
    };
    match field.filter(|field| field.kind.rows().is_some()) {
        Some(field) => MappingFault::OfRows {
            label: field.label.clone(),
            place,
        },
        None => MappingFault::Unknown { place },
    }
}
