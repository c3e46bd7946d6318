//! Webhooks: where the company's own systems are told of its deals, and how each message went.

mod delivery;
mod editor;
mod fields;
mod list;
mod log;
mod model;
mod one;
mod one_actions;
mod secret;
pub mod server_fns;
mod typed;

pub use delivery::DeliveryPage;
pub use editor::{EditEndpointPage, NewEndpointPage};
pub use list::EndpointsPage;
pub use one::EndpointPage;
