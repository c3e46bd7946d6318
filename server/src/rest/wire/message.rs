//! What partners and companies write to each other.

use domain::commands::SendMessage;
use domain::views::{MessageView, ThreadLine};
use domain::{DealId, FileId, MembershipId, MessageId, OfferId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::at;
use super::words::MessageSide;

/// The messages with one partner about the program, or about one deal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Thread {
    #[schema(value_type = String)]
    membership: MembershipId,
    partner: String,
    /// What it is about; null for the program.
    #[schema(value_type = Option<String>)]
    deal: Option<DealId>,
    deal_number: Option<String>,
    customer: Option<String>,
    /// How the newest message begins.
    excerpt: String,
    /// Who wrote it.
    side: MessageSide,
    #[schema(format = DateTime)]
    at: String,
    /// What the key's maker has not read.
    unread: i64,
}

impl From<ThreadLine> for Thread {
    fn from(line: ThreadLine) -> Self {
        let (deal, deal_number, customer) = match line.deal {
            Some((deal, number, customer)) => (Some(deal), Some(number), Some(customer)),
            None => (None, None, None),
        };
        Self {
            membership: line.membership,
            partner: line.partner,
            deal,
            deal_number,
            customer,
            excerpt: line.excerpt,
            side: line.side.into(),
            at: at(line.at),
            unread: line.unread,
        }
    }
}

/// One message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    #[schema(value_type = String)]
    id: MessageId,
    side: MessageSide,
    /// Who wrote it.
    who: String,
    text: String,
    /// The offer that it asks about, as it was read then.
    quote: Option<Quote>,
    files: Vec<MessageFile>,
    #[schema(format = DateTime)]
    at: String,
}

/// An offer that a message quotes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuotedOffer)]
pub struct Quote {
    #[schema(value_type = String)]
    offer: OfferId,
    number: i32,
    name: String,
    sentence: String,
}

/// A file that came with a message; people fetch it on the message's page.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageFile {
    #[schema(value_type = String)]
    id: FileId,
    name: String,
    size_bytes: i64,
}

impl From<MessageView> for Message {
    fn from(message: MessageView) -> Self {
        let file = |file: domain::views::FileView| MessageFile {
            id: file.id,
            name: file.name,
            size_bytes: file.size_bytes,
        };
        Self {
            id: message.id,
            side: message.side.into(),
            who: message.who,
            text: message.text,
            quote: message.quote.map(|quote| Quote {
                offer: quote.offer,
                number: quote.number,
                name: quote.name,
                sentence: quote.sentence,
            }),
            files: message.files.into_iter().map(file).collect(),
            at: at(message.at),
        }
    }
}

/// What is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

impl NewMessage {
    pub fn command(self, key: String) -> SendMessage {
        SendMessage {
            key,
            text: self.text,
            offer: None,
        }
    }
}

/// The message was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageReceipt {
    #[schema(value_type = String)]
    pub id: MessageId,
}
