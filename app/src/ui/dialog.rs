//! The native dialog: modal, Esc closes it, the focus returns to where it was.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Variant};

/// Opens while `open` is true. The children are there while it is open only, so they start afresh each time.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    #[prop(optional)] wide: bool,
    /// Told when it was closed by Esc, by the cross or by `open`.
    #[prop(into, optional)]
    on_close: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            // Fails only for a dialog that has left the page; then nothing is to be shown.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        open.set(false);
        if let Some(tell) = on_close {
            tell.run(());
        }
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class="dialog"
            node_ref=node
            id=id
            data-size=wide.then_some("wide")
            aria-labelledby=labelled_by
            on:close=closed
        >
            <div class="dialog__head">
                <h2 class="dialog__title" id=title_id>{move || title.get()}</h2>
                <Button
                    variant=Variant::Quiet
                    square=true
                    label="Close"
                    icon=icondata::LuX
                    on:click=move |_| open.set(false)
                />
            </div>
            <div class="dialog__body">{move || open.get().then(|| children())}</div>
        </dialog>
    }
}

/// The row of buttons at a dialog's foot; the one that acts comes last.
#[component]
pub fn DialogFoot(children: Children) -> impl IntoView {
    view! { <div class="dialog__foot">{children()}</div> }
}
