//! A team's keys: listed, made, taken back. By those who edit the team, and nobody else.

use domain::events::TeamFact;
use domain::keys::{FreshKey, KEY_DAYS, KeyScope, KeyScopes, KeyState, KeyView, KeysView};
use domain::{ApiKeyId, Timestamp};
use store::Tx;
use store::keys::{KeyOwner, ListedKey, NewKey};

use super::caller::PREFIX;
use crate::accounts::{
    CompanyTeam, Faults, MAX_NAME, PartnerTeam, new_token, still_edits, still_edits_partner,
    token_hash,
};
use crate::facts::Scribe;
use crate::{ServiceError, Services};

/// Letters of a key that its team sees again.
const HINT: usize = 4;
/// Keys on the page; live ones that a team has at once.
const LIST_LINES: i64 = 200;
const MAX_LIVE: usize = 50;

/// Makes a key in the maker's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeKey {
    /// What it is for.
    pub name: String,
    pub scopes: Vec<KeyScope>,
    /// One of [`KEY_DAYS`].
    pub days: i64,
}

impl CompanyTeam {
    /// The company's keys, newest first.
    pub async fn keys(&self) -> Result<KeysView, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let rows = store::keys::list_by_company(&mut conn, self.company, LIST_LINES).await?;
        view(&self.name, rows, self.services.now())
    }

    /// Makes a key that acts in this person's name; it is given this once.
    pub async fn make_key(&self, command: MakeKey) -> Result<FreshKey, ServiceError> {
        self.require_edit()?;
        let owner = KeyOwner::Company(self.company);
        let made = Made::check(&command, KeyScope::OF_COMPANY)?;
        let key = made.key(&self.services, owner, self.person.id);
        let (company, me) = (self.company, self.person.id);
        let scribe = self.services.scribe(self.actor());
        self.services
            .write((scribe, key), move |tx, (scribe, key)| {
                Box::pin(async move {
                    still_edits(tx, company, me).await?;
                    let rows = store::keys::list_by_company(tx, company, LIST_LINES).await?;
                    keep(tx, &scribe, rows, &key).await?;
                    scribe.company(tx, company, created(&key)?).await
                })
            })
            .await?;
        Ok(made.fresh())
    }

    /// Takes a key back, at once and for good.
    pub async fn revoke_key(&self, id: ApiKeyId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (company, me) = (self.company, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits(tx, company, me).await?;
                    let fact = revoke(tx, KeyOwner::Company(company), id, scribe.now).await?;
                    scribe.company(tx, company, fact).await
                })
            })
            .await
    }
}

impl PartnerTeam {
    /// The team's keys, newest first.
    pub async fn keys(&self) -> Result<KeysView, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let rows = store::keys::list_by_partner(&mut conn, self.partner, LIST_LINES).await?;
        view(&self.name, rows, self.services.now())
    }

    /// Makes a key that acts in this person's name; it is given this once.
    pub async fn make_key(&self, command: MakeKey) -> Result<FreshKey, ServiceError> {
        self.require_edit()?;
        let owner = KeyOwner::Partner(self.partner);
        let made = Made::check(&command, KeyScope::OF_PARTNER)?;
        let key = made.key(&self.services, owner, self.person.id);
        let (partner, me) = (self.partner, self.person.id);
        let scribe = self.services.scribe(self.actor());
        self.services
            .write((scribe, key), move |tx, (scribe, key)| {
                Box::pin(async move {
                    still_edits_partner(tx, partner, me).await?;
                    let rows = store::keys::list_by_partner(tx, partner, LIST_LINES).await?;
                    keep(tx, &scribe, rows, &key).await?;
                    scribe.partner(tx, partner, created(&key)?).await
                })
            })
            .await?;
        Ok(made.fresh())
    }

    /// Takes a key back, at once and for good.
    pub async fn revoke_key(&self, id: ApiKeyId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (partner, me) = (self.partner, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits_partner(tx, partner, me).await?;
                    let fact = revoke(tx, KeyOwner::Partner(partner), id, scribe.now).await?;
                    scribe.partner(tx, partner, fact).await
                })
            })
            .await
    }
}

