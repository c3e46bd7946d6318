//! People, their sessions, their links and their failed sign-ins.

pub mod attempts;
pub mod links;
pub mod sessions;
pub mod users;
