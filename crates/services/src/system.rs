use domain::{Clock, IdSource, Timestamp};
use uuid::Uuid;

/// The machine's clock, in whole microseconds, as both databases keep them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine; all else asks a Clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_microsecond())
    }
}

/// `UUIDv7`: they grow with time, which keeps indexes compact.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that makes real ids; all else asks an IdSource"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
