//! What a company's admins do with endpoints.

use domain::commands::SaveEndpoint;
use domain::errors::InputFault;
use domain::events::TeamFact;
use domain::text::clean_line;
use domain::views::{EndpointSecret, EndpointView, EndpointsView};
use domain::webhooks::{EndpointState, EventPicker, HookUrl, Reach, SECRET_OVERLAP_SECONDS};
use domain::{CompanyId, EndpointId};
use store::Tx;
use store::webhooks::endpoints::{self, EndpointRow};
use store::webhooks::{Secret, deliveries};

use super::secret::new_secret;
use super::view::view;
use crate::{CompanyTeam, ServiceError};

/// Endpoints of one company: each is asked for with every fact.
const MOST: i64 = 20;
/// Characters of a description.
const MOST_OF_DESCRIPTION: usize = 200;
/// A form that is sent twice is sent within moments: so long the secret is shown again to who sends it again.
const SAME_FORM_SECONDS: i64 = 60;

impl CompanyTeam {
    /// The company's endpoints, and an id for the next one.
    pub async fn endpoints(&self) -> Result<EndpointsView, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let mut views = Vec::new();
        for row in endpoints::list(&mut conn, self.company).await? {
            views.push(view(&mut conn, row).await?);
        }
        Ok(EndpointsView {
            company: self.name().to_owned(),
            takes_http: !self.services.reach().allowed.is_empty(),
            endpoints: views,
            next: self.services.id(),
        })
    }

    pub async fn endpoint(&self, id: EndpointId) -> Result<EndpointView, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let found = endpoints::find(&mut conn, self.company, id).await?;
        let found = found.ok_or(ServiceError::NotFound)?;
        view(&mut conn, found).await
    }

    /// Adds an endpoint under the id that its form was opened with; gives its secret, which is not shown again. The same
    /// form sent twice adds one.
    pub async fn add_endpoint(
        &self,
        id: EndpointId,
        cmd: SaveEndpoint,
    ) -> Result<EndpointSecret, ServiceError> {
        self.require_edit()?;
        let cmd = checked(&cmd, &self.services.reach())?;
        let given = (cmd, new_secret()?);
        self.write(given, move |tx, company, scribe, (cmd, secret)| {
            Box::pin(async move {
                if let Some(row) = endpoints::find_any(tx, id).await? {
                    return sent_again(row, company, scribe.now.plus_seconds(-SAME_FORM_SECONDS));
                }
                if endpoints::count(tx, company).await? >= MOST {
                    let text = "A company has at most 20 endpoints. Remove one first";
                    return Err(ServiceError::input("url", text));
                }
                let row = EndpointRow {
                    id,
                    company_id: company,
                    url: cmd.url,
                    description: cmd.description,
                    events: cmd.events,
                    state: EndpointState::Enabled,
                    secret,
                    old_secret: None,
                    old_secret_until: None,
                    failing_since: None,
                    failures: 0,
                    created_at: scribe.now,
                    version: 1,
                };
                if !endpoints::insert(tx, &row).await? {
                    return Err(ServiceError::NotFound);
                }
                let fact = TeamFact::WebhookAdded { endpoint: id };
                scribe.company(tx, company, fact).await?;
                Ok(shown(id, row.secret))
            })
        })
        .await
    }

    /// Writes address, description and what it is told of.
    pub async fn save_endpoint(
        &self,
        id: EndpointId,
        version: i64,
        cmd: SaveEndpoint,
    ) -> Result<(), ServiceError> {
        self.require_edit()?;
        let cmd = checked(&cmd, &self.services.reach())?;
        self.write(cmd, move |tx, company, scribe, cmd| {
            Box::pin(async move {
                let old = get(tx, company, id).await?;
                let new = EndpointRow {
                    url: cmd.url,
                    description: cmd.description,
                    events: cmd.events,
                    version,
                    ..old.clone()
                };
                if new == old {
                    return Ok(());
                }
                endpoints::save(tx, &new).await?;
                let fact = TeamFact::WebhookChanged { endpoint: id };
                scribe.company(tx, company, fact).await
            })
        })
        .await
    }

    /// Switches an endpoint on or off. What waits at one that is switched off is not delivered any more.
    pub async fn switch_endpoint(&self, id: EndpointId, on: bool) -> Result<(), ServiceError> {
        self.write((), move |tx, company, scribe, ()| {
            Box::pin(async move {
                let old = get(tx, company, id).await?;
                let (state, fact) = if on {
                    let fact = TeamFact::WebhookEnabled { endpoint: id };
                    (EndpointState::Enabled, fact)
                } else {
                    let fact = TeamFact::WebhookDisabled { endpoint: id };
                    (EndpointState::Disabled, fact)
                };
                let is_on = old.state == EndpointState::Enabled;
                if is_on == on {
                    return Ok(());
                }
                let new = EndpointRow { state, ..old };
                endpoints::save(tx, &new).await?;
                if !on {
                    let why = "The endpoint was switched off";
                    deliveries::save_all_dead(tx, id, why, scribe.now).await?;
                }
                scribe.company(tx, company, fact).await
            })
        })
        .await
    }

    /// Gives it a new secret, which is not shown again. For a day the old one signs as well.
    pub async fn rotate_secret(
        &self,
        id: EndpointId,
        version: i64,
    ) -> Result<EndpointSecret, ServiceError> {
        self.write(new_secret()?, move |tx, company, scribe, secret| {
            Box::pin(async move {
                let old = get(tx, company, id).await?;
                let new = EndpointRow {
                    old_secret: Some(old.secret.clone()),
                    old_secret_until: Some(scribe.now.plus_seconds(SECRET_OVERLAP_SECONDS)),
                    secret: secret.clone(),
                    version,
                    ..old
                };
                endpoints::save(tx, &new).await?;
                let fact = TeamFact::WebhookSecretRotated { endpoint: id };
                scribe.company(tx, company, fact).await?;
                Ok(shown(id, secret))
            })
        })
        .await
    }

    /// Takes it away, with its log.
    pub async fn remove_endpoint(&self, id: EndpointId) -> Result<(), ServiceError> {
        self.write((), move |tx, company, scribe, ()| {
            Box::pin(async move {
                if !endpoints::delete(tx, company, id).await? {
                    return Err(ServiceError::NotFound);
                }
                let fact = TeamFact::WebhookRemoved { endpoint: id };
                scribe.company(tx, company, fact).await
            })
        })
        .await
    }
}

