//! What stands round every control: label, hint, error; and the ids that tie them together.

use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::icon::Icon;

/// The value for `aria-describedby` of the control `id`.
pub fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

/// Wraps one control whose id is `id`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label class="field__label" for=id>
                {label}
                {required.then(|| view! { <span class="field__required" aria-hidden="true">" *"</span> })}
            </label>
            {hint.0.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
            {children()}
        </div>
    }
}

/// What was understood of a number that others would read otherwise.
#[component]
pub(super) fn HeardUnder(
    heard: Signal<Option<String>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let line = Memo::new(move |_| heard.get().filter(|_| error.with(Option::is_none)));
    move || {
        let line = line.get();
        line.map(|text| view! { <p class="field__heard" aria-live="polite">{text}</p> })
    }
}

/// The message at a field. Also for groups (radio buttons) that bring their own legend.
#[component]
pub fn FieldError(
    #[prop(into)] id: String,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        error.get().map(|message| {
            view! {
                <p class="field__error" id=id.clone()>
                    <Icon icon=icondata::LuCircleAlert size="small"/>
                    <span>
                        <span class="visually-hidden">"Error: "</span>
                        {message}
                    </span>
                </p>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::described_by;

    #[test]
    fn description_names_only_what_is_there() {
        assert_eq!(described_by("domain", false, false), None);
        assert_eq!(
            described_by("domain", true, false).as_deref(),
            Some("domain-hint")
        );
        assert_eq!(
            described_by("domain", true, true).as_deref(),
            Some("domain-hint domain-error")
        );
    }
}
