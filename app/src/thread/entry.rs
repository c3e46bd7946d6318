//! One message, or one internal note.

use domain::messages::OfferQuote;
use domain::people::Side;
use domain::size::file_size;
use domain::views::{FileView, MessageView, NoteView, ThreadEntry};
use leptos::prelude::*;

use crate::ui::{Avatar, Icon, Time};

#[component]
pub fn EntryItem(entry: ThreadEntry) -> impl IntoView {
    match entry {
        ThreadEntry::Message(message) => view! { <Message message/> }.into_any(),
        ThreadEntry::Note(note) => view! { <Note note/> }.into_any(),
    }
}

#[component]
fn Message(message: MessageView) -> impl IntoView {
    let side = match message.side {
        Side::Company => "company",
        Side::Partner | Side::System => "partner",
    };
    let who = if message.own {
        format!("{} (you)", message.who)
    } else {
        message.who.clone()
    };
    view! {
        <li class="message" id=message.id.to_string() data-side=side data-own=message.own.then_some("")>
            <Avatar name=message.who/>
            <div class="message__body">
                <p class="message__head"><strong>{who}</strong> <span class="message__when"><Time at=message.at/></span></p>
                {message.quote.map(|quote| view! { <Quote quote/> })}
                <p class="message__text" dir="auto">{message.text}</p>
                <Files files=message.files/>
            </div>
        </li>
    }
}

/// What a message asks about, as the partner read it.
#[component]
pub fn Quote(quote: OfferQuote) -> impl IntoView {
    view! {
        <blockquote class="message__quote">
            <p class="message__about">{format!("About the offer \u{201c}{}\u{201d}", quote.name)}</p>
            <p>{quote.sentence}</p>
        </blockquote>
    }
}

/// Told from a message by its words, its icon and its colour.
#[component]
fn Note(note: NoteView) -> impl IntoView {
    let who = if note.own {
        format!("{} (you)", note.who)
    } else {
        note.who.clone()
    };
    view! {
        <li class="message" id=note.id.to_string() data-note="">
            <Avatar name=note.who/>
            <div class="message__body">
                <p class="message__flag"><Icon icon=icondata::LuLock size="small"/>"Internal note: only your company reads it"</p>
                <p class="message__head"><strong>{who}</strong> <span class="message__when"><Time at=note.at/></span></p>
                <p class="message__text" dir="auto">{note.text}</p>
                <Files files=note.files/>
            </div>
        </li>
    }
}

#[component]
fn Files(files: Vec<FileView>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let lines = files.into_iter().map(|file| {
            let href = format!("/files/{}", file.id);
            view! {
                <li class="message__file">
                    <Icon icon=icondata::LuPaperclip size="small"/>
                    // Not a page of the app: the router must not take it.
                    <a class="clip" href=href rel="external" download=file.name.clone()>{file.name.clone()}</a>
                    <span class="muted small">{file_size(file.size_bytes)}</span>
                </li>
            }
        });
        view! { <ul class="message__files" aria-label="Attached files">{lines.collect_view()}</ul> }
    })
}
