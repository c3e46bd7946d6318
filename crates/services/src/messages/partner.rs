//! The partner's side: its threads with the company of a program.

use domain::commands::SendMessage;
use domain::messages::OfferQuote;
use domain::people::{PartnerRight, Side};
use domain::views::{PartnerThreadView, ThreadLine};
use domain::{DealId, MessageId, OfferId};
use store::Conn;
use store::messages::{self, threads, unread};

use super::sending::{Letter, Written};
use super::{LIST, PAGE, before, line, message_view, one_more};
use crate::deals::StoredFile;
use crate::{PartnerAccess, ServiceError};

impl PartnerAccess {
    /// A page of the thread about a deal, or about the program; the newest first.
    pub async fn thread(
        &self,
        deal: Option<DealId>,
        cursor: Option<i64>,
    ) -> Result<PartnerThreadView, ServiceError> {
        self.require(PartnerRight::ReadMessages)?;
        let mut conn = self.services.read().await?;
        let is_open = self.has_thread(&mut conn, deal).await?;
        let mut rows = match threads::find(&mut conn, self.membership, deal).await? {
            Some(thread) => {
                let (of, limit) = (self.membership, one_more(PAGE));
                messages::list(&mut conn, of, thread.id, before(cursor), limit).await?
            }
            None => Vec::new(),
        };
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
        let files = messages::list_files(&mut conn, &ids).await?;
        let earlier = rows.last().filter(|_| more).map(|row| row.created_at.0);
        let viewer = self.person.id;
        let views = rows.into_iter();
        Ok(PartnerThreadView {
            company: self.company_name.clone(),
            messages: views.map(|row| message_view(row, viewer, &files)).collect(),
            earlier,
            key: self.services.id::<MessageId>().to_string(),
            may_write: is_open && self.require(PartnerRight::WriteMessages).is_ok(),
        })
    }

    /// The threads that hold messages, those with the newest first.
    pub async fn threads(&self) -> Result<Vec<ThreadLine>, ServiceError> {
        self.require(PartnerRight::ReadMessages)?;
        let mut conn = self.services.read().await?;
        let limit = one_more(LIST);
        let rows =
            threads::list_by_membership(&mut conn, self.membership, self.person.id, limit).await?;
        let prefix = &self.program.number_prefix;
        Ok(rows.into_iter().map(|row| line(row, prefix)).collect())
    }

    /// How many messages of the company the person has not read in this program.
    pub async fn unread_messages(&self) -> Result<i64, ServiceError> {
        let mut conn = self.services.read().await?;
        Ok(unread::of_membership(&mut conn, self.person.id, self.membership).await?)
    }

    /// The person has the thread before them.
    pub async fn read_messages(&self, deal: Option<DealId>) -> Result<(), ServiceError> {
        self.require(PartnerRight::ReadMessages)?;
        let found = threads::find(&mut self.services.read().await?, self.membership, deal).await?;
        match found {
            Some(thread) => {
                self.services
                    .read_thread(self.person.id, thread.id, Side::Partner)
                    .await
            }
            None => Ok(()),
        }
    }

    /// The offer as a question about it would quote it; `None` when it does not hold for this partner.
    pub async fn quote(&self, offer: Option<OfferId>) -> Result<Option<OfferQuote>, ServiceError> {
        let Some(offer) = offer else {
            return Ok(None);
        };
        let offers = self.offers().await?.into_iter();
        let mut held = offers.filter(|held| held.id == offer);
        Ok(held.next().map(|held| OfferQuote {
            offer: held.id,
            number: held.number,
            name: held.name,
            sentence: held.sentence,
        }))
    }

    /// Sends a message about a deal, or about the program. Sent twice it is sent once.
    pub async fn send_message(
        &self,
        deal: Option<DealId>,
        command: SendMessage,
        files: Vec<StoredFile>,
    ) -> Result<Written<MessageId>, ServiceError> {
        self.require(PartnerRight::WriteMessages)?;
        let letter = Letter::read(command, files)?;
        let (team, membership, tier) = (self.partner_name.clone(), self.membership, self.tier);
        self.write(
            PartnerRight::WriteMessages,
            letter,
            move |tx, recorder, letter| {
                let team = team.clone();
                Box::pin(async move {
                    if let Some(deal) = deal {
                        let deal = recorder.load(tx, deal).await?;
                        deal.number.ok_or(ServiceError::NotFound)?;
                    }
                    let quote = letter.quote(tx, &recorder, tier).await?;
                    letter
                        .send(tx, &recorder, (membership, deal), &team, quote)
                        .await
                })
            },
        )
        .await
    }

    /// A draft has no thread: for the company it does not exist.
    async fn has_thread(
        &self,
        conn: &mut Conn,
        deal: Option<DealId>,
    ) -> Result<bool, ServiceError> {
        Ok(match deal {
            Some(deal) => self.recorder().load(conn, deal).await?.number.is_some(),
            None => true,
        })
    }
}
