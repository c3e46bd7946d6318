//! How a command writes: one transaction, in which the person's right is asked again. Whoever was demoted, removed or
//! suspended after the door was opened is refused there, whatever the door saw.

use std::sync::Arc;

use domain::CompanyId;
use domain::people::{CompanyRight, PartnerRight};
use store::{BoxFuture, Tx};

use crate::accounts::still_edits;
use crate::deals::Recorder;
use crate::facts::Scribe;
use crate::{CompanyAccess, CompanyTeam, PartnerAccess, ServiceError};

impl CompanyAccess {
    /// Runs a command of the company's side in one write, with the program as it is inside. Removed meanwhile: not
    /// found; of a lesser role now: forbidden.
    pub(crate) async fn write<G, T, F>(
        &self,
        right: CompanyRight,
        given: G,
        work: F,
    ) -> Result<T, ServiceError>
    where
        G: Clone + Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, Recorder, G) -> BoxFuture<'t, Result<T, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        self.require(right)?;
        let work = Arc::new(work);
        self.services
            .write((self.recorder(), given), move |tx, (recorder, given)| {
                let work = work.clone();
                Box::pin(async move {
                    let recorder = recorder.for_company(tx, right).await?;
                    if let Some(given) = recorder.done_before(tx).await? {
                        return Ok(given);
                    }
                    let done = work(tx, recorder.clone(), given).await?;
                    let written = recorder.written(&done)?;
                    recorder.keep_done(tx, written).await?;
                    Ok(done)
                })
            })
            .await
    }
}

impl CompanyTeam {
    /// Runs a command of those who edit the company's team, in one write in which nobody else changes the team. Removed
    /// meanwhile: not found; of a lesser role now: forbidden.
    pub(crate) async fn write<G, T, F>(&self, given: G, work: F) -> Result<T, ServiceError>
    where
        G: Clone + Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, CompanyId, Scribe, G) -> BoxFuture<'t, Result<T, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        self.require_edit()?;
        let (work, company, me) = (Arc::new(work), self.company, self.person.id);
        self.services
            .write(
                (self.services.scribe(self.actor()), given),
                move |tx, (scribe, given)| {
                    let work = work.clone();
                    Box::pin(async move {
                        still_edits(tx, company, me).await?;
                        work(tx, company, scribe, given).await
                    })
                },
            )
            .await
    }
}

impl PartnerAccess {
    /// Runs a command of the partner's side in one write, with the program as it is inside. Removed meanwhile, or the
    /// membership ended: not found; of a lesser role, or suspended: forbidden.
    pub(crate) async fn write<G, T, F>(
        &self,
        right: PartnerRight,
        given: G,
        work: F,
    ) -> Result<T, ServiceError>
    where
        G: Clone + Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, Recorder, G) -> BoxFuture<'t, Result<T, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        self.require(right)?;
        let (work, membership) = (Arc::new(work), self.membership);
        self.services
            .write((self.recorder(), given), move |tx, (recorder, given)| {
                let work = work.clone();
                Box::pin(async move {
                    let (recorder, _) = recorder.for_partner(tx, membership, right).await?;
                    if let Some(given) = recorder.done_before(tx).await? {
                        return Ok(given);
                    }
                    let done = work(tx, recorder.clone(), given).await?;
                    let written = recorder.written(&done)?;
                    recorder.keep_done(tx, written).await?;
                    Ok(done)
                })
            })
            .await
    }
}

impl Recorder {
    /// The same with the program as it is inside the write, if the person may still do it for the company.
    async fn for_company(self, tx: &mut Tx, right: CompanyRight) -> Result<Self, ServiceError> {
        let row = store::access::find_for_company(tx, self.user()?, self.program.id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if !row.role.may(right) {
            return Err(ServiceError::Forbidden);
        }
        self.key_holds(tx).await?;
        Ok(Self {
            program: Arc::new(row.program),
            ..self
        })
    }

    /// The same with the program as it is inside the write, if the person may still do it for the partner; and the
    /// membership as it is now.
    pub(crate) async fn for_partner(
        self,
        tx: &mut Tx,
        membership: domain::MembershipId,
        right: PartnerRight,
    ) -> Result<(Self, store::memberships::Membership), ServiceError> {
        let row = store::access::find_for_partner(tx, self.user()?, membership)
            .await?
            .filter(|row| row.role.may(PartnerRight::ViewDeals, row.membership.status))
            .ok_or(ServiceError::NotFound)?;
        if !row.role.may(right, row.membership.status) {
            return Err(ServiceError::Forbidden);
        }
        self.key_holds(tx).await?;
        let recorder = Self {
            program: Arc::new(row.program),
            ..self
        };
        Ok((recorder, row.membership))
    }
}
