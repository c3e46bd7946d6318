//! Which column is what.

use domain::ProgramId;
use domain::imports::column_input;
use domain::views::ImportView;
use leptos::prelude::*;

use super::server_fns::MapImport;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Checkbox, Choice, Select, Variant, use_ready};

#[component]
pub fn MapForm(
    program: ProgramId,
    view: ImportView,
    action: ServerAction<MapImport>,
    /// Whether something was changed since the rows were checked.
    touched: RwSignal<bool>,
) -> impl IntoView {
    let mapping = view.mapping;
    let sent = Sent::of(action, "");
    let choices: Vec<Choice> = view
        .targets
        .into_iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    let partners: Vec<Choice> = view
        .partners
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    let columns = view.columns.into_iter().zip(mapping.targets).enumerate();
    let columns = columns.map(|(place, (column, target))| {
        let hint =
            (!column.sample.is_empty()).then(|| format!("Like \u{201c}{}\u{201d}", column.sample));
        let input = column_input(place);
        view! {
            <Select
                id=input.clone()
                name="targets[]"
                label=column.heading
                choices=choices.clone()
                value=target.to_string()
                hint
                error=sent.at(input)
            />
        }
    });
    let columns = columns.collect_view();
    let chosen = mapping.partner.map(|partner| partner.to_string());
    view! {
        <SentErrors sent/>
        // With scripts only: the events of every input inside come up to here.
        <div on:input=move |_| touched.set(true) on:change=move |_| touched.set(true)>
            <ActionForm action attr:class="form" attr:data-part="mapping" attr:data-ready=use_ready()>
                <input type="hidden" name="program" value=program.to_string()/>
                <input type="hidden" name="import" value=view.line.id.to_string()/>
                <input type="hidden" name="version" value=view.version.to_string()/>
                <fieldset class="fieldset">
                    <legend>"What the columns are"</legend>
                    <div class="import__columns">{columns}</div>
                </fieldset>
                <Select id="partner" label="Partner of rows that name none" choices=partners prompt="None: each row names its own" value=chosen error=sent.at("partner")/>
                <Checkbox id="skip_doubles" label="Leave doubles out" hint="Rows about a customer that your own team, a partner or another row is on already." checked=mapping.skip_doubles/>
                <Checkbox id="confirm_wins" label="Confirm imported wins" hint="Deals in a won stage earn what the offers of today promise. Confirmed wins are not taken back with the import." checked=mapping.confirm_wins/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Check the rows"</Button>
                </div>
            </ActionForm>
        </div>
    }
}
