//! Webhooks as a company's admins see them. A secret stands in [`EndpointSecret`] alone, which is shown once.

use serde::{Deserialize, Serialize};

use crate::webhooks::{DeliveryState, EndpointState, EventPicker};
use crate::{DeliveryId, EndpointId, Timestamp};

/// A company's endpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointsView {
    pub company: String,
    /// Whether the operator allows networks that are reached without TLS.
    pub takes_http: bool,
    pub endpoints: Vec<EndpointView>,
    /// The id of the next one: a form that is sent twice adds one endpoint.
    pub next: EndpointId,
}

/// One endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointView {
    pub id: EndpointId,
    pub url: String,
    pub description: String,
    pub events: EventPicker,
    pub state: EndpointState,
    /// The first failure since the last success.
    pub failing_since: Option<Timestamp>,
    /// Tries that failed since then, those of tests aside; not counted on where it is plain that it fails.
    pub failures: i32,
    /// Until when the secret before this one signs as well.
    pub old_secret_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// A new secret, for the one who asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointSecret {
    pub endpoint: EndpointId,
    pub secret: String,
}

impl std::fmt::Debug for EndpointSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EndpointSecret({}, hidden)", self.endpoint)
    }
}

/// An endpoint with a page of its deliveries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointLog {
    pub company: String,
    pub endpoint: EndpointView,
    pub deliveries: Vec<DeliveryView>,
    /// Where the next page begins.
    pub next: Option<DeliveryId>,
}

/// One delivery, as a line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryView {
    pub id: DeliveryId,
    /// The message's type.
    pub kind: String,
    /// The deal's number; empty for a test.
    pub about: String,
    pub state: DeliveryState,
    pub attempts: i32,
    /// What the last try failed of; empty if none did.
    pub last_error: String,
    pub created_at: Timestamp,
    /// When it is tried next, while it waits.
    pub next_try_at: Option<Timestamp>,
}

/// One delivery with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryDetail {
    pub url: String,
    pub delivery: DeliveryView,
    pub body: String,
    /// The latest first.
    pub attempts: Vec<AttemptView>,
    /// Whether the endpoint is on.
    pub on: bool,
    pub may_replay: bool,
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    /// Counted from 1.
    pub number: i32,
    pub at: Timestamp,
    pub milliseconds: i64,
    pub status: Option<i32>,
    pub answer: String,
    /// Why it was no success; empty: it was one.
    pub error: String,
}
