//! What keeps a form from being published, in words: what to do about it.

use super::{Fault, problem_text::counted};

impl Fault {
    pub(super) fn text(&self, which: &str) -> String {
        match self {
            Self::NoFields => "The form has no fields. Add at least the customer, the value and the close date.".to_owned(),
            Self::TooManyFields { max } => format!("A form can have {max} fields. Remove some."),
            Self::TooManyOptionsInForm { max } => format!("All lists together can have {max} options. Remove some."),
            Self::KeyTwice => "Another field has the same key. Keys must differ.".to_owned(),
            Self::LabelMissing => "The label is missing. Say what you ask for.".to_owned(),
            Self::TextTooLong { part, max } => {
                format!("{} can have {}. Shorten it.", part.name(), counted(u64::try_from(*max).unwrap_or(u64::MAX), "character"))
            }
            Self::TextUnreadable { part } => format!("{} contains a control character. Type it again.", part.name()),
            Self::OptionsMissing
            | Self::TooManyOptions { .. }
            | Self::OptionEmpty { .. }
            | Self::OptionTwice { .. }
            | Self::OptionLabelTwice { .. }
            | Self::TooManyOptionConditions { .. }
            | Self::OptionRuleUnknown { .. }
            | Self::OptionRuleTwice { .. } => self.of_options(),
            Self::ConditionUnknownField { .. }
            | Self::ConditionOnItself
            | Self::ConditionOnLater { .. }
            | Self::ConditionOnHeading { .. }
            | Self::ConditionOperator { .. }
            | Self::ConditionOperandMissing { .. }
            | Self::ConditionOperandUnknown { .. }
            | Self::GroupEmpty
            | Self::GroupsTooDeep { .. }
            | Self::TooManyConditions { .. }
            | Self::ConditionOnCompanyField { .. } => self.of_condition(which),
            Self::CurrenciesMissing => "No currency is allowed. Choose at least one.".to_owned(),
            Self::CurrencyTwice { currency } => format!("The currency {currency} is there twice. Remove one."),
            Self::DecimalsTooMany { max } => format!("A number can have {max} digits after the point at most."),
            Self::FileSizeZero => "The largest file size is zero. Give a size.".to_owned(),
            Self::FileCountUnfit { max } => format!("A field can hold 1 to {max} files. Change the number."),
            Self::EndingUnreadable { ending } => {
                format!("\u{201c}{ending}\u{201d} is not a file name ending. Write it like pdf.")
            }
            Self::LimitDoesNotFit { limit } => format!("A {} does not fit this kind of field. Clear it.", limit.name()),
            Self::LimitsCrossed { limit } => format!("In the {}, the smallest is above the largest. Swap them.", limit.name()),
            Self::LengthAboveCap { max } => format!("The longest answer this kind can store is {max} characters. Lower the limit."),
            Self::DefaultRefused => "The form would refuse its own default. Change or clear it.".to_owned(),
            Self::HeadingRequired => "A heading or a text has no answer, so it cannot be required, hold a default, be a deal's own field or have rules for answers.".to_owned(),
            Self::SystemMissing { system } => format!("The form must ask for \u{201c}{}\u{201d}. Add that field.", system.label()),
            Self::SystemTwice { system } => format!("Two fields ask for \u{201c}{}\u{201d}. Remove one.", system.label()),
            Self::SystemWrongKind { system, kind } => {
                format!("\u{201c}{}\u{201d} cannot be answered by a field of kind \u{201c}{}\u{201d}. Change the kind.", system.label(), kind.label())
            }
            Self::SystemOptional { system } => format!("Every deal needs \u{201c}{}\u{201d}. Make it required.", system.label()),
            Self::SystemConditional { system } => format!("Every deal needs \u{201c}{}\u{201d}. Remove its condition.", system.label()),
            Self::Expression { fault } => fault.text(),
            Self::TextBlockEmpty => "The text is empty. Write it, or remove the block.".to_owned(),
            Self::RegionOfNothing => "It is not said which country its regions are of. Choose a country field above it.".to_owned(),
            Self::RegionOfOther { key } => {
                format!("Its regions are those of \u{201c}{key}\u{201d}, which is no country field above it. Choose another, or move that field up.")
            }
            Self::ComputedAsked => {
                "Nobody answers a computed field, so it cannot be required, hold a default, be a deal's own field or have rules for answers.".to_owned()
            }
            Self::ListTooLong { list, max } => format!("{} can be {max} at most. Remove some.", list.name()),
            Self::ConditionalDefaultRefused { number } => {
                format!("The form would refuse its own default {number}. Change or remove it.")
            }
            Self::TraitDoesNotFit { what } => what.text().to_owned(),
            Self::ReadOnlyEmpty => "It is only shown, and has nothing to show. Say what it is filled from, or give it a default.".to_owned(),
            Self::TooManyCells { max } => format!("All repeating groups together can have {max} cells: their columns times their most rows. Lower some."),
            Self::Rows { fault } => fault.text(),
            Self::FieldGroup { fault } => fault.text(),
            Self::KeyOfAnotherKind { kind } => {
                format!("Its key belonged to a field of kind \u{201c}{}\u{201d}, whose answers are kept. Give it another key, or bring that field back.", kind.label())
            }
            Self::AnswersDoNotFit { kind, unfit, of } => {
                format!(
                    "{unfit} of {} cannot become \u{201c}{}\u{201d}. Keep the kind, and add a new field.",
                    counted(*of, "answer"),
                    kind.label()
                )
            }
        }
    }

