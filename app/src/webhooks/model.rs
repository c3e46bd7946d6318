//! Plain logic of the pages.

use domain::webhooks::{DeliveryState, EndpointState};

use crate::ui::Tone;

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

    #[test]
    fn json_is_laid_out_and_its_texts_are_left_alone() {
        let json = r#"{"type":"deal.lost","data":{"number":"A,{\"1","stage":null}}"#;
        let expected = "{\n  \"type\": \"deal.lost\",\n  \"data\": {\n    \"number\": \"A,{\\\"1\",\n    \"stage\": null\n  }\n}";
        assert_eq!(laid_out(json), expected);
    }
}
