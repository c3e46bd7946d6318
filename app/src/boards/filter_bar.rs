//! What narrows the board or the list: a row above it, and on a phone a sheet behind one button.

use domain::views::DealFilter;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsCast;
use web_sys::FormData;

use super::filter;
use super::source::Source;
use crate::amounts::LocaleMark;
use crate::locale::use_locale;
use crate::ui::{FieldError, Icon, focus_by_id};

/// A popover, so that the button on a phone opens it before and without wasm too.
pub const FILTERS_ID: &str = "deal-filters";
const VALUE_ID: &str = "value-from";
const VALUE_ERROR: &str = "value-from-error";

/// Chips are links and the rest is a plain form, so that all of it works before wasm and without it.
#[component]
pub fn FilterBar(source: Source, filter: DealFilter, list: bool) -> impl IntoView {
    let chip = |label: &'static str, on: bool, toggled: DealFilter| {
        let href = format!("{}{}", source.deals_href(), filter::write(&toggled, list));
        view! {
            <a class="filter-chip" href=href aria-current=on.then_some("true")>
                {on.then(|| view! { <Icon icon=icondata::LuCheck size="small"/> })}
                {label}
            </a>
        }
    };
    let mine = (!source.is_company()).then(|| {
        chip(
            "Mine",
            filter.mine,
            DealFilter {
                mine: !filter.mine,
                ..filter.clone()
            },
        )
    });
    let chips = [
        chip(
            "Stuck",
            filter.stuck,
            DealFilter {
                stuck: !filter.stuck,
                ..filter.clone()
            },
        ),
        chip(
            "Protection ends soon",
            filter.expiring,
            DealFilter {
                expiring: !filter.expiring,
                ..filter.clone()
            },
        ),
        chip(
            "Closes this month",
            filter.closing,
            DealFilter {
                closing: !filter.closing,
                ..filter.clone()
            },
        ),
    ];
    let narrowed = filter::is_narrowed(&filter);
    // Lanes and the pipeline are no filters: they stay.
    let cleared = DealFilter {
        lanes: filter.lanes,
        pipeline: filter.pipeline,
        ..DealFilter::default()
    };
    let cleared = format!("{}{}", source.deals_href(), filter::write(&cleared, list));
    let special = special_words(&filter).map(|(words, without)| {
        let href = format!("{}{}", source.deals_href(), filter::write(&without, list));
        view! {
            <a class="filter-chip" href=href aria-current="true" title="Remove this filter">
                {words} <Icon icon=icondata::LuX size="small"/>
            </a>
        }
    });
    view! {
        <div class="filters" role="search" aria-label="Filter deals" id=FILTERS_ID popover="auto">
            <FilterForm source filter list/>
            {mine}
            {chips}
            {special}
            {narrowed.then(|| view! {
                <a class="filter-chip" data-clear="" href=cleared.clone()>
                    "Clear"
                </a>
            })}
            <button class="button filters__done" type="button" popovertarget=FILTERS_ID popovertargetaction="hide">
                "Done"
            </button>
        </div>
    }
}

/// Search and least value; the other filters travel along unseen.
#[component]
fn FilterForm(source: Source, filter: DealFilter, list: bool) -> impl IntoView {
    let kept = DealFilter {
        search: String::new(),
        min_value: None,
        partner: String::new(),
        ..filter.clone()
    };
    let kept = filter::pairs(&kept, list);
    let hidden = kept
        .iter()
        .cloned()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let partner = source.is_company().then(|| view! {
        <input class="input" type="search" name="partner" value=filter.partner.clone() placeholder="Partner" aria-label="Partner"/>
    });
    // As it was typed when it is no amount, else as the person writes it.
    let (typed, written_in) =
        use_query_map().with_untracked(|query| (query.get("value"), filter::written_in(query)));
    let fault = typed
        .as_deref()
        .and_then(|typed| filter::least_value(typed, written_in).err());
    let fault = RwSignal::new(fault);
    let locale = use_locale();
    let units = filter::whole_units(filter.min_value);
    let value = units.map(|units| locale.figures(&units)).or(typed);
    let submit = submitted(source, kept, fault);
    view! {
        <form method="get" action=source.deals_href() class="filters__form" on:submit=submit novalidate>
            {hidden}
            <LocaleMark/>
            <span class="search-input">
                <Icon icon=icondata::LuSearch size="small"/>
                <input
                    class="input"
                    type="search"
                    name="search"
                    value=filter.search.clone()
                    placeholder="Customer or number"
                    aria-label="Search deals"
                />
            </span>
            {partner}
            <span class="filters__value">
                <input
                    class="input"
                    data-width="short"
                    type="text"
                    inputmode="numeric"
                    id=VALUE_ID
                    name="value"
                    value=value
                    placeholder="Value from"
                    aria-label="Value from"
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=move || fault.get().map(|_| VALUE_ERROR)
                />
                <FieldError id=VALUE_ERROR error=fault/>
            </span>
            <button class="button" data-size="small" type="submit">"Filter"</button>
        </form>
    }
}

/// With the app the form leads to an address of what is set, and stays when the least value is no amount.
fn submitted(
    source: Source,
    kept: Vec<(&'static str, String)>,
    fault: RwSignal<Option<String>>,
) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    // Not kept in the page's owner: a server ends a page on another thread than it began on.
    let navigate = cfg!(feature = "hydrate").then(use_navigate);
    let locale = use_locale();
    move |event| {
        let Some(navigate) = &navigate else { return };
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        let Some(entered) = form.and_then(|form| FormData::new_with_form(&form).ok()) else {
            return;
        };
        event.prevent_default();
        let text = |name: &str| entered.get(name).as_string().unwrap_or_default();
        let least = match filter::least_value(&text("value"), Some(locale)) {
            Ok(least) => least,
            Err(why) => {
                fault.set(Some(why));
                focus_by_id(VALUE_ID);
                return;
            }
        };
        fault.set(None);
        let mut query = ParamsMap::new();
        let value = filter::whole_units(least).unwrap_or_default();
        let typed = ["search", "partner"].map(|name| (name, text(name).trim().to_owned()));
        let typed = typed.into_iter().chain([("value", value)]);
        for (name, value) in kept.iter().cloned().chain(typed) {
            if !value.is_empty() {
                query.insert(name, value);
            }
        }
        close_sheet();
        let path = format!("{}{}", source.deals_href(), query.to_query_string());
        navigate(&path, NavigateOptions::default());
    }
}

/// On a phone the filters are a sheet over what they narrow.
fn close_sheet() {
    let sheet = document().get_element_by_id(FILTERS_ID);
    if let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Refused when it is not open, as on every wider screen.
        let _ = sheet.hide_popover();
    }
}

/// Filters that other pages link to: a stage, a registration's status, open or won.
fn special_words(filter: &DealFilter) -> Option<(String, DealFilter)> {
    if let Some(status) = filter.registration {
        return Some((
            status.label().to_owned(),
            DealFilter {
                registration: None,
                ..filter.clone()
            },
        ));
    }
    if let Some(kind) = filter.stage_kind {
        return Some((
            format!("{} stages", kind.label()),
            DealFilter {
                stage_kind: None,
                ..filter.clone()
            },
        ));
    }
    if filter.lane.is_some() {
        return Some((
            "One lane".to_owned(),
            DealFilter {
                lane: None,
                ..filter.clone()
            },
        ));
    }
    filter.stage.map(|_| {
        (
            "One stage".to_owned(),
            DealFilter {
                stage: None,
                ..filter.clone()
            },
        )
    })
}
