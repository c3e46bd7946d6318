//! The whole router, asked in this process: who gets in where, and what every request meets.

mod amending;
mod api;
mod authorisation;
mod copies;
mod hostile_forms;
mod http;
mod messages;
mod movers;
mod once;
mod refusals;
mod stage_entry;
mod support;
mod uploads;
