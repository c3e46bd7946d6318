//! What every store function promises, on both engines. One binary: each further one links the whole engine again.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod board_windows;
mod cancelled;
mod deals;
mod designs;
mod events;
mod full;
mod imports;
mod kept;
mod lists;
mod mail;
mod messages;
mod money;
mod nodes;
mod operations;
mod parity;
mod programs;
mod webhooks;
mod writes;
