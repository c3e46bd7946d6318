//! The deals as a list: the same filters, sortable, page by page.

use domain::deals::{MoveFacts, Mover, check_works};
use domain::pipeline::{Pipeline, StageKind};
use domain::views::{DealFilter, DealList, DealRow, DealSort};
use domain::{StageId, Timestamp};
use leptos::prelude::*;

use super::filter;
use super::head::sorted_href;
use super::list_bulk::{SelectAll, SelectRow, Selected, SelectionBar};
use super::list_move::Moving;
use super::move_form::Movable;
use super::source::Source;
use crate::ui::{Day, EmptyState, MoneyText, Pagination, StageTag, Tag, Time, Tone, use_ready};

#[component]
pub fn DealTable(
    source: Source,
    filter: DealFilter,
    list: DealList,
    cursor: Option<String>,
    /// The row that is to be moved in a dialog.
    moving: RwSignal<Option<Moving>>,
    selected: Selected,
    /// The rows that are to be moved in a dialog together.
    bulk: RwSignal<Option<Vec<Moving>>>,
) -> impl IntoView {
    if list.rows.is_empty() {
        let text = if filter::is_narrowed(&filter) {
            "No deal matches these filters."
        } else {
            "No deals yet."
        };
        return view! { <EmptyState text icon=icondata::LuSearch/> }.into_any();
    }
    let base = format!("{}{}", source.deals_href(), filter::write(&filter, true));
    let next = list.next.clone().map(|cursor| {
        let mut query = leptos_router::params::ParamsMap::new();
        query.insert("cursor", cursor);
        format!("{base}&{}", query.to_query_string().trim_start_matches('?'))
    });
    let first = cursor.map(|_| base);
    let (pipeline, now) = (list.pipeline, list.now);
    let mover = mover(source, list.may_work);
    let movable = movable_rows(&list.rows, &pipeline, mover, now);
    let ids = movable.iter().map(|row| row.movable.deal).collect();
    // Whoever can move nothing has nothing to select.
    let selects = list.may_work && !source.is_company();
    let selected = selects.then_some(selected);
    let rows = list.rows.into_iter().map(|row| {
        view! { <Line source filter=filter.clone() row pipeline=pipeline.clone() mover now moving selected/> }
    });
    let column = |label: &'static str, sort: DealSort, number: bool| {
        let current = filter.sort == sort;
        let href = sorted_href(source, &filter, sort);
        view! {
            <th scope="col" class:number=number aria-sort=current.then_some("other")>
                <a href=href>{label}</a>
            </th>
        }
    };
    view! {
        <div class="table-wrap">
            <table class="table" data-stacks="" data-ready=use_ready()>
                <caption class="visually-hidden">"Deals"</caption>
                <thead>
                    <tr>
                        {selected.map(|selected| view! {
                            <td class="list-select"><SelectAll movable=ids selected/></td>
                        })}
                        {column("Customer", DealSort::Customer, false)}
                        <th scope="col">"Stage"</th>
                        {column("Value", DealSort::Value, true)}
                        {column("Closes", DealSort::CloseDate, false)}
                        <th scope="col">{if source.is_company() { "Partner" } else { "Owner" }}</th>
                        <th scope="col">"Protection"</th>
                        {column("Changed", DealSort::Changed, false)}
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <Pagination first next/>
        {selected.map(|selected| view! { <SelectionBar rows=movable selected bulk/> })}
    }
    .into_any()
}

pub fn mover(source: Source, may_work: bool) -> Mover {
    match (source, may_work) {
        (Source::Company(_), _) => Mover::Company,
        (Source::Partner(_), true) => Mover::Partner,
        (Source::Partner(_), false) => Mover::PartnerViewer,
    }
}

fn facts(row: &DealRow) -> MoveFacts {
    MoveFacts {
        registration: row.registration,
        protected_until: row.protected_until,
        win: row.win,
    }
}

/// The rows that this person may move now.
fn movable_rows(
    rows: &[DealRow],
    pipeline: &Pipeline,
    mover: Mover,
    now: Timestamp,
) -> Vec<Moving> {
    let rows = rows.iter();
    rows.filter(|row| is_movable(row, mover, now))
        .map(|row| Moving {
            movable: movable_of(row),
            pipeline: pipeline.clone(),
            mover,
            now,
            to: None,
        })
        .collect()
}

