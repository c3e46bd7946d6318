use domain::program::Program;
use domain::views::CompanyProgramView;
use leptos::prelude::*;

use super::server_fns::SaveSettings;
use crate::currencies::{CURRENCIES, currency_choices};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Choice, Notice, Select, TextArea, TextInput, Tone, Variant, use_ready};

/// Name, promises and words of a program. It keeps what is typed while others change the program; saving then tells who
/// did.
#[component]
pub fn SettingsForm(
    first: Program,
    head: Memo<CompanyProgramView>,
    may_edit: Memo<bool>,
) -> impl IntoView {
    let action = ServerAction::<SaveSettings>::new();
    let sent = Sent::of(action, "");
    let disabled = Signal::derive(move || !may_edit.get());
    // The version that the form's values come from: the loaded one, then each that this form has saved. The switch on
    // this page changes the version and none of these values, so it counts as seen too.
    let seen = RwSignal::new(first.version);
    Effect::new(move |_| {
        if let Some(Ok(version)) = action.value().get() {
            seen.set(version);
        }
    });
    let kept = StoredValue::new(first.clone());
    Effect::new(move |_| {
        let now = head.with(|head| head.program.clone());
        if kept.with_value(|kept| same_but_switch(kept, &now)) {
            seen.set(now.version);
        }
    });
    let saved = move || matches!(action.value().get(), Some(Ok(_)));
    view! {
        <SentErrors sent/>
        {move || saved().then(|| view! { <Notice tone=Tone::Good role="status">"Saved."</Notice> })}
        <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
            <input type="hidden" name="program" value=first.id.to_string()/>
            <input type="hidden" name="settings[version]" value=first.version prop:value=move || seen.get().to_string()/>
            <TextInput id="name" name="settings[name]" label="Name" value=first.name.clone() required=true error=sent.at("name") disabled/>
            <TextArea id="summary" name="settings[summary]" label="Summary" hint="Partners read it on the program\u{2019}s first page" value=first.summary.clone() error=sent.at("summary") disabled/>
            <Words first=first.clone() sent disabled/>
            <Promises first sent disabled/>
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary busy=action.pending() disabled>"Save settings"</Button>
            </div>
        </ActionForm>
    }
}

#[component]
fn Words(first: Program, sent: Sent, disabled: Signal<bool>) -> impl IntoView {
    let code = first.currency.to_string();
    let mut choices = currency_choices();
    if !CURRENCIES.contains(&code.as_str()) {
        choices.push(Choice::new(code.clone(), code.clone()));
    }
    view! {
        <div class="field-row">
            <TextInput id="number_prefix" name="settings[number_prefix]" label="Deal number prefix" hint="ALT gives ALT-1042" value=first.number_prefix required=true maxlength=8 error=sent.at("number_prefix") disabled/>
            <Select id="currency" name="settings[currency]" label="Currency" hint="What money fields start with" choices value=code error=sent.at("currency") disabled/>
        </div>
    }
}

#[component]
fn Promises(first: Program, sent: Sent, disabled: Signal<bool>) -> impl IntoView {
    let promises = first.settings;
    view! {
        <div class="field-row">
            <TextInput id="decision_hours" name="settings[decision_hours]" label="Decide within (hours)" inputmode="numeric" value=promises.decision_hours.to_string() required=true error=sent.at("decision_hours") disabled/>
            <TextInput id="protection_days" name="settings[protection_days]" label="Protection (days)" inputmode="numeric" value=promises.protection_days.to_string() required=true error=sent.at("protection_days") disabled/>
            <TextInput id="extension_days" name="settings[extension_days]" label="Extension (days)" inputmode="numeric" value=promises.extension_days.to_string() required=true error=sent.at("extension_days") disabled/>
        </div>
    }
}

fn same_but_switch(one: &Program, other: &Program) -> bool {
    Program {
        submissions_open: other.submissions_open,
        version: other.version,
        ..one.clone()
    } == *other
}
