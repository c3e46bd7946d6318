//! One open stream: hears all announcements, passes on what concerns its person, and ends with the session.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use axum::response::sse::Event;
use domain::events::{Announcement, Topic};
use services::{ServiceError, Services, SignedIn, live::Interests};
use store::Announce;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use crate::{http::stop::Stop, state::AppState};

/// How long a stream may outlive a session that was ended elsewhere.
const RECHECK: Duration = Duration::from_secs(30);
/// Events read at once when catching up.
const PAGE: i64 = 200;
/// Whoever missed more loads the page again anyway.
const MOST_MISSED: i64 = 2_000;

pub struct Viewer {
    services: Services,
    stop: Stop,
    token: String,
    person: SignedIn,
    interests: Interests,
    /// The event after which they were looked up: one event is announced to several topics.
    looked_up: i64,
    news: Receiver<Arc<Announce>>,
    recheck: Interval,
    waiting: VecDeque<Event>,
    /// Everything up to here was read from the table.
    read_to: i64,
    /// What was passed on of the newest event: one event is announced to several topics.
    passed: (i64, HashSet<(Topic, String)>),
}

impl Viewer {
    /// Listens first and reads what was missed then, so that nothing falls between.
    pub async fn open(
        state: &AppState,
        person: &SignedIn,
        token: String,
        since: Option<i64>,
    ) -> Result<Self, ServiceError> {
        let services = state.services.clone();
        let news = services.announcements();
        let last = services.last_seq().await?;
        let mut recheck = interval_at(Instant::now() + RECHECK, RECHECK);
        recheck.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let oldest = last.saturating_sub(MOST_MISSED);
        let mut viewer = Self {
            interests: services.interests(person.person.id).await?,
            looked_up: last,
            services,
            stop: state.stop.clone(),
            token,
            person: person.clone(),
            news,
            recheck,
            waiting: VecDeque::new(),
            read_to: since.unwrap_or(last).clamp(oldest.max(0), last),
            passed: (0, HashSet::new()),
        };
        // The first bytes tell the browser that the stream is open; the id tells it where it stands.
        let hello = Event::default().id(last.to_string()).comment("open");
        viewer.waiting.push_back(hello);
        viewer.catch_up().await?;
        Ok(viewer)
    }

    /// The next event to send; `None` ends the stream.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let heard = tokio::select! {
                () = self.stop.called() => return None,
                _ = self.recheck.tick() => {
                    self.still_signed_in().await?;
                    continue;
                }
                heard = self.news.recv() => heard,
            };
            let outcome = match heard {
                Ok(announce) => self.take(&announce).await,
                Err(RecvError::Lagged(_)) => self.catch_up().await,
                Err(RecvError::Closed) => return None,
            };
            if let Err(error) = outcome {
                // The browser comes back and says where it stood.
                tracing::warn!(%error, "a stream ends");
                return None;
            }
        }
    }

    /// `None` when the session has ended.
    async fn still_signed_in(&self) -> Option<()> {
        match self.services.find_signed_in(&self.token).await {
            Ok(found) => found
                .filter(|found| found.session == self.person.session)
                .map(|_| ()),
            // A database that is busy does not sign anybody out.
            Err(_) => Some(()),
        }
    }

    async fn take(&mut self, announce: &Announce) -> Result<(), ServiceError> {
        if announce.is_news_after(self.read_to) {
            if announce.seq > self.looked_up && self.interests.touched_by(announce) {
                self.look_up(announce.seq).await?;
            }
            self.pass(announce);
        }
        Ok(())
    }

    /// Where the person listens after that event.
    async fn look_up(&mut self, seq: i64) -> Result<(), ServiceError> {
        self.interests = self.services.interests(self.person.person.id).await?;
        self.looked_up = seq;
        Ok(())
    }

    async fn catch_up(&mut self) -> Result<(), ServiceError> {
        loop {
            let missed = self.services.announced_since(self.read_to, PAGE).await?;
            let Some(last) = missed.iter().map(|announce| announce.seq).max() else {
                return Ok(());
            };
            let stale = |announce: &Announce| {
                announce.seq > self.looked_up && self.interests.touched_by(announce)
            };
            if missed.iter().any(stale) {
                self.look_up(last).await?;
            }
            for announce in &missed {
                self.pass(announce);
            }
            self.read_to = self.read_to.max(last);
        }
    }

    fn pass(&mut self, announce: &Announce) {
        let Some(heard) = self.interests.heard(announce) else {
            return;
        };
        // What is no event is announced to one topic, each time anew.
        if heard.seq == 0 {
            self.waiting.extend(written(&heard));
            return;
        }
        if self.passed.0 != heard.seq {
            self.passed = (heard.seq, HashSet::new());
        }
        if self.passed.1.insert((heard.topic, heard.id.clone())) {
            self.waiting.extend(written(&heard));
        }
    }
}

fn written(heard: &Announcement) -> Option<Event> {
    let event = match heard.seq {
        // It has no place to come back to.
        0 => Event::default(),
        seq => Event::default().id(seq.to_string()),
    };
    event.json_data(heard).ok()
}
