use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::broadcast;
use uuid::Uuid;

/// That something changed, and where; never what. Receivers fetch again what they may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announce {
    /// The event's place in the one order of all events; what a reconnecting stream sends back. 0 where it is no event,
    /// and so stands in no order: nobody can have read it from the table.
    pub seq: i64,
    /// Who should look: `program:<id>`, `partner:<id>`, `company:<id>`, `user:<id>`, ids in their text form.
    pub topic: String,
    /// What changed: `deal`, `program`, `notice`...
    pub subject: String,
    pub id: Uuid,
    /// The subject's version after the change; 0 where it has none.
    pub version: i64,
}

impl Announce {
    /// Whether somebody who has read the events up to `seq` has not heard it yet.
    pub fn is_news_after(&self, seq: i64) -> bool {
        self.seq == 0 || self.seq > seq
    }
}

/// The announcements of this process. A slow receiver is told that it lagged and reads the events table instead.
#[derive(Debug, Clone)]
pub struct Announcer {
    sender: broadcast::Sender<Arc<Announce>>,
}

/// 1,000 viewers share each entry; this many may pile up behind the slowest of them.
const BACKLOG: usize = 4096;

impl Announcer {
    pub(crate) fn new() -> Self {
        Self {
            sender: broadcast::channel(BACKLOG).0,
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Announce>> {
        self.sender.subscribe()
    }

    pub(crate) fn send(&self, announce: Announce) {
        // Nobody listening is fine.
        let _ = self.sender.send(Arc::new(announce));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_event_is_always_news() {
        let announce = |seq| Announce {
            seq,
            topic: String::new(),
            subject: "notice".to_owned(),
            id: Uuid::nil(),
            version: 0,
        };
        assert!(announce(0).is_news_after(7));
        assert!(announce(8).is_news_after(7));
        assert!(!announce(7).is_news_after(7));
    }
}
