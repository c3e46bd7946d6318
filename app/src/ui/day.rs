//! A day, as the person at hand writes it.

use domain::Date;
use leptos::prelude::*;

use crate::locale::use_locale;

#[component]
pub fn Day(
    on: Date,
    /// Without the year, where it is clear from the context.
    #[prop(optional)]
    short: bool,
    #[prop(optional, into)] title: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let text = if short {
        locale.date_short(on)
    } else {
        locale.date(on)
    };
    view! { <time datetime=on.to_string() title=title>{text}</time> }
}
