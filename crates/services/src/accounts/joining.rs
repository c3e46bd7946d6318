//! Accepting an invitation: signed in, or by making the account on the way.

use domain::events::{ProgramFact, TeamFact};
use domain::people::{Actor, CompanyRole, MembershipStatus, PartnerRole, Person, Side, Team};
use domain::views::{InvitationOffer, InvitationPage};
use domain::{CompanyId, PartnerId, ProgramId};
use store::accounts::links::{self, LinkKind, OneTimeLink};
use store::accounts::{sessions, users};
use store::memberships::{self, Membership};
use store::partners::{self, Partner};
use store::{Conn, Tx, companies, programs};

use super::inputs::{Faults, MAX_NAME, NewPerson, fold_email};
use super::secrets::token_hash;
use super::{NewSession, Origin};
use crate::facts::Scribe;
use crate::{ServiceError, Services};

/// Accepts an invitation.
#[derive(Debug, Clone)]
pub struct AcceptInvitation {
    pub token: String,
    /// The account to make; its address is the invited one. `None`: the one who is signed in accepts.
    pub account: Option<NewPerson>,
    /// The own team that joins the program; `None` makes a new one.
    pub team: Option<PartnerId>,
    pub origin: Origin,
}

/// What the link says that is to be done.
#[derive(Debug, Clone)]
enum Joins {
    Company(CompanyId, CompanyRole),
    Partner(PartnerId, PartnerRole),
    Program(CompanyId, ProgramId, String),
}

fn joins(link: &OneTimeLink) -> Option<Joins> {
    match link.kind.0 {
        LinkKind::InviteCompany => {
            let role = link.role.as_deref()?.parse().ok()?;
            Some(Joins::Company(link.company_id?, role))
        }
        LinkKind::InvitePartner => {
            if let Some(program) = link.program_id {
                let name = link.partner_name.clone()?;
                return Some(Joins::Program(link.company_id?, program, name));
            }
            let role = link.role.as_deref()?.parse().ok()?;
            Some(Joins::Partner(link.partner_id?, role))
        }
        LinkKind::Setup | LinkKind::Reset => None,
    }
}

async fn find_open(
    conn: &mut Conn,
    hash: &[u8],
    now: domain::Timestamp,
) -> Result<(OneTimeLink, Joins), ServiceError> {
    let link = links::find_open(conn, hash, now).await?;
    let link = link.ok_or(ServiceError::NotFound)?;
    let joins = joins(&link).ok_or(ServiceError::NotFound)?;
    Ok((link, joins))
}

#[derive(Clone)]
struct Joining {
    token_hash: Vec<u8>,
    person: Person,
    /// The account to insert first.
    account: Option<users::User>,
    session: Option<sessions::Session>,
    team: Option<PartnerId>,
}

impl Services {
    /// What the invitation's page says. Used, expired or unknown: not found.
    pub async fn open_invitation(
        &self,
        token: &str,
        person: Option<Person>,
    ) -> Result<InvitationPage, ServiceError> {
        let mut conn = self.read().await?;
        let (link, joins) = find_open(&mut conn, &token_hash(token), self.now()).await?;
        let (host, offer) = offer(&mut conn, &joins).await?;
        let by = match link.created_by {
            Some(by) => users::find(&mut conn, by).await?.map(|user| user.name),
            None => None,
        };
        let own_teams = match (&person, &joins) {
            (Some(person), Joins::Program(..)) => {
                let teams = store::access::list_teams(&mut conn, person.id).await?;
                teams.into_iter().filter_map(owned).collect()
            }
            _ => Vec::new(),
        };
        Ok(InvitationPage {
            host,
            offer,
            email: link.email.unwrap_or_default(),
            by: by.unwrap_or_default(),
            person,
            own_teams,
        })
    }

