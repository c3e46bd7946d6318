//! The workers of one process: a courier for each endpoint at which something is due, so that an endpoint that is dead
//! holds up no other. Any number of processes may deliver from one queue: each takes its messages under a lease.

use std::collections::HashMap;

use domain::EndpointId;
use store::webhooks::deliveries::{DueEndpoint, list_due_endpoints};
use tokio::task::{Id, JoinSet};

use super::Delivered;
use crate::{ServiceError, Services};

/// Endpoints that are served at once by one process.
const AT_ONCE: usize = 32;
/// Of which so many may be endpoints that fail: the rest is kept for those that answer.
const FAILING_AT_ONCE: usize = 12;
/// A quarter of the couriers is as much as one company gets: one whose systems are slow holds up no other.
const OF_ONE_COMPANY: usize = AT_ONCE / 4;
/// Half of these at those of its endpoints that fail: they hold up neither its others nor, by themselves, those of others.
const FAILING_OF_ONE_COMPANY: usize = OF_ONE_COMPANY / 2;
/// Endpoints that are looked at for who goes next. Four companies can have all that they get, and three all that they get
/// for what fails; each has at most sixteen lines here, so that others are always seen.
const LOOKED_AT: usize = 4 * AT_ONCE;

/// Who is on the way.
pub struct Couriers {
    services: Services,
    running: JoinSet<Result<Delivered, ServiceError>>,
    /// The endpoints that they serve, as they were when they went.
    busy: HashMap<Id, DueEndpoint>,
}

impl Services {
    /// Nobody is on the way yet.
    pub fn couriers(&self) -> Couriers {
        Couriers {
            services: self.clone(),
            running: JoinSet::new(),
            busy: HashMap::new(),
        }
    }
}

impl Couriers {
    /// Sends a courier to each endpoint at which something is due and nobody is; gives how many went. Each takes a few
    /// messages, and comes back.
    pub async fn send_out(&mut self) -> Result<usize, ServiceError> {
        let Some(courier) = self.services.courier().cloned() else {
            return Ok(0);
        };
        if self.busy.len() >= AT_ONCE {
            return Ok(0);
        }
        let mut sent = 0;
        for due in self.due().await? {
            if self.busy.len() >= AT_ONCE {
                break;
            }
            if !self.has_room_for(due) {
                continue;
            }
            let (services, courier) = (self.services.clone(), courier.clone());
            let task = self
                .running
                .spawn(async move { services.deliver_to(courier, due.endpoint_id).await });
            self.busy.insert(task.id(), due);
            sent += 1;
        }
        Ok(sent)
    }

    async fn due(&self) -> Result<Vec<DueEndpoint>, ServiceError> {
        let mut conn = self.services.read().await?;
        let busy: Vec<EndpointId> = self.busy.values().map(|one| one.endpoint_id).collect();
        let most = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let limits = (most(OF_ONE_COMPANY), most(LOOKED_AT));
        Ok(list_due_endpoints(&mut conn, self.services.now(), &busy, limits).await?)
    }

    /// Whether the endpoint's company, and those that fail, have not all that they get.
    fn has_room_for(&self, due: DueEndpoint) -> bool {
        let (mut theirs, mut failing, mut both) = (0, 0, 0);
        for one in self.busy.values() {
            let of_company = one.company_id == due.company_id;
            let fails = one.failing_since.is_some();
            theirs += usize::from(of_company);
            failing += usize::from(fails);
            both += usize::from(of_company && fails);
        }
        let fails = due.failing_since.is_some();
        let fits = !fails || (failing < FAILING_AT_ONCE && both < FAILING_OF_ONE_COMPANY);
        fits && theirs < OF_ONE_COMPANY
    }

    /// Resolves when one of them is back, with what it did; never while nobody is on the way.
    pub async fn one_back(&mut self) -> Result<Delivered, ServiceError> {
        match self.running.join_next_with_id().await {
            None => std::future::pending().await,
            Some(Ok((id, done))) => {
                self.busy.remove(&id);
                done
            }
            Some(Err(error)) => {
                self.busy.remove(&error.id());
                Err(ServiceError::Internal(error.to_string()))
            }
        }
    }

    /// Waits until all of them are back.
    pub async fn all_back(&mut self) -> Result<Delivered, ServiceError> {
        let mut delivered = Delivered::default();
        let mut fault = None;
        while !self.busy.is_empty() {
            match self.one_back().await {
                Ok(one) => delivered += one,
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(delivered), Err)
    }
}

impl Services {
    /// One round: a courier to each endpoint at which something is due, until all are back.
    pub async fn deliver_hooks(&self) -> Result<Delivered, ServiceError> {
        let mut couriers = self.couriers();
        couriers.send_out().await?;
        couriers.all_back().await
    }
}
