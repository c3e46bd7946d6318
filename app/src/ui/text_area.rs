//! Several lines of text, with their label.

use leptos::html;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::bound::keep_in_step;
use super::field::{Field, described_by};

#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into, optional)] name: MaybeText,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] value: MaybeText,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(into, optional)] placeholder: MaybeText,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    keep_in_step(bind, move || node.get());
    let first = bind
        .map(|signal| signal.get_untracked())
        .or(value.0)
        .unwrap_or_default();
    #[cfg(feature = "ssr")]
    let first = escaped(&first);
    let name = name.or_text(&id);
    let describes = id.clone();
    let has_hint = hint.0.is_some();
    view! {
        <Field id=id.clone() label hint=hint error required>
            <textarea
                class="input"
                node_ref=node
                id=id
                name=name
                rows=rows
                autocomplete=autocomplete
                placeholder=placeholder.0
                maxlength=maxlength
                disabled=move || disabled.get()
                dir="auto"
                aria-required=required.then_some("true")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                on:input=move |event| {
                    if let Some(signal) = bind {
                        signal.set(event_target_value(&event));
                    }
                }
            >
                {first}
            </textarea>
        </Field>
    }
}

/// Leptos writes what stands in a textarea as it is: an end tag in the text would let the rest of it be the page's HTML.
#[cfg(feature = "ssr")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_leaves_its_area() {
        let typed = "</textarea><b>&lt;";
        assert_eq!(escaped(typed), "&lt;/textarea>&lt;b>&amp;lt;");
    }
}
