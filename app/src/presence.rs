//! Who else has the same thing open to edit it: this window says where it is, and hears of the others.

use std::time::Duration;

use domain::{events::Topic, forms::FormDefinition, views::OtherEditor};
use leptos::prelude::*;

use crate::live::use_live;
use crate::ui::{Icon, after_press, send_beacon};

/// A third of what the server counts a window as open for.
const AGAIN: Duration = Duration::from_secs(10);

/// Calls `say` with the window's key when it opens, whenever what `at` reads changes, when there is news of the topics, and again
/// and again. When the window goes, `gone` gives the address and the pairs of its last word.
pub fn use_window(
    topics: &'static [Topic],
    at: impl Fn() + 'static,
    say: impl Fn(String) + Copy + 'static,
    gone: impl Fn(String) -> (&'static str, Vec<(&'static str, String)>) + Copy + Send + Sync + 'static,
) {
    let window_key = StoredValue::new(String::new());
    let say = move || {
        let key = window_key.try_get_value();
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            say(key);
        }
    };
    Effect::new(move |_| {
        if window_key.with_value(String::is_empty) {
            window_key.set_value(new_key());
        }
        at();
        untrack(say);
    });
    use_live(topics, move |_| say());
    // The browser delivers it even so the page is gone.
    let leave = move || {
        // On the server no window has a key.
        if let Some(key) = window_key.try_get_value().filter(|key| !key.is_empty()) {
            let (url, pairs) = gone(key);
            let pairs = pairs.into_iter();
            send_beacon(url, pairs.map(|(name, value)| (name.to_owned(), value)));
        }
    };
    Effect::new(move |_| {
        let ticking = set_interval_with_handle(say, AGAIN).ok();
        let leaving = window_event_listener_untyped("pagehide", move |_| leave());
        on_cleanup(move || {
            if let Some(ticking) = ticking {
                ticking.clear();
            }
            leaving.remove();
        });
    });
    on_cleanup(leave);
}

/// Nobody on this page knows it before; it is no secret.
pub fn new_key() -> String {
    let digits = || format!("{:.0}", js_sys::Math::random() * 1e12);
    format!("{}{}", digits(), digits())
}

/// One line for each of the others: who is where.
#[component]
pub fn Others(
    #[prop(into)] others: Signal<Vec<OtherEditor>>,
    #[prop(into)] form: Signal<FormDefinition>,
    /// What they edit, when they are at none of its fields.
    what: &'static str,
) -> impl IntoView {
    let lines =
        after_press(move || form.with(|form| others.with(|others| lines(others, form, what))));
    view! {
        <div class="others" role="status" data-part="others">
            {move || lines.get().into_iter().map(|line| view! {
                <p class="others__one"><Icon icon=icondata::LuUsers size="small"/>{line}</p>
            }).collect_view()}
        </div>
    }
}

/// `Mara is editing: Customer name`.
fn lines(others: &[OtherEditor], form: &FormDefinition, what: &str) -> Vec<String> {
    let line = |other: &OtherEditor| {
        let field = other.field.as_ref().and_then(|key| form.field(key));
        let who = who(other);
        let verb = if other.own { "are" } else { "is" };
        match field {
            Some(field) => format!("{who} {verb} editing: {}", field.label),
            None => format!("{who} {verb} editing {what}"),
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
            lines(&others, &form, "this form"),
            [
                "Mara Lind is editing: Customer name",
                "Mara Lind is editing this form",
                "You, in another window, are editing this form",
            ]
        );
    }
}
