//! Recording what happened to programs, teams and accounts. Deals record theirs themselves.

use std::sync::Arc;

use domain::events::{AccountFact, Fact, ProgramFact, TeamFact};
use domain::people::{Actor, Side};
use domain::{CompanyId, IdSource, PartnerId, ProgramId, Timestamp, UserId};
use store::Tx;
use store::events::NewEvent;
use uuid::Uuid;

use crate::{ServiceError, Services};

/// Who acts and when. Cheap to clone into a transaction.
#[derive(Clone)]
pub(crate) struct Scribe {
    pub ids: Arc<dyn IdSource>,
    pub now: Timestamp,
    pub actor: Actor,
}

impl Services {
    pub(crate) fn scribe(&self, actor: Actor) -> Scribe {
        Scribe {
            ids: self.ids(),
            now: self.now(),
            actor,
        }
    }
}

impl Scribe {
    pub(crate) fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next())
    }

    /// The same moment, another person: whoever joins acts for themselves.
    pub(crate) fn acting(&self, user: UserId, side: Side) -> Self {
        Self {
            actor: Actor {
                user: Some(user),
                side,
            },
            ..self.clone()
        }
    }

    /// A fact about a program.
    pub(crate) async fn program(
        &self,
        tx: &mut Tx,
        (company, program): (CompanyId, ProgramId),
        partner: Option<PartnerId>,
        version: i64,
        fact: ProgramFact,
    ) -> Result<(), ServiceError> {
        let of = (company, program);
        self.program_seq(tx, of, partner, version, fact)
            .await
            .map(drop)
    }

    /// The same; gives its place among all events.
    pub(crate) async fn program_seq(
        &self,
        tx: &mut Tx,
        (company, program): (CompanyId, ProgramId),
        partner: Option<PartnerId>,
        version: i64,
        fact: ProgramFact,
    ) -> Result<i64, ServiceError> {
        let event = NewEvent {
            company_id: Some(company),
            program_id: Some(program),
            partner_id: partner,
            subject_version: version,
            ..self.event("program", program.uuid(), Fact::Program(fact))
        };
        Ok(store::events::append(tx, event).await?)
    }

    /// A fact about a company's team.
    pub(crate) async fn company(
        &self,
        tx: &mut Tx,
        company: CompanyId,
        fact: TeamFact,
    ) -> Result<(), ServiceError> {
        self.company_seq(tx, company, fact).await.map(drop)
    }

    /// The same; gives its place among all events.
    pub(crate) async fn company_seq(
        &self,
        tx: &mut Tx,
        company: CompanyId,
        fact: TeamFact,
    ) -> Result<i64, ServiceError> {
        let event = NewEvent {
            company_id: Some(company),
            ..self.event("company", company.uuid(), Fact::Team(fact))
        };
        Ok(store::events::append(tx, event).await?)
    }

    /// A fact about a partner's team.
    pub(crate) async fn partner(
        &self,
        tx: &mut Tx,
        partner: PartnerId,
        fact: TeamFact,
    ) -> Result<(), ServiceError> {
        let event = NewEvent {
            partner_id: Some(partner),
            ..self.event("partner", partner.uuid(), Fact::Team(fact))
        };
        store::events::append(tx, event).await?;
        Ok(())
    }

    /// A fact about somebody's account, which no team hears.
    pub(crate) async fn account(
        &self,
        tx: &mut Tx,
        user: UserId,
        fact: AccountFact,
    ) -> Result<(), ServiceError> {
        let event = self.event("user", user.uuid(), Fact::Account(fact));
        store::events::append(tx, event).await?;
        Ok(())
    }

    fn event(&self, subject: &'static str, subject_id: Uuid, fact: Fact) -> NewEvent {
        NewEvent {
            id: self.id(),
            company_id: None,
            program_id: None,
            partner_id: None,
            subject,
            subject_id,
            subject_version: 0,
            actor: self.actor,
            at: self.now,
            fact,
        }
    }
}
