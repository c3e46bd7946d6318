//! What the API's page says of webhooks: how a message comes, how it is verified, and what there is to hear.

use std::fmt::Write as _;

use domain::webhooks::grouped_events;

/// The section, whole.
pub fn section() -> String {
    include_str!("docs_hooks.html").replace("{events}", &events())
}

fn events() -> String {
    let mut out = String::new();
    for (group, events) in grouped_events() {
        // Writing to a String cannot fail, here and below.
        let _ = write!(out, "<h4>{}</h4><ul class=\"prose\">", group.label());
        for event in events {
            let _ = write!(out, "<li><code>{event}</code>: {}</li>", event.label());
        }
        out.push_str("</ul>");
    }
    out
}

#[cfg(test)]
mod tests {
    use domain::webhooks::WebhookEvent;

    use super::*;

    #[test]
    fn every_event_is_listed_once() {
        let section = section();
        for event in WebhookEvent::ALL {
            let line = format!("<li><code>{event}</code>: {}</li>", event.label());
            assert_eq!(section.matches(&line).count(), 1, "{event}");
        }
    }
}
