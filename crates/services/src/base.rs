use std::sync::Arc;

use domain::{Clock, IdSource, Timestamp};
use store::{BoxFuture, Conn, Db, Tx};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::exports::Turns;
use crate::mail::Mailer;
use crate::webhooks::Courier;
use crate::{ServiceError, ServicesConfig, SystemClock, SystemIds};

/// Everything a use case works with. Clones share it.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Inner>,
    /// Without one, mail is kept and shown, and not sent.
    mailer: Option<Arc<dyn Mailer>>,
    /// Without one, messages to endpoints wait.
    courier: Option<Arc<dyn Courier>>,
}

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    config: ServicesConfig,
    hashers: Arc<Semaphore>,
    writers: Semaphore,
    turns: Turns,
}

/// Lists that are written to files at once: each is held whole, with a connection to read with.
const WRITERS: usize = 2;

impl Services {
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        config: ServicesConfig,
    ) -> Self {
        let hashers = Arc::new(Semaphore::new(config.passwords.at_once.max(1)));
        Self {
            inner: Arc::new(Inner {
                db,
                clock,
                ids,
                config,
                hashers,
                writers: Semaphore::new(WRITERS),
                turns: Turns::default(),
            }),
            mailer: None,
            courier: None,
        }
    }

    /// The same with a way to send mail.
    #[must_use]
    pub fn with_mailer(mut self, mailer: Arc<dyn Mailer>) -> Self {
        self.mailer = Some(mailer);
        self
    }

    /// Whether mail goes out; else it is kept to be looked at.
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// The same with a way to call webhooks.
    #[must_use]
    pub fn with_courier(mut self, courier: Arc<dyn Courier>) -> Self {
        self.courier = Some(courier);
        self
    }

    pub(crate) fn courier(&self) -> Option<&Arc<dyn Courier>> {
        self.courier.as_ref()
    }

    pub(crate) fn mailer(&self) -> Option<&Arc<dyn Mailer>> {
        self.mailer.as_ref()
    }

    /// With the machine's clock and real ids.
    pub fn system(db: Db, config: ServicesConfig) -> Self {
        Self::new(db, Arc::new(SystemClock), Arc::new(SystemIds), config)
    }

    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn, ServiceError> {
        Ok(self.inner.db.read().await?)
    }

    /// Runs the work in one write transaction. It may run again when two transactions met, each time with its own clone
    /// of `given`.
    pub(crate) async fn write<G, T, F>(&self, given: G, work: F) -> Result<T, ServiceError>
    where
        G: Clone + Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, G) -> BoxFuture<'t, Result<T, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        self.inner.db.write(move |tx| work(tx, given.clone())).await
    }

    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// A new id of the wanted kind: `services.id::<DealId>()`.
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.inner.ids.next())
    }

    /// To make ids inside a write, whose closure outlives the caller.
    pub fn ids(&self) -> Arc<dyn IdSource> {
        self.inner.ids.clone()
    }

    pub fn config(&self) -> &ServicesConfig {
        &self.inner.config
    }

    pub(crate) fn hashers(&self) -> &Arc<Semaphore> {
        &self.inner.hashers
    }

    /// For turns at writing a list to a file.
    pub(crate) fn writers(&self) -> &Semaphore {
        &self.inner.writers
    }

    /// Who has a copy in hand.
    pub(crate) fn turns(&self) -> &Turns {
        &self.inner.turns
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}
