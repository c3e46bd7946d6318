//! The composition root: settings, commands, router, sessions, the live stream, files, jobs, the API.

mod amending;
pub mod cli;
mod commands;
mod company_answers;
pub mod config;
mod files;
mod form_file;
pub mod http;
mod imports;
mod jobs;
mod live;
pub mod mail;
mod messages;
mod open;
mod registration;
pub mod rest;
pub mod router;
pub mod site;
mod stage_entry;
pub mod state;
mod statements;
pub mod webhooks;
