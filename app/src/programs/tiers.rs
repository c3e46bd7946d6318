use domain::ProgramId;
use domain::program::Tier;
use leptos::prelude::*;

use super::server_fns::{DeleteTier, SaveTier};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, TextInput, Variant};

/// The program's tiers: named anew in place, added below, taken away when nobody has them.
#[component]
pub fn Tiers(
    program: ProgramId,
    tiers: Vec<Tier>,
    save: ServerAction<SaveTier>,
    delete: ServerAction<DeleteTier>,
) -> impl IntoView {
    let sent = Sent::of(save, "");
    let id = program.to_string();
    let rows = tiers
        .into_iter()
        .map(|tier| view! { <TierRow program tier save delete/> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="tiers">
            <div class="section__head"><h2 id="tiers">"Tiers"</h2></div>
            <SentErrors sent/>
            <SentErrors sent=Sent::of(delete, "delete-")/>
            <ul class="rows">{rows}</ul>
            <ActionForm action=save attr:class="form" attr:novalidate="">
                <input type="hidden" name="program" value=id/>
                <TextInput id="tier_name" label="New tier" error=sent.at("tier_name") width="medium"/>
                <div class="button-row">
                    <Button kind="submit" busy=save.pending()>"Add the tier"</Button>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn TierRow(
    program: ProgramId,
    tier: Tier,
    save: ServerAction<SaveTier>,
    delete: ServerAction<DeleteTier>,
) -> impl IntoView {
    let (program, id) = (
        StoredValue::new(program.to_string()),
        StoredValue::new(tier.id.to_string()),
    );
    let label = format!("Name of the tier {}", tier.name);
    let (rename, take_away) = (
        format!("Rename {}", tier.name),
        format!("Take away {}", tier.name),
    );
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <ActionForm action=save attr:class="cluster">
                    <input type="hidden" name="program" value=program.get_value()/>
                    <input type="hidden" name="tier" value=id.get_value()/>
                    <input class="input" name="tier_name" aria-label=label value=tier.name maxlength="60"/>
                    <Button kind="submit" small=true label=rename>"Rename"</Button>
                </ActionForm>
            </div>
            <div class="rows__side">
                <ActionForm action=delete>
                    <input type="hidden" name="program" value=program.get_value()/>
                    <input type="hidden" name="tier" value=id.get_value()/>
                    <Button kind="submit" small=true variant=Variant::Danger label=take_away>"Take away"</Button>
                </ActionForm>
            </div>
        </li>
    }
}
