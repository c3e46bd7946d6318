//! One mail of the outbox.

use domain::CompanyId;
use domain::mail::MailState;
use domain::views::MailView;
use leptos::prelude::*;

use super::server_fns::RetryMail;
use crate::ui::{Button, Tag, Time, Tone};

#[component]
pub fn MailRow(
    company: CompanyId,
    mail: MailView,
    retry: ServerAction<RetryMail>,
) -> impl IntoView {
    let tries = match mail.attempts {
        0 => None,
        1 => Some("tried once".to_owned()),
        many => Some(format!("tried {many} times")),
    };
    let failed = (!mail.last_error.is_empty()).then_some(mail.last_error);
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p class="strong" dir="auto">{mail.subject.clone()}</p>
                <p class="muted small">
                    {mail.kind.label()} " to " {mail.to} ", " <Time at=mail.created_at/>
                    {tries.map(|tries| view! { ", "{tries} })}
                    {mail.next_try_at.map(|at| view! { ", next try " <Time at/> })}
                </p>
                {failed.map(|error| view! { <p class="small" data-part="error" dir="auto">{error}</p> })}
                <details>
                    <summary>"Read it"</summary>
                    <pre class="mail__text" dir="auto">{mail.text}</pre>
                </details>
            </div>
            <div class="rows__side cluster">
                <Tag tone=tone(mail.state) text=mail.state.label()/>
                {mail.may_retry.then(|| view! {
                    <ActionForm action=retry>
                        <input type="hidden" name="company" value=company.to_string()/>
                        <input type="hidden" name="mail" value=mail.id.to_string()/>
                        <Button kind="submit" small=true label=format!("Try again: {}", mail.subject)>"Try again"</Button>
                    </ActionForm>
                })}
            </div>
        </li>
    }
}

fn tone(state: MailState) -> Tone {
    match state {
        MailState::Kept => Tone::Plain,
        MailState::Queued | MailState::Sending => Tone::Info,
        MailState::Sent => Tone::Good,
        MailState::Dead => Tone::Bad,
    }
}
