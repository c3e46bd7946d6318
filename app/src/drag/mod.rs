//! What every drag needs, whatever is dragged: the stage board and the form designer share it.

pub mod dom;
pub mod edge;

/// Pixels that a pointer moves before a press becomes a drag.
pub const THRESHOLD: f64 = 5.0;
