//! What others write while a thread is open, said to those who do not see it come. The focus stays where it is.

use domain::Timestamp;
use domain::views::ThreadEntry;
use leptos::prelude::*;

/// A sentence, and the id of the newest entry that it is about.
type Said = (String, String);

/// Says politely what came. What the page opened with, and what the reader wrote, is no news.
#[component]
pub fn NewsRegion(entries: Memo<Vec<ThreadEntry>>) -> impl IntoView {
    let said = RwSignal::new(None::<Said>);
    Effect::new(move |seen: Option<Option<Timestamp>>| {
        entries.with(|entries| {
            if let Some(news) = seen.and_then(|seen| news(entries, seen)) {
                said.set(Some(news));
            }
            newest(entries).max(seen.flatten())
        })
    });
    // An element for each: a screen reader does not say again what stays as it is, and the next message may have the same
    // words said of it.
    view! {
        <p class="visually-hidden" role="status" data-announcer="">
            <For each=move || said.get() key=|said: &Said| said.1.clone() let:said>
                <span>{said.0}</span>
            </For>
        </p>
    }
}

/// When the newest entry was written.
fn newest(entries: &[ThreadEntry]) -> Option<Timestamp> {
    entries.iter().map(ThreadEntry::at).max()
}

/// What to say of the entries (the newest first) that others have written after that moment.
fn news(entries: &[ThreadEntry], seen: Option<Timestamp>) -> Option<Said> {
    let later = entries.iter().filter(|entry| Some(entry.at()) > seen);
    let mut arrived = later.filter_map(of_others);
    let newest = arrived.next()?;
    let others = arrived.count();
    let (what, who) = (newest.what, newest.who);
    let sentence = match others {
        0 => format!("New {what} from {who}"),
        1 => format!("New {what} from {who}, and one more"),
        _ => format!("New {what} from {who}, and {others} more"),
    };
    Some((sentence, newest.id))
}

/// An entry that somebody else wrote.
struct Arrived<'a> {
    what: &'static str,
    who: &'a str,
    id: String,
}

fn of_others(entry: &ThreadEntry) -> Option<Arrived<'_>> {
    match entry {
        ThreadEntry::Message(message) => (!message.own).then(|| Arrived {
            what: "message",
            who: &message.who,
            id: message.id.to_string(),
        }),
        ThreadEntry::Note(note) => (!note.own).then(|| Arrived {
            what: "internal note",
            who: &note.who,
            id: note.id.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::Side;
    use domain::views::{MessageView, NoteView};
    use uuid::Uuid;

    fn message(at: i64, who: &str, own: bool) -> ThreadEntry {
        ThreadEntry::Message(MessageView {
            id: Uuid::from_u128(1).into(),
            at: Timestamp(at),
            side: Side::Partner,
            who: who.to_owned(),
            own,
            text: "Hello".to_owned(),
            quote: None,
            files: Vec::new(),
        })
    }

    fn note(at: i64, who: &str) -> ThreadEntry {
        ThreadEntry::Note(NoteView {
            id: Uuid::from_u128(2).into(),
            at: Timestamp(at),
            who: who.to_owned(),
            own: false,
            text: "Hm".to_owned(),
            files: Vec::new(),
        })
    }

    fn said(entries: &[ThreadEntry], seen: Option<i64>) -> Option<String> {
        news(entries, seen.map(Timestamp)).map(|(sentence, _)| sentence)
    }

    #[test]
    fn what_others_wrote_later_is_said() {
        let mara = message(2, "Mara Holt", false);
        let entries = [mara.clone(), message(1, "Nadia", true)];
        let text = Some("New message from Mara Holt".to_owned());
        assert_eq!(said(&entries, Some(1)), text);
        assert_eq!(said(&[mara], None), text, "the first of a thread");
        assert_eq!(said(&entries, Some(2)), None);
    }

    #[test]
    fn what_the_reader_wrote_is_not_said() {
        let own = message(3, "Nadia", true);
        let entries = [own, message(2, "Mara Holt", false)];
        assert_eq!(said(&entries, Some(2)), None);
        let text = Some("New message from Mara Holt".to_owned());
        assert_eq!(said(&entries, Some(1)), text);
    }

    #[test]
    fn several_are_one_sentence() {
        let entries = [
            note(4, "Bo"),
            message(3, "Mara Holt", false),
            message(2, "Mara Holt", false),
        ];
        let text = said(&entries, Some(1)).unwrap();
        assert_eq!(text, "New internal note from Bo, and 2 more");
        let text = said(&entries, Some(2)).unwrap();
        assert_eq!(text, "New internal note from Bo, and one more");
    }
}
