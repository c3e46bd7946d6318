//! One courier's way: a few messages for one endpoint, all at the same time, each tried once.

use std::ops::AddAssign;
use std::sync::Arc;

use domain::text::clean_line;
use domain::webhooks::{HookUrl, asked_pause, next_try_after};
use domain::{DeliveryId, EndpointId, Timestamp};
use store::webhooks::attempts::AttemptRow;
use store::webhooks::deliveries::{self, DeliveryRow, Failed};
use store::webhooks::endpoints::{self, EndpointRow};
use tokio::task::JoinSet;

use super::secret::signatures;
use super::settle::{Outcome, Settled};
use super::{Courier, Parcel, Reply};
use crate::{ServiceError, Services};

/// Messages in hand at once for one endpoint: as many connections it sees from one process.
const AT_ONCE: i64 = 4;
/// Characters of a failure or an answer that are kept.
const MOST_KEPT: usize = 500;
/// A message that was taken so often in a row, and no try came to an end, ends its worker every time.
const MOST_TAKEN: i32 = 100;
/// "Gone": the receiver wants no more (Standard Webhooks).
const GONE: u16 = 410;
/// "Too many requests" and "unavailable": with these an endpoint says when it wants more.
const BUSY: [u16; 2] = [429, 503];

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// To be tried again later.
    pub failed: usize,
    /// Tried often enough.
    pub dead: usize,
}

impl AddAssign for Delivered {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.failed += other.failed;
        self.dead += other.dead;
    }
}

impl Delivered {
    /// Messages that were taken: if none, nothing is due.
    pub fn taken(self) -> usize {
        self.sent + self.failed + self.dead
    }
}

/// How one try went.
struct Tried {
    at: Timestamp,
    reply: Option<Reply>,
    /// Why it was no success, in words.
    fault: Option<String>,
}

