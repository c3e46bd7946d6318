//! `/c/:program/form`

use domain::ProgramId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{panes::FormEditor, server_fns::form_editor};
use crate::error::ActionError;
use crate::layout::{Page, PageHeader};
use crate::ui::{Notice, Tone, awaited};

#[component]
pub fn FormEditorPage() -> impl IntoView {
    let params = use_params_map();
    let program = Memo::new(move |_| {
        params.with(|p| {
            p.get("program")
                .and_then(|text| text.parse::<ProgramId>().ok())
        })
    });
    let view = Resource::new(
        move || program.get(),
        |program| async move {
            match program {
                Some(program) => form_editor(program).await,
                None => Err(ActionError::new(domain::ErrorCode::NotFound)),
            }
        },
    );
    view! {
        <Page width="full">
            <PageHeader title="Registration form" lead="What partners are asked when they register a deal."/>
            <Suspense>
            {awaited(move || async move {
                match view.await {
                    Ok(view) => view! { <FormEditor view/> }.into_any(),
                    Err(error) => view! { <Notice tone=Tone::Bad><p>{error.to_string()}</p></Notice> }.into_any(),
                }
            })}
            </Suspense>
        </Page>
    }
}
