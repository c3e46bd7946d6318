//! Who else has the form open: this window says at which field it is, and hears of the others.

use domain::{commands::SayEditing, events::Topic};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    desk::Desk,
    server_fns::{StopEditing, say_where},
};
use crate::presence::use_window;

/// Says where this window is when it opens, when another field is chosen, and again and again; and that it has gone.
pub fn use_presence(desk: Desk) {
    let say = move |window: String| {
        let Some(field) = desk.chosen.try_get_untracked() else {
            return;
        };
        let program = desk.program;
        spawn_local(async move {
            let heard = say_where(program, SayEditing { window, field }).await;
            // Whoever cannot be asked now is asked again soon.
            if let Ok(heard) = heard
                && desk.saved.try_get_untracked().is_some()
            {
                let others = desk.side().others;
                if others.with_untracked(|known| *known != heard.others) {
                    others.set(heard.others);
                }
                desk.hear_of_version(heard.version);
            }
        });
    };
    let program = desk.program;
    let gone = move |window| {
        let pairs = vec![("program", program.to_string()), ("window", window)];
        (StopEditing::url(), pairs)
    };
    use_window(&[Topic::Form], move || desk.chosen.track(), say, gone);
}