    /// Accepts it. Gives a session when an account was made.
    pub async fn accept_invitation(
        &self,
        cmd: AcceptInvitation,
        signed_in: Option<Person>,
    ) -> Result<Option<NewSession>, ServiceError> {
        let hash = token_hash(&cmd.token);
        let (link, _) = find_open(&mut self.read().await?, &hash, self.now()).await?;
        let (person, account) = match (cmd.account, signed_in) {
            (Some(account), _) => {
                let email = link.email.unwrap_or(account.email);
                let user = self
                    .new_account(&account.name, &email, &account.password)
                    .await?;
                let person = Person {
                    id: user.id,
                    name: user.name.clone(),
                    email: user.email.clone(),
                };
                (person, Some(user))
            }
            (None, Some(person)) => (person, None),
            (None, None) => return Err(ServiceError::SignedOut),
        };
        let (session, row) = if account.is_some() {
            let (session, row) = self.new_session(person.clone(), &cmd.origin)?;
            (Some(session), Some(row))
        } else {
            (None, None)
        };
        let scribe = self.scribe(Actor::partner(person.id));
        let joining = Joining {
            token_hash: hash,
            person,
            account,
            session: row,
            team: cmd.team,
        };
        self.write((scribe, joining), |tx, (scribe, joining)| {
            Box::pin(join(tx, scribe, joining))
        })
        .await?;
        Ok(session)
    }

    /// An account to be inserted.
    pub(super) async fn new_account(
        &self,
        name: &str,
        email: &str,
        password: &str,
    ) -> Result<users::User, ServiceError> {
        let mut faults = Faults::default();
        let name = faults.line("name", "your name", name, MAX_NAME);
        let email = faults.email("email", email);
        faults.password("password", password, &email);
        faults.none()?;
        Ok(users::User {
            id: self.id(),
            email_folded: fold_email(&email),
            email,
            name,
            password_hash: Some(self.hash_password(password).await?),
            created_at: self.now(),
            disabled_at: None,
        })
    }
}

/// A team that the person may enter into programs.
fn owned(team: Team) -> Option<(PartnerId, String)> {
    match team {
        Team::Partner {
            id,
            name,
            role: PartnerRole::Owner,
        } => Some((id, name)),
        Team::Partner { .. } | Team::Company { .. } => None,
    }
}

async fn offer(conn: &mut Conn, joins: &Joins) -> Result<(String, InvitationOffer), ServiceError> {
    let company_name = async |conn: &mut Conn, id| {
        let company = companies::find(conn, id).await?;
        Ok::<_, ServiceError>(company.ok_or(ServiceError::NotFound)?.name)
    };
    Ok(match joins {
        Joins::Company(company, role) => {
            let offer = InvitationOffer::CompanyTeam { role: *role };
            (company_name(conn, *company).await?, offer)
        }
        Joins::Partner(partner, role) => {
            let partner = partners::find(conn, *partner).await?;
            let offer = InvitationOffer::PartnerTeam { role: *role };
            (partner.ok_or(ServiceError::NotFound)?.name, offer)
        }
        Joins::Program(company, program, partner_name) => {
            let program = programs::find(conn, *program).await?;
            let offer = InvitationOffer::Program {
                program: program.ok_or(ServiceError::NotFound)?.name,
                partner_name: partner_name.clone(),
            };
            (company_name(conn, *company).await?, offer)
        }
    })
}

