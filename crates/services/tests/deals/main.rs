//! The deal's use cases on both engines, with a clock that stands still.

mod answer_rules;
mod copies;
mod customers;
mod demo;
mod desk;
mod drafts;
mod form_sources;
mod forms;
mod import_pages;
mod imports;
mod known_customers;
mod life;
mod matching;
mod messages;
mod money;
mod moving;
mod publishing;
mod races;
mod refusals;
mod rights;
mod stages;
mod verbs;
mod verify;
