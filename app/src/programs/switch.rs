use domain::views::CompanyProgramView;
use leptos::prelude::*;

use super::server_fns::SwitchSubmissions;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Dialog, DialogFoot, Tag, Tone, Variant, use_ready};

/// The switch "deal submissions" (R6). Closing asks first: every partner sees it at once.
#[component]
pub fn SubmissionsSwitch(head: Memo<CompanyProgramView>, may_edit: Memo<bool>) -> impl IntoView {
    let action = ServerAction::<SwitchSubmissions>::new();
    let asking = RwSignal::new(false);
    let open = Memo::new(move |_| head.with(|head| head.program.submissions_open));
    Effect::new(move |_| {
        if action.value().get().is_some() {
            asking.set(false);
        }
    });
    let state = move || {
        if open.get() {
            view! { <Tag tone=Tone::Good text="Open"/> }
        } else {
            view! { <Tag text="Closed"/> }
        }
    };
    let hint = move || {
        if open.get() {
            "Partners register deals now."
        } else {
            "Partners cannot register deals. Deals that exist go on."
        }
    };
    view! {
        <SentErrors sent=Sent::of(action, "switch-")/>
        <div class="setting" data-ready=use_ready()>
            <div>
                <p class="setting__title">"Registering deals " {state}</p>
                <p class="setting__hint" role="status">{hint}</p>
            </div>
            {move || may_edit.get().then(|| view! { <SwitchForm action head open asking/> })}
        </div>
        <Dialog id="close-submissions" title=Signal::stored("Close deal submissions?".to_owned()) open=asking>
            <p>"The button and the form disappear for every partner at once. Deals and drafts that exist stay."</p>
            <DialogFoot>
                <Button on:click=move |_| asking.set(false)>"Keep open"</Button>
                <ActionForm action>
                    <input type="hidden" name="program" value=move || head.with(|head| head.program.id.to_string())/>
                    <input type="hidden" name="open" value="false"/>
                    <Button kind="submit" variant=Variant::DangerSolid busy=action.pending()>"Close submissions"</Button>
                </ActionForm>
            </DialogFoot>
        </Dialog>
    }
}

/// A plain form, so that it works before wasm too; with wasm, closing opens the question instead.
#[component]
fn SwitchForm(
    action: ServerAction<SwitchSubmissions>,
    head: Memo<CompanyProgramView>,
    open: Memo<bool>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let label = move || {
        if open.get() {
            "Close submissions"
        } else {
            "Open submissions"
        }
    };
    let ask = move |event: leptos::ev::MouseEvent| {
        if open.get_untracked() {
            event.prevent_default();
            asking.set(true);
        }
    };
    view! {
        <ActionForm action>
            <input type="hidden" name="program" value=move || head.with(|head| head.program.id.to_string())/>
            <input type="hidden" name="open" value=move || if open.get() { "false" } else { "true" }/>
            <Button kind="submit" busy=action.pending() on:click=ask>{label}</Button>
        </ActionForm>
    }
}
