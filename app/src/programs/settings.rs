use domain::people::CompanyRight;
use leptos::prelude::*;

use super::card_fields::CardFields;
use super::settings_form::SettingsForm;
use super::switch::SubmissionsSwitch;
use crate::frames::use_company_head;
use crate::layout::{Page, PageHeader};
use crate::ui::{LinkButton, Notice};

/// What the program promises, and whether partners may register deals.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let head = use_company_head();
    let may_edit = Memo::new(move |_| head.with(|head| head.role.may(CompanyRight::DesignProgram)));
    let id = Memo::new(move |_| head.with(|head| head.program.id));
    let may_port =
        Memo::new(move |_| head.with(|head| head.role.may(CompanyRight::ImportAndExport)));
    let import = Memo::new(move |_| head.with(|head| format!("/c/{}/import", head.program.id)));
    let may_connect = Memo::new(move |_| head.with(|head| head.role.may(CompanyRight::EditTeam)));
    let company =
        Memo::new(move |_| head.with(|head| format!("/company/{}", head.program.company)));
    let at_first = StoredValue::new(head.get_untracked());
    view! {
        <Page width="narrow">
            <PageHeader title="Settings"/>
            {move || (!may_edit.get()).then(|| view! { <Notice>"Only admins change a program."</Notice> })}
            <div class="settings">
                <section class="settings__group" aria-labelledby="submissions">
                    <h2 id="submissions">"Deal submissions"</h2>
                    <SubmissionsSwitch head may_edit/>
                </section>
                {move || may_port.get().then(|| view! {
                    <section class="settings__group" aria-labelledby="portage">
                        <h2 id="portage">"Import and export"</h2>
                        <p class="muted">"Bring deals in from a CSV file, and take copies of what is here."</p>
                        <div><LinkButton href=import.get()>"Import and export"</LinkButton></div>
                    </section>
                })}
                {move || may_connect.get().then(|| view! {
                    <section class="settings__group" aria-labelledby="connect">
                        <h2 id="connect">"API and webhooks"</h2>
                        <p class="muted">
                            "Connect other systems, such as a CRM, for all programs of the company: with a key they read and change deals by the API, and webhooks tell them what happens. "
                            <a href="/api/v1/docs" rel="external">"How it works"</a>
                        </p>
                        <div class="cluster">
                            <LinkButton href=format!("{}/keys", company.get())>"API keys"</LinkButton>
                            <LinkButton href=format!("{}/webhooks", company.get())>"Webhooks"</LinkButton>
                        </div>
                    </section>
                })}
                {move || may_edit.get().then(|| view! { <CardFields program=id.get()/> })}
                <section class="settings__group" aria-labelledby="program">
                    <h2 id="program">"Program"</h2>
                    {at_first.with_value(|first| view! { <SettingsForm first=first.program.clone() head may_edit/> })}
                </section>
            </div>
        </Page>
    }
}
