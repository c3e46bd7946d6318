//! What a field is besides its kind and its limits: unique, filled from what is known, shown only, the company's own, personal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Field, FieldKey, FieldKind, FormDefinition, Replaces, SystemField};

/// Told in the form's JSON only where they are not the usual thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// No two deals of the program that stand may give this answer.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub unique: bool,
    /// What the empty form shows, before any default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    /// The answer is what the form fills in, whatever is posted.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub read_only: bool,
    #[serde(default, skip_serializing_if = "is_usual")]
    pub seen_by: SeenBy,
    /// Of a field that both sides see. A field of the company's own is edited by it in any case.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub edited_by: EditedBy,
    /// The answer says something of a person.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub personal: bool,
    /// The field whose place it took, which is not asked any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaces>,
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Traits {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// What a field is filled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    PartnerName,
    PartnerCountry,
    PersonName,
    PersonEmail,
    /// The partner's latest deal in the program that answered a field of the same key.
    LastDeal,
}

impl Prefill {
    pub const ALL: [Self; 5] = [
        Self::PartnerName,
        Self::PartnerCountry,
        Self::PersonName,
        Self::PersonEmail,
        Self::LastDeal,
    ];

    /// As it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::PartnerName => "partner_name",
            Self::PartnerCountry => "partner_country",
            Self::PersonName => "person_name",
            Self::PersonEmail => "person_email",
            Self::LastDeal => "last_deal",
        }
    }

    /// As the designer reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::PartnerName => "The partner\u{2019}s name",
            Self::PartnerCountry => "The partner\u{2019}s country",
            Self::PersonName => "The name of who registers",
            Self::PersonEmail => "The email address of who registers",
            Self::LastDeal => "The partner\u{2019}s last deal",
        }
    }

    /// Whether a field of that kind can be filled from it. Files never are: each deal brings its own.
    pub fn fits(self, kind: &FieldKind) -> bool {
        match self {
            Self::PartnerName | Self::PersonName => *kind == FieldKind::Text,
            Self::PartnerCountry => *kind == FieldKind::Country,
            Self::PersonEmail => matches!(kind, FieldKind::Text | FieldKind::Email),
            Self::LastDeal => {
                let unfit = matches!(kind, FieldKind::File { .. } | FieldKind::Customer);
                kind.is_asked() && !unfit
            }
        }
    }
}

/// Whose a field is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    /// The partner answers it, and both sides read it.
    #[default]
    Both,
    /// The company answers it on the deal's page. For the partner it does not exist.
    Company,
}

impl SeenBy {
    pub const ALL: [Self; 2] = [Self::Both, Self::Company];

    /// As it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Company => "company",
        }
    }

    /// As the designer reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Both => "Partner and company",
            Self::Company => "Company only",
        }
    }
}

/// Who gives the answer of a field that both sides see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditedBy {
    /// The partner answers it, and the company reads it.
    #[default]
    Partner,
    /// The company answers it on the deal's page, and the partner reads it.
    Company,
    /// The partner answers it, and the company may put another answer there.
    Both,
}

impl EditedBy {
    pub const ALL: [Self; 3] = [Self::Partner, Self::Company, Self::Both];

    /// As it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Company => "company",
            Self::Both => "both",
        }
    }

    /// As the designer reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Partner => "Partner",
            Self::Company => "Company",
            Self::Both => "Partner and company",
        }
    }
}

impl Traits {
    /// Who sees the field and who edits it, as one sentence.
    pub fn sides(&self) -> &'static str {
        if self.seen_by == SeenBy::Company {
            return "Only the company sees it, and answers it on the deal\u{2019}s page.";
        }
        if self.read_only {
            return "Both sides see it, and nobody edits it: it is filled in.";
        }
        match self.edited_by {
            EditedBy::Partner => "Both sides see it, and the partner edits it.",
            EditedBy::Company => {
                "Both sides see it, and the company edits it on the deal\u{2019}s page."
            }
            EditedBy::Both => {
                "Both sides see it and edit it: the partner in the form, the company on the deal\u{2019}s page."
            }
        }
    }
}

impl Field {
    #[must_use]
    pub fn traits(mut self, traits: Traits) -> Self {
        self.traits = traits;
        self
    }

    pub fn is_company_only(&self) -> bool {
        self.traits.seen_by == SeenBy::Company
    }

    /// Whether the answer says something of a person: by its mark, by its kind, or because it names the contact. Of a list, that of
    /// any column.
    pub fn is_personal(&self) -> bool {
        let names_contact = matches!(
            self.system,
            Some(SystemField::ContactName | SystemField::ContactEmail)
        );
        let reaches = matches!(self.kind, FieldKind::Email | FieldKind::Phone);
        let rows = self.kind.rows();
        let in_rows = rows.is_some_and(|rows| rows.columns.iter().any(Self::is_personal));
        self.traits.personal || reaches || names_contact || in_rows
    }

    /// Whether the company may give this answer, on the deal's page.
    pub fn company_edits(&self) -> bool {
        let edits = self.traits.edited_by != EditedBy::Partner && !self.traits.read_only;
        self.is_company_only() || edits
    }

    /// Whether the answer is of the partner's side: typed there, or filled in. See [`Self::asks_partner`].
    pub fn partner_edits(&self) -> bool {
        let companys = self.traits.edited_by == EditedBy::Company && !self.traits.read_only;
        !self.is_company_only() && !companys
    }

    /// Whether a partner who registers gives this answer.
    pub fn asks_partner(&self) -> bool {
        self.kind.is_asked() && !self.traits.read_only && self.partner_edits()
    }

    /// Whether the page that asks shows its answer and takes none.
    pub fn is_only_shown(&self) -> bool {
        self.traits.read_only
            || !self.partner_edits()
            || matches!(self.kind, FieldKind::Computed { .. })
    }

    /// Whether what the form fills in can be said at all.
    pub fn is_filled_in(&self) -> bool {
        self.traits.prefill.is_some() || !self.default.is_empty() || !self.defaults.is_empty()
    }
}

impl FieldKind {
    /// Whether two answers of this kind can be told to be the same.
    pub fn can_be_unique(&self) -> bool {
        matches!(
            self,
            Self::Text | Self::Number { .. } | Self::Email | Self::Url | Self::Date
        )
    }
}

impl FormDefinition {
    /// The form as a partner may know it: without the fields that are the company's own.
    #[must_use]
    pub fn for_partner(&self) -> Self {
        let fields = self.fields.iter().filter(|f| !f.is_company_only());
        Self {
            fields: fields.cloned().collect(),
        }
    }

    /// The form as the company fills in its own part: nothing in it is hidden from whoever fills it.
    #[must_use]
    pub fn for_company(&self) -> Self {
        let mut form = self.clone();
        for field in &mut form.fields {
            field.traits.seen_by = SeenBy::Both;
            field.traits.edited_by = EditedBy::Partner;
        }
        form
    }

    /// The fields that are the company's own.
    pub fn company_keys(&self) -> BTreeSet<FieldKey> {
        let own = self.fields.iter().filter(|f| f.is_company_only());
        own.map(|f| f.key.clone()).collect()
    }

    /// The fields that both sides see and the company may answer.
    pub fn shared_keys(&self) -> BTreeSet<FieldKey> {
        let fields = self.fields.iter();
        let shared = fields.filter(|f| f.company_edits() && !f.is_company_only());
        shared.map(|f| f.key.clone()).collect()
    }
}
