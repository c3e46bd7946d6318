//! What people read at the field: what to do, not what went wrong inside.

use super::{Field, FieldKind, FieldProblem, part_texts};
use crate::{Date, Locale, size::size_limit};

/// The message for one field; `None` for a name that the form does not know.
pub fn problem_text(field: Option<&Field>, problem: &FieldProblem) -> String {
    problem_text_in(field, problem, Locale::default())
}

/// The same, with numbers, amounts and days as the locale writes them.
pub fn problem_text_in(field: Option<&Field>, problem: &FieldProblem, locale: Locale) -> String {
    let label = field.map_or("This answer", |f| f.label.as_str());
    match problem {
        FieldProblem::Missing => missing(field),
        FieldProblem::TooShort { .. }
        | FieldProblem::TooLong { .. }
        | FieldProblem::NotANumber
        | FieldProblem::TooManyDecimals { .. }
        | FieldProblem::TooSmall { .. }
        | FieldProblem::TooLarge { .. }
        | FieldProblem::NotAnAmount
        | FieldProblem::NotADate
        | FieldProblem::HalfARange
        | FieldProblem::EndsBeforeItBegins
        | FieldProblem::TooEarly { .. }
        | FieldProblem::TooLate { .. } => of_size(label, problem, locale),
        FieldProblem::UnknownFile
        | FieldProblem::TooManyFiles { .. }
        | FieldProblem::FileTooLarge { .. }
        | FieldProblem::FileTypeRefused { .. }
        | FieldProblem::FileUnderWay { .. }
        | FieldProblem::FileNotSent { .. } => of_files(label, problem),
        FieldProblem::NotRows
        | FieldProblem::TooFewRows { .. }
        | FieldProblem::TooManyRows { .. }
        | FieldProblem::InRow { .. }
        | FieldProblem::Cells { .. } => of_rows(field, label, problem, locale),
        FieldProblem::ForbiddenCharacter => {
            format!("{label} contains a character that cannot be stored; type it again")
        }
        FieldProblem::SeveralValues => format!("Give one answer for {}", lower_first(label)),
        FieldProblem::CurrencyMissing => format!("Select the currency of {}", lower_first(label)),
        FieldProblem::UnknownCurrency => format!(
            "Select one of the listed currencies for {}",
            lower_first(label)
        ),
        FieldProblem::UnknownChoice => format!(
            "Select one of the listed answers for {}",
            lower_first(label)
        ),
        FieldProblem::NotOffered => "Choose one of the options".to_owned(),
        FieldProblem::Taken => {
            let label = field.map_or("answer".to_owned(), |f| lower_first(&f.label));
            format!("A deal with this {label} is registered already")
        }
        FieldProblem::UnknownCustomer => format!(
            "Choose {} from the list again, or type its name",
            lower_first(label)
        ),
        FieldProblem::UnknownCountry => format!("Select {} from the list", lower_first(label)),
        FieldProblem::UnknownRegion { country } => not_there(label, None, country),
        FieldProblem::RegionElsewhere { region, country } => {
            not_there(label, Some(region), country)
        }
        FieldProblem::NotAnEmail => {
            format!("{label} must be an email address, like name@example.com")
        }
        FieldProblem::NotAPhone => format!("{label} must be a phone number, like +44 20 7946 0000"),
        FieldProblem::NotAUrl => format!("{label} must be a web address, like https://example.com"),
        FieldProblem::NotASite => format!("{label} must be a site address, like example.com"),
        FieldProblem::DoesNotMatch { example } => format!("{label} must look like {example}"),
        FieldProblem::AddressParts { .. } => parts(field, problem),
        FieldProblem::UnknownField => "This form does not ask for this answer".to_owned(),
        FieldProblem::NotOpen => format!("{label} cannot be changed now"),
        FieldProblem::NotAsked { system } => {
            format!(
                "This form does not ask for \u{201c}{}\u{201d}; the company must publish it again",
                system.label()
            )
        }
    }
}

fn of_size(label: &str, problem: &FieldProblem, locale: Locale) -> String {
    match problem {
        FieldProblem::TooShort { min } => format!(
            "{label} must be at least {}",
            counted(u64::from(*min), "character")
        ),
        FieldProblem::TooLong { max } => format!(
            "{label} must be {} or fewer",
            counted(u64::from(*max), "character")
        ),
        FieldProblem::NotANumber => format!("{label} must be a number, like 12"),
        FieldProblem::TooManyDecimals { max: 0 } => format!("{label} must be a whole number"),
        FieldProblem::TooManyDecimals { max } => {
            format!(
                "{label} must have {} or fewer after the point",
                counted(u64::from(*max), "digit")
            )
        }
        FieldProblem::TooSmall { min } => {
            format!("{label} must be {} or more", locale.number(*min))
        }
        FieldProblem::TooLarge { max } => {
            format!("{label} must be {} or less", locale.number(*max))
        }
        FieldProblem::NotAnAmount => format!(
            "{label} must be an amount of money, like {}",
            locale.figures("12000")
        ),
        FieldProblem::NotADate => {
            let like = Date::new(2026, 12, 31).map(|date| locale.date(date));
            format!(
                "{label} must be a real date, like {}",
                like.unwrap_or_default()
            )
        }
        FieldProblem::HalfARange => {
            format!("{label} must have both a first and a last day")
        }
        FieldProblem::EndsBeforeItBegins => {
            format!(
                "The last day of {} must not be before the first",
                lower_first(label)
            )
        }
        FieldProblem::TooEarly { min } => {
            format!("{label} must be {} or later", locale.date(*min))
        }
        FieldProblem::TooLate { max } => {
            format!("{label} must be {} or earlier", locale.date(*max))
        }
        _ => String::new(),
    }
}

