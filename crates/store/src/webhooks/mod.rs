//! Webhooks: endpoints, the queue of deliveries, and the log of their tries. A worker takes what is due at one endpoint
//! under a lease; what it does not settle by then is due again.

pub mod attempts;
pub mod deliveries;
pub mod endpoints;
pub mod failing;

use std::fmt;

use crate::Announce;
use crate::conn::Tx;
use domain::{CompanyId, DeliveryId, EndpointId};

/// What a delivery is announced under: workers wake up, nobody else listens.
pub const TOPIC: &str = "webhooks";

/// What signs an endpoint's messages: `whsec_` and base64. Never shown by accident.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Tells the open pages of the company's people that a message to that endpoint was settled.
pub fn announce_settled(tx: &mut Tx, company: CompanyId, endpoint: EndpointId) {
    tx.announce(Announce {
        // No event: it is heard by whoever listens now.
        seq: 0,
        topic: format!("company:{company}"),
        subject: "webhook".to_owned(),
        id: endpoint.0,
        version: 0,
    });
}

fn announce(tx: &mut Tx, id: DeliveryId) {
    tx.announce(Announce {
        seq: 0,
        topic: TOPIC.to_owned(),
        subject: TOPIC.to_owned(),
        id: id.0,
        version: 0,
    });
}
