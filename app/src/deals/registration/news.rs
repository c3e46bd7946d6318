//! What is asked otherwise since the draft was begun.

use leptos::prelude::*;

use super::filling::Filling;
use crate::ui::{Notice, Tone};

/// Above the fields, which are marked themselves.
#[component]
pub fn News(filling: Filling) -> impl IntoView {
    let news = filling
        .page
        .with_value(|page| (!page.news.is_empty()).then(|| page.news.text()));
    news.map(|news| {
        view! {
            <Notice tone=Tone::Info title=format!("The form has changed: {news}") role="status">
                <p>"What you answered is kept. The questions to look at are marked."</p>
            </Notice>
        }
    })
}
