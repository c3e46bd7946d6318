//! What the server sends out by itself, over real connections and from real processes. One program for both: its tests wait
//! more than they work.

mod mail;
mod process;
mod webhooks;
