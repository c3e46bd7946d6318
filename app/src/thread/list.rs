//! Threads in a list: with whom or about what, how the newest message begins, and how many are not read.

use domain::people::Side;
use domain::views::ThreadLine;
use leptos::prelude::*;

use crate::ui::{Count, Time, Tone};

#[component]
pub fn ThreadLines(
    lines: Vec<ThreadLine>,
    /// Who reads: the other side's newest message is told from the own.
    viewer: Side,
    /// Where a line leads.
    href: Callback<ThreadLine, String>,
) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        let to = href.run(line.clone());
        let about = match &line.deal {
            Some((_, number, customer)) => format!("{number} {customer}"),
            None => "The program".to_owned(),
        };
        let (title, more) = if viewer == Side::Company {
            (line.partner.clone(), Some(about))
        } else {
            (about, None)
        };
        let begin = if line.excerpt.is_empty() {
            "Internal notes".to_owned()
        } else if line.side == viewer {
            format!("You: {}", line.excerpt)
        } else {
            line.excerpt.clone()
        };
        let unread = u64::try_from(line.unread).unwrap_or_default();
        view! {
            <li>
                <a class="rows__row thread-line" href=to data-unread=(unread > 0).then_some("")>
                    <span class="rows__main">
                        <span class="thread-line__title">{title}</span>
                        {more.map(|about| view! { <span class="muted small">" "{about}</span> })}
                        <span class="thread-line__text" dir="auto">{begin}</span>
                    </span>
                    <span class="rows__side">
                        {(unread > 0).then(|| view! { <Count count=unread tone=Tone::Warn label="unread"/> })}
                        <Time at=line.at/>
                    </span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows card thread-lines">{rows.collect_view()}</ul> }
}
