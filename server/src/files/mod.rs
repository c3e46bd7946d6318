//! Files: streamed to the disk, sent back as attachments, never through the site's folder.

mod download;
mod form;
mod incoming;
mod upload;

pub use download::download;
pub use form::{is_multipart, text};
pub use incoming::{Incoming, hand_over, unread};
pub use upload::upload;
