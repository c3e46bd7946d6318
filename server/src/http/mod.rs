//! What every request passes through.

pub mod accept;
pub mod attachment;
pub mod caller;
pub mod envelope;
pub mod fault;
pub mod headers;
pub mod health;
pub mod limit;
pub mod origin;
pub mod problem;
pub mod refusal;
pub mod server_fns;
pub mod session;
pub mod stalled;
pub mod stop;
