use domain::views::SessionView;
use leptos::prelude::*;

use super::server_fns::{RevokeSession, SignOutOthers, list_sessions};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{Button, Tag, Time, Tone, awaited, use_ready};

#[component]
pub fn SessionList() -> impl IntoView {
    let revoke = ServerAction::<RevokeSession>::new();
    let others = ServerAction::<SignOutOthers>::new();
    let (revoked, ended) = (successes(revoke), successes(others));
    let sessions = Resource::new(move || (revoked.get(), ended.get()), |_| list_sessions());
    view! {
        <SentErrors sent=Sent::of(revoke, "")/>
        <SentErrors sent=Sent::of(others, "")/>
        <Transition>
            {awaited(move || async move {
                match sessions.await {
                    Ok(sessions) => view! { <Sessions sessions revoke others/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sessions(
    sessions: Vec<SessionView>,
    revoke: ServerAction<RevokeSession>,
    others: ServerAction<SignOutOthers>,
) -> impl IntoView {
    let several = sessions.len() > 1;
    let rows = sessions
        .into_iter()
        .map(|session| view! { <SessionRow session revoke/> })
        .collect_view();
    view! {
        <ul class="rows" data-ready=use_ready()>{rows}</ul>
        {several.then(|| view! {
            <ActionForm action=others>
                <Button kind="submit" busy=others.pending()>"Sign out others"</Button>
            </ActionForm>
        })}
    }
}

#[component]
fn SessionRow(session: SessionView, revoke: ServerAction<RevokeSession>) -> impl IntoView {
    let browser = browser_name(&session.agent);
    let label = format!("Sign out {browser} at {}", session.address);
    let side = if session.current {
        view! { <Tag tone=Tone::Good text="This browser"/> }.into_any()
    } else {
        view! {
            <ActionForm action=revoke>
                <input type="hidden" name="session" value=session.id.to_string()/>
                <Button kind="submit" small=true label>"Sign out"</Button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p class="strong">{browser}</p>
                <p class="muted small">{session.address} ", last seen " <Time at=session.last_seen_at/></p>
            </div>
            <div class="rows__side">{side}</div>
        </li>
    }
}

/// Enough to tell one's own browsers apart; the user agent says everything and proves nothing.
fn browser_name(agent: &str) -> String {
    let browser = [
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (named(&browser), named(&system)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => "Another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_are_told_apart() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(browser_name(agent), "Chrome on Linux");
        assert_eq!(browser_name("curl/8"), "Another program");
    }
}
