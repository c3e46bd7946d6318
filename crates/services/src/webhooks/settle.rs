//! How a try ended is noted, with what follows from it: an endpoint that only fails is switched off, and its company's
//! admins are told.

use domain::events::TeamFact;
use domain::mail::{HookStopped, MailKind};
use domain::notices::{Channel, NoticeKind};
use domain::people::{Actor, CompanyRole};
use domain::webhooks::{host_of, is_given_up};
use domain::{CompanyId, EndpointId, Timestamp, UserId};
use store::notices::NewNotice;
use store::preferences::{self, Listener};
use store::webhooks::attempts::{self, AttemptRow};
use store::webhooks::deliveries::{self, Failed};
use store::webhooks::endpoints::{self, Failing};
use store::{Tx, companies};

use crate::deals::notice_payload;
use crate::facts::Scribe;
use crate::mail::{Post, Receiver};
use crate::{ServiceError, Services};

/// What became of a message.
pub(super) enum Outcome {
    Sent,
    Failed,
    Dead,
}

/// How a try ended.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub endpoint: EndpointId,
    pub company: CompanyId,
    /// The address that was tried. The endpoint may have another one by now.
    pub url: String,
    pub attempt: AttemptRow,
    /// `None`: it was delivered.
    pub failed: Option<Failed>,
    /// The endpoint wants no more.
    pub gone: bool,
}

/// Who is told that an endpoint was switched off, and of what.
struct Stopped {
    company: CompanyId,
    endpoint: EndpointId,
    /// Of its address, which may hold what is secret in its other parts.
    host: String,
    why: String,
}

impl Services {
    pub(super) async fn settle(&self, settled: Settled) -> Result<Outcome, ServiceError> {
        let given = (settled, self.scribe(Actor::system()), self.post());
        self.write(given, |tx, (settled, scribe, post)| {
            Box::pin(async move { settle(tx, settled, &scribe, &post).await })
        })
        .await
    }
}

impl Settled {
    /// Why its endpoint is switched off after that failure; `None`: it is not.
    fn why_stop(&self, failing: Failing, now: Timestamp) -> Option<String> {
        if self.gone {
            return Some("it answered that it is gone (410)".to_owned());
        }
        let error = &self.failed.as_ref()?.error;
        is_given_up(failing.failing_since, failing.failures, now)
            .then(|| format!("no message reached it for three days: {error}"))
    }
}

async fn settle(
    tx: &mut Tx,
    settled: Settled,
    scribe: &Scribe,
    post: &Post,
) -> Result<Outcome, ServiceError> {
    attempts::insert(tx, &settled.attempt).await?;
    store::webhooks::announce_settled(tx, settled.company, settled.endpoint);
    let Some(failed) = &settled.failed else {
        deliveries::save_delivered(tx, settled.attempt.delivery_id, scribe.now).await?;
        endpoints::save_success(tx, settled.endpoint, &settled.url).await?;
        return Ok(Outcome::Sent);
    };
    if !deliveries::save_failed(tx, failed).await? {
        // It came late: another worker's try, or whoever switched the endpoint, says how the endpoint does.
        return Ok(Outcome::Failed);
    }
    let (endpoint, at) = (settled.endpoint, settled.attempt.at);
    // None where its address was changed while the try ran: the new one has neither failed nor said that it is gone.
    let failing = endpoints::save_failure(tx, endpoint, &settled.url, at).await?;
    if let Some(why) = failing.and_then(|failing| settled.why_stop(failing, scribe.now)) {
        stop(tx, (settled.company, endpoint), why, scribe, post).await?;
        return Ok(Outcome::Dead);
    }
    Ok(match failed.again_at {
        Some(_) => Outcome::Failed,
        None => Outcome::Dead,
    })
}

async fn stop(
    tx: &mut Tx,
    (company, endpoint): (CompanyId, EndpointId),
    why: String,
    scribe: &Scribe,
    post: &Post,
) -> Result<(), ServiceError> {
    if !endpoints::save_stopped(tx, endpoint).await? {
        return Ok(());
    }
    let error = format!("The endpoint was switched off: {why}");
    deliveries::save_all_dead(tx, endpoint, &error, scribe.now).await?;
    let found = endpoints::find(tx, company, endpoint).await?;
    let stopped = Stopped {
        company,
        endpoint,
        host: found.map_or_else(String::new, |row| host_of(&row.url).to_owned()),
        why,
    };
    let fact = TeamFact::WebhookStopped { endpoint };
    let event_seq = scribe.company_seq(tx, company, fact).await?;
    stopped.tell(tx, event_seq, scribe, post).await
}

impl Stopped {
    fn path(&self) -> String {
        format!("/company/{}/webhooks/{}", self.company, self.endpoint)
    }

    async fn tell(
        &self,
        tx: &mut Tx,
        event_seq: i64,
        scribe: &Scribe,
        post: &Post,
    ) -> Result<(), ServiceError> {
        let members = companies::list_members(tx, self.company).await?;
        let admins = members
            .into_iter()
            .filter(|member| member.role == CompanyRole::Admin);
        let admins: Vec<UserId> = admins.map(|member| member.user_id).collect();
        let mut notices = Vec::new();
        for admin in preferences::list_listeners(tx, &admins, NoticeKind::Webhooks).await? {
            if admin.choices.wants(NoticeKind::Webhooks, Channel::Bell) {
                notices.push(self.notice(&admin, event_seq, scribe));
            }
            if admin.choices.wants(NoticeKind::Webhooks, Channel::Mail) {
                self.write_to(tx, admin, scribe, post).await?;
            }
        }
        Ok(store::notices::insert_all(tx, &notices).await?)
    }

    fn notice(&self, admin: &Listener, event_seq: i64, scribe: &Scribe) -> NewNotice {
        let text = format!(
            "The webhook at {} was switched off: {}",
            self.host, self.why
        );
        NewNotice {
            id: scribe.id(),
            user: admin.user,
            company: self.company,
            program: None,
            deal: None,
            thread: None,
            event_seq,
            kind: "webhook_stopped",
            payload: notice_payload(text, self.path()),
            at: scribe.now,
        }
    }

    async fn write_to(
        &self,
        tx: &mut Tx,
        admin: Listener,
        scribe: &Scribe,
        post: &Post,
    ) -> Result<(), ServiceError> {
        let letter = HookStopped {
            base_url: post.base_url(),
            to_name: &admin.name,
            host: &self.host,
            why: &self.why,
            path: &self.path(),
        };
        let to = Receiver {
            company: Some(self.company),
            user: Some(admin.user),
            email: admin.email,
            shows_address: true,
        };
        let row = post.row(
            (scribe.id(), scribe.now),
            MailKind::Notice,
            to,
            letter.mail(),
        );
        Ok(store::mail::insert(tx, &row).await?)
    }
}
