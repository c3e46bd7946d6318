//! Mail over real connections: to a server that takes, refuses, puts off, says nothing, hangs up or is not there; and
//! from real processes that are killed.

mod killed;
mod sink;
mod smtp;
