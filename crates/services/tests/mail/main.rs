//! Mail on both engines: what is written, who is written to, how it is delivered, who may see it.

mod deliver;
mod links;
mod office;
mod outbox;
mod telling;
