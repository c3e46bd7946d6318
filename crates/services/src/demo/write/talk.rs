//! Threads, as they were told.

use domain::events::Fact;
use domain::messages::{MessageFact, MessageText};
use domain::people::{Actor, Side};
use domain::{InternalNoteId, MessageId, Timestamp, UserId};
use store::Tx;
use store::events::NewEvent;
use store::messages::notes::{self, NewNote};
use store::messages::threads::{self, Thread};
use store::messages::{self, NewMessage, unread};

use super::super::cast::CompanyCast;
use super::super::talk::{Said, Talk};
use super::Book;
use crate::ServiceError;

/// What is newer than this and not answered is not read either.
const UNREAD_DAYS: i64 = 30;

impl Book {
    pub(super) async fn write_talk(&self, tx: &mut Tx, talk: &Talk) -> Result<(), ServiceError> {
        let home = self.cast.companies.get(talk.company);
        let home = home.ok_or(ServiceError::NotFound)?;
        let (membership, partner) = home
            .members
            .get(talk.member)
            .ok_or(ServiceError::NotFound)?;
        let (Some(first), Some(last)) = (talk.said.first(), talk.said.last()) else {
            return Ok(());
        };
        let new = Thread {
            id: self.ids.id(),
            company_id: membership.company_id,
            program_id: membership.program_id,
            partner_id: membership.partner_id,
            membership_id: membership.id,
            deal_id: talk.deal,
            created_at: first.at,
            last_entry_at: first.at,
        };
        let thread = threads::find_or_insert(tx, &new).await?;
        for said in &talk.said {
            self.write_said(tx, &thread, said).await?;
        }
        let waits = last
            .side
            .filter(|_| last.at > self.now.plus_days(-UNREAD_DAYS));
        // Nobody waits for thanks.
        if let Some(Side::Partner) = waits.filter(|_| talk.said.len() == 1) {
            unread::add(tx, &thread, Side::Company, &people_of(home)).await?;
        } else if let Some(Side::Company) = waits {
            let team = self.cast.partners.get(*partner).map(|cast| &cast.team);
            let people: Vec<UserId> = team.into_iter().flatten().map(|(user, _)| *user).collect();
            unread::add(tx, &thread, Side::Partner, &people).await?;
        }
        Ok(())
    }

    async fn write_said(
        &self,
        tx: &mut Tx,
        thread: &Thread,
        said: &Said,
    ) -> Result<(), ServiceError> {
        let send_key = self.ids.id::<MessageId>().to_string();
        let (fact, actor, partner) = if let Some(side) = said.side {
            let message = NewMessage {
                id: self.ids.id(),
                company: thread.company_id,
                thread: thread.id,
                side,
                author: said.by,
                text: said.words.to_owned(),
                quote: said.quote.clone(),
                send_key,
                at: said.at,
            };
            messages::insert(tx, &message).await?;
            let excerpt = MessageText::read(said.words).map(|text| text.excerpt());
            let excerpt = excerpt.unwrap_or_default();
            threads::save_message(tx, thread.id, said.at, &excerpt, side).await?;
            let fact = MessageFact::MessageSent {
                message: message.id,
            };
            let actor = if side == Side::Company {
                Actor::company(said.by)
            } else {
                Actor::partner(said.by)
            };
            (fact, actor, Some(thread.partner_id))
        } else {
            let note = self.write_note(tx, thread, said, send_key).await?;
            let fact = MessageFact::NoteWritten { note };
            (fact, Actor::company(said.by), None)
        };
        let event = NewEvent {
            id: self.ids.id(),
            company_id: Some(thread.company_id),
            program_id: Some(thread.program_id),
            partner_id: partner,
            subject: "thread",
            subject_id: thread.id.uuid(),
            subject_version: 0,
            actor,
            at: said.at,
            fact: Fact::Message(fact),
        };
        store::events::append(tx, event).await?;
        Ok(())
    }

    async fn write_note(
        &self,
        tx: &mut Tx,
        thread: &Thread,
        said: &Said,
        send_key: String,
    ) -> Result<InternalNoteId, ServiceError> {
        let at: Timestamp = said.at;
        let note = NewNote {
            id: self.ids.id(),
            company: thread.company_id,
            thread: thread.id,
            author: said.by,
            text: said.words.to_owned(),
            send_key,
            at,
        };
        notes::insert(tx, &note).await?;
        threads::save_note(tx, thread.id, at).await?;
        Ok(note.id)
    }
}

fn people_of(home: &CompanyCast) -> Vec<UserId> {
    home.team.iter().map(|(user, _)| *user).collect()
}
