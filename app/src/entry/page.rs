//! `/p/:membership/deals/:deal/enter/:stage`: a plain form, posted to its own address with the app as without it.

use std::sync::Arc;

use domain::views::EntryPart;
use domain::{MembershipId, StageId};
use leptos::prelude::*;

use super::asking::Asking;
use super::fields::EntryFields;
use super::refused::refused_here;
use super::server_fns::get_entry;
use crate::error::ActionError;
use crate::gates::verb;
use crate::layout::{BackLink, FormPage, PageHeader};
use crate::place::{must_exist, use_deal, use_id, use_membership};
use crate::problem::Problem;
use crate::ui::{Button, ErrorSummary, LinkButton, Notice, Tone, Variant, awaited, use_ready};

#[component]
pub fn EntryPage() -> impl IntoView {
    let (membership, deal) = (use_membership(), use_deal());
    let stage = use_id::<StageId>("stage");
    let loaded = Resource::new(
        move || (membership.get(), deal.get(), stage.get()),
        |(membership, deal, stage)| async move {
            let (membership, deal) = (must_exist(membership)?, must_exist(deal)?);
            let part = get_entry(membership, deal, must_exist(stage)?).await?;
            Ok::<_, ActionError>((membership, part))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, part)) => view! { <EntryForm membership part/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn EntryForm(membership: MembershipId, part: EntryPart) -> impl IntoView {
    let page = super::path(membership, part.deal, part.stage.id);
    let deal = format!("/p/{membership}/deals/{}", part.deal);
    let back = BackLink::new(deal.clone(), part.number.clone());
    let title = format!("{} to {}", part.customer, part.stage.name);
    let (gate, version) = (part.gate, part.version.to_string());
    let asking = Asking::new(membership, Arc::new(part), "entry-");
    let said = refused_here(&page).and_then(|refused| {
        asking.answers.set(refused.answers);
        asking.reply.note.set(refused.note);
        asking.reply.reason.set(refused.lost_reason);
        asking.show_error(refused.error?)
    });
    view! {
        <FormPage>
            <PageHeader title=Signal::stored(title) lead="This stage asks for more before a deal lies in it." back/>
            <ErrorSummary messages=asking.messages()/>
            {said.map(|text| view! { <Notice tone=Tone::Bad title="The deal did not move" role="alert"><p>{text}</p></Notice> })}
            <form class="stack" method="post" action=page novalidate aria-label="What the stage asks" data-ready=use_ready()>
                <input type="hidden" name="_version" value=version/>
                <EntryFields asking/>
                <div class="form-foot">
                    <Button kind="submit" variant=Variant::Primary>{verb(gate)}</Button>
                    <LinkButton href=deal>"Cancel"</LinkButton>
                </div>
            </form>
        </FormPage>
    }
    .into_any()
}
