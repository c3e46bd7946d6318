//! Files under one field: those that are there or on their way, and a way to add some.

use domain::forms::{FieldKey, FieldKind};
use leptos::ev::DragEvent;
use leptos::html;
use leptos::prelude::*;

use super::{
    drops::{dropped, files_of, use_drops},
    file_line::FileLine,
    problems::Watch,
    uploads::{Line, Uploads, lines},
};
use crate::ui::{Field, after_press, described_by};

#[component]
pub fn FileField(
    id: String,
    field: domain::forms::Field,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// The ids that are answered now.
    #[prop(into)]
    attached: Signal<Vec<String>>,
    watch: Watch,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let key = field.key.clone();
    let of = key.clone();
    // What was not taken just now is said before anything older.
    let error = Signal::derive(move || {
        let refusal = uploads.and_then(|uploads| uploads.refusal(&of));
        refusal.or_else(|| error.get())
    });
    if let Some(uploads) = uploads {
        mend(key.clone(), uploads, watch);
    }
    let describes = id.clone();
    let has_hint = hint.is_some();
    let described =
        Signal::derive(move || described_by(&describes, has_hint, error.get().is_some()));
    let invalid = Signal::derive(move || error.get().is_some());
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let said = uploads.map(|uploads| view! { <Said key=key.clone() uploads/> });
    view! {
        <Field id=id.clone() label=field.label.clone() hint error required>
            <Target field=field.clone() uploads>
                <List input=id.clone() field=key attached uploads awake/>
                <Choice id field required described invalid uploads/>
            </Target>
            {said}
        </Field>
    }
}

/// What is said at the field because its files were not there yet is looked at again once they are.
fn mend(key: FieldKey, uploads: Uploads, watch: Watch) {
    Effect::new(move |before: Option<bool>| {
        let waits = uploads.wait(&key);
        if before == Some(true) && !waits {
            watch.again.run((key.clone(), false));
        }
        waits
    });
}

/// Where files may be dropped.
#[component]
fn Target(
    field: domain::forms::Field,
    uploads: Option<Uploads>,
    children: Children,
) -> impl IntoView {
    let Some(uploads) = uploads else {
        return view! { <div class="upload">{children()}</div> }.into_any();
    };
    let drops = use_drops();
    let let_go = move |event: DragEvent| {
        drops.take(&event);
        let files = dropped(&event);
        if !files.is_empty() {
            uploads.on_chosen.run((field.clone(), files));
        }
    };
    view! {
        <div
            class="upload"
            data-near=move || drops.near.get().then_some("")
            data-over=move || drops.over.get().then_some("")
            on:dragenter=move |event: DragEvent| drops.take(&event)
            on:dragover=move |event: DragEvent| drops.take(&event)
            on:dragleave=move |event: DragEvent| drops.leave(&event)
            on:drop=let_go
        >
            {children()}
            <p class="upload__word">"You can also drop files here."</p>
        </div>
    }
    .into_any()
}

/// The browser's own way to choose. Emptied when the app has taken the files: so the same can be chosen anew, and a plain
/// post does not send them twice.
#[component]
fn Choice(
    id: String,
    field: domain::forms::Field,
    required: bool,
    described: Signal<Option<String>>,
    invalid: Signal<bool>,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let name = format!("_file.{}", field.key);
    let accept = match &field.kind {
        FieldKind::File { accept, .. } if !accept.is_empty() => Some(
            accept
                .iter()
                .map(|ending| format!(".{ending}"))
                .collect::<Vec<_>>()
                .join(","),
        ),
        _ => None,
    };
    let several = !matches!(field.kind, FieldKind::File { most: 1, .. });
    let node = NodeRef::<html::Input>::new();
    let take = move || {
        let (Some(uploads), Some(input)) = (uploads, node.get_untracked()) else {
            return;
        };
        let files = files_of(input.files());
        if !files.is_empty() {
            input.set_value("");
            uploads.on_chosen.run((field.clone(), files));
        }
    };
    let early = take.clone();
    // Once, for what was chosen before the app was awake.
    Effect::new(move |_| {
        if node.get().is_some() {
            early();
        }
    });
    view! {
        <input
            class="input"
            type="file"
            node_ref=node
            id=id
            name=name
            multiple=several
            accept=accept
            disabled=uploads.is_none()
            aria-required=required.then_some("true")
            aria-invalid=move || invalid.get().then_some("true")
            aria-describedby=move || described.get()
            on:change=move |_| take()
        />
    }
}

#[component]
fn List(
    input: String,
    field: FieldKey,
    #[prop(into)] attached: Signal<Vec<String>>,
    uploads: Option<Uploads>,
    awake: RwSignal<bool>,
) -> impl IntoView {
    let of = field.clone();
    // Lines come and go by themselves, perhaps while somebody presses a button below.
    let now = after_press(move || {
        let files = uploads.map(|uploads| uploads.files.get());
        let chosen = uploads.map(|uploads| uploads.chosen.get());
        attached.with(|ids| {
            lines(
                &of,
                ids,
                &files.unwrap_or_default(),
                &chosen.unwrap_or_default().rows,
            )
        })
    });
    let line = move |line: Line| {
        view! { <FileLine input=input.clone() field=field.clone() line lines=now uploads awake/> }
    };
    view! {
        <ul class="files">
            <For each=move || now.get() key=|line: &Line| line.key.clone() children=line/>
        </ul>
    }
}

/// What happened to the field's files, politely.
#[component]
fn Said(key: FieldKey, uploads: Uploads) -> impl IntoView {
    let text = move || {
        let said = uploads.said.get();
        said.filter(|(of, _)| *of == key).map(|(_, text)| text)
    };
    view! { <p class="visually-hidden" role="status">{text}</p> }
}
