//! What the server puts into each request for doors to read.

use std::net::IpAddr;

/// From where the request comes, trusted proxies looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The newest event when a page was asked for: whatever comes after it, the page may not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenUpTo(pub i64);

/// The header under which the request's id is found; whatever a client sends there is replaced.
pub const REQUEST_ID: &str = "x-request-id";
