//! Every verb ends here: the deal is saved, the fact recorded, people told; all in one transaction.

use std::sync::Arc;

use domain::commands::Place;
use domain::deals::{Deal, DealFact};
use domain::errors::ConflictView;
use domain::events::ProgramFact;
use domain::people::{Actor, Person, Side};
use domain::pipeline::Pipeline;
use domain::program::{Program, deal_number};
use domain::{DealId, IdSource, Timestamp, UserId};
use store::deals::{NewPlace, Scope};
use store::{Conn, StoreError, Tx};
use uuid::Uuid;

use crate::facts::Scribe;
use crate::keys::{KeyUse, Once};
use crate::mail::Post;
use crate::{CompanyAccess, PartnerAccess, ServiceError, Services};

/// Who acts, in which program, when: what a write needs beside the command. Cheap to clone into a transaction.
#[derive(Clone)]
pub struct Recorder {
    pub ids: Arc<dyn IdSource>,
    pub now: Timestamp,
    pub program: Arc<Program>,
    pub scope: Scope,
    pub actor: Actor,
    /// The actor's name, for what others are told; empty for the system.
    pub who: String,
    /// Where mail goes; `None`: nobody is written to.
    pub post: Option<Post>,
    /// The API key by which the actor acts.
    pub(crate) key: Option<KeyUse>,
    /// For one command of a page, which may be sent again.
    pub(crate) resent: Option<Once>,
    /// What is done is recorded, and nobody is told of it one by one: no bell, no mail, no webhook. For imports.
    pub(crate) quiet: bool,
}

impl PartnerAccess {
    pub(crate) fn scope(&self) -> Scope {
        Scope::Membership(self.membership)
    }

    pub(crate) fn recorder(&self) -> Recorder {
        let recorder = Recorder::new(
            &self.services,
            &self.program,
            self.scope(),
            self.actor(),
            &self.person,
        );
        Recorder {
            key: self.key.clone(),
            resent: self.resent.clone(),
            ..recorder
        }
    }
}

impl CompanyAccess {
    pub(crate) fn scope(&self) -> Scope {
        Scope::Program(self.company, self.program.id)
    }

    pub(crate) fn recorder(&self) -> Recorder {
        let recorder = Recorder::new(
            &self.services,
            &self.program,
            self.scope(),
            self.actor(),
            &self.person,
        );
        Recorder {
            key: self.key.clone(),
            resent: self.resent.clone(),
            ..recorder
        }
    }
}

impl Recorder {
    fn new(
        services: &Services,
        program: &Arc<Program>,
        scope: Scope,
        actor: Actor,
        person: &Person,
    ) -> Self {
        Self {
            ids: services.ids(),
            now: services.now(),
            program: program.clone(),
            scope,
            actor,
            who: person.name.clone(),
            post: Some(services.post()),
            key: None,
            resent: None,
            quiet: false,
        }
    }

    /// For sweeps: nobody acts, the clock does.
    pub(crate) fn system(services: &Services, program: Arc<Program>) -> Self {
        let scope = Scope::Program(program.company, program.id);
        Self {
            ids: services.ids(),
            now: services.now(),
            program,
            scope,
            actor: Actor::system(),
            who: String::new(),
            post: Some(services.post()),
            key: None,
            resent: None,
            quiet: false,
        }
    }

