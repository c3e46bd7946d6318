//! Another form in the draft's place: a template, the form of another program, or a file.

mod choosing;
mod question;
mod sources;

use leptos::prelude::*;

use self::{choosing::Choosing, question::Question, sources::Sources};
use super::desk::Desk;
use crate::ui::{Button, Dialog, Variant};

#[component]
pub fn StartButton(desk: Desk) -> impl IntoView {
    let choosing = Choosing::new(desk);
    let closed = Callback::new(move |()| choosing.forget());
    view! {
        <Button variant=Variant::Quiet small=true icon=icondata::LuFileInput on:click=move |_| choosing.begin()>"Start from..."</Button>
        <Dialog id="start-dialog" title="Start from another form" open=choosing.open wide=true on_close=closed>
            {move || match choosing.waiting.get() {
                Some(found) => view! { <Question choosing found/> }.into_any(),
                None => view! { <Sources choosing/> }.into_any(),
            }}
        </Dialog>
    }
}
