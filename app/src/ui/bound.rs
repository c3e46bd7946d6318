//! Ties a control to a signal without losing what was typed before the page woke up.
//!
//! Leptos' `prop:value` writes the signal into the control when it hydrates, and so wipes early typing. Here the first
//! effect reads the control instead, and only later changes of the signal are written.

use leptos::prelude::*;

/// A control whose text can be read and set.
pub trait Typed {
    fn text(&self) -> String;
    fn set_text(&self, text: &str);
}

macro_rules! typed {
    ($($element:ty),*) => {
        $(impl Typed for $element {
            fn text(&self) -> String {
                self.value()
            }

            fn set_text(&self, text: &str) {
                self.set_value(text);
            }
        })*
    };
}
typed!(
    web_sys::HtmlInputElement,
    web_sys::HtmlTextAreaElement,
    web_sys::HtmlSelectElement
);

/// Keeps `bind` and the control that `find` gives in step.
pub fn keep_in_step<T: Typed>(
    bind: Option<RwSignal<String>>,
    find: impl Fn() -> Option<T> + 'static,
) {
    let Some(signal) = bind else { return };
    Effect::new(move |woken: Option<bool>| {
        let wanted = signal.get();
        let Some(control) = find() else {
            return woken.unwrap_or(false);
        };
        let present = control.text();
        if present != wanted {
            if woken.unwrap_or(false) {
                control.set_text(&wanted);
            } else {
                signal.set(present);
            }
        }
        true
    });
}
