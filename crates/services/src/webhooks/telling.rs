//! What happened to deals is queued for the endpoints that want to hear of it, in the transaction in which it happened.

use domain::deals::Deal;
use domain::events::Fact;
use domain::webhooks::{DeliveryState, Message, WebhookEvent};
use domain::{CompanyId, DeliveryId, EndpointId, Timestamp};
use store::Tx;
use store::events::NewEvent;
use store::webhooks::deliveries::{self, DeliveryRow};
use store::webhooks::endpoints;

use crate::ServiceError;
use crate::deals::{Recorder, number_text};

/// A message on its way, and the number of the deal that it is about.
pub(crate) struct HookNote {
    pub event: WebhookEvent,
    pub number: String,
    pub message: Message,
}

impl Recorder {
    /// What endpoints hear of a deal's fact; `None` where they hear nothing.
    pub(crate) fn hook_note(&self, deal: &Deal, event: &NewEvent) -> Option<HookNote> {
        let Fact::Deal(fact) = &event.fact else {
            return None;
        };
        let number = number_text(&self.program.number_prefix, deal.number);
        let when = (event.id, event.subject_version, event.at);
        let (kind, message) = Message::of(deal, &number, when, self.actor, fact)?;
        Some(HookNote {
            event: kind,
            number,
            message,
        })
    }

    /// One statement where no endpoint listens.
    pub(crate) async fn tell_endpoints(
        &self,
        tx: &mut Tx,
        notes: Vec<HookNote>,
    ) -> Result<(), ServiceError> {
        if notes.is_empty() {
            return Ok(());
        }
        let company = self.program.company;
        let listening = endpoints::list_listening(tx, company).await?;
        let mut rows = Vec::new();
        for note in &notes {
            for (endpoint, picker) in &listening {
                if picker.wants(note.event) {
                    let of = (company, *endpoint);
                    rows.push(row((self.id(), self.now), of, &note.number, &note.message)?);
                }
            }
        }
        Ok(deliveries::insert_all(tx, &rows).await?)
    }
}

/// A delivery that is due at once.
pub(super) fn row(
    (id, now): (DeliveryId, Timestamp),
    (company_id, endpoint_id): (CompanyId, EndpointId),
    about: &str,
    message: &Message,
) -> Result<DeliveryRow, ServiceError> {
    let payload = serde_json::to_string(message)
        .map_err(|error| ServiceError::Internal(error.to_string()))?;
    Ok(DeliveryRow {
        id,
        company_id,
        endpoint_id,
        kind: message.kind.to_owned(),
        about: about.to_owned(),
        payload,
        state: DeliveryState::Queued,
        attempts: 0,
        unsettled: 0,
        last_error: String::new(),
        created_at: now,
        available_at: now,
        changed_at: now,
    })
}