fn is_movable(row: &DealRow, mover: Mover, now: Timestamp) -> bool {
    row.stage.is_some() && check_works(facts(row), mover, now).is_ok()
}

#[component]
fn Line(
    source: Source,
    filter: DealFilter,
    row: DealRow,
    pipeline: Pipeline,
    mover: Mover,
    now: Timestamp,
    moving: RwSignal<Option<Moving>>,
    /// Where rows are selected.
    selected: Option<Selected>,
) -> impl IntoView {
    let query = filter::write(&filter, true);
    let movable = is_movable(&row, mover, now);
    let won = pipeline
        .stages_of(pipeline.pipeline_of(row.stage))
        .find(|stage| stage.kind == StageKind::Won)
        .map(|stage| stage.id)
        .filter(|won| row.stage != Some(*won));
    let about = Moving {
        movable: movable_of(&row),
        pipeline,
        mover,
        now,
        to: None,
    };
    let protection = filter::protection_left(row.registration, row.protected_until, now)
        .filter(|_| !row.win.locks());
    let name = if row.customer.is_empty() {
        "Unnamed draft".to_owned()
    } else {
        row.customer.clone()
    };
    let who = if source.is_company() {
        row.partner
    } else {
        row.owner
    };
    view! {
        <tr data-row=row.id.to_string()>
            {selected.map(|selected| view! {
                <td class="list-select">
                    {movable.then(|| view! { <SelectRow deal=row.id name=name.clone() selected/> })}
                </td>
            })}
            <th scope="row">
                <a class="strong" href=source.deal_href(row.id)>{name.clone()}</a>
                " "<span class="muted small nowrap">{row.number}</span>
            </th>
            <td data-label="Stage">
                {match row.stage {
                    Some(_) => view! { <StageTag name=row.stage_name hue=row.stage_hue/> }.into_any(),
                    None => view! { <Tag text=row.registration.label()/> }.into_any(),
                }}
            </td>
            <td class="number" data-label="Value">{row.value.map(|amount| view! { <MoneyText amount/> })}</td>
            <td data-label="Closes">
                {row.close_date.map(|date| view! { <Day on=date/> })}
            </td>
            <td data-label=if source.is_company() { "Partner" } else { "Owner" }>{who}</td>
            <td data-label="Protection">
                {protection.map(|(left, soon)| {
                    let tone = if soon { Tone::Warn } else { Tone::Plain };
                    view! { <Tag text=left tone icon=icondata::LuShield/> }
                })}
            </td>
            <td data-label="Changed"><Time at=row.changed_at shown=crate::ui::Shown::Date/></td>
            <td class="table__actions">
                {movable.then(|| view! { <MoveLinks href=source.move_href(&query, row.id) name=name.clone() won about moving/> })}
            </td>
        </tr>
    }
}

/// Links to the plain form; with the app they open the dialog. With a modifier key they stay links.
#[component]
fn MoveLinks(
    href: String,
    name: String,
    won: Option<StageId>,
    about: Moving,
    moving: RwSignal<Option<Moving>>,
) -> impl IntoView {
    let won_href = won.map(|won| format!("{href}&to={won}"));
    let about = StoredValue::new(about);
    let open = move |event: leptos::ev::MouseEvent, to: Option<StageId>| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let about = about.get_value();
        moving.set(Some(Moving { to, ..about }));
    };
    view! {
        <a href=href aria-label=format!("Move {name} to stage\u{2026}") on:click=move |event| open(event, None)>
            "Move to stage\u{2026}"
        </a>
        {won_href.map(|href| view! {
            <a href=href aria-label=format!("Mark {name} closed-won\u{2026}") on:click=move |event| open(event, won)>
                "Mark closed-won\u{2026}"
            </a>
        })}
    }
}

/// A row as something that can be moved.
pub fn movable_of(row: &DealRow) -> Movable {
    Movable {
        deal: row.id,
        name: row.customer.clone(),
        stage: row.stage,
        facts: facts(row),
        version: row.version,
    }
}
