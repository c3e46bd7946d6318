//! Files under one field: those that are there, and a way to add one.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::{
    FileId,
    forms::{FieldKey, FieldKind},
    views::FileView,
};
use leptos::prelude::*;

use crate::ui::{Button, Field, Icon, Variant, described_by};

/// How the page takes files; the renderer only shows them. Without it files can be looked at only.
#[derive(Clone, Copy)]
pub struct Uploads {
    /// Every file of this registration.
    pub files: RwSignal<Vec<FileView>>,
    /// Files were chosen for the field; the input holds them.
    pub on_chosen: Callback<(FieldKey, web_sys::HtmlInputElement)>,
    pub on_removed: Callback<(FieldKey, FileId)>,
    /// Per file on its way: its field, its name, and how many percent have arrived.
    pub under_way: Signal<Vec<(FieldKey, String, u8)>>,
}

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
    uploads: Option<Uploads>,
) -> impl IntoView {
    let key = field.key.clone();
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
    let describes = id.clone();
    let has_hint = hint.is_some();
    let chosen_key = key.clone();
    let node = NodeRef::<leptos::html::Input>::new();
    let chosen = move |_| {
        if let (Some(uploads), Some(input)) = (uploads, node.get_untracked()) {
            uploads.on_chosen.run((chosen_key.clone(), input));
        }
    };
    view! {
        <Field id=id.clone() label=field.label.clone() hint error required>
            <div class="upload">
                <AttachedFiles key=key.clone() attached uploads/>
                <UnderWay key=key.clone() uploads/>
                <input
                    class="input"
                    type="file"
                    node_ref=node
                    id=id
                    name=format!("_file.{key}")
                    multiple
                    accept=accept
                    disabled=uploads.is_none()
                    aria-required=required.then_some("true")
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                    on:change=chosen
                />
            </div>
        </Field>
    }
}

#[component]
fn AttachedFiles(
    key: FieldKey,
    #[prop(into)] attached: Signal<Vec<String>>,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let file_name = move |id: &str| {
        let files = uploads.map(|u| u.files.get()).unwrap_or_default();
        files
            .into_iter()
            .find(|f| f.id.to_string() == id)
            .map_or_else(|| id.to_owned(), |f| f.name)
    };
    move || {
        let rows = attached.get().into_iter().map(|id| {
            let name = file_name(&id);
            let removal = key.clone();
            let removed = id.clone();
            let remove = move |event: leptos::ev::MouseEvent| {
                if let (Some(uploads), Ok(file)) = (uploads, removed.parse::<FileId>()) {
                    event.prevent_default();
                    uploads.on_removed.run((removal.clone(), file));
                }
            };
            view! {
                <div class="cluster">
                    <Icon icon=icondata::LuPaperclip size="small"/>
                    <span class="clip">{name.clone()}</span>
                    <input type="hidden" name=key.to_string() value=id.clone()/>
                    <Button
                        variant=Variant::Quiet
                        small=true
                        kind="submit"
                        name="_remove_file"
                        value=id
                        label=format!("Remove {name}")
                        on:click=remove
                    >
                        "Remove"
                    </Button>
                </div>
            }
        });
        rows.collect_view()
    }
}

#[component]
fn UnderWay(key: FieldKey, uploads: Option<Uploads>) -> impl IntoView {
    move || {
        let under_way = uploads.map(|u| u.under_way.get()).unwrap_or_default();
        let mine = under_way.into_iter().filter(|(field, _, _)| *field == key);
        mine.map(|(_, name, percent)| {
            view! {
                <div>
                    <span class="small muted">{format!("{name}, {percent} percent")}</span>
                    <progress max="100" value=percent.to_string() aria-label=format!("Upload of {name}")></progress>
                </div>
            }
        })
        .collect_view()
    }
}
