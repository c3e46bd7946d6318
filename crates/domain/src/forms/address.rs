//! Where a business is, in the five parts that people know it by.

use serde::{Deserialize, Serialize};

use super::{
    Answer, Field, FieldProblem,
    address_spread::{country_code, spread},
    clean::{Lines, clean},
    country_name,
};

/// A part that nobody filled in is empty. Its JSON is stored with the deal and never changes meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// One line or several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// As people write it: no code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// ISO 3166 alpha-2.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressPart {
    Street,
    Postcode,
    City,
    Region,
    Country,
}

impl AddressPart {
    pub const ALL: [Self; 5] = [
        Self::Street,
        Self::Postcode,
        Self::City,
        Self::Region,
        Self::Country,
    ];
    /// Their names, in the same order.
    pub const NAMES: [&'static str; 5] = ["street", "postcode", "city", "region", "country"];

    /// What it is posted as, behind the field's key and a point.
    pub fn name(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::Region => "region",
            Self::Country => "country",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Street => "Street",
            Self::Postcode => "Postcode",
            Self::City => "City",
            Self::Region => "Region",
            Self::Country => "Country",
        }
    }

    /// Without these nobody finds the place. A postcode is not everywhere, and neither is a region.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Street | Self::City | Self::Country)
    }

    /// In characters.
    fn most(self) -> u32 {
        match self {
            Self::Street => 300,
            Self::Postcode => 20,
            Self::City | Self::Region | Self::Country => 100,
        }
    }
}

/// What is wrong with one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFault {
    pub part: AddressPart,
    pub what: PartProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartProblem {
    Missing,
    /// In characters.
    TooLong {
        max: u32,
    },
    ForbiddenCharacter,
    UnknownCountry,
}

impl Address {
    pub fn part(&self, part: AddressPart) -> &str {
        match part {
            AddressPart::Street => &self.street,
            AddressPart::Postcode => &self.postcode,
            AddressPart::City => &self.city,
            AddressPart::Region => &self.region,
            AddressPart::Country => &self.country,
        }
    }

    pub fn set(&mut self, part: AddressPart, text: String) {
        let own = match part {
            AddressPart::Street => &mut self.street,
            AddressPart::Postcode => &mut self.postcode,
            AddressPart::City => &mut self.city,
            AddressPart::Region => &mut self.region,
            AddressPart::Country => &mut self.country,
        };
        *own = text;
    }

    pub fn is_empty(&self) -> bool {
        AddressPart::ALL
            .into_iter()
            .all(|part| self.part(part).is_empty())
    }

    /// As people read it, in lines.
    pub fn display(&self) -> String {
        let place = [self.postcode.as_str(), self.city.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|text| !text.is_empty()).collect();
        let place = place.join(" ");
        let country = country_name(&self.country).unwrap_or(&self.country);
        let lines = [self.street.as_str(), &place, &self.region, country];
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    /// In one cell of a table: its five parts with a bar between them, so that they can be told apart again.
    pub fn to_cell(&self) -> String {
        let parts = AddressPart::ALL.map(|part| {
            let text = self.part(part);
            text.replace('\\', "\\\\").replace('|', "\\|")
        });
        parts.join(" | ")
    }

    /// From one text: five parts with bars between them, or an address as people write it. What cannot be told apart is the
    /// street, so that nothing is lost.
    fn of_text(text: &str) -> Self {
        let parts = barred(text);
        if parts.len() == AddressPart::ALL.len() {
            let mut address = Self::default();
            for (part, text) in AddressPart::ALL.into_iter().zip(parts) {
                address.set(part, text.trim().to_owned());
            }
            return address;
        }
        spread(text).unwrap_or_else(|| Self {
            street: text.to_owned(),
            ..Self::default()
        })
    }
}

/// What stands between the bars; a bar behind a backslash is none.
fn barred(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        let kept = match next {
            '|' => {
                parts.push(String::new());
                continue;
            }
            '\\' => chars.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(part) = parts.last_mut() {
            part.push(kept);
        }
    }
    parts
}

/// What was posted for the parts, in their order, or for all of it as one text.
pub(super) fn read_address(
    values: &[String],
    parts: [Option<&str>; 5],
) -> Result<Option<Answer>, FieldProblem> {
    let said = parts.iter().flatten().any(|text| !text.trim().is_empty());
    if said {
        let mut posted = Address::default();
        for (part, text) in AddressPart::ALL.into_iter().zip(parts) {
            posted.set(part, text.unwrap_or_default().to_owned());
        }
        return judged(posted);
    }
    match values {
        [] => Ok(None),
        [one] => {
            let text = clean(one, Lines::Many).ok_or(FieldProblem::ForbiddenCharacter)?;
            judged(Address::of_text(&text))
        }
        _ => Err(FieldProblem::SeveralValues),
    }
}

fn judged(posted: Address) -> Result<Option<Answer>, FieldProblem> {
    let mut address = Address::default();
    let mut faults = Vec::new();
    for part in AddressPart::ALL {
        match read_part(part, posted.part(part)) {
            Ok(text) => address.set(part, text),
            Err(what) => faults.push(PartFault { part, what }),
        }
    }
    if address.is_empty() && faults.is_empty() {
        return Ok(None);
    }
    for part in AddressPart::ALL.into_iter().filter(|part| part.is_needed()) {
        let told = faults.iter().any(|fault| fault.part == part);
        if address.part(part).is_empty() && !told {
            let what = PartProblem::Missing;
            faults.push(PartFault { part, what });
        }
    }
    if faults.is_empty() {
        return Ok(Some(Answer::Address(address)));
    }
    faults.sort_by_key(|fault| fault.part);
    Err(FieldProblem::AddressParts { faults })
}

fn read_part(part: AddressPart, text: &str) -> Result<String, PartProblem> {
    let lines = if part == AddressPart::Street {
        Lines::Many
    } else {
        Lines::One
    };
    let text = clean(text, lines).ok_or(PartProblem::ForbiddenCharacter)?;
    let max = part.most();
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length > max {
        return Err(PartProblem::TooLong { max });
    }
    if part == AddressPart::Country && !text.is_empty() {
        return country_code(&text).ok_or(PartProblem::UnknownCountry);
    }
    Ok(text)
}

/// What is wrong with single parts of an address, each in words; nothing for what is wrong with an answer as a whole.
pub fn part_texts(field: Option<&Field>, problem: &FieldProblem) -> Vec<(AddressPart, String)> {
    let FieldProblem::AddressParts { faults } = problem else {
        return Vec::new();
    };
    let of = field.map_or_else(
        || "this answer".to_owned(),
        |field| format!("\u{201c}{}\u{201d}", field.label),
    );
    let text = |fault: &PartFault| (fault.part, part_text(*fault, &of));
    faults.iter().map(text).collect()
}

fn part_text(fault: PartFault, of: &str) -> String {
    let part = fault.part.label().to_lowercase();
    match fault.what {
        PartProblem::Missing if fault.part == AddressPart::Country => {
            format!("Select the country of {of}")
        }
        PartProblem::Missing => format!("Enter the {part} of {of}"),
        PartProblem::TooLong { max } => {
            format!("The {part} of {of} must be {max} characters or fewer")
        }
        PartProblem::ForbiddenCharacter => {
            format!("The {part} of {of} contains a character that cannot be stored; type it again")
        }
        PartProblem::UnknownCountry => format!("Select the country of {of} from the list"),
    }
}
