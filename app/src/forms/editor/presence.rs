//! Who else has the form open: this window says where it is, and hears of the others.

use std::time::Duration;

use domain::{commands::SayEditing, events::Topic, forms::FormDefinition, views::OtherEditor};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    desk::Desk,
    server_fns::{StopEditing, say_where},
};
use crate::live::use_live;
use crate::ui::{Icon, send_beacon};

/// A third of what the server counts a window as open for.
const AGAIN: Duration = Duration::from_secs(10);

/// Says where this window is when it opens, when another field is chosen, and again and again; and that it has gone.
pub fn use_presence(desk: Desk) {
    let window_key = StoredValue::new(String::new());
    let say = move || {
        let Some(window) = window_key.try_get_value().filter(|key| !key.is_empty()) else {
            return;
        };
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
    Effect::new(move |_| {
        if window_key.with_value(String::is_empty) {
            window_key.set_value(new_key());
        }
        desk.chosen.track();
        say();
    });
    use_live(&[Topic::Form], move |_| say());
    Effect::new(move |_| {
        let ticking = set_interval_with_handle(say, AGAIN).ok();
        let leaving = window_event_listener_untyped("pagehide", move |_| leave(desk, window_key));
        on_cleanup(move || {
            if let Some(ticking) = ticking {
                ticking.clear();
            }
            leaving.remove();
        });
    });
    on_cleanup(move || leave(desk, window_key));
}

/// Nobody on this page knows it before; it is no secret.
fn new_key() -> String {
    let digits = || format!("{:.0}", js_sys::Math::random() * 1e12);
    format!("{}{}", digits(), digits())
}

/// The browser delivers it even so the page is gone.
fn leave(desk: Desk, window_key: StoredValue<String>) {
    // On the server no window has a key.
    if let Some(window) = window_key.try_get_value().filter(|key| !key.is_empty()) {
        let program = desk.program.to_string();
        let pairs = [("program", program), ("window", window)];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
        send_beacon(StopEditing::url(), pairs);
    }
}

/// One line: who is where.
#[component]
pub fn Others(desk: Desk) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let others = desk.side().others;
        desk.form
            .with(|form| others.with(|others| lines(others, form)))
    });
    view! {
        <div class="editor__others" role="status">
            {move || lines.get().into_iter().map(|line| view! {
                <p class="editor__other"><Icon icon=icondata::LuUsers size="small"/>{line}</p>
            }).collect_view()}
        </div>
    }
}

/// `Mara is editing: Customer name`.
fn lines(others: &[OtherEditor], form: &FormDefinition) -> Vec<String> {
    let line = |other: &OtherEditor| {
        let field = other.field.as_ref().and_then(|key| form.field(key));
        let who = who(other);
        let verb = if other.own { "are" } else { "is" };
        match field {
            Some(field) => format!("{who} {verb} editing: {}", field.label),
            None => format!("{who} {verb} editing this form"),
        }
    };
    others.iter().map(line).collect()
}

/// As the line begins.
pub fn who(other: &OtherEditor) -> String {
    if other.own {
        "You, in another window,".to_owned()
    } else {
        other.who.clone()
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{FieldKey, starter_form};

    use super::*;

    #[test]
    fn says_who_is_at_which_field() {
        let form = starter_form(domain::Currency::EUR);
        let other = |own, field: &str| OtherEditor {
            who: "Mara Lind".to_owned(),
            own,
            field: FieldKey::parse(field).ok(),
        };
        let others = [
            other(false, "customer"),
            other(false, "gone"),
            other(true, ""),
        ];
        assert_eq!(
            lines(&others, &form),
            [
                "Mara Lind is editing: Customer name",
                "Mara Lind is editing this form",
                "You, in another window, are editing this form",
            ]
        );
    }
}
