//! One stage in the editor.

use domain::pipeline::{HUES, StageKind};
use leptos::prelude::*;

use super::model::{Draft, Row};
use crate::ui::{
    Button, Choice, FieldMessage, Select, TextInput, Variant, focus_by_id, message_at,
};

#[component]
pub fn StageRow(draft: Draft, row: Row, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let id = row.id.to_string();
    let kinds = StageKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind.label()))
        .collect();
    let hues = HUES.iter().map(|hue| Choice::new(*hue, *hue)).collect();
    let name = move || match row.name.get() {
        name if name.is_empty() => "New stage".to_owned(),
        name => name,
    };
    let error = |input: &str| message_at(faults, format!("{input}-{}", row.id));
    let kind_error = error("kind");
    // Said as soon as it is chosen: another kind needs another stage, so there is nothing else to fill in first.
    let kind_error = Signal::derive(move || draft.kind_kept(row).or_else(|| kind_error.get()));
    view! {
        <li class="editor__row stage-row" data-hue=move || row.hue.get()>
            <span class="stage-dot" aria-hidden="true"></span>
            <fieldset class="stage-row__fields">
                <legend class="visually-hidden">{name}</legend>
                <TextInput id=format!("name-{id}") label="Name" bind=row.name required=true maxlength=60 error=error("name")/>
                <Select id=format!("kind-{id}") label="Kind" choices=kinds bind=row.kind error=kind_error/>
                <Select id=format!("hue-{id}") label="Colour" choices=hues bind=row.hue error=error("hue")/>
                <TextInput id=format!("stuck-{id}") label="Stuck after (days)" bind=row.stuck_days inputmode="numeric" error=error("stuck")/>
                <TextInput id=format!("chance-{id}") label="Chance (%)" bind=row.probability inputmode="numeric" error=error("chance")/>
            </fieldset>
            <RowButtons draft row/>
        </li>
    }
}

#[component]
fn RowButtons(draft: Draft, row: Row) -> impl IntoView {
    let (up, down) = (format!("up-{}", row.id), format!("down-{}", row.id));
    let (keep_up, keep_down) = (up.clone(), down.clone());
    let label = move |verb: &str| format!("{verb} {}", row.name.get_untracked());
    let shift = move |to_bottom: bool, button: &str| {
        draft.shift(row.id, to_bottom);
        // The row was taken out and put back elsewhere; the focus goes with it.
        let button = button.to_owned();
        request_animation_frame(move || focus_by_id(&button));
    };
    view! {
        <div class="cluster stage-row__buttons">
            <Button variant=Variant::Quiet square=true icon=icondata::LuArrowUp label=label("Move up") attr:id=up
                on:click=move |_| shift(false, &keep_up)/>
            <Button variant=Variant::Quiet square=true icon=icondata::LuArrowDown label=label("Move down") attr:id=down
                on:click=move |_| shift(true, &keep_down)/>
            <Button variant=Variant::Quiet square=true icon=icondata::LuTrash2 label=label("Remove")
                on:click=move |_| draft.remove(row.id)/>
        </div>
    }
}
