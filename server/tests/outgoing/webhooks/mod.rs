//! Webhooks over real connections: to endpoints that take, refuse, lead elsewhere, say nothing, never end or are not there,
//! to addresses that may not be reached, and from real processes that are killed.

mod killed;
mod reach;
mod sink;
mod wire;
