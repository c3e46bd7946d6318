//! The log of an endpoint as its company's admins see it; sending once more, and sending a test.

use domain::events::TeamFact;
use domain::views::{AttemptView, DeliveryDetail, DeliveryView, EndpointLog};
use domain::webhooks::{DeliveryState, EndpointState, Message};
use domain::{DeliveryId, EndpointId};
use store::webhooks::attempts::{self, AttemptRow};
use store::webhooks::deliveries::{self, DeliveryRow};
use store::webhooks::endpoints;

use super::endpoints::get;
use super::telling;
use super::view::view;
use crate::{CompanyTeam, ServiceError};

/// Deliveries of one page.
const PAGE: usize = 30;
/// Tries that a delivery's page shows: more than it makes by itself.
const TRIES: i64 = 50;

impl CompanyTeam {
    /// An endpoint with its deliveries, newest first: all, or those of one state; from `before` on.
    pub async fn endpoint_log(
        &self,
        id: EndpointId,
        state: Option<DeliveryState>,
        before: Option<DeliveryId>,
    ) -> Result<EndpointLog, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let found = endpoints::find(&mut conn, self.company, id).await?;
        let found = found.ok_or(ServiceError::NotFound)?;
        let endpoint = view(&mut conn, found).await?;
        let (of, limit) = (
            (self.company, id),
            i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        );
        let mut rows = deliveries::list(&mut conn, of, state, before, limit).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|last| last.id);
        Ok(EndpointLog {
            company: self.name().to_owned(),
            endpoint,
            deliveries: rows.into_iter().map(delivery).collect(),
            next,
        })
    }

    /// One delivery with its body and its tries.
    pub async fn delivery(
        &self,
        endpoint: EndpointId,
        id: DeliveryId,
    ) -> Result<DeliveryDetail, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let of = (self.company, endpoint);
        let found = endpoints::find(&mut conn, self.company, endpoint).await?;
        let found = found.ok_or(ServiceError::NotFound)?;
        let row = deliveries::find(&mut conn, of, id).await?;
        let row = row.ok_or(ServiceError::NotFound)?;
        let tries = attempts::list(&mut conn, id, TRIES).await?;
        let on = found.state == EndpointState::Enabled;
        Ok(DeliveryDetail {
            url: found.url,
            may_replay: on && row.state != DeliveryState::Sending,
            on,
            body: row.payload.clone(),
            delivery: delivery(row),
            attempts: tries.into_iter().map(attempt).collect(),
        })
    }

    /// Sends it once more, at once and under the same id: what was not delivered, what waits for its next try, and what
    /// was delivered.
    pub async fn replay_delivery(
        &self,
        endpoint: EndpointId,
        id: DeliveryId,
    ) -> Result<(), ServiceError> {
        self.write((), move |tx, company, scribe, ()| {
            Box::pin(async move {
                let row = get(tx, company, endpoint).await?;
                let of = (company, endpoint);
                let found = deliveries::find(tx, of, id).await?;
                found.ok_or(ServiceError::NotFound)?;
                if row.state != EndpointState::Enabled {
                    let text = "Switch the endpoint on first";
                    return Err(ServiceError::input("delivery", text));
                }
                if !deliveries::save_replayed(tx, of, id, scribe.now).await? {
                    let text = "It is being sent just now";
                    return Err(ServiceError::input("delivery", text));
                }
                let fact = TeamFact::WebhookReplayed {
                    endpoint,
                    delivery: id,
                };
                scribe.company(tx, company, fact).await
            })
        })
        .await
    }

    /// Sends a message of the type `webhook.test`; gives its id.
    pub async fn test_endpoint(&self, endpoint: EndpointId) -> Result<DeliveryId, ServiceError> {
        self.write((), move |tx, company, scribe, ()| {
            Box::pin(async move {
                let row = get(tx, company, endpoint).await?;
                if row.state != EndpointState::Enabled {
                    let text = "Switch the endpoint on first";
                    return Err(ServiceError::input("endpoint", text));
                }
                let message = Message::test(company, endpoint, scribe.now);
                let id: DeliveryId = scribe.id();
                let of = (company, endpoint);
                let row = telling::row((id, scribe.now), of, "", &message)?;
                deliveries::insert_all(tx, &[row]).await?;
                let fact = TeamFact::WebhookTested {
                    endpoint,
                    delivery: id,
                };
                scribe.company(tx, company, fact).await?;
                Ok(id)
            })
        })
        .await
    }
}

fn delivery(row: DeliveryRow) -> DeliveryView {
    let waits = row.state == DeliveryState::Queued && row.attempts > 0;
    DeliveryView {
        id: row.id,
        kind: row.kind,
        about: row.about,
        state: row.state,
        attempts: row.attempts,
        last_error: row.last_error,
        created_at: row.created_at,
        next_try_at: waits.then_some(row.available_at),
    }
}

fn attempt(row: AttemptRow) -> AttemptView {
    AttemptView {
        number: row.number,
        at: row.at,
        milliseconds: row.took,
        status: row.status,
        answer: row.answer,
        error: row.error,
    }
}
