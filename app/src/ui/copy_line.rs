//! A text to be taken along: a link, a key, a secret.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::{Button, use_ready};

/// The text in a line of its own, with a button that copies it.
#[component]
pub fn CopyLine(label: &'static str, #[prop(into)] text: Signal<String>) -> impl IntoView {
    let said = RwSignal::new("Copy");
    let input = NodeRef::<html::Input>::new();
    let copy = move |_| {
        if let Some(input) = input.get_untracked() {
            // Without permission the text stays selected for the keyboard.
            input.select();
            copy_text(text.get_untracked(), said);
        }
    };
    view! {
        <div class="copy-link" data-ready=use_ready()>
            <input class="input" node_ref=input readonly=true aria-label=label prop:value=move || text.get() value=text.get_untracked()/>
            <Button icon=icondata::LuCopy on:click=copy>{move || said.get()}</Button>
        </div>
    }
}

/// Copies the text, and says on the button what came of it.
fn copy_text(text: String, said: RwSignal<&'static str>) {
    spawn_local(async move {
        let copied = match clipboard() {
            Some(clipboard) => js_sys::futures::JsFuture::from(clipboard.write_text(&text))
                .await
                .is_ok(),
            None => false,
        };
        // The button may be gone by now.
        said.try_set(if copied { "Copied" } else { "Copy it by hand" });
    });
}

/// There is none on a page over plain HTTP.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    if clipboard.is_undefined() || clipboard.is_null() {
        return None;
    }
    Some(clipboard.unchecked_into())
}
