//! Kinds of fields to add.

use domain::forms::KindName;
use leptos::prelude::*;

use super::desk::Desk;
use crate::ui::{Button, IconKind, Variant};

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
        KindName::Computed => icondata::LuCalculator,
        KindName::Region => icondata::LuMap,
        KindName::Address => icondata::LuMapPin,
        KindName::TextBlock => icondata::LuLetterText,
        KindName::Group => icondata::LuGroup,
        KindName::GroupEnd => icondata::LuUngroup,
        KindName::Customer => icondata::LuBuilding2,
    }
}

/// A press adds behind the chosen field, and the pointer carries a kind to its place; the label then waits to be typed.
#[component]
pub fn Palette(desk: Desk) -> impl IntoView {
    let full = Signal::derive(move || desk.is_full());
    // A group brings its end along.
    let kinds = KindName::ALL
        .into_iter()
        .filter(|kind| *kind != KindName::GroupEnd);
    let kinds = kinds.map(|kind| {
        let label = kind.label();
        view! {
            <Button
                small=true
                variant=Variant::Quiet
                icon=icon(kind)
                disabled=full
                attr:data-kind=label
                on:click=move |_| desk.add(kind, None)
            >
                {label}
            </Button>
        }
    });
    view! {
        <section class="section" data-of="palette" aria-labelledby="palette-title">
            <h2 id="palette-title">"Add a field"</h2>
            <div class="palette">{kinds.collect_view()}</div>
        </section>
    }
}
