//! The fact of a message, and who is told of it. A note has a fact that the company hears, and nobody is told.

use domain::events::Fact;
use domain::mail::{MailKind, MessageNews};
use domain::messages::{MessageFact, MessageText};
use domain::notices::{Channel, NoticeKind};
use domain::people::{CompanyRight, Side};
use domain::{PartnerId, Timestamp, UserId};
use store::Tx;
use store::events::NewEvent;
use store::messages::threads::Thread;
use store::messages::{NewMessage, unread};
use store::notices::NewNotice;
use store::preferences::{self, Listener};

use super::href;
use crate::ServiceError;
use crate::deals::{Recorder, notice_payload, number_text};
use crate::mail::Receiver;

/// Records the fact. `partner` is whose it is too; `None` keeps it from them.
pub(super) async fn record(
    tx: &mut Tx,
    recorder: &Recorder,
    thread: &Thread,
    partner: Option<PartnerId>,
    (at, fact): (Timestamp, MessageFact),
) -> Result<i64, ServiceError> {
    let event = NewEvent {
        id: recorder.id(),
        company_id: Some(thread.company_id),
        program_id: Some(thread.program_id),
        partner_id: partner,
        subject: "thread",
        subject_id: thread.id.uuid(),
        // A number that notes would make jump is none that a partner may see.
        subject_version: 0,
        actor: recorder.actor,
        at,
        fact: Fact::Message(fact),
    };
    Ok(store::events::append(tx, event).await?)
}

/// A message on its way to the other side's people.
struct News<'a> {
    recorder: &'a Recorder,
    thread: &'a Thread,
    message: &'a NewMessage,
    /// The team of the one who wrote.
    team: &'a str,
    /// `ALT-1042 Hale & Moss`; empty for a message about the program.
    deal: String,
    to: Side,
    kind: NoticeKind,
}

/// Records a message, counts it as unread for the other side, and tells its people by the channels that they chose.
pub(super) async fn tell(
    tx: &mut Tx,
    recorder: &Recorder,
    thread: &Thread,
    message: &NewMessage,
    team: &str,
    fact: MessageFact,
) -> Result<(), ServiceError> {
    let (to, kind) = match message.side {
        Side::Partner => (Side::Company, NoticeKind::PartnerMessages),
        Side::Company | Side::System => (Side::Partner, NoticeKind::CompanyMessages),
    };
    let readers = readers(tx, thread, to, message.author).await?;
    unread::add(tx, thread, to, &readers).await?;
    let deal = match thread.deal_id {
        Some(deal) => {
            let deal = recorder.load(tx, deal).await?;
            let number = number_text(&recorder.program.number_prefix, deal.number);
            format!("{number} {}", deal.summary.customer)
        }
        None => String::new(),
    };
    let listeners = preferences::list_listeners(tx, &readers, kind).await?;
    let at = (message.at, fact);
    let seq = record(tx, recorder, thread, Some(thread.partner_id), at).await?;
    let news = News {
        recorder,
        thread,
        message,
        team,
        deal,
        to,
        kind,
    };
    news.told(tx, &listeners, seq).await
}

/// Everybody of that side who may read it, but the author.
async fn readers(
    tx: &mut Tx,
    thread: &Thread,
    side: Side,
    author: UserId,
) -> Result<Vec<UserId>, ServiceError> {
    let mut people = if side == Side::Company {
        let people = unread::company_people(tx, thread.company_id).await?;
        let read = people
            .into_iter()
            .filter(|(_, role)| role.may(CompanyRight::ReadMessages));
        read.map(|(user, _)| user).collect()
    } else {
        store::notices::partner_audience(tx, thread.membership_id).await?
    };
    people.retain(|user| *user != author);
    Ok(people)
}

impl News<'_> {
    async fn told(
        &self,
        tx: &mut Tx,
        listeners: &[Listener],
        event_seq: i64,
    ) -> Result<(), ServiceError> {
        let path = href(self.to, self.thread, &self.message.id.to_string());
        let excerpt = MessageText::read(&self.message.text).map(|text| text.excerpt());
        let about = if self.deal.is_empty() {
            &self.recorder.program.name
        } else {
            &self.deal
        };
        let who = &self.recorder.who;
        let text = format!("{who} wrote: {} ({about})", excerpt.unwrap_or_default());
        let payload = notice_payload(text, path.clone());
        let mut notices = Vec::new();
        for listener in listeners {
            if listener.choices.wants(self.kind, Channel::Bell) {
                notices.push(self.notice(listener, event_seq, &payload));
            }
            if listener.choices.wants(self.kind, Channel::Mail) {
                self.write_to(tx, listener, &path).await?;
            }
        }
        Ok(store::notices::insert_all(tx, &notices).await?)
    }

    fn notice(&self, listener: &Listener, event_seq: i64, payload: &str) -> NewNotice {
        NewNotice {
            id: self.recorder.id(),
            user: listener.user,
            company: self.thread.company_id,
            program: Some(self.thread.program_id),
            deal: self.thread.deal_id,
            thread: Some(self.thread.id),
            event_seq,
            kind: "message_sent",
            payload: payload.to_owned(),
            at: self.recorder.now,
        }
    }

    async fn write_to(
        &self,
        tx: &mut Tx,
        listener: &Listener,
        path: &str,
    ) -> Result<(), ServiceError> {
        let Some(post) = &self.recorder.post else {
            return Ok(());
        };
        let news = MessageNews {
            base_url: post.base_url(),
            to_name: &listener.name,
            to_side: self.to,
            who: &self.recorder.who,
            team: self.team,
            deal: &self.deal,
            program: &self.recorder.program.name,
            text: &self.message.text,
            path,
        };
        let to = Receiver {
            company: Some(self.thread.company_id),
            user: Some(listener.user),
            email: listener.email.clone(),
            shows_address: self.to == Side::Company,
        };
        let made = (self.recorder.id(), self.recorder.now);
        let row = post.row(made, MailKind::Notice, to, news.mail());
        Ok(store::mail::insert(tx, &row).await?)
    }
}
