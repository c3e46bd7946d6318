//! Webhooks: who sets them up, what is told, and how it is delivered.

mod deliver;
mod endpoints;
mod house;
mod stopping;
mod telling;
