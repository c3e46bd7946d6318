//! How a message is sent: once under its key, with its fact, and told to the other side.

use domain::commands::SendMessage;
use domain::messages::{MAX_FILES, MessageFact, MessageText, OfferQuote, too_many_files};
use domain::offers::Offer;
use domain::{DealId, MembershipId, MessageId, TierId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Tx;
use store::messages::threads::{self, Thread};
use store::messages::{self, NewFile, NewMessage};

use crate::ServiceError;
use crate::deals::{Recorder, StoredFile, is_key};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written<T> {
    pub id: T,
    /// Whether it is new; else it was sent before, and its files are not kept twice.
    pub is_new: bool,
}

/// What is to be sent, read and cleaned.
#[derive(Clone)]
pub(super) struct Letter {
    pub text: MessageText,
    pub files: Vec<NewFile>,
    offer: Option<(domain::OfferId, i32)>,
    key: String,
}

impl Letter {
    pub fn read(command: SendMessage, files: Vec<StoredFile>) -> Result<Self, ServiceError> {
        let text = MessageText::read(&command.text);
        let text = text.map_err(|fault| ServiceError::input("text", fault.text()))?;
        if files.len() > MAX_FILES {
            return Err(ServiceError::input("file", &too_many_files()));
        }
        if !is_key(&command.key) {
            return Err(ServiceError::NotFound);
        }
        Ok(Self {
            text,
            files: files.into_iter().map(StoredFile::for_message).collect(),
            offer: command.offer,
            key: command.key,
        })
    }

    /// One form sends one message: the same words to the same thread are the same. Other words from an old page, as after
    /// the browser's back button, are another message and not lost.
    pub fn send_key(&self, thread: &Thread) -> String {
        use std::fmt::Write as _;
        let mut hash = Sha256::new();
        hash.update(thread.id.uuid().as_bytes());
        for file in &self.files {
            hash.update(&file.sha256);
        }
        hash.update(self.text.as_str());
        let mut key = format!("{}.", self.key);
        for byte in hash.finalize().iter().take(12) {
            // Writing to a String cannot fail.
            let _ = write!(key, "{byte:02x}");
        }
        key
    }

    /// The version that the partner read, if it has begun and was meant for a partner of that tier. One that begins later
    /// is not told by guessing its number.
    pub async fn quote(
        &self,
        tx: &mut Tx,
        recorder: &Recorder,
        tier: Option<TierId>,
    ) -> Result<Option<OfferQuote>, ServiceError> {
        let Some((id, number)) = self.offer else {
            return Ok(None);
        };
        let program = &recorder.program;
        let offers = store::offers::list(tx, program.company, program.id).await?;
        let of_it = |offer: &&Offer| offer.id == id;
        let versions = offers.iter().find(of_it).map(|offer| &offer.versions);
        let mut versions = versions.into_iter().flatten();
        let today = recorder.now.date();
        let read = versions.find(|version| {
            version.number == number && version.terms.is_for(tier) && version.from() <= today
        });
        let read = read.ok_or(ServiceError::NotFound)?;
        Ok(Some(OfferQuote {
            offer: id,
            number,
            name: read.terms.name.clone(),
            sentence: read.terms.sentence(),
        }))
    }

    /// Sends it in the thread of that membership and deal.
    pub async fn send(
        &self,
        tx: &mut Tx,
        recorder: &Recorder,
        of: (MembershipId, Option<DealId>),
        team: &str,
        quote: Option<OfferQuote>,
    ) -> Result<Written<MessageId>, ServiceError> {
        let thread = open(tx, recorder, of).await?;
        let (author, send_key) = (recorder.user()?, self.send_key(&thread));
        if let Some(id) = messages::find_by_key(tx, author, &send_key).await? {
            return Ok(Written { id, is_new: false });
        }
        let message = NewMessage {
            id: recorder.id(),
            company: thread.company_id,
            thread: thread.id,
            side: recorder.actor.side,
            author,
            text: self.text.as_str().to_owned(),
            quote,
            send_key,
            at: next(recorder, &thread),
        };
        messages::insert(tx, &message).await?;
        for file in &self.files {
            messages::insert_file(tx, thread.company_id, message.id, file).await?;
        }
        let (excerpt, side) = (self.text.excerpt(), message.side);
        threads::save_message(tx, thread.id, message.at, &excerpt, side).await?;
        let fact = MessageFact::MessageSent {
            message: message.id,
        };
        super::telling::tell(tx, recorder, &thread, &message, team, fact).await?;
        Ok(Written {
            id: message.id,
            is_new: true,
        })
    }
}

/// The thread, held until the transaction ends.
pub(super) async fn open(
    tx: &mut Tx,
    recorder: &Recorder,
    (membership, deal): (MembershipId, Option<DealId>),
) -> Result<Thread, ServiceError> {
    let found = store::memberships::find(tx, membership).await?;
    let row = found.ok_or(ServiceError::NotFound)?;
    let new = Thread {
        id: recorder.id(),
        company_id: row.company_id,
        program_id: row.program_id,
        partner_id: row.partner_id,
        membership_id: membership,
        deal_id: deal,
        created_at: recorder.now,
        last_entry_at: Timestamp(recorder.now.0 - 1),
    };
    Ok(threads::find_or_insert(tx, &new).await?)
}

/// Entries of a thread follow each other, whatever the clocks of several nodes say.
pub(super) fn next(recorder: &Recorder, thread: &Thread) -> Timestamp {
    Timestamp(recorder.now.0.max(thread.last_entry_at.0 + 1))
}
