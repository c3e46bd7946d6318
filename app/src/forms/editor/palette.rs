//! Kinds of fields to add.

use domain::forms::KindName;
use leptos::prelude::*;

use super::{desk::Desk, model};
use crate::ui::{Button, IconKind, focus_by_id};

pub fn icon(kind: KindName) -> IconKind {
    match kind {
        KindName::Text => icondata::LuType,
        KindName::LongText => icondata::LuText,
        KindName::Number => icondata::LuHash,
        KindName::Money => icondata::LuBanknote,
        KindName::Percent => icondata::LuPercent,
        KindName::Date => icondata::LuCalendar,
        KindName::DateRange => icondata::LuCalendarRange,
        KindName::Select => icondata::LuList,
        KindName::Radio => icondata::LuCircleDot,
        KindName::MultiSelect => icondata::LuListChecks,
        KindName::Checkbox => icondata::LuSquareCheck,
        KindName::YesNo => icondata::LuToggleLeft,
        KindName::Email => icondata::LuMail,
        KindName::Phone => icondata::LuPhone,
        KindName::Url => icondata::LuLink,
        KindName::Country => icondata::LuGlobe,
        KindName::File => icondata::LuPaperclip,
        KindName::Rows => icondata::LuTable2,
        KindName::Heading => icondata::LuHeading,
        KindName::PageBreak => icondata::LuSeparatorHorizontal,
    }
}

/// The new field stands behind the chosen one, and is chosen; its label waits to be typed.
#[component]
pub fn Palette(desk: Desk) -> impl IntoView {
    let add = move |kind: KindName| {
        let after = desk.chosen.get_untracked();
        let key = desk.edit(|form| model::add(form, kind, after.as_ref(), desk.currency));
        desk.said.set(format!("{} added", kind.label()));
        desk.choose(key);
        // The properties are there once this change has been drawn.
        request_animation_frame(|| focus_by_id("prop-label"));
    };
    let full = Signal::derive(move || {
        desk.form
            .with(|form| form.fields.len() >= domain::forms::MAX_FIELDS)
    });
    let kinds = KindName::ALL.map(|kind| {
        view! { <Button small=true icon=icon(kind) disabled=full on:click=move |_| add(kind)>{kind.label()}</Button> }
    });
    view! {
        <section class="section" aria-labelledby="palette-title">
            <h2 id="palette-title">"Add a field"</h2>
            <div class="palette">{kinds.into_iter().collect_view()}</div>
        </section>
    }
}