async fn join(tx: &mut Tx, scribe: Scribe, joining: Joining) -> Result<(), ServiceError> {
    let (link, joins) = find_open(tx, &joining.token_hash, scribe.now).await?;
    if !links::save_used(tx, link.id, scribe.now).await? {
        return Err(ServiceError::NotFound);
    }
    if let Some(account) = &joining.account
        && !users::insert(tx, account).await?
    {
        return Err(ServiceError::input(
            "name",
            "There is an account with this email address already. Sign in, then open the invitation again",
        ));
    }
    if let Some(session) = &joining.session {
        sessions::insert(tx, session).await?;
    }
    let user = joining.person.id;
    match joins {
        Joins::Company(company, role) => {
            if !companies::insert_member(tx, company, user, role, scribe.now).await? {
                let now = companies::find_role(tx, company, user).await?;
                return Err(in_already(now.map(CompanyRole::label)));
            }
            let role = role.as_str().into();
            let scribe = scribe.acting(user, Side::Company);
            scribe
                .company(tx, company, TeamFact::PersonJoined { user, role })
                .await
        }
        Joins::Partner(partner, role) => {
            join_partner(tx, &scribe, partner, &joining.person, role).await
        }
        Joins::Program(company, program, name) => {
            let partner = match joining.team {
                Some(team) => own_team(tx, team, &joining.person).await?,
                None => new_team(tx, &scribe, &name, &joining.person).await?,
            };
            enter_program(tx, &scribe, &link, (company, program), &partner).await
        }
    }
}

async fn join_partner(
    tx: &mut Tx,
    scribe: &Scribe,
    partner: PartnerId,
    person: &Person,
    role: PartnerRole,
) -> Result<(), ServiceError> {
    let user = person.id;
    if !partners::insert_member(tx, partner, user, role, scribe.now).await? {
        let now = partners::find_role(tx, partner, user).await?;
        return Err(in_already(now.map(PartnerRole::label)));
    }
    let role = role.as_str().into();
    scribe
        .partner(tx, partner, TeamFact::PersonJoined { user, role })
        .await
}

/// A link makes a member, and never changes one. It stays open for whom it was meant.
fn in_already(role: Option<&str>) -> ServiceError {
    let role = role.unwrap_or("member").to_lowercase();
    ServiceError::input(
        "team",
        &format!(
            "You are in this team already, as {role}. Somebody who edits the team can give you another role; \
             this invitation stays open for whom it was meant"
        ),
    )
}

/// Only an owner takes a team into a program.
async fn own_team(tx: &mut Tx, team: PartnerId, person: &Person) -> Result<Partner, ServiceError> {
    let role = partners::find_role(tx, team, person.id).await?;
    if role != Some(PartnerRole::Owner) {
        return Err(ServiceError::input("team", "Choose one of your own teams"));
    }
    partners::find(tx, team)
        .await?
        .ok_or(ServiceError::NotFound)
}

async fn new_team(
    tx: &mut Tx,
    scribe: &Scribe,
    name: &str,
    person: &Person,
) -> Result<Partner, ServiceError> {
    let partner = Partner {
        id: scribe.id(),
        name: name.to_owned(),
        country: String::new(),
        created_at: scribe.now,
        version: 1,
    };
    partners::insert(tx, &partner).await?;
    let fact = TeamFact::PartnerCreated {
        name: name.to_owned(),
    };
    scribe.partner(tx, partner.id, fact).await?;
    join_partner(tx, scribe, partner.id, person, PartnerRole::Owner).await?;
    Ok(partner)
}

async fn enter_program(
    tx: &mut Tx,
    scribe: &Scribe,
    link: &OneTimeLink,
    (company, program): (CompanyId, ProgramId),
    partner: &Partner,
) -> Result<(), ServiceError> {
    let membership = Membership {
        id: scribe.id(),
        company_id: company,
        program_id: program,
        partner_id: partner.id,
        tier_id: link.tier_id,
        status: MembershipStatus::Active,
        created_at: scribe.now,
        changed_at: scribe.now,
        version: 1,
    };
    if !memberships::insert(tx, &membership).await? {
        // Suspended or ended is the company's decision: an old link does not undo it.
        return Err(ServiceError::input(
            "team",
            "This team is in the program already",
        ));
    }
    let fact = ProgramFact::PartnerJoined {
        partner: partner.id,
        name: partner.name.clone(),
    };
    scribe
        .program(tx, (company, program), Some(partner.id), 0, fact)
        .await
}
