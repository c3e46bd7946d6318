//! What one field must be, whatever stands around it.

use std::collections::BTreeSet;

use super::{
    Bound, Choice, Fault, Field, FieldKind, LONG_TEXT_CAP, MAX_EXPRESSION, MAX_FILES, TEXT_CAP,
    check::{Faults, MAX_HELP, MAX_LABEL, MAX_OPTIONS, MAX_TEXT_BLOCK},
    check_lists::{lists_fit, operands},
    check_rows, decimal,
    fault_parts::{LimitName, TextPart},
};

pub(super) fn texts(field: &Field, faults: &mut Faults) {
    if field.label.trim().is_empty() {
        faults.at(field, Fault::LabelMissing);
    }
    texts_fit(field, faults);
    lists_fit(field, faults);
}

pub(super) fn texts_fit(field: &Field, faults: &mut Faults) {
    let unit = if let FieldKind::Number { unit, .. } = &field.kind {
        unit.as_str()
    } else {
        ""
    };
    let (expression, block) = match &field.kind {
        FieldKind::Computed { expression, .. } => (expression.as_str(), ""),
        FieldKind::TextBlock { text } => ("", text.as_str()),
        _ => ("", ""),
    };
    let (row_name, row_names) = field
        .kind
        .rows()
        .map_or(("", ""), |rows| (rows.name.as_str(), rows.plural.as_str()));
    let default_cap = if field.kind == FieldKind::LongText {
        LONG_TEXT_CAP
    } else {
        TEXT_CAP
    };
    let default_cap = usize::try_from(default_cap).unwrap_or(usize::MAX);
    let fixed = [
        (TextPart::Label, field.label.as_str(), MAX_LABEL),
        (TextPart::Help, &field.help, MAX_HELP),
        (TextPart::Placeholder, &field.placeholder, MAX_LABEL),
        (TextPart::Unit, unit, 40),
        (TextPart::Expression, expression, MAX_EXPRESSION),
        (TextPart::Text, block, MAX_TEXT_BLOCK),
        (TextPart::RowName, row_name, 40),
        (TextPart::RowNames, row_names, 40),
    ];
    let options = field
        .kind
        .options()
        .iter()
        .flat_map(|o| [o.value.as_str(), o.label.as_str()]);
    let restricted = field.option_rules.iter().map(|rule| rule.option.as_str());
    let options = options
        .chain(restricted)
        .map(|text| (TextPart::Option, text, MAX_LABEL));
    let ruled = field.defaults.iter().flat_map(|rule| &rule.value);
    let defaults = field
        .default
        .iter()
        .chain(ruled)
        .map(|text| (TextPart::Default, text.as_str(), default_cap));
    let operands: Vec<String> = operands(field).collect();
    let text_cap = usize::try_from(TEXT_CAP).unwrap_or(usize::MAX);
    let operands = operands
        .iter()
        .map(|text| (TextPart::Operand, text.as_str(), text_cap));
    let mapping = field.traits.replaces.iter().flat_map(|r| &r.mapping);
    let mapped = mapping.flat_map(|mapped| [mapped.from.as_str(), mapped.to.as_str()]);
    let mapped = mapped.map(|text| (TextPart::OldAnswer, text, MAX_LABEL));
    let mut named = BTreeSet::new();
    let texts = fixed.into_iter().chain(options).chain(defaults);
    for (part, text, max) in texts.chain(operands).chain(mapped) {
        let many_lines = matches!(
            part,
            TextPart::Help
                | TextPart::Default
                | TextPart::Operand
                | TextPart::Expression
                | TextPart::Text
        );
        if text.chars().count() > max && named.insert((part.order(), 0)) {
            faults.at(field, Fault::TextTooLong { part, max });
        }
        let control = text
            .chars()
            .any(|c| c.is_control() && !(many_lines && matches!(c, '\n' | '\r' | '\t')));
        if control && named.insert((part.order(), 1)) {
            faults.at(field, Fault::TextUnreadable { part });
        }
    }
}

impl TextPart {
    /// So that one property is named once, however many of its texts are at fault.
    fn order(self) -> u8 {
        self as u8
    }
}

