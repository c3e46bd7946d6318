//! Plain logic of the pages.

use domain::views::EndpointView;
use domain::webhooks::{DeliveryState, EndpointState, FAILS_AFTER_TRIES};
use domain::{DeliveryId, Timestamp};

use crate::ui::Tone;

/// Where it is said how a message comes and how it is verified.
pub const DOCS: &str = "/api/v1/docs#webhooks";

pub fn tone_of_endpoint(state: EndpointState) -> Tone {
    match state {
        EndpointState::Enabled => Tone::Good,
        EndpointState::Disabled => Tone::Plain,
        EndpointState::Stopped => Tone::Bad,
    }
}

pub fn tone_of_delivery(state: DeliveryState) -> Tone {
    match state {
        DeliveryState::Queued | DeliveryState::Sending => Tone::Info,
        DeliveryState::Delivered => Tone::Good,
        DeliveryState::Dead => Tone::Bad,
    }
}

/// What somebody should know of an endpoint before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It was switched off for failing.
    Stopped,
    /// No message has reached it since then.
    Fails(Timestamp),
    /// A message failed just now, which may have been a hiccup.
    TryFailed,
    /// Only a test failed.
    TestFailed,
}

pub fn trouble(endpoint: &EndpointView) -> Option<Trouble> {
    match (endpoint.state, endpoint.failing_since) {
        (EndpointState::Stopped, _) => Some(Trouble::Stopped),
        (EndpointState::Enabled, Some(_)) if endpoint.failures == 0 => Some(Trouble::TestFailed),
        (EndpointState::Enabled, Some(_)) if endpoint.failures < FAILS_AFTER_TRIES => {
            Some(Trouble::TryFailed)
        }
        (EndpointState::Enabled, Some(since)) => Some(Trouble::Fails(since)),
        _ => None,
    }
}

/// Of which state the log shows messages, as its address says; `None`: of all, also where it says nothing that is one.
pub fn shown_state(query: Option<&str>) -> Option<DeliveryState> {
    query?.parse().ok()
}

/// The address of a page of an endpoint's log: of one state or of all, from its newest message on or before that one.
pub fn log_page(here: &str, state: Option<DeliveryState>, before: Option<DeliveryId>) -> String {
    let state = state.map(|state| format!("state={}", state.as_str()));
    let before = before.map(|before| format!("before={before}"));
    let query: Vec<String> = state.into_iter().chain(before).collect();
    if query.is_empty() {
        here.to_owned()
    } else {
        format!("{here}?{}", query.join("&"))
    }
}

/// What is said where the log has nothing of that state.
pub fn nothing_of(state: Option<DeliveryState>) -> &'static str {
    match state {
        None => "No message yet. Send a test, or wait for the next event.",
        Some(DeliveryState::Queued) => "No message waits.",
        Some(DeliveryState::Sending) => "No message is being sent just now.",
        Some(DeliveryState::Delivered) => "No message was delivered yet.",
        Some(DeliveryState::Dead) => "Every message was delivered, or still can be.",
    }
}

pub fn tries(attempts: i32) -> Option<String> {
    match attempts {
        0 => None,
        1 => Some("tried once".to_owned()),
        many => Some(format!("tried {many} times")),
    }
}

/// JSON with a line for each member. What is none stays as it is.
pub fn laid_out(json: &str) -> String {
    let (mut text, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    for letter in json.chars() {
        if quoted {
            text.push(letter);
            quoted = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            '{' | '[' => {
                depth += 1;
                text.push(letter);
                new_line(&mut text, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut text, depth);
                text.push(letter);
            }
            ',' => {
                text.push(letter);
                new_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            '"' => {
                quoted = true;
                text.push(letter);
            }
            letter => text.push(letter),
        }
    }
    text
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// What a form posts, as a command.
#[cfg(feature = "ssr")]
pub fn command(
    url: String,
    description: String,
    scope: &str,
    events: Vec<domain::webhooks::WebhookEvent>,
) -> domain::commands::SaveEndpoint {
    use domain::webhooks::EventPicker;
    let events = if scope == "all" {
        EventPicker::All
    } else {
        EventPicker::Only(events.into_iter().collect())
    };
    domain::commands::SaveEndpoint {
        url,
        description,
        events,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::webhooks::EventPicker;

    #[test]
    fn an_endpoint_fails_when_messages_do_and_not_once() {
        let since = Timestamp(7);
        let mut endpoint = EndpointView {
            id: "hook_00000000000000000000000007".parse().unwrap(),
            url: "https://a.example/".to_owned(),
            description: String::new(),
            events: EventPicker::All,
            state: EndpointState::Enabled,
            failing_since: None,
            failures: 0,
            old_secret_until: None,
            created_at: since,
            version: 1,
        };
        assert_eq!(trouble(&endpoint), None);
        endpoint.failing_since = Some(since);
        for (failures, expected) in [
            (0, Trouble::TestFailed),
            (1, Trouble::TryFailed),
            (FAILS_AFTER_TRIES, Trouble::Fails(since)),
        ] {
            endpoint.failures = failures;
            assert_eq!(trouble(&endpoint), Some(expected));
        }
        endpoint.state = EndpointState::Disabled;
        assert_eq!(trouble(&endpoint), None);
        endpoint.state = EndpointState::Stopped;
        assert_eq!(trouble(&endpoint), Some(Trouble::Stopped));
    }

    #[test]
    fn a_page_of_the_log_keeps_what_it_shows() {
        let here = "/company/c/webhooks/e";
        let id: DeliveryId = "dlv_00000000000000000000000007".parse().unwrap();
        assert_eq!(log_page(here, None, None), here);
        assert_eq!(
            log_page(here, Some(DeliveryState::Queued), None),
            "/company/c/webhooks/e?state=queued"
        );
        assert_eq!(
            log_page(here, Some(DeliveryState::Dead), Some(id)),
            format!("/company/c/webhooks/e?state=dead&before={id}")
        );
        assert_eq!(
            log_page(here, None, Some(id)),
            format!("/company/c/webhooks/e?before={id}")
        );
        for state in DeliveryState::ALL {
            assert_eq!(shown_state(Some(state.as_str())), Some(*state));
        }
        assert_eq!(shown_state(Some("nonsense")), None);
        assert_eq!(shown_state(None), None);
    }

    #[test]
    fn json_is_laid_out_and_its_texts_are_left_alone() {
        let json = r#"{"type":"deal.lost","data":{"number":"A,{\"1","stage":null}}"#;
        let expected = "{\n  \"type\": \"deal.lost\",\n  \"data\": {\n    \"number\": \"A,{\\\"1\",\n    \"stage\": null\n  }\n}";
        assert_eq!(laid_out(json), expected);
    }
}
