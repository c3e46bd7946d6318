//! The company's side: the threads of a program, each with its notes.

use domain::commands::SendMessage;
use domain::messages::About;
use domain::people::{CompanyRight, MembershipStatus, Side};
use domain::views::{CompanyThreadView, FileView, ThreadEntry, ThreadList};
use domain::{DealId, MessageId, ThreadId};
use store::Conn;
use store::memberships::Membership;
use store::messages::threads::{self, Thread};
use store::messages::{self, unread};
use uuid::Uuid;

use super::sending::{Letter, Written};
use super::{EVER, LIST, PAGE, before, line, message_view, one_more};
use crate::deals::{Recorder, StoredFile};
use crate::{CompanyAccess, ServiceError};

/// The membership and the deal of a thread, if they are the program's.
pub(super) async fn place(
    conn: &mut Conn,
    recorder: &Recorder,
    about: About,
) -> Result<(Membership, Option<DealId>), ServiceError> {
    let (membership, deal) = match about {
        About::Partner(membership) => (membership, None),
        About::Deal(deal) => {
            let deal = recorder.load(conn, deal).await?;
            (deal.membership, Some(deal.id))
        }
    };
    let program = &recorder.program;
    let found = store::memberships::find(conn, membership).await?;
    let of_program =
        |row: &Membership| row.company_id == program.company && row.program_id == program.id;
    let row = found.filter(of_program).ok_or(ServiceError::NotFound)?;
    Ok((row, deal))
}

/// Whether the partner's people may open the program, and so read what is written to them.
fn is_in(membership: &Membership) -> bool {
    matches!(
        membership.status,
        MembershipStatus::Active | MembershipStatus::Suspended
    )
}

impl CompanyAccess {
    /// A page of a thread with its notes, the newest first.
    pub async fn thread(
        &self,
        about: About,
        cursor: Option<i64>,
    ) -> Result<CompanyThreadView, ServiceError> {
        self.require(CompanyRight::ReadMessages)?;
        let mut conn = self.services.read().await?;
        let (membership, deal) = place(&mut conn, &self.recorder(), about).await?;
        let partner = store::partners::find(&mut conn, membership.partner_id).await?;
        let mut entries = match threads::find(&mut conn, membership.id, deal).await? {
            Some(thread) => self.entries(&mut conn, &thread, cursor).await?,
            None => Vec::new(),
        };
        let more = entries.len() > PAGE;
        entries.truncate(PAGE);
        Ok(CompanyThreadView {
            partner: partner.map(|partner| partner.name).unwrap_or_default(),
            earlier: entries.last().filter(|_| more).map(|entry| entry.at().0),
            entries,
            key: self.services.id::<MessageId>().to_string(),
            may_write: self.require(CompanyRight::WriteMessages).is_ok(),
            is_read: is_in(&membership),
        })
    }

    /// Messages and notes in their one order: a page and, if there are more, one more.
    async fn entries(
        &self,
        conn: &mut Conn,
        thread: &Thread,
        cursor: Option<i64>,
    ) -> Result<Vec<ThreadEntry>, ServiceError> {
        let (before, limit, viewer) = (before(cursor), one_more(PAGE), self.person.id);
        let of = thread.membership_id;
        let rows = messages::list(conn, of, thread.id, before, limit).await?;
        let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
        let files: Vec<(MessageId, FileView)> = messages::list_files(conn, &ids).await?;
        let views = rows.into_iter();
        let views = views.map(|row| ThreadEntry::Message(message_view(row, viewer, &files)));
        let mut entries: Vec<ThreadEntry> = views.collect();
        let notes = self.notes(conn, thread.id, before, limit).await?;
        entries.extend(notes.into_iter().map(ThreadEntry::Note));
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
        entries.truncate(PAGE + 1);
        Ok(entries)
    }

    /// The program's threads, those with the newest entries first, from behind a place that an earlier page named.
    pub async fn threads(&self, after: Option<&str>) -> Result<ThreadList, ServiceError> {
        self.require(CompanyRight::ReadMessages)?;
        let from = after
            .and_then(position)
            .unwrap_or((EVER, ThreadId(Uuid::max())));
        let of = (self.company, self.program.id);
        let mut conn = self.services.read().await?;
        let limit = one_more(LIST);
        let mut rows = threads::list_by_program(&mut conn, of, self.person.id, from, limit).await?;
        let more = rows.len() > LIST;
        rows.truncate(LIST);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| format!("{}.{}", row.at.0, row.id));
        let prefix = &self.program.number_prefix;
        Ok(ThreadList {
            lines: rows.into_iter().map(|row| line(row, prefix)).collect(),
            next,
        })
    }

    /// How many messages of partners the person has not read in this program.
    pub async fn unread_messages(&self) -> Result<i64, ServiceError> {
        let mut conn = self.services.read().await?;
        Ok(unread::of_program(&mut conn, self.person.id, self.program.id).await?)
    }

    /// The person has the thread before them.
    pub async fn read_messages(&self, about: About) -> Result<(), ServiceError> {
        self.require(CompanyRight::ReadMessages)?;
        let mut conn = self.services.read().await?;
        let (membership, deal) = place(&mut conn, &self.recorder(), about).await?;
        let found = threads::find(&mut conn, membership.id, deal).await?;
        drop(conn);
        match found {
            Some(thread) => {
                self.services
                    .read_thread(self.person.id, thread.id, Side::Company)
                    .await
            }
            None => Ok(()),
        }
    }

    /// Writes to the partner about a deal, or about the program. Sent twice it is sent once.
    pub async fn send_message(
        &self,
        about: About,
        command: SendMessage,
        files: Vec<StoredFile>,
    ) -> Result<Written<MessageId>, ServiceError> {
        self.require(CompanyRight::WriteMessages)?;
        let letter = Letter::read(command, files)?;
        let team = self.company_name.clone();
        let right = CompanyRight::WriteMessages;
        self.write(right, letter, move |tx, recorder, letter| {
            let team = team.clone();
            Box::pin(async move {
                let (membership, deal) = place(tx, &recorder, about).await?;
                if !is_in(&membership) {
                    let text =
                        "Nobody of this partner can read it: the partner is not in the program";
                    return Err(ServiceError::input("text", text));
                }
                let of = (membership.id, deal);
                letter.send(tx, &recorder, of, &team, None).await
            })
        })
        .await
    }
}

/// Whether that text is where a page of a list can begin.
pub fn is_position(text: &str) -> bool {
    position(text).is_some()
}

/// A place in the list, as an address carries it.
fn position(text: &str) -> Option<(domain::Timestamp, ThreadId)> {
    let (at, id) = text.split_once('.')?;
    Some((domain::Timestamp(at.parse().ok()?), id.parse().ok()?))
}
