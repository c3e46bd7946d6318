//! The Deals tab: a program's deals as a board and as a list, for partners and for the company.

mod apart;
mod beside;
mod board;
mod card;
mod column;
mod commit;
mod dom;
mod entry;
mod filter;
mod filter_bar;
mod gates;
mod head;
mod keys;
mod list;
mod list_bulk;
mod list_move;
mod menu;
pub mod model;
mod motion;
mod move_fields;
mod move_form;
mod news;
mod outgoing;
mod overrides;
mod page;
mod people;
pub mod people_fns;
mod pointer;
mod refresh;
pub mod server_fns;
mod source;
mod stage_head;
mod state;
mod undo;

pub use filter::filter_of;
pub use page::{CompanyDeals, PartnerDeals};
