//! Tells a worker of this process that messages were written, here or by another process on the same database.

use std::sync::Arc;

use store::Announce;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::Services;

#[derive(Debug)]
pub struct HookNews(broadcast::Receiver<Arc<Announce>>);

impl Services {
    /// What a worker waits on between its rounds.
    pub fn hook_news(&self) -> HookNews {
        HookNews(self.db().announcer().subscribe())
    }
}

impl HookNews {
    /// Resolves when there may be something to deliver.
    pub async fn heard(&mut self) {
        loop {
            match self.0.recv().await {
                Ok(announce) if announce.topic == store::webhooks::TOPIC => return,
                Ok(_) => {}
                // Something was missed: it may have been a message.
                Err(RecvError::Lagged(_)) => return,
                // The database is closed, and the server about to end.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
