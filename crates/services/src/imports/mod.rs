//! Deals that a company brings from elsewhere: a file is uploaded, its columns are mapped, its rows are checked and then
//! become deals, by the same verbs as people's, in steps of a worker that each write how far they came. Undoing takes the
//! deals back the same way. Why it is so: docs/adr/0017-imports-in-steps-that-keep-their-place.md.

mod book;
mod check;
mod pages;
mod run;
mod scan;
mod undo;
mod upload;
mod verbs;
mod work;

use std::sync::Arc;

use store::Announce;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::Services;

/// Tells a worker of this process that there is work, written here or by another process on the same database.
#[derive(Debug)]
pub struct ImportNews(broadcast::Receiver<Arc<Announce>>);

impl Services {
    /// What a worker waits on between its rounds.
    pub fn import_news(&self) -> ImportNews {
        ImportNews(self.db().announcer().subscribe())
    }
}

impl ImportNews {
    /// Resolves when there may be work.
    pub async fn heard(&mut self) {
        loop {
            match self.0.recv().await {
                Ok(announce) if announce.topic == store::imports::TOPIC => return,
                Ok(_) => {}
                // Something was missed: it may have been work.
                Err(RecvError::Lagged(_)) => return,
                // The database is closed, and the server about to end.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
