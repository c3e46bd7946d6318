//! Programs: made with defaults, set, switched; their partners and tiers; what a person may open.

mod card_fields;
mod create;
mod home;
mod memberships;
mod settings;
mod tiers;

pub(crate) use create::{ProgramSeed, insert_program};
