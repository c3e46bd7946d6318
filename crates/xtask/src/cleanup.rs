//! What must be undone however xtask ends: servers stopped, temporary folders removed.

use std::sync::{Mutex, PoisonError};

type Undo = Box<dyn FnOnce() + Send>;

static UNDO: Mutex<Vec<Undo>> = Mutex::new(Vec::new());

/// Runs `undo` at the end, the last one given first.
pub fn at_end(undo: impl FnOnce() + Send + 'static) {
    UNDO.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(Box::new(undo));
}

pub fn now() {
    loop {
        let next = UNDO.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match next {
            Some(undo) => undo(),
            None => return,
        }
    }
}

/// Ctrl-C and the signals that end a program clean up as well.
pub fn on_interrupt() {
    let set = ctrlc::set_handler(|| {
        now();
        std::process::exit(130);
    });
    if let Err(why) = set {
        eprintln!("xtask: an interrupt will not clean up: {why}");
    }
}
