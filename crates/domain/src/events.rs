//! Facts about programs and teams, and the envelope in which every fact is kept.

use serde::{Deserialize, Serialize};

use crate::deals::{DealFact, StageRef};
use crate::keys::KeyScopes;
use crate::messages::MessageFact;
use crate::people::{Actor, MembershipStatus, Side};
use crate::{
    ApiKeyId, CompanyId, DeliveryId, EndpointId, EventId, FormVersionId, ImportId, MailId, OfferId,
    PartnerId, ProgramId, TierId, Timestamp, UserId,
};

/// A fact about a program or its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProgramFact {
    ProgramCreated {
        name: String,
    },
    SettingsChanged,
    SubmissionsOpened,
    SubmissionsClosed,
    /// Somebody began to change the form: the first save since it was published, or since another person's.
    FormDraftStarted,
    FormPublished {
        form: FormVersionId,
        number: i32,
        changes: usize,
    },
    /// A form waits to become a version at that time.
    FormScheduled {
        at: Timestamp,
        changes: usize,
    },
    /// It does not become one; somebody took it back, or published another form first.
    FormScheduleCancelled {
        at: Timestamp,
    },
    /// Its time came, and what is stored refused it: it waits for somebody.
    FormScheduleHeld {
        at: Timestamp,
    },
    PipelineReplaced {
        retired: Vec<StageRef>,
    },
    TierAdded {
        tier: TierId,
        name: String,
    },
    TierRenamed {
        tier: TierId,
        name: String,
    },
    TierRemoved {
        tier: TierId,
        name: String,
    },
    PartnerInvited {
        email: String,
    },
    PartnerInvitationWithdrawn {
        email: String,
    },
    PartnerJoined {
        partner: PartnerId,
        name: String,
    },
    MembershipChanged {
        partner: PartnerId,
        status: MembershipStatus,
    },
    ClaimAdded {
        customer: String,
    },
    ClaimRemoved {
        customer: String,
    },
    CustomerCreated {
        name: String,
    },
    OfferPublished {
        offer: OfferId,
        name: String,
        number: i32,
    },
    OfferEnded {
        offer: OfferId,
        name: String,
    },
    /// Its rows become deals from now on; each deal tells its own story.
    ImportStarted {
        import: ImportId,
        file: String,
        rows: i64,
    },
    /// What it made is taken back from now on.
    ImportTakenBack {
        import: ImportId,
        file: String,
    },
    /// Somebody took a copy of all deals, or of all that is the company's.
    DataExported {
        what: String,
    },
}

impl ProgramFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ProgramCreated { .. } => "program_created",
            Self::SettingsChanged => "settings_changed",
            Self::SubmissionsOpened => "submissions_opened",
            Self::SubmissionsClosed => "submissions_closed",
            Self::FormDraftStarted => "form_draft_started",
            Self::FormPublished { .. } => "form_published",
            Self::FormScheduled { .. } => "form_scheduled",
            Self::FormScheduleCancelled { .. } => "form_schedule_cancelled",
            Self::FormScheduleHeld { .. } => "form_schedule_held",
            Self::PipelineReplaced { .. } => "pipeline_replaced",
            Self::TierAdded { .. } => "tier_added",
            Self::TierRenamed { .. } => "tier_renamed",
            Self::TierRemoved { .. } => "tier_removed",
            Self::PartnerInvited { .. } => "partner_invited",
            Self::PartnerInvitationWithdrawn { .. } => "partner_invitation_withdrawn",
            Self::PartnerJoined { .. } => "partner_joined",
            Self::MembershipChanged { .. } => "membership_changed",
            Self::ClaimAdded { .. } => "claim_added",
            Self::ClaimRemoved { .. } => "claim_removed",
            Self::CustomerCreated { .. } => "customer_created",
            Self::OfferPublished { .. } => "offer_published",
            Self::OfferEnded { .. } => "offer_ended",
            Self::ImportStarted { .. } => "import_started",
            Self::ImportTakenBack { .. } => "import_taken_back",
            Self::DataExported { .. } => "data_exported",
        }
    }

    /// What the person did who gave the program its new version; `None` for a fact that leaves the version as it was.
    pub fn changed(&self) -> Option<&'static str> {
        match self {
            Self::ProgramCreated { .. } => Some("created the program"),
            Self::SettingsChanged => Some("changed the program"),
            Self::SubmissionsOpened => Some("opened deal submissions"),
            Self::SubmissionsClosed => Some("closed deal submissions"),
            Self::PipelineReplaced { .. } => Some("changed the stages"),
            Self::FormDraftStarted
            | Self::FormPublished { .. }
            | Self::FormScheduled { .. }
            | Self::FormScheduleCancelled { .. }
            | Self::FormScheduleHeld { .. }
            | Self::TierAdded { .. }
            | Self::TierRenamed { .. }
            | Self::TierRemoved { .. }
            | Self::PartnerInvited { .. }
            | Self::PartnerInvitationWithdrawn { .. }
            | Self::PartnerJoined { .. }
            | Self::MembershipChanged { .. }
            | Self::ClaimAdded { .. }
            | Self::ClaimRemoved { .. }
            | Self::CustomerCreated { .. }
            | Self::OfferPublished { .. }
            | Self::OfferEnded { .. }
            | Self::ImportStarted { .. }
            | Self::ImportTakenBack { .. }
            | Self::DataExported { .. } => None,
        }
    }
}