/// A command whose inputs were read, and the key that nobody knows yet.
struct Made {
    name: String,
    scopes: KeyScopes,
    days: i64,
    token: String,
}

impl Made {
    fn check(command: &MakeKey, of_side: &[KeyScope]) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let name = faults.line("name", "what the key is for", &command.name, MAX_NAME);
        if !command.scopes.iter().all(|scope| of_side.contains(scope)) {
            faults.add("scopes", "Choose from the listed scopes");
        }
        if !KEY_DAYS.contains(&command.days) {
            faults.add("days", "Choose when the key ends");
        }
        faults.none()?;
        Ok(Self {
            name,
            scopes: KeyScopes::new(command.scopes.iter().copied()),
            days: command.days,
            token: format!("{PREFIX}{}", new_token()?),
        })
    }

    fn key(&self, services: &Services, owner: KeyOwner, maker: domain::UserId) -> NewKey {
        let now = services.now();
        let hint = self.token.len().saturating_sub(HINT);
        NewKey {
            id: services.id(),
            token_hash: token_hash(&self.token),
            owner,
            maker,
            name: self.name.clone(),
            hint: self.token.get(hint..).unwrap_or_default().to_owned(),
            scopes: self.scopes.text(),
            created_at: now,
            expires_at: now.plus_days(self.days),
        }
    }

    fn fresh(self) -> FreshKey {
        FreshKey {
            name: self.name,
            token: self.token,
        }
    }
}

/// The team's row is locked: nobody else makes one meanwhile.
async fn keep(
    tx: &mut Tx,
    scribe: &Scribe,
    rows: Vec<ListedKey>,
    key: &NewKey,
) -> Result<(), ServiceError> {
    let live = rows
        .iter()
        .filter(|row| state(row, scribe.now) == KeyState::Live);
    if live.count() >= MAX_LIVE {
        let text = "This team has 50 keys. Revoke one that is not used any more";
        return Err(ServiceError::input("name", text));
    }
    Ok(store::keys::insert(tx, key).await?)
}

fn created(key: &NewKey) -> Result<TeamFact, ServiceError> {
    Ok(TeamFact::KeyCreated {
        key: key.id,
        name: key.name.clone(),
        scopes: scopes(&key.scopes)?,
    })
}

async fn revoke(
    tx: &mut Tx,
    owner: KeyOwner,
    key: ApiKeyId,
    now: Timestamp,
) -> Result<TeamFact, ServiceError> {
    let name = store::keys::revoke(tx, owner, key, now).await?;
    let name = name.ok_or(ServiceError::NotFound)?;
    Ok(TeamFact::KeyRevoked { key, name })
}

fn view(team: &str, rows: Vec<ListedKey>, now: Timestamp) -> Result<KeysView, ServiceError> {
    let key = |row: ListedKey| {
        Ok(KeyView {
            state: state(&row, now),
            scopes: scopes(&row.scopes)?,
            id: row.id,
            name: row.name,
            hint: row.hint,
            maker: row.maker,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        })
    };
    let keys: Result<Vec<KeyView>, ServiceError> = rows.into_iter().map(key).collect();
    Ok(KeysView {
        team: team.to_owned(),
        keys: keys?,
    })
}

fn scopes(text: &str) -> Result<KeyScopes, ServiceError> {
    KeyScopes::read(text).map_err(|_| ServiceError::Internal(format!("unknown scope in {text:?}")))
}

fn state(row: &ListedKey, now: Timestamp) -> KeyState {
    match row.revoked_at {
        Some(at) => KeyState::Revoked { at },
        None if row.expires_at <= now => KeyState::Expired { at: row.expires_at },
        None if !row.maker_stays => KeyState::MakerLeft,
        None => KeyState::Live,
    }
}
