//! What I am told, and by which channel: one table, one button.

use domain::notices::{Channel, NoticeKind};
use domain::views::{NoticeChoice, NoticeChoicesView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::server_fns::{SaveNoticeChoices, load_notice_choices};
use crate::layout::{BackLink, Page, PageHeader};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, EmptyState, Notice, Tone, Variant, awaited, use_ready};

/// A box's value: `registrations.mail`.
pub(super) fn written(kind: NoticeKind, channel: Channel) -> String {
    format!("{}.{}", kind.as_str(), channel.as_str())
}

/// What a box's value stands for.
#[cfg(any(feature = "ssr", test))]
pub(super) fn read(value: &str) -> Option<(NoticeKind, Channel)> {
    let (kind, channel) = value.split_once('.')?;
    Some((kind.parse().ok()?, channel.parse().ok()?))
}

/// `/account/notifications`
#[component]
pub fn ChoicesPage() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| load_notice_choices());
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok(choices) => view! { <Choices choices/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Choices(choices: NoticeChoicesView) -> impl IntoView {
    let action = ServerAction::<SaveNoticeChoices>::new();
    go_there(action);
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("saved").is_some());
    let lead = format!(
        "You are never told of what you did yourself. Email goes to {}.",
        choices.email
    );
    let nothing = choices.rows.is_empty();
    let rows = choices
        .rows
        .into_iter()
        .map(|choice| view! { <Row choice/> })
        .collect_view();
    view! {
        <Page width="narrow">
            <PageHeader title="What you are told" lead back=BackLink::new("/notifications", "Notifications")/>
            {move || saved().then(|| view! {
                <Notice tone=Tone::Good role="status">"Your choices are saved."</Notice>
            })}
            <SentErrors sent=Sent::of(action, "choices-")/>
            {if nothing {
                view! { <EmptyState icon=icondata::LuBell text="You are in no team yet, so there is nothing to tell."/> }.into_any()
            } else {
                view! {
                    <ActionForm action attr:class="form" attr:data-ready=use_ready()>
                        <div class="table-wrap">
                            <table class="table">
                                <caption class="visually-hidden">"What you are told, by channel"</caption>
                                <thead>
                                    <tr>
                                        <th scope="col">"What happens"</th>
                                        {Channel::ALL.iter().map(|channel| view! { <th scope="col">{channel.label()}</th> }).collect_view()}
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                        <div class="button-row">
                            <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Save"</Button>
                        </div>
                    </ActionForm>
                }
                .into_any()
            }}
        </Page>
    }
}

#[component]
fn Row(choice: NoticeChoice) -> impl IntoView {
    let kind = choice.kind;
    let cells = [(Channel::Bell, choice.bell), (Channel::Mail, choice.mail)].map(|(channel, on)| {
        let label = format!("{}: {}", kind.label(), channel.label());
        view! {
            <td>
                <label class="checkbox">
                    <input type="checkbox" name="on[]" value=written(kind, channel) checked=on aria-label=label/>
                </label>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {kind.label()}
                <input type="hidden" name="shown[]" value=kind.as_str()/>
            </th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_says_which_it_is() {
        for kind in NoticeKind::ALL {
            for channel in Channel::ALL {
                assert_eq!(read(&written(*kind, *channel)), Some((*kind, *channel)));
            }
        }
        assert_eq!(read("registrations.pigeon"), None);
        assert_eq!(read("mail"), None);
    }
}
