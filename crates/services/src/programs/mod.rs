//! Programs: made with defaults, set, switched; their partners and tiers; what a person may open.

mod create;
mod home;
mod memberships;
mod settings;
mod tiers;

pub(crate) use create::{ProgramSeed, insert_program};
