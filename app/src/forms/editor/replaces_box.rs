//! What becomes of the answers to the field whose place this one took.

use domain::forms::{FieldKey, MappedAnswer, Replaces};
use leptos::prelude::*;

use super::desk::Desk;
use crate::ui::TextArea;

/// Between an old answer and what it becomes.
const MARK: char = '=';

#[component]
pub fn ReplacesBox(desk: Desk, key: FieldKey, replaces: Replaces) -> impl IntoView {
    let Replaces { key: old, mapping } = replaces;
    let apply = move |event| {
        let mapping = from_text(&event_target_value(&event));
        desk.change(&key, |field| {
            if let Some(replaces) = &mut field.traits.replaces {
                replaces.mapping = mapping;
            }
        });
    };
    view! {
        <p class="small muted">
            "Takes the place of "<code>{old.to_string()}</code>
            ". Drafts carry their answers over where this kind takes them; deals and exports keep the old ones."
        </p>
        <TextArea
            id="prop-mapping"
            label="Old answers as new ones"
            hint="One a line, where it is not the same text: a dozen = 12"
            value=to_text(&mapping)
            rows=4
            on:change=apply
        />
    }
    .into_any()
}

fn to_text(mapping: &[MappedAnswer]) -> String {
    let lines = mapping.iter();
    let lines = lines.map(|mapped| format!("{} {MARK} {}", mapped.from, mapped.to));
    lines.collect::<Vec<_>>().join("\n")
}

/// A line that maps nothing is left out.
fn from_text(text: &str) -> Vec<MappedAnswer> {
    let lines = text.lines().filter_map(|line| line.rsplit_once(MARK));
    let read = lines.map(|(from, to)| MappedAnswer {
        from: domain::text::clean_line(from),
        to: domain::text::clean_line(to),
    });
    read.filter(|mapped| !mapped.from.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_written() {
        let mapping = from_text("a dozen = 12\n\nnothing\n = 3\nx = y = few\n");
        let pairs: Vec<_> = mapping
            .iter()
            .map(|mapped| (mapped.from.as_str(), mapped.to.as_str()))
            .collect();
        assert_eq!(pairs, [("a dozen", "12"), ("x = y", "few")]);
        assert_eq!(to_text(&mapping), "a dozen = 12\nx = y = few");
    }
}
