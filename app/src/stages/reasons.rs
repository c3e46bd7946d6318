//! The reasons for losing as text: one a line, and a line that ends with a colon is the heading of those below it.

use std::collections::BTreeSet;

use domain::LostReasonId;
use domain::pipeline::LostReason;
use domain::text::{clean_line, fold};
use uuid::Uuid;

/// Those without a heading come first; each heading stands once.
pub fn write(reasons: &[LostReason]) -> String {
    let mut groups: Vec<&str> = vec![""];
    for reason in reasons {
        if !groups.contains(&reason.group.as_str()) {
            groups.push(&reason.group);
        }
    }
    let mut lines = Vec::new();
    for group in groups {
        if !group.is_empty() {
            lines.push(format!("{group}:"));
        }
        let own = reasons.iter().filter(|reason| reason.group == group);
        lines.extend(own.map(|reason| reason.label.clone()));
    }
    lines.join("\n")
}

/// A line that says what a known reason says is that reason, also under another heading; any other is a new one.
pub fn read(text: &str, known: &[LostReason]) -> Vec<LostReason> {
    let mut group = String::new();
    let mut read = Vec::new();
    for line in text.lines().map(clean_line).filter(|line| !line.is_empty()) {
        match line.strip_suffix(':') {
            Some(heading) => clean_line(heading).clone_into(&mut group),
            None => read.push((group.clone(), line)),
        }
    }
    let mut used = BTreeSet::new();
    let mut ids: Vec<Option<LostReasonId>> = vec![None; read.len()];
    for same_heading in [true, false] {
        for (id, (group, label)) in ids.iter_mut().zip(&read) {
            let same = |reason: &&LostReason| {
                let heading = !same_heading || fold(&reason.group) == fold(group);
                heading && fold(&reason.label) == fold(label) && !used.contains(&reason.id)
            };
            let found = known.iter().find(same).filter(|_| id.is_none());
            if let Some(found) = found {
                used.insert(found.id);
                *id = Some(found.id);
            }
        }
    }
    let placeholder = |place: usize| LostReasonId::from(Uuid::from_u128(place as u128 + 1));
    let reasons = ids.into_iter().zip(read).enumerate();
    reasons
        .map(|(place, (id, (group, label)))| LostReason {
            id: id.unwrap_or_else(|| placeholder(place)),
            label,
            group,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(number: u128, group: &str, label: &str) -> LostReason {
        LostReason {
            id: LostReasonId::from(Uuid::from_u128(number)),
            label: label.to_owned(),
            group: group.to_owned(),
        }
    }

    fn known() -> Vec<LostReason> {
        vec![
            reason(900, "Price", "List price"),
            reason(901, "", "No decision"),
            reason(902, "Price", "Other"),
            reason(903, "Timing", "Other"),
        ]
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        let text = write(&known());
        assert_eq!(
            text,
            "No decision\nPrice:\nList price\nOther\nTiming:\nOther"
        );
        let mut ids: Vec<LostReasonId> = read(&text, &known()).iter().map(|r| r.id).collect();
        ids.sort();
        let mut all: Vec<LostReasonId> = known().iter().map(|r| r.id).collect();
        all.sort();
        assert_eq!(ids, all);
    }

    #[test]
    fn a_reason_keeps_its_id_under_another_heading() {
        let read = read("Money:\n LIST price\nToo small", &known());
        assert_eq!(
            (read[0].id, read[0].group.as_str()),
            (known()[0].id, "Money")
        );
        // A placeholder, for the server to give an id.
        assert_eq!(read[1].id, LostReasonId::from(Uuid::from_u128(2)));
    }

    #[test]
    fn one_label_twice_is_not_one_reason_twice() {
        let read = read("Other\nOther", &known());
        assert_ne!(read[0].id, read[1].id);
    }
}
