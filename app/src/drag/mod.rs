//! What every drag needs, whatever is dragged: the stage board, the form designer and the stage designer share it.

pub mod carry;
pub mod dom;
pub mod edge;

/// Pixels that a pointer moves before a press becomes a drag.
pub const THRESHOLD: f64 = 5.0;