    /// The same moment, but nobody acts: what follows by itself from what somebody did.
    pub(crate) fn by_itself(&self) -> Self {
        Self {
            actor: Actor::system(),
            who: String::new(),
            ..self.clone()
        }
    }

    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next())
    }

    /// The acting person; the system never gets here.
    pub fn user(&self) -> Result<UserId, ServiceError> {
        self.actor.user.ok_or(ServiceError::SignedOut)
    }

    /// The deal, if it lies in the actor's scope. For a company a draft does not exist.
    pub async fn load(&self, conn: &mut Conn, id: DealId) -> Result<Deal, ServiceError> {
        let partner = matches!(self.scope, Scope::Membership(_));
        store::deals::find(conn, self.scope, id)
            .await?
            .filter(|deal| partner || deal.number.is_some())
            .ok_or(ServiceError::NotFound)
    }

    /// The deal at the version that the actor saw; else who changed it since, when and how.
    pub async fn load_at(
        &self,
        conn: &mut Conn,
        id: DealId,
        version: i64,
    ) -> Result<Deal, ServiceError> {
        let deal = self.load(conn, id).await?;
        if deal.version == version {
            return Ok(deal);
        }
        Err(conflict(conn, &deal).await?)
    }

    /// Saves what a transition gave, records its fact and tells people. Gives the new version.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        fact: DealFact,
    ) -> Result<i64, ServiceError> {
        let saved = if fact.only_places() {
            store::deals::save_place(tx, deal).await
        } else {
            store::deals::save(tx, deal).await
        };
        let version = match saved {
            // Somebody saved between the load and here, as only several connections can: say who.
            Err(StoreError::Conflict) => {
                let deal = self.load(tx, deal.id).await?;
                return Err(conflict(tx, &deal).await?);
            }
            saved => saved?,
        };
        if fact.may_change_standing() {
            self.settle_unique(tx, deal).await?;
        }
        self.note(tx, deal, version, fact).await?;
        Ok(version)
    }

    /// Records a fact of the program itself, at the version that it has or gave.
    pub async fn note_program(
        &self,
        tx: &mut Tx,
        version: i64,
        fact: ProgramFact,
    ) -> Result<(), ServiceError> {
        let of = (self.program.company, self.program.id);
        self.scribe().program(tx, of, None, version, fact).await
    }

    /// To record what happens to others than deals.
    pub(crate) fn scribe(&self) -> Scribe {
        Scribe {
            ids: self.ids.clone(),
            now: self.now,
            actor: self.actor,
        }
    }

    /// The program's stages, which stay these until the transaction ends.
    pub async fn pipeline(&self, tx: &mut Tx) -> Result<Pipeline, ServiceError> {
        let (company, id) = (self.program.company, self.program.id);
        store::programs::lock_shared(tx, id).await?;
        Ok(store::pipelines::get(tx, company, id).await?)
    }

    /// As [`Self::pipeline`], with what a move to that stage asks.
    pub async fn pipeline_for_move(
        &self,
        tx: &mut Tx,
        to: domain::StageId,
    ) -> Result<Pipeline, ServiceError> {
        let (company, id) = (self.program.company, self.program.id);
        store::programs::lock_shared(tx, id).await?;
        Ok(store::pipelines::get_for_move(tx, company, id, to).await?)
    }

    /// The rank of a place in a column.
    pub async fn rank(
        &self,
        conn: &mut Conn,
        stage: domain::StageId,
        deal: DealId,
        place: Place,
    ) -> Result<domain::Rank, ServiceError> {
        let place = match place {
            Place::Top => NewPlace::Top,
            Place::Bottom => NewPlace::Bottom,
            Place::After(other) => NewPlace::After(other),
        };
        Ok(store::deals::rank_for(
            conn,
            self.program.company,
            self.program.id,
            stage,
            deal,
            place,
        )
        .await?)
    }
}

/// Who gave the deal its version, when, and what they did.
pub(crate) async fn conflict(conn: &mut Conn, deal: &Deal) -> Result<ServiceError, ServiceError> {
    let last = store::deals::fact_of_version(conn, deal.id, deal.version).await?;
    Ok(match last {
        None => ServiceError::Stale,
        Some(entry) => ServiceError::Conflict(ConflictView {
            current_version: deal.version,
            who: if entry.side == Side::System {
                "Dealboard".into()
            } else {
                entry.who
            },
            at: entry.at,
            what: entry.fact.sentence(),
        }),
    })
}

/// `ALT-1042`, or nothing while it is a draft.
pub(crate) fn number_text(prefix: &str, number: Option<i64>) -> String {
    number
        .map(|number| deal_number(prefix, number))
        .unwrap_or_default()
}