fn of_files(label: &str, problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::UnknownFile => format!("Upload {} again", lower_first(label)),
        FieldProblem::TooManyFiles { max } => {
            format!(
                "{label} can have {} at most",
                counted(u64::from(*max), "file")
            )
        }
        FieldProblem::FileTooLarge { max_bytes } => {
            format!("Each file must be smaller than {}", size_limit(*max_bytes))
        }
        FieldProblem::FileTypeRefused { accept } => {
            format!("{label} must be a file of type {}", accept.join(", "))
        }
        FieldProblem::FileUnderWay { name } => {
            format!("Wait until {name} is uploaded, or cancel it")
        }
        FieldProblem::FileNotSent { name } => {
            format!("{name} was not uploaded: try again, or remove it")
        }
        _ => String::new(),
    }
}

fn of_rows(field: Option<&Field>, label: &str, problem: &FieldProblem, locale: Locale) -> String {
    match problem {
        FieldProblem::NotRows => format!("Send {} as a list of rows", lower_first(label)),
        FieldProblem::TooFewRows { min } => format!("Enter at least {}", rows(field, *min)),
        FieldProblem::TooManyRows { max } => format!("Enter {} at most", rows(field, *max)),
        FieldProblem::InRow {
            row,
            column,
            problem,
        } => {
            let shape = field.and_then(|field| field.kind.rows());
            let column = shape.and_then(|shape| shape.column(column.as_str()));
            format!(
                "Row {row}: {}",
                lower_first(&problem_text_in(column, problem, locale))
            )
        }
        FieldProblem::Cells { errors } => errors.first().map_or_else(
            || format!("Enter {} again", lower_first(label)),
            |error| problem_text_in(field, &error.problem, locale),
        ),
        _ => String::new(),
    }
}

fn not_there(label: &str, region: Option<&String>, country: &str) -> String {
    match region {
        Some(region) => {
            format!("{region} is not in {country}; select another region, or another country")
        }
        None => format!(
            "Select {} from the regions of {country}",
            lower_first(label)
        ),
    }
}

fn parts(field: Option<&Field>, problem: &FieldProblem) -> String {
    let texts = part_texts(field, problem).into_iter();
    texts.map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}

/// "3 product lines".
fn rows(field: Option<&Field>, count: u8) -> String {
    let shape = field.and_then(|field| field.kind.rows());
    shape.map_or_else(
        || counted(u64::from(count), "row"),
        |rows| rows.counted(usize::from(count)),
    )
}

fn missing(field: Option<&Field>) -> String {
    let Some(field) = field else {
        return "Give this answer".to_owned();
    };
    let label = lower_first(&field.label);
    match field.kind {
        FieldKind::Select { .. }
        | FieldKind::Radio { .. }
        | FieldKind::MultiSelect { .. }
        | FieldKind::Country => {
            format!("Select {label}")
        }
        FieldKind::YesNo => format!("Select yes or no for \u{201c}{}\u{201d}", field.label),
        FieldKind::Checkbox => format!("Tick \u{201c}{}\u{201d} to continue", field.label),
        FieldKind::File { .. } => format!("Upload {label}"),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Rows(_)
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Customer
        | FieldKind::Computed { .. }
        | FieldKind::Region { .. }
        | FieldKind::Address
        | FieldKind::TextBlock { .. } => format!("Enter {label}"),
    }
}

/// "Customer name" inside a sentence; "VAT number" stays, because its second sign is a capital too.
fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    let (first, second) = (chars.next(), chars.next());
    match first {
        Some(first) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

pub(super) fn counted(count: u64, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::FieldKey;

    #[test]
    fn says_what_to_do() {
        let field = |kind, label: &str| Field::new(FieldKey::parse("a").unwrap(), kind, label);
        let text = field(FieldKind::Text, "Customer name");
        assert_eq!(
            problem_text(Some(&text), &FieldProblem::Missing),
            "Enter customer name"
        );
        let vat = field(FieldKind::Text, "VAT number");
        assert_eq!(
            problem_text(Some(&vat), &FieldProblem::Missing),
            "Enter VAT number"
        );
        assert_eq!(
            problem_text(Some(&vat), &FieldProblem::TooLong { max: 1 }),
            "VAT number must be 1 character or fewer"
        );
        let country = field(FieldKind::Country, "Country");
        assert_eq!(
            problem_text(Some(&country), &FieldProblem::Missing),
            "Select country"
        );
        let date = field(FieldKind::Date, "Expected close date");
        let min = "2026-11-22".parse().unwrap();
        assert_eq!(
            problem_text(Some(&date), &FieldProblem::TooEarly { min }),
            "Expected close date must be 22 Nov 2026 or later"
        );
    }
}
