//! Who is told of what, and in which words.

use domain::deals::{Deal, DealFact};
use domain::people::Side;
use domain::views::NoticeView;
use domain::{ProgramId, UserId};
use serde::{Deserialize, Serialize};
use store::notices::NoticeRow;

use super::record::number_text;
use crate::{ServiceError, Services};

/// What a line under the bell says and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NoticeText {
    text: String,
    #[serde(default)]
    href: String,
}

impl NoticeText {
    pub(super) fn of(who: &str, side: Side, prefix: &str, deal: &Deal, fact: &DealFact) -> Self {
        let number = number_text(prefix, deal.number);
        let about = format!("{number} {}", deal.summary.customer);
        let text = match (side, who) {
            // Nobody did it: the clock did.
            (Side::System, _) | (_, "") => format!("{}: {about}", first_upper(&fact.sentence())),
            (_, who) => format!("{who} {} ({about})", fact.sentence()),
        };
        Self {
            text,
            href: String::new(),
        }
    }

    /// The stored text, with the address that the audience's side opens.
    pub(super) fn payload(&self, side: Side, deal: &Deal) -> String {
        let text = Self {
            href: href(side, deal),
            ..self.clone()
        };
        serde_json::to_string(&text).unwrap_or_default()
    }
}

/// What a line under the bell keeps of a sentence and of where it leads.
pub(crate) fn payload(text: String, href: String) -> String {
    serde_json::to_string(&NoticeText { text, href }).unwrap_or_default()
}

/// The deal's page as the audience's side opens it.
pub(super) fn href(side: Side, deal: &Deal) -> String {
    match side {
        Side::Company => format!("/c/{}/deals/{}", deal.program, deal.id),
        Side::Partner | Side::System => {
            format!("/p/{}/deals/{}", deal.membership, deal.id)
        }
    }
}

fn first_upper(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

pub(super) fn view(row: NoticeRow) -> NoticeView {
    let text = serde_json::from_str(&row.payload).unwrap_or(NoticeText {
        text: row.kind,
        href: "/".to_owned(),
    });
    NoticeView {
        id: row.id,
        href: text.href,
        text: text.text,
        at: row.created_at,
        read: row.read_at.is_some(),
    }
}

/// How many lines the bell shows.
const BELL_LINES: i64 = 30;

impl Services {
    /// The newest lines under a person's bell.
    pub async fn notices(&self, user: UserId) -> Result<Vec<NoticeView>, ServiceError> {
        let rows = store::notices::list(&mut self.read().await?, user, BELL_LINES).await?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// How many of them are unread.
    pub async fn unread_notices(&self, user: UserId) -> Result<i64, ServiceError> {
        Ok(store::notices::unread(&mut self.read().await?, user).await?)
    }

    /// Reads them all.
    pub async fn read_notices(&self, user: UserId) -> Result<(), ServiceError> {
        let now = self.now();
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let read = store::notices::read_all(tx, user, now).await?;
                    if read > 0 {
                        store::notices::announce_read(tx, user);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Opening a deal reads the lines that are about it. Writes only when there are any.
    pub(super) async fn read_deal_notices(
        &self,
        user: UserId,
        deal: domain::DealId,
    ) -> Result<(), ServiceError> {
        if self.unread_notices(user).await? == 0 {
            return Ok(());
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let read = store::notices::read_deal(tx, user, deal, now).await?;
                    if read > 0 {
                        store::notices::announce_read(tx, user);
                    }
                    Ok(())
                })
            })
            .await
    }

    pub(super) async fn program_notices(
        &self,
        user: UserId,
        program: ProgramId,
        limit: i64,
    ) -> Result<Vec<NoticeView>, ServiceError> {
        let rows =
            store::notices::list_by_program(&mut self.read().await?, user, program, limit).await?;
        Ok(rows.into_iter().map(view).collect())
    }
}
