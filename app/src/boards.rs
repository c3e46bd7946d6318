//! The Deals tab: a program's deals as a board and as a list, for partners and for the company.

mod apart;
mod board;
mod card;
mod column;
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
mod overrides;
mod page;
mod pointer;
mod refresh;
mod select;
pub mod server_fns;
mod several;
mod shape;
mod source;
mod stage_head;
mod state;
mod strip;
mod undo;

pub use filter::filter_of;
pub use page::{CompanyDeals, PartnerDeals};
