use axum::extract::State;
use domain::messages::About;
use domain::views::{MessageView, ThreadEntry};
use domain::{DealId, MembershipId, MessageId, ProgramId};
use serde::Deserialize;
use services::{
    Services,
    keys::{Entry, KeyCaller},
    messages::Written,
};
use utoipa::IntoParams;

use super::{
    answer::{Answer, Page, created, ok},
    problem::ApiProblem,
    request::{Asked, At, Caller, Command, cursor},
    wire::{Message, MessageReceipt, NewMessage, Thread},
};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageAsked {
    /// `next` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// The program's threads, those with the newest messages first
///
/// A company's key sees those with all partners, page by page; a partner team's key its own newest 51.
#[utoipa::path(get, path = "/programs/{program}/threads", tag = "Messages", params(PageAsked), responses((status = 200, body = Page<Thread>)))]
pub async fn list_threads(
    Caller(caller): Caller,
    At(program): At<ProgramId>,
    Asked(asked): Asked<PageAsked>,
) -> Answer {
    let (lines, next) = match caller.enter(program).await? {
        Entry::Company(access) => {
            let after = cursor(asked.cursor.as_deref(), services::messages::is_position)?;
            let list = access.threads(after).await?;
            (list.lines, list.next)
        }
        Entry::Partner(access) => {
            cursor(asked.cursor.as_deref(), |_| false)?;
            (access.threads().await?, None)
        }
    };
    let items = lines.into_iter().map(Thread::from).collect();
    Ok(ok(Page { items, next }))
}

/// The messages about a deal, newest first
///
/// A company's internal notes are not among them.
#[utoipa::path(get, path = "/programs/{program}/deals/{deal}/messages", tag = "Messages", params(PageAsked), responses((status = 200, body = Page<Message>)))]
pub async fn list_deal_messages(
    Caller(caller): Caller,
    At((program, deal)): At<(ProgramId, DealId)>,
    Asked(asked): Asked<PageAsked>,
) -> Answer {
    list(caller, program, About::Deal(deal), asked).await
}

/// Write to the other side about a deal
///
/// For a key with the scope `write`.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/messages", tag = "Messages", request_body = NewMessage, responses((status = 201, body = MessageReceipt, headers(("Location" = String)))))]
pub async fn write_deal_message(
    State(services): State<Services>,
    At((program, deal)): At<(ProgramId, DealId)>,
    command: Command<NewMessage>,
) -> Answer {
    let location = format!("/api/v1/programs/{program}/deals/{deal}/messages");
    send(&services, program, About::Deal(deal), command, &location).await
}

/// The messages about the program with one partner, newest first
///
/// A partner team's key reads its own membership's alone.
#[utoipa::path(get, path = "/programs/{program}/memberships/{membership}/messages", tag = "Messages", params(PageAsked), responses((status = 200, body = Page<Message>)))]
pub async fn list_messages(
    Caller(caller): Caller,
    At((program, membership)): At<(ProgramId, MembershipId)>,
    Asked(asked): Asked<PageAsked>,
) -> Answer {
    list(caller, program, About::Partner(membership), asked).await
}

/// Write to the other side about the program
///
/// For a key with the scope `write`.
#[utoipa::path(post, path = "/programs/{program}/memberships/{membership}/messages", tag = "Messages", request_body = NewMessage, responses((status = 201, body = MessageReceipt, headers(("Location" = String)))))]
pub async fn write_message(
    State(services): State<Services>,
    At((program, membership)): At<(ProgramId, MembershipId)>,
    command: Command<NewMessage>,
) -> Answer {
    let location = format!("/api/v1/programs/{program}/memberships/{membership}/messages");
    let about = About::Partner(membership);
    send(&services, program, about, command, &location).await
}

async fn list(caller: KeyCaller, program: ProgramId, about: About, asked: PageAsked) -> Answer {
    let is_moment = |text: &str| text.parse::<i64>().is_ok();
    let before = cursor(asked.cursor.as_deref(), is_moment)?;
    let before = before.and_then(|text| text.parse().ok());
    let (messages, earlier): (Vec<MessageView>, _) = match caller.enter(program).await? {
        Entry::Company(access) => {
            let thread = access.thread(about, before).await?;
            let only_messages = |entry| match entry {
                ThreadEntry::Message(message) => Some(message),
                ThreadEntry::Note(_) => None,
            };
            let entries = thread.entries.into_iter();
            (entries.filter_map(only_messages).collect(), thread.earlier)
        }
        Entry::Partner(access) => {
            let deal = of_own(about, access.membership())?;
            let thread = access.thread(deal, before).await?;
            (thread.messages, thread.earlier)
        }
    };
    Ok(ok(Page {
        items: messages.into_iter().map(Message::from).collect(),
        next: earlier.map(|moment| moment.to_string()),
    }))
}

async fn send(
    services: &Services,
    program: ProgramId,
    about: About,
    command: Command<NewMessage>,
    location: &str,
) -> Answer {
    let (caller, body) = command.once::<Written<MessageId>>();
    let letter = body.command(services.id::<MessageId>().to_string());
    let written = match caller.enter(program).await? {
        Entry::Company(access) => access.send_message(about, letter, Vec::new()).await?,
        Entry::Partner(access) => {
            let deal = of_own(about, access.membership())?;
            access.send_message(deal, letter, Vec::new()).await?
        }
    };
    Ok(created(MessageReceipt { id: written.id }, location))
}

/// The deal that a partner's thread is about. Another partner's membership does not exist.
fn of_own(about: About, own: MembershipId) -> Result<Option<DealId>, ApiProblem> {
    match about {
        About::Deal(deal) => Ok(Some(deal)),
        About::Partner(membership) if membership == own => Ok(None),
        About::Partner(_) => Err(ApiProblem::not_found()),
    }
}
