//! One write's closure, wrapped so that a queue can hold it, run it and answer its caller after the commit.

use crate::{conn::Tx, error::StoreError};
use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    time::Duration,
};
use tokio::sync::oneshot;

pub type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// The longest that one closure may take. It holds the only writer (`SQLite`) or row locks (Postgres), so it
/// awaits nothing but the database; what does not end in this time is rolled back.
const LONGEST: Duration = Duration::from_secs(30);

pub(crate) trait Job: Send {
    /// Runs the closure; false: roll its changes back.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;

    /// Answers the caller: its own result if the commit succeeded, else why it did not.
    fn settle(self: Box<Self>, committed: Result<(), StoreError>);
}

pub(crate) struct Work<F, T, E> {
    closure: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work<F, T, E> {
    pub(crate) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        (
            Self {
                closure: work,
                outcome: None,
                reply,
            },
            answer,
        )
    }
}

impl<F, T, E> Job for Work<F, T, E>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let outcome = attempt(&self.closure, tx).await;
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn settle(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (self.outcome, committed) {
            // The closure's own refusal is the better answer, whatever the commit did.
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::unavailable("the write was never run").into()),
        };
        // A caller that went away does not undo what was committed.
        let _ = self.reply.send(answer);
    }
}

/// Runs the closure to its end, to its panic or to the time limit, and holds it to the rule that a failed
/// statement fails the write.
pub(crate) async fn attempt<F, T, E>(work: &F, tx: &mut Tx) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    let outcome = {
        let mut future = work(tx);
        let guarded = poll_fn(|context| {
            // A panicking closure must not take the writer, and with it every other write, down.
            match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
                Ok(poll) => poll.map(Some),
                Err(_) => std::task::Poll::Ready(None),
            }
        });
        tokio::time::timeout(LONGEST, guarded).await
    };
    match outcome {
        Ok(Some(Ok(_))) if tx.failed() => {
            Err(StoreError::unavailable("a statement failed and the write went on").into())
        }
        Ok(Some(outcome)) => outcome,
        Ok(None) => Err(StoreError::unavailable("the write panicked").into()),
        Err(_) => Err(StoreError::unavailable("the write took too long").into()),
    }
}
