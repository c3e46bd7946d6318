//! What keeps a form from being published, and the words for it.

use serde::{Deserialize, Serialize};

use super::{
    ExpressionFault, FieldKey, GroupFault, KindName, RowsFault, RulePart, SystemField,
    check_lists::ListName,
    fault_parts::{LimitName, TextPart, TraitName},
};

/// `field` is the faulty field, or nothing when the form as a whole is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionFault {
    pub field: Option<FieldKey>,
    /// Its label, so that the fault reads well without the form at hand.
    pub label: String,
    pub fault: Fault,
    /// Which of the field's conditions, or of its groups, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<RulePlace>,
}

/// Counted from 1 in the order in which they are read. The group that is the whole rule is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePlace {
    pub part: RulePart,
    pub number: usize,
    pub of: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    NoFields,
    TooManyFields {
        max: usize,
    },
    TooManyOptionsInForm {
        max: usize,
    },
    KeyTwice,
    LabelMissing,
    /// In characters; `part` is what the designer calls the property.
    TextTooLong {
        part: TextPart,
        max: usize,
    },
    TextUnreadable {
        part: TextPart,
    },
    OptionsMissing,
    TooManyOptions {
        max: usize,
    },
    OptionEmpty {
        position: usize,
    },
    OptionTwice {
        value: String,
    },
    OptionLabelTwice {
        label: String,
    },
    CurrenciesMissing,
    CurrencyTwice {
        currency: String,
    },
    DecimalsTooMany {
        max: u8,
    },
    FileSizeZero,
    FileCountUnfit {
        max: u8,
    },
    EndingUnreadable {
        ending: String,
    },
    LimitDoesNotFit {
        limit: LimitName,
    },
    LimitsCrossed {
        limit: LimitName,
    },
    LengthAboveCap {
        max: u32,
    },
    DefaultRefused,
    HeadingRequired,
    SystemMissing {
        system: SystemField,
    },
    SystemTwice {
        system: SystemField,
    },
    SystemWrongKind {
        system: SystemField,
        kind: KindName,
    },
    SystemOptional {
        system: SystemField,
    },
    SystemConditional {
        system: SystemField,
    },
    /// A condition looks at a field that is not there.
    ConditionUnknownField {
        key: FieldKey,
    },
    ConditionOnItself,
    ConditionOnLater {
        label: String,
    },
    ConditionOnHeading {
        label: String,
    },
    ConditionOperator {
        label: String,
    },
    ConditionOperandMissing {
        label: String,
    },
    ConditionOperandUnknown {
        label: String,
        operand: String,
    },
    /// A group of conditions with nothing in it.
    GroupEmpty,
    /// More groups inside one another.
    GroupsTooDeep {
        max: usize,
    },
    /// In what decides whether the field is shown and must be answered.
    TooManyConditions {
        max: usize,
    },
    Expression {
        fault: ExpressionFault,
    },
    /// A computed field is required, holds a default, is a deal's own field or has rules for answers.
    ComputedAsked,
    /// A region that belongs to no field.
    RegionOfNothing,
    /// A region that belongs to what is no country above it.
    RegionOfOther {
        key: FieldKey,
    },
    TextBlockEmpty,
    /// A list that no page shows in full.
    ListTooLong {
        list: ListName,
        max: usize,
    },
    /// In what decides over its options and defaults.
    TooManyOptionConditions {
        max: usize,
    },
    /// A field that partners answer looks at one that is the company's own.
    ConditionOnCompanyField {
        label: String,
    },
    /// Counted from 1.
    ConditionalDefaultRefused {
        number: usize,
    },
    OptionRuleUnknown {
        option: String,
    },
    OptionRuleTwice {
        option: String,
    },
    /// What the field is to be besides, its kind or its use has no room for.
    TraitDoesNotFit {
        what: TraitName,
    },
    /// It is only shown, and there is nothing to show.
    ReadOnlyEmpty,
    /// Over all repeating groups.
    TooManyCells {
        max: usize,
    },
    /// In a repeating group.
    Rows {
        fault: RowsFault,
    },
    /// Of the marks between which a group of fields stands, or of what stands between them.
    FieldGroup {
        fault: GroupFault,
    },
    /// Its key is that of an archived field of this kind.
    KeyOfAnotherKind {
        kind: KindName,
    },
    /// Of so many stored answers, some could not be answers of its new kind.
    AnswersDoNotFit {
        kind: KindName,
        unfit: u64,
        of: u64,
    },
}

impl DefinitionFault {
    /// What the designer reads: which field, what is wrong, what to do.
    pub fn text(&self) -> String {
        let text = self.fault.text(&self.which());
        match &self.field {
            Some(key) if self.label.is_empty() => format!("{key}: {text}"),
            Some(_) => format!("{}: {text}", self.label),
            None => text,
        }
    }

    /// "Condition 2 of 3 in “Shown”"; without a number where there is only one.
    fn which(&self) -> String {
        let group = self.fault == Fault::GroupEmpty;
        let whole = if group {
            "group of conditions"
        } else {
            "condition"
        };
        let Some(RulePlace { part, number, of }) = self.place else {
            return format!("Its {whole}");
        };
        let place = format!("in \u{201c}{}\u{201d}", part.label());
        let only = if group { number == 0 } else { of == 1 };
        if only {
            return format!("The {whole} {place}");
        }
        let thing = if group { "Group" } else { "Condition" };
        format!("{thing} {number} of {of} {place}")
    }
}
