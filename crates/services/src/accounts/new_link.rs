//! A link that lets somebody in: its token is in the mail and shown once to whoever made it, and kept nowhere else.

use domain::MailId;
use domain::mail::{Invitation, Mail, MailKind};
use domain::views::LinkView;
use store::EnumText;
use store::accounts::links::{LinkKind, OneTimeLink};
use store::mail::MailRow;

use super::secrets::{new_token, token_hash};
use crate::mail::{Post, Receiver};
use crate::{ServiceError, Services};

/// A link to be kept, and its token, which is not.
pub(crate) struct NewLink {
    token: String,
    folder: &'static str,
    pub row: OneTimeLink,
}

impl NewLink {
    pub(crate) fn new(
        services: &Services,
        kind: LinkKind,
        folder: &'static str,
        days: i64,
    ) -> Result<Self, ServiceError> {
        let (token, now) = (new_token()?, services.now());
        let row = OneTimeLink {
            id: services.id(),
            token_hash: token_hash(&token),
            kind: EnumText(kind),
            user_id: None,
            company_id: None,
            program_id: None,
            partner_id: None,
            tier_id: None,
            role: None,
            email: None,
            partner_name: None,
            created_by: None,
            created_at: now,
            expires_at: now.plus_days(days),
            used_at: None,
        };
        Ok(Self { token, folder, row })
    }

    /// What the one who asked for it gets to see, once.
    pub(crate) fn view(&self, email: &str) -> LinkView {
        LinkView {
            path: format!("/{}/{}", self.folder, self.token),
            email: email.to_owned(),
            expires_at: self.row.expires_at,
            mailed: false,
        }
    }

    /// The invitation by mail, and what the one who invites gets to see.
    pub(super) fn invite(&self, services: &Services, words: Words<'_>) -> (MailRow, LinkView) {
        let post = services.post();
        let email = self.row.email.clone().unwrap_or_default();
        let mail = Invitation {
            base_url: post.base_url(),
            by: words.by,
            host: words.host,
            joins: words.joins,
            expires_at: self.row.expires_at,
        }
        .mail();
        let view = LinkView {
            mailed: post.sends(),
            ..self.view(&email)
        };
        let to = Receiver {
            // What partner teams send among themselves is in no company's outbox: such a link has none.
            company: self.row.company_id,
            user: None,
            email,
            // Who invites typed it.
            shows_address: true,
        };
        (
            self.mail(&post, services.id(), MailKind::Invitation, to, mail),
            view,
        )
    }

    /// The row of a mail with this link in it.
    pub(crate) fn mail(
        &self,
        post: &Post,
        id: MailId,
        kind: MailKind,
        to: Receiver,
        mail: Mail,
    ) -> MailRow {
        post.link_row((id, &self.token), &self.row, kind, to, mail)
    }
}

/// What an invitation says.
pub(super) struct Words<'a> {
    pub by: &'a str,
    pub host: &'a str,
    pub joins: &'a str,
}
