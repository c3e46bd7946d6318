//! One stage in the editor.

use domain::pipeline::{HUES, StageKind};
use leptos::prelude::*;

use super::model::{Draft, Row, grip_id};
use super::rules::StageRules;
use crate::ui::{
    Button, Choice, FieldMessage, Icon, Menu, MenuItem, Select, TextInput, Variant, message_at,
};

/// How a grip is used, said once for all of them.
pub const GRIP_HELP: &str = "grip-help";

#[component]
pub fn StageRow(draft: Draft, row: Row, faults: RwSignal<Vec<FieldMessage>>) -> impl IntoView {
    let id = row.id.to_string();
    let kinds = StageKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind.label()))
        .collect();
    let hues = HUES
        .iter()
        .map(|hue| Choice::new(*hue, capital(hue)))
        .collect();
    let name = move || row.shown_name();
    let lifted = move || {
        let held = draft.drag.with(|drag| drag.held() == Some(&row.id));
        held.then_some("")
    };
    let drop = Memo::new(move |_| {
        let (at, edge) = draft
            .drag
            .with(|drag| drag.mark(draft.rows.with(Vec::len)))?;
        let here = draft
            .rows
            .with(|rows| rows.get(at).is_some_and(|marked| marked.id == row.id));
        here.then(|| edge.word())
    });
    let error = |input: &str| message_at(faults, format!("{input}-{}", row.id));
    let kind_error = error("kind");
    // Said as soon as it is chosen: another kind needs another stage, so there is nothing else to fill in first.
    let kind_error = Signal::derive(move || draft.kind_kept(row).or_else(|| kind_error.get()));
    view! {
        <li
            class="editor__row stage-row"
            data-stage=id.clone()
            data-hue=move || row.hue.get()
            data-lifted=lifted
            data-drop=move || drop.get()
        >
            <Grip row/>
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
            <StageRules draft row faults/>
        </li>
    }
}

/// A colour's name as the first word of a line.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[component]
fn RowButtons(draft: Draft, row: Row) -> impl IntoView {
    let label = move |verb: &str| format!("{verb} {}", row.name.get_untracked());
    let more = Signal::derive(move || format!("More for {}", row.shown_name()));
    let last = move || draft.rows.with_untracked(Vec::len);
    view! {
        <div class="cluster stage-row__buttons">
            <Menu id=format!("more-{}", row.id) label=more icon=icondata::LuEllipsis icon_only=true>
                <MenuItem icon=icondata::LuArrowUp on:click=move |_| draft.step(row.id, false)>"Move up"</MenuItem>
                <MenuItem icon=icondata::LuArrowDown on:click=move |_| draft.step(row.id, true)>"Move down"</MenuItem>
                <MenuItem icon=icondata::LuArrowUpToLine on:click=move |_| draft.move_to_gap(row.id, 0)>"Move to the front"</MenuItem>
                <MenuItem icon=icondata::LuArrowDownToLine on:click=move |_| draft.move_to_gap(row.id, last())>"Move to the end"</MenuItem>
            </Menu>
            <Button variant=Variant::Quiet square=true icon=icondata::LuTrash2 label=label("Remove")
                on:click=move |_| draft.remove(row.id)/>
        </div>
    }
}

#[component]
fn Grip(row: Row) -> impl IntoView {
    view! {
        <button
            class="stage-row__grip"
            type="button"
            id=grip_id(row.id)
            aria-describedby=GRIP_HELP
            title="Drag, or Alt and an arrow key"
        >
            <Icon icon=icondata::LuGripVertical/>
            <span class="visually-hidden">{move || format!("Move {}", row.shown_name())}</span>
        </button>
    }
}