impl Services {
    /// Takes a few messages that are due at that endpoint and tries each once.
    ///
    /// A message goes out at least once: between the endpoint's yes and our noting it a process can die, and then it goes
    /// out again under the same id.
    pub(super) async fn deliver_to(
        &self,
        courier: Arc<dyn Courier>,
        endpoint: EndpointId,
    ) -> Result<Delivered, ServiceError> {
        let mut delivered = Delivered::default();
        let taken = self.take_deliveries(courier.as_ref(), endpoint).await?;
        let found = endpoints::find_any(&mut self.read().await?, endpoint).await?;
        let Some(endpoint) = found.map(Arc::new) else {
            return Ok(delivered);
        };
        let mut running = JoinSet::new();
        for row in taken {
            let (services, courier, endpoint) = (self.clone(), courier.clone(), endpoint.clone());
            running.spawn(async move { services.deliver_hook(courier, &endpoint, row).await });
        }
        let mut fault = None;
        // All come to their end, whatever became of one: a message that is dropped in the middle may go out twice.
        while let Some(ended) = running.join_next().await {
            match ended.unwrap_or_else(|error| Err(ServiceError::Internal(error.to_string()))) {
                Ok(Outcome::Sent) => delivered.sent += 1,
                Ok(Outcome::Failed) => delivered.failed += 1,
                Ok(Outcome::Dead) => delivered.dead += 1,
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(delivered), Err)
    }

    async fn take_deliveries(
        &self,
        courier: &dyn Courier,
        endpoint: EndpointId,
    ) -> Result<Vec<DeliveryRow>, ServiceError> {
        let now = self.now();
        // Twice the time that a try may take: the second half is for noting how it ended.
        let seconds = i64::try_from(courier.patience().as_secs()).unwrap_or(i64::MAX);
        let lease_until = now.plus_seconds(seconds.saturating_mul(2).saturating_add(1));
        self.write((), move |tx, ()| {
            Box::pin(
                async move { Ok(deliveries::take(tx, endpoint, now, lease_until, AT_ONCE).await?) },
            )
        })
        .await
    }

    async fn deliver_hook(
        &self,
        courier: Arc<dyn Courier>,
        endpoint: &EndpointRow,
        row: DeliveryRow,
    ) -> Result<Outcome, ServiceError> {
        let (id, attempt) = (row.id, row.attempts);
        let tried = self.try_hook(courier.as_ref(), endpoint, row).await?;
        let now = self.now();
        if let Some(error) = &tried.fault {
            tracing::info!(delivery = %id, attempt, error, "a webhook was not delivered");
        }
        let pause = pause_after(id, attempt, tried.reply.as_ref(), now);
        let error = tried.fault.map(|fault| kept(&fault));
        let settled = Settled {
            endpoint: endpoint.id,
            company: endpoint.company_id,
            url: endpoint.url.clone(),
            gone: tried
                .reply
                .as_ref()
                .is_some_and(|reply| reply.status == GONE),
            failed: error.clone().map(|error| Failed {
                id,
                attempt,
                error,
                again_at: pause.map(|seconds| now.plus_seconds(seconds)),
                now,
            }),
            attempt: AttemptRow {
                delivery_id: id,
                number: attempt,
                at: tried.at,
                took: now.0.saturating_sub(tried.at.0) / 1_000,
                status: tried.reply.as_ref().map(|reply| i32::from(reply.status)),
                answer: tried
                    .reply
                    .map(|reply| kept(&reply.text))
                    .unwrap_or_default(),
                error: error.unwrap_or_default(),
            },
        };
        self.settle(settled).await
    }

    async fn try_hook(
        &self,
        courier: &dyn Courier,
        endpoint: &EndpointRow,
        row: DeliveryRow,
    ) -> Result<Tried, ServiceError> {
        let at = self.now();
        let failed = |fault: String| Tried {
            at,
            reply: None,
            fault: Some(fault),
        };
        if row.unsettled > MOST_TAKEN {
            let fault = "It was tried a hundred times, and no try came to an end";
            return Ok(failed(fault.to_owned()));
        }
        // What the operator allows may have changed since it was entered.
        let url = match HookUrl::parse(&endpoint.url, courier.reach()) {
            Ok(url) => url,
            Err(fault) => return Ok(failed(fault.to_string())),
        };
        let parcel = Parcel {
            signature: signatures(endpoint, &row.id.to_string(), at, &row.payload)?,
            url,
            id: row.id,
            timestamp: at.seconds(),
            body: row.payload,
        };
        let patience = courier.patience();
        let reply = tokio::time::timeout(patience, courier.carry(&parcel)).await;
        Ok(match reply {
            Ok(Ok(reply)) => Tried {
                at,
                fault: fault_of(reply.status),
                reply: Some(reply),
            },
            Ok(Err(fault)) => failed(fault),
            Err(_) => failed(format!(
                "It did not answer within {} seconds",
                patience.as_secs_f32()
            )),
        })
    }
}

/// Seconds until the next try: our own step, or what the endpoint asked for if that is longer.
fn pause_after(id: DeliveryId, attempt: i32, reply: Option<&Reply>, now: Timestamp) -> Option<i64> {
    let own = next_try_after(id, attempt)?;
    let busy = reply.filter(|reply| BUSY.contains(&reply.status));
    let asked = busy.and_then(|reply| asked_pause(reply.retry_after.as_deref()?, now));
    Some(own.max(asked.unwrap_or_default()))
}

/// Why an answer is none that takes the message over.
fn fault_of(status: u16) -> Option<String> {
    match status {
        200..=299 => None,
        300..=399 => Some(format!(
            "It answered {status}, which leads elsewhere: redirects are not followed"
        )),
        GONE => Some("It answered 410: it is gone, and wants no more".to_owned()),
        _ => Some(format!("It answered {status}")),
    }
}

fn kept(text: &str) -> String {
    clean_line(text).chars().take(MOST_KEPT).collect()
}