pub(super) fn kind(field: &Field, faults: &mut Faults) {
    match &field.kind {
        FieldKind::Select { options }
        | FieldKind::Radio { options }
        | FieldKind::MultiSelect { options } => {
            check_options(field, options, faults);
        }
        FieldKind::Money { currencies } => {
            if currencies.is_empty() {
                faults.at(field, Fault::CurrenciesMissing);
            }
            let mut seen = BTreeSet::new();
            for currency in currencies {
                if !seen.insert(currency.code()) {
                    faults.at(
                        field,
                        Fault::CurrencyTwice {
                            currency: currency.code().to_owned(),
                        },
                    );
                }
            }
        }
        FieldKind::Number { decimals, .. }
        | FieldKind::Percent { decimals }
        | FieldKind::Computed { decimals, .. }
            if *decimals > decimal::MAX_SCALE =>
        {
            faults.at(
                field,
                Fault::DecimalsTooMany {
                    max: decimal::MAX_SCALE,
                },
            );
        }
        FieldKind::File {
            max_bytes,
            accept,
            most,
        } => {
            if *max_bytes == 0 {
                faults.at(field, Fault::FileSizeZero);
            }
            if !(1..=MAX_FILES).contains(most) {
                faults.at(field, Fault::FileCountUnfit { max: MAX_FILES });
            }
            let readable = |e: &str| {
                (1..=12).contains(&e.len())
                    && e.chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            };
            if let Some(ending) = accept.iter().find(|e| !readable(e)) {
                faults.at(
                    field,
                    Fault::EndingUnreadable {
                        ending: ending.clone(),
                    },
                );
            }
        }
        FieldKind::Rows(rows) => check_rows::check(field, rows, faults),
        FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::TextBlock { .. }
        | FieldKind::Group
        | FieldKind::GroupEnd
            if demands(field) =>
        {
            faults.at(field, Fault::HeadingRequired);
        }
        _ => {}
    }
    if matches!(&field.kind, FieldKind::TextBlock { text } if text.trim().is_empty()) {
        faults.at(field, Fault::TextBlockEmpty);
    }
    if matches!(field.kind, FieldKind::Computed { .. }) && demands(field) {
        faults.at(field, Fault::ComputedAsked);
    }
}

/// Whether it says something about an answer that somebody gives.
fn demands(field: &Field) -> bool {
    !field.required.is_never()
        || field.is_filled_in()
        || field.system.is_some()
        || !field.traits.is_plain()
}

fn check_options(field: &Field, options: &[Choice], faults: &mut Faults) {
    if options.is_empty() {
        faults.at(field, Fault::OptionsMissing);
    }
    if options.len() > MAX_OPTIONS {
        faults.at(field, Fault::TooManyOptions { max: MAX_OPTIONS });
    }
    let (mut values, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for (position, option) in options.iter().enumerate() {
        if option.value.trim().is_empty() || option.label.trim().is_empty() {
            faults.at(
                field,
                Fault::OptionEmpty {
                    position: position + 1,
                },
            );
        } else if !values.insert(option.value.trim()) {
            faults.at(
                field,
                Fault::OptionTwice {
                    value: option.value.clone(),
                },
            );
        } else if !labels.insert(option.label.trim()) {
            faults.at(
                field,
                Fault::OptionLabelTwice {
                    label: option.label.clone(),
                },
            );
        }
    }
}

pub(super) fn limits(field: &Field, faults: &mut Faults) {
    let limits = &field.limits;
    let lengths = limits.min_length.is_some() || limits.max_length.is_some();
    if lengths && !field.kind.is_text() {
        faults.at(
            field,
            Fault::LimitDoesNotFit {
                limit: LimitName::Length,
            },
        );
    }
    if limits.mask.is_some() && field.kind != FieldKind::Text {
        faults.at(
            field,
            Fault::LimitDoesNotFit {
                limit: LimitName::Pattern,
            },
        );
    }
    let cap = if field.kind == FieldKind::LongText {
        LONG_TEXT_CAP
    } else {
        TEXT_CAP
    };
    let too_long = |length: Option<u32>| length.is_some_and(|l| l > cap);
    if field.kind.is_text() && (too_long(limits.min_length) || too_long(limits.max_length)) {
        faults.at(field, Fault::LengthAboveCap { max: cap });
    }
    if limits
        .min_length
        .zip(limits.max_length)
        .is_some_and(|(min, max)| min > max)
        || limits.max_length == Some(0)
    {
        faults.at(
            field,
            Fault::LimitsCrossed {
                limit: LimitName::Length,
            },
        );
    }
    let fits = |bound: Bound| match &field.kind {
        kind if kind.is_number() => bound.number().is_some(),
        kind if kind.is_day() => bound.number().is_none(),
        _ => false,
    };
    if limits.min.into_iter().chain(limits.max).any(|b| !fits(b)) {
        faults.at(
            field,
            Fault::LimitDoesNotFit {
                limit: LimitName::Range,
            },
        );
    } else if limits
        .min
        .zip(limits.max)
        .is_some_and(|(min, max)| crossed(min, max))
    {
        faults.at(
            field,
            Fault::LimitsCrossed {
                limit: LimitName::Range,
            },
        );
    }
}

/// A fixed day and a day counted from today cross on some days and not on others; only like is compared with like.
fn crossed(min: Bound, max: Bound) -> bool {
    match (min, max) {
        (Bound::Number(min), Bound::Number(max)) => min > max,
        (Bound::Date(min), Bound::Date(max)) => min > max,
        (Bound::Today(min), Bound::Today(max)) => min > max,
        _ => false,
    }
}
