//! Whether threads are whole: each entry in a thread of its own company's, and what a thread keeps of its entries true.

use domain::ThreadId;
use domain::messages::MessageText;
use store::Conn;
use store::audit::threads::{self, KeptThread};

use super::{Ended, Fault, found};

/// Gives how many there are.
pub(super) async fn check_threads(conn: &mut Conn) -> Result<usize, Ended> {
    check_places(conn).await?;
    let (mut after, mut count) = (ThreadId(uuid::Uuid::nil()), 0);
    loop {
        let page = threads::threads_after(conn, after).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = last.id;
        if let Some(thread) = page.iter().find(|thread| !is_true(thread)) {
            return found(Fault::Outdated { thread: thread.id });
        }
        count += page.len();
    }
    match threads::miscounted_thread(conn).await? {
        Some(thread) => found(Fault::Miscounted { thread }),
        None => Ok(count),
    }
}

async fn check_places(conn: &mut Conn) -> Result<(), Ended> {
    if let Some(message) = threads::astray_message(conn).await? {
        return found(Fault::AstrayMessage { message });
    }
    if let Some(note) = threads::astray_note(conn).await? {
        return found(Fault::AstrayNote { note });
    }
    if let Some(thread) = threads::astray_thread(conn).await? {
        return found(Fault::AstrayThread { thread });
    }
    Ok(())
}

/// Whether the thread says of its newest entries what those say. None is without an entry.
fn is_true(thread: &KeptThread) -> bool {
    let newest = thread.sent_at.max(thread.noted_at);
    let told = match (&thread.text, thread.side) {
        (Some(text), Some(side)) => {
            let excerpt = MessageText::read(text).map(|text| text.excerpt());
            side == thread.last_side && excerpt.unwrap_or_default() == thread.excerpt
        }
        _ => thread.excerpt.is_empty(),
    };
    told && newest == Some(thread.last_entry_at) && thread.sent_at == thread.last_message_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::people::Side;

    fn thread() -> KeptThread {
        KeptThread {
            id: ThreadId(uuid::Uuid::nil()),
            last_entry_at: Timestamp(2),
            last_message_at: Some(Timestamp(1)),
            excerpt: "one two".to_owned(),
            last_side: Side::Partner,
            sent_at: Some(Timestamp(1)),
            side: Some(Side::Partner),
            text: Some("one\ntwo".to_owned()),
            noted_at: Some(Timestamp(2)),
        }
    }

    #[test]
    fn what_is_kept_agrees_with_the_newest_entries() {
        assert!(is_true(&thread()));
        let only_notes = KeptThread {
            last_message_at: None,
            excerpt: String::new(),
            last_side: Side::Company,
            sent_at: None,
            side: None,
            text: None,
            ..thread()
        };
        assert!(is_true(&only_notes));
    }

    #[test]
    fn whatever_differs_is_found() {
        let changes: [fn(&mut KeptThread); 7] = [
            |thread| thread.last_entry_at = Timestamp(1),
            |thread| thread.last_message_at = Some(Timestamp(2)),
            |thread| thread.last_message_at = None,
            |thread| thread.excerpt = "one".to_owned(),
            |thread| thread.last_side = Side::Company,
            |thread| thread.text = None,
            |thread| thread.noted_at = None,
        ];
        for change in changes {
            let mut changed = thread();
            change(&mut changed);
            assert!(!is_true(&changed), "{changed:?}");
        }
    }
}