pub(super) async fn get(
    tx: &mut Tx,
    company: CompanyId,
    id: EndpointId,
) -> Result<EndpointRow, ServiceError> {
    let found = endpoints::find(tx, company, id).await?;
    found.ok_or(ServiceError::NotFound)
}

/// The answer that the first sending of a form got, if that was just now and nobody has changed anything since.
fn sent_again(
    row: EndpointRow,
    company: CompanyId,
    just_now: domain::Timestamp,
) -> Result<EndpointSecret, ServiceError> {
    if row.company_id != company {
        return Err(ServiceError::NotFound);
    }
    if row.created_at < just_now || row.version != 1 {
        return Err(ServiceError::input("url", "This endpoint is added already"));
    }
    Ok(shown(row.id, row.secret))
}

fn shown(endpoint: EndpointId, secret: Secret) -> EndpointSecret {
    EndpointSecret {
        endpoint,
        secret: secret.0,
    }
}

/// What was typed, cleaned, with all that is wrong with it.
#[derive(Clone)]
struct Checked {
    url: String,
    description: String,
    events: EventPicker,
}

fn checked(cmd: &SaveEndpoint, reach: &Reach) -> Result<Checked, ServiceError> {
    let mut faults = Vec::new();
    let mut fault = |input: &str, text: String| {
        let input = input.to_owned();
        faults.push(InputFault { input, text });
    };
    let url = HookUrl::parse(&cmd.url, reach);
    if let Err(error) = &url {
        fault("url", error.to_string());
    }
    let description = clean_line(&cmd.description);
    if description.chars().count() > MOST_OF_DESCRIPTION {
        let text = "Shorten the description to 200 characters";
        fault("description", text.to_owned());
    }
    if matches!(&cmd.events, EventPicker::Only(events) if events.is_empty()) {
        let text = "Pick at least one event, or all of them";
        fault("events", text.to_owned());
    }
    match url {
        Ok(url) if faults.is_empty() => Ok(Checked {
            url: url.to_string(),
            description,
            events: cmd.events.clone(),
        }),
        _ => Err(ServiceError::Invalid(faults)),
    }
}
