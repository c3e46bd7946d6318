//! Webhooks: which facts of a deal a company's own systems are told of, at which addresses, and when a failed delivery is
//! tried again. The wire is <https://www.standardwebhooks.com>.

mod address;
mod event;
mod group;
mod message;
mod picker;
mod retry;
mod url;

pub use address::{AddressKind, Network, NoNetwork, Reach, Unreachable, port_is_sane};
pub use event::WebhookEvent;
pub use group::{EventGroup, grouped_events};
pub use message::{Message, MessageData};
pub use picker::EventPicker;
pub use retry::{
    FAILS_AFTER_TRIES, LAST_TRY, LONGEST_ASKED_SECONDS, SECRET_OVERLAP_SECONDS, STOP_AFTER_SECONDS,
    STOP_AFTER_TRIES, asked_pause, is_given_up, next_try_after,
};
pub use url::{HookUrl, UrlFault, host_of};

use crate::people::words;

words! {
    /// Whether an endpoint is told.
    EndpointState {
        Enabled = "enabled", "On";
        /// Somebody switched it off.
        Disabled = "disabled", "Off";
        /// It failed for so long that it was switched off.
        Stopped = "stopped", "Switched off after failing";
    }
}

words! {
    /// Where a delivery stands.
    DeliveryState {
        Queued = "queued", "Waiting";
        /// A worker has it. If the worker dies, another one takes it when the lease ends.
        Sending = "sending", "Being sent";
        Delivered = "delivered", "Delivered";
        /// Tried often enough, or its endpoint is off.
        Dead = "dead", "Not delivered";
    }
}
