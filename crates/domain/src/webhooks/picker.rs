//! What an endpoint wants to hear.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::event::WebhookEvent;
use crate::people::UnknownWord;

/// Everything, also what is added later; or some of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventPicker {
    All,
    Only(BTreeSet<WebhookEvent>),
}

impl EventPicker {
    pub fn wants(&self, event: WebhookEvent) -> bool {
        match self {
            Self::All => true,
            Self::Only(events) => events.contains(&event),
        }
    }

    /// In a few words.
    pub fn summary(&self) -> String {
        match self {
            Self::All => "All events".to_owned(),
            Self::Only(events) => match events.len() {
                1 => "1 event".to_owned(),
                many => format!("{many} events"),
            },
        }
    }
}

/// `*`, or the names with a space between them.
impl fmt::Display for EventPicker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Only(events) => {
                let names: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
                f.write_str(&names.join(" "))
            }
        }
    }
}

impl std::str::FromStr for EventPicker {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if text == "*" {
            return Ok(Self::All);
        }
        let events = text.split_whitespace().map(str::parse);
        Ok(Self::Only(events.collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picker_wants_what_was_picked() {
        let picker = EventPicker::Only([WebhookEvent::Lost, WebhookEvent::Approved].into());
        for event in WebhookEvent::ALL {
            assert!(EventPicker::All.wants(*event));
            let picked = matches!(event, WebhookEvent::Lost | WebhookEvent::Approved);
            assert_eq!(picker.wants(*event), picked, "{event}");
        }
        assert_eq!(picker.summary(), "2 events");
    }

    #[test]
    fn a_picker_is_kept_as_text() {
        let all = EventPicker::Only(WebhookEvent::ALL.iter().copied().collect());
        for picker in [EventPicker::All, all, EventPicker::Only(BTreeSet::new())] {
            assert_eq!(picker.to_string().parse(), Ok(picker));
        }
        assert!("deal.lost nonsense".parse::<EventPicker>().is_err());
    }
}
