//! Programs: the header's switcher, the company's list, a program's settings, partners and tiers.

mod card_fields;
mod list;
mod membership_row;
mod partners;
pub mod server_fns;
mod settings;
mod settings_form;
mod switch;
mod switcher;
mod tiers;

pub use list::ProgramListPage;
pub use partners::PartnersPage;
pub use settings::SettingsPage;
pub use switcher::{ProgramSwitcher, SwitcherItem};