/// A fact about a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TeamFact {
    CompanyCreated {
        name: String,
    },
    PartnerCreated {
        name: String,
    },
    PersonInvited {
        email: String,
        role: String,
    },
    InvitationWithdrawn {
        email: String,
    },
    PersonJoined {
        user: UserId,
        role: String,
    },
    RoleChanged {
        user: UserId,
        role: String,
    },
    PersonRemoved {
        user: UserId,
    },
    /// A mail that was not delivered is tried once more.
    MailRetried {
        mail: MailId,
    },
    WebhookAdded {
        endpoint: EndpointId,
    },
    /// Its address, its description or what it is told of.
    WebhookChanged {
        endpoint: EndpointId,
    },
    WebhookRemoved {
        endpoint: EndpointId,
    },
    WebhookSecretRotated {
        endpoint: EndpointId,
    },
    WebhookEnabled {
        endpoint: EndpointId,
    },
    WebhookDisabled {
        endpoint: EndpointId,
    },
    /// Nobody did it: it failed for too long, or said that it is gone.
    WebhookStopped {
        endpoint: EndpointId,
    },
    WebhookTested {
        endpoint: EndpointId,
        delivery: DeliveryId,
    },
    WebhookReplayed {
        endpoint: EndpointId,
        delivery: DeliveryId,
    },
    KeyCreated {
        key: ApiKeyId,
        name: String,
        scopes: KeyScopes,
    },
    KeyRevoked {
        key: ApiKeyId,
        name: String,
    },
}

impl TeamFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CompanyCreated { .. } => "company_created",
            Self::PartnerCreated { .. } => "partner_created",
            Self::PersonInvited { .. } => "person_invited",
            Self::InvitationWithdrawn { .. } => "invitation_withdrawn",
            Self::PersonJoined { .. } => "person_joined",
            Self::RoleChanged { .. } => "role_changed",
            Self::PersonRemoved { .. } => "person_removed",
            Self::MailRetried { .. } => "mail_retried",
            Self::WebhookAdded { .. } => "webhook_added",
            Self::WebhookChanged { .. } => "webhook_changed",
            Self::WebhookRemoved { .. } => "webhook_removed",
            Self::WebhookSecretRotated { .. } => "webhook_secret_rotated",
            Self::WebhookEnabled { .. } => "webhook_enabled",
            Self::WebhookDisabled { .. } => "webhook_disabled",
            Self::WebhookStopped { .. } => "webhook_stopped",
            Self::WebhookTested { .. } => "webhook_tested",
            Self::WebhookReplayed { .. } => "webhook_replayed",
            Self::KeyCreated { .. } => "key_created",
            Self::KeyRevoked { .. } => "key_revoked",
        }
    }
}

/// A fact about somebody's account. No team hears of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountFact {
    /// By the operator, and into no team.
    AccountCreated,
    PasswordChanged,
    /// The operator made a link that sets a new password.
    ResetLinkCreated,
    /// By such a link.
    PasswordReset,
}

impl AccountFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::AccountCreated => "account_created",
            Self::PasswordChanged => "password_changed",
            Self::ResetLinkCreated => "reset_link_created",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// Any fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    Deal(DealFact),
    Program(ProgramFact),
    Team(TeamFact),
    Account(AccountFact),
    Message(MessageFact),
}

impl Fact {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Deal(fact) => fact.name(),
            Self::Program(fact) => fact.name(),
            Self::Team(fact) => fact.name(),
            Self::Account(fact) => fact.name(),
            Self::Message(fact) => fact.name(),
        }
    }
}

/// A kept fact: what, about what, by whom, when, and its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    /// Place among all events of this installation.
    pub seq: i64,
    pub company: Option<CompanyId>,
    pub program: Option<ProgramId>,
    pub partner: Option<PartnerId>,
    pub actor: Actor,
    pub at: Timestamp,
    pub fact: Fact,
}

/// One line of a timeline, as both sides may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub seq: i64,
    pub at: Timestamp,
    pub side: Side,
    /// The person's name; empty for the system.
    pub who: String,
    pub fact: DealFact,
}

/// Something changed: what the stream says. Never what it now contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub seq: i64,
    pub topic: Topic,
    /// The deal, program, ... as text.
    pub id: String,
    pub version: i64,
}

/// What a listener may be interested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A deal: board, list, queue and deal page re-fetch it.
    Deal,
    /// A program's settings, switch, form or stages.
    Program,
    /// The bell of a person.
    Bell,
    /// A thread of messages: a new one, or one's own were read.
    Messages,
    /// A message to a webhook was settled: its log re-fetches.
    Webhook,
    /// An import went on: its page re-fetches.
    Import,
    /// Somebody came to a form's editor, left it, chose another field there, or saved the draft: open editors ask.
    Form,
    /// Somebody came to a registration that is not sent, left it, went to another field there, or saved it: open forms ask.
    Draft,
    /// Somebody came to a program's board, left it, took a card or laid it down: open boards ask.
    Board,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_stored_under_its_own_name() {
        let fact = Fact::Program(ProgramFact::SubmissionsClosed);
        let json = serde_json::to_value(&fact).unwrap();
        assert_eq!(json["kind"], fact.name());
        assert_eq!(serde_json::from_value::<Fact>(json).unwrap(), fact);
        let fact = Fact::Deal(DealFact::DealWithdrawn);
        let json = serde_json::to_value(&fact).unwrap();
        assert_eq!(json["kind"], fact.name());
        assert_eq!(serde_json::from_value::<Fact>(json).unwrap(), fact);
        let fact = Fact::Account(AccountFact::PasswordChanged);
        let json = serde_json::to_value(&fact).unwrap();
        assert_eq!(json["kind"], fact.name());
        assert_eq!(serde_json::from_value::<Fact>(json).unwrap(), fact);
    }
}