    fn of_options(&self) -> String {
        match self {
            Self::OptionsMissing => "The list has no options. Add at least one.".to_owned(),
            Self::TooManyOptions { max } => format!("A list can have {max} options. Remove some."),
            Self::OptionEmpty { position } => {
                format!("Option {position} is empty. Fill it in or remove it.")
            }
            Self::OptionTwice { value } => {
                format!("The option \u{201c}{value}\u{201d} is there twice. Remove one.")
            }
            Self::OptionLabelTwice { label } => {
                format!("Two options are called \u{201c}{label}\u{201d}. Rename one.")
            }
            Self::TooManyOptionConditions { max } => {
                format!(
                    "The options and defaults of a field can have {max} conditions together. Remove some."
                )
            }
            Self::OptionRuleUnknown { option } => {
                format!(
                    "A condition is for the option \u{201c}{option}\u{201d}, which is not in the list. Choose another option, or remove it."
                )
            }
            Self::OptionRuleTwice { option } => {
                format!(
                    "The option \u{201c}{option}\u{201d} has two conditions. Put them into one."
                )
            }
            _ => String::new(),
        }
    }

    fn of_condition(&self, which: &str) -> String {
        match self {
            Self::ConditionUnknownField { key } => {
                format!(
                    "{which} looks at the field \u{201c}{key}\u{201d}, which is not in the form. Change the condition."
                )
            }
            Self::ConditionOnItself => {
                format!("{which} looks at the field itself. Choose a field above it.")
            }
            Self::ConditionOnLater { label } => {
                format!(
                    "{which} looks at \u{201c}{label}\u{201d}, which comes later. Move that field up, or choose another."
                )
            }
            Self::ConditionOnHeading { label } => {
                format!(
                    "{which} looks at the heading \u{201c}{label}\u{201d}, which has no answer. Choose another field."
                )
            }
            Self::ConditionOperator { label } => {
                format!(
                    "{which} compares \u{201c}{label}\u{201d} in a way that this kind of field does not know. Choose another."
                )
            }
            Self::ConditionOperandMissing { label } => {
                format!(
                    "{which} on \u{201c}{label}\u{201d} has nothing to compare with. Fill it in."
                )
            }
            Self::ConditionOperandUnknown { label, operand } => {
                format!(
                    "{which} compares \u{201c}{label}\u{201d} with \u{201c}{operand}\u{201d}, which cannot be answered there. Choose a possible answer."
                )
            }
            Self::GroupEmpty => {
                format!("{which} has nothing in it. Add a condition, or remove the group.")
            }
            Self::GroupsTooDeep { max } => format!(
                "Its conditions stand in more than {max} groups inside one another. Take some groups apart."
            ),
            Self::TooManyConditions { max } => {
                format!("A field can have {max} conditions. Remove some.")
            }
            Self::ConditionOnCompanyField { label } => {
                format!(
                    "{which} looks at \u{201c}{label}\u{201d}, which only the company sees. Choose another field."
                )
            }
            _ => String::new(),
        }
    }
}
