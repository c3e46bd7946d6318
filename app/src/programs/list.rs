use domain::CompanyId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::server_fns::{CreateProgram, ProgramList, list_programs};
use crate::currencies::currency_choices;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Avatar, Button, Select, Tag, TextInput, Tone, Variant, awaited, use_ready};

#[component]
pub fn ProgramListPage() -> impl IntoView {
    let params = use_params_map();
    let company = Memo::new(move |_| {
        params
            .with(|params| params.get("company"))
            .unwrap_or_default()
    });
    let list = Resource::new(
        move || company.get(),
        async |company| match company.parse::<CompanyId>() {
            Ok(company) => list_programs(company).await,
            Err(_) => Err(ActionError::new(domain::ErrorCode::NotFound)),
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match list.await {
                    Ok(list) => view! { <Programs list/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Programs(list: ProgramList) -> impl IntoView {
    let rows = list
        .programs
        .into_iter()
        .map(|program| {
            let (tone, switch) = if program.submissions_open {
                (Tone::Good, "Registration open")
            } else {
                (Tone::Plain, "Registration closed")
            };
            view! {
                <li class="rows__row">
                    <div class="rows__main person">
                        <Avatar name=program.name.clone() square=true/>
                        <a class="person__name" href=format!("/c/{}/review", program.id)>{program.name}</a>
                    </div>
                    <div class="rows__side"><Tag tone text=switch/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Page width="narrow">
            <PageHeader title="Programs" lead=list.name back=BackLink::new("/", "Home")/>
            <ul class="rows">{rows}</ul>
            {list.may_create.then(|| view! { <NewProgram company=list.company/> })}
        </Page>
    }
}

#[component]
fn NewProgram(company: CompanyId) -> impl IntoView {
    let action = ServerAction::<CreateProgram>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    view! {
        <section class="section" aria-labelledby="new-program">
            <div class="section__head"><h2 id="new-program">"New program"</h2></div>
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="company" value=company.to_string()/>
                <div class="field-row">
                    <TextInput id="program" label="Name" required=true error=sent.at("program")/>
                    <Select id="currency" label="Currency" choices=currency_choices() value="EUR" error=sent.at("currency")/>
                </div>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Create the program"</Button>
                </div>
            </ActionForm>
        </section>
    }
}
