//! The moves go out: one after another, each under its own key, until none waits or the connection is lost again.

use std::rc::Rc;
use std::time::Duration;

use domain::ErrorCode;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::queue::Queue;
use super::{Link, Outgoing, Told, is_online, words};
use crate::error::ActionError;

/// Doubled with every try.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Outgoing {
    /// The connection is lost, as far as anybody can tell.
    pub fn lost(self: &Rc<Self>) {
        self.set_link(Link::Lost);
        self.later();
    }

    /// The connection is back.
    pub fn back(self: &Rc<Self>) {
        if !is_online() {
            return;
        }
        let was_lost = self.link.get_untracked() == Link::Lost;
        self.set_link(Link::Up);
        self.tries.set(0);
        self.send();
        if was_lost && !self.is_sending() {
            self.tell(&Told::Rested);
        }
    }

    /// Sends what waits, unless that is being done.
    pub fn send(self: &Rc<Self>) {
        let nothing = self.queue.with_untracked(Queue::is_empty);
        if nothing || !is_online() || self.sending.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            let done = this.send_all().await;
            this.sending.set(false);
            if let Some(toasts) = this.toasts.filter(|_| done > 0) {
                toasts.say(words::sent(done));
            }
            this.tell(&Told::Rested);
        });
    }

    /// Gives how many were done.
    async fn send_all(self: &Rc<Self>) -> usize {
        let mut done = 0;
        while let Some(next) = self.change(Queue::send_next) {
            let answer = self
                .source
                .move_once(next.command.clone(), next.key.clone(), self.viewer)
                .await;
            let stopped = answer.as_ref().err().and_then(stop);
            if let Some(link) = stopped {
                self.set_link(link);
                self.later();
                break;
            }
            self.set_link(Link::Up);
            self.tries.set(0);
            match answer {
                Ok((rank, version)) => {
                    done += 1;
                    self.change(|queue| queue.confirm(&next.key, version));
                    let deal = next.command.deal;
                    self.tell(&Told::Confirmed {
                        deal,
                        rank,
                        version,
                    });
                }
                Err(error) => self.refused(&next.key, &error),
            }
        }
        done
    }

    fn refused(&self, key: &str, error: &ActionError) {
        // Another tab may have heard it before.
        let Some(refused) = self.change(|queue| queue.refuse(key)) else {
            return;
        };
        let sentence = words::refused(&refused, &error.0.text());
        if let Some(toasts) = self.toasts {
            toasts.refuse(sentence.clone());
        }
        self.tell(&Told::Refused(sentence));
    }

    /// Tries again after a pause, if anything waits then.
    pub(super) fn later(self: &Rc<Self>) {
        if self.again.replace(true) {
            return;
        }
        let tries = self.tries.get();
        self.tries.set(tries.saturating_add(1));
        let this = Rc::clone(self);
        let again = move || {
            this.again.set(false);
            this.send();
        };
        set_timeout(again, pause(tries));
    }
}

fn pause(tries: u32) -> Duration {
    (FIRST_PAUSE * 2_u32.pow(tries.min(10))).min(LONGEST_PAUSE)
}

/// Whether the move was not judged at all and is to be sent again, and how the way to the server is then.
fn stop(error: &ActionError) -> Option<Link> {
    match error.code() {
        ErrorCode::Offline => Some(Link::Lost),
        ErrorCode::SignedOut => Some(Link::SignedOut),
        ErrorCode::Busy | ErrorCode::TooMany => Some(Link::Up),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert_eq!(pause(0), Duration::from_secs(1));
        assert_eq!(pause(3), Duration::from_secs(8));
        assert_eq!(pause(4_000_000), LONGEST_PAUSE);
    }

    #[test]
    fn only_what_was_not_judged_is_sent_again() {
        let stop = |code| stop(&ActionError::new(code));
        assert_eq!(stop(ErrorCode::Offline), Some(Link::Lost));
        assert_eq!(stop(ErrorCode::SignedOut), Some(Link::SignedOut));
        assert_eq!(stop(ErrorCode::Busy), Some(Link::Up));
        for judged in [
            ErrorCode::Conflict,
            ErrorCode::Rule,
            ErrorCode::Forbidden,
            ErrorCode::NotFound,
        ] {
            assert_eq!(stop(judged), None);
        }
    }
}
