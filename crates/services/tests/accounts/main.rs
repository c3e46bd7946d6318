//! How people come in and programs are steered, on both engines, with a clock that stands still.

mod access;
mod house;
mod joining;
mod keys;
mod programs;
mod setup;
mod sign_in;
mod teams;
