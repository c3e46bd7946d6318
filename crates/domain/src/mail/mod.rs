//! Mail: its words, its layout, and when a failed one is tried again. Made by pure functions, sent by the server.

mod layout;
mod letters;
mod message;
mod retry;

pub use layout::{Letter, Mail, TOKEN_PLACE, filled, hidden};
pub use letters::{DealNews, FormHeld, HookStopped, Invitation, Reset};
pub use message::MessageNews;
pub use retry::{LAST_TRY, next_try_after};

use crate::people::words;

words! {
    /// Where a mail stands.
    MailState {
        /// No mail server was set when it was written: it is shown, and nobody sends it.
        Kept = "kept", "Kept, not sent";
        Queued = "queued", "Waiting";
        /// A worker has it. If the worker dies, another one takes it when the lease ends.
        Sending = "sending", "Being sent";
        Sent = "sent", "Sent";
        /// Refused for good, or tried often enough.
        Dead = "dead", "Not delivered";
    }
}

words! {
    /// What a mail is about.
    MailKind {
        Notice = "notice", "Notification";
        Invitation = "invitation", "Invitation";
        Reset = "reset", "Password reset";
    }
}

/// An address as those read it who may not know it: its first letter and its domain.
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}\u{2026}@{domain}")
        }
        None => "\u{2026}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_address_tells_only_where_it_goes() {
        assert_eq!(
            masked("nadia@brightwater.example"),
            "n\u{2026}@brightwater.example"
        );
        assert_eq!(masked("nonsense"), "\u{2026}");
    }
}
