//! Files: streamed to the disk, sent back as attachments, never through the site's folder.

mod download;
mod form;
mod incoming;
mod leftovers;
mod upload;

pub use download::download;
pub use form::{is_multipart, parts, text};
pub use incoming::{Incoming, hand_over, unread};
pub use leftovers::{ABANDONED, sweep};
pub use upload::upload;
