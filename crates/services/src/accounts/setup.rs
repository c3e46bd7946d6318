//! The first account of an installation, through a link that only the operator sees.

use domain::events::TeamFact;
use domain::people::{Actor, CompanyRole, Person, Side};
use domain::text::slug;
use domain::views::LinkView;
use domain::{CompanyId, Currency};
use store::Tx;
use store::accounts::links::{self, LinkKind};
use store::accounts::{sessions, users};
use store::companies::{self, Company};

use super::inputs::{Faults, MAX_NAME, NewPerson, fold_email};
use super::new_link::NewLink;
use super::secrets::token_hash;
use super::{NewSession, Origin};
use crate::facts::Scribe;
use crate::programs::{ProgramSeed, insert_program};
use crate::{ServiceError, Services};

const OPEN_DAYS: i64 = 7;

/// Makes the first account, its company and the company's first program.
#[derive(Debug, Clone)]
pub struct SetUp {
    pub token: String,
    pub person: NewPerson,
    pub company: String,
    pub program: String,
    pub currency: String,
    pub origin: Origin,
}

#[derive(Clone)]
struct FirstRows {
    token_hash: Vec<u8>,
    user: users::User,
    company: String,
    program: ProgramSeed,
    session: sessions::Session,
}

impl Services {
    /// A set-up link while nobody has an account. Several may be open (each process that starts shows one); the first
    /// that is used closes the door.
    pub async fn create_setup_link(&self) -> Result<Option<LinkView>, ServiceError> {
        if users::exists_any(&mut self.read().await?).await? {
            return Ok(None);
        }
        let link = NewLink::new(self, LinkKind::Setup, "setup", OPEN_DAYS)?;
        let (view, row) = (link.view(""), link.row);
        self.write(row, |tx, row| {
            Box::pin(async move { Ok(links::insert(tx, &row).await?) })
        })
        .await?;
        Ok(Some(view))
    }

    /// Whether that set-up link still works.
    pub async fn check_setup_link(&self, token: &str) -> Result<(), ServiceError> {
        let (now, mut conn) = (self.now(), self.read().await?);
        let link = links::find_open(&mut conn, &token_hash(token), now).await?;
        match link.filter(|link| link.kind.0 == LinkKind::Setup) {
            Some(_) if !users::exists_any(&mut conn).await? => Ok(()),
            _ => Err(ServiceError::NotFound),
        }
    }

    /// Uses the set-up link: account, company, program, and a session to go on with.
    pub async fn set_up(&self, cmd: SetUp) -> Result<NewSession, ServiceError> {
        self.check_setup_link(&cmd.token).await?;
        let mut faults = Faults::default();
        let name = faults.line("name", "your name", &cmd.person.name, MAX_NAME);
        let email = faults.email("email", &cmd.person.email);
        faults.password("password", &cmd.person.password, &email);
        let company = faults.line(
            "company",
            "the company\u{2019}s name",
            &cmd.company,
            MAX_NAME,
        );
        let program = ProgramSeed::read(&mut faults, &cmd.program, &cmd.currency);
        faults.none()?;
        let hash = self.hash_password(&cmd.person.password).await?;
        let person = Person {
            id: self.id(),
            name,
            email,
        };
        let user = users::User {
            id: person.id,
            email: person.email.clone(),
            email_folded: fold_email(&person.email),
            name: person.name.clone(),
            password_hash: Some(hash),
            created_at: self.now(),
            disabled_at: None,
        };
        let (session, row) = self.new_session(person, &cmd.origin)?;
        let rows = FirstRows {
            token_hash: token_hash(&cmd.token),
            company,
            program,
            session: row,
            user,
        };
        let scribe = self.scribe(Actor::company(rows.user.id));
        self.write((scribe, rows), |tx, (scribe, rows)| {
            Box::pin(insert_first(tx, scribe, rows))
        })
        .await?;
        Ok(session)
    }
}

async fn insert_first(tx: &mut Tx, scribe: Scribe, rows: FirstRows) -> Result<(), ServiceError> {
    let link = links::find_open(tx, &rows.token_hash, scribe.now).await?;
    let link = link.ok_or(ServiceError::NotFound)?;
    // The link's row stays locked, and so does the mark, until this ends: two set-ups cannot both be the first.
    let first = links::save_used(tx, link.id, scribe.now).await?
        && links::claim_setup(tx).await?
        && !users::exists_any(tx).await?;
    if !first || !users::insert(tx, &rows.user).await? {
        return Err(ServiceError::NotFound);
    }
    sessions::insert(tx, &rows.session).await?;
    let company = insert_company(tx, &scribe, &rows.company).await?;
    let (user, role) = (rows.user.id, CompanyRole::Admin);
    companies::insert_member(tx, company, user, role, scribe.now).await?;
    let fact = TeamFact::PersonJoined {
        user,
        role: role.as_str().into(),
    };
    let scribe = scribe.acting(user, Side::Company);
    scribe.company(tx, company, fact).await?;
    insert_program(tx, &scribe, company, &rows.program).await?;
    Ok(())
}

/// A company of that name, under the first address that is free.
pub(crate) async fn insert_company(
    tx: &mut Tx,
    scribe: &Scribe,
    name: &str,
) -> Result<CompanyId, ServiceError> {
    let mut company = Company {
        id: scribe.id(),
        name: name.to_owned(),
        slug: String::new(),
        created_at: scribe.now,
        version: 1,
    };
    for slug in free_slugs(name, "company") {
        company.slug = slug;
        if companies::insert(tx, &company).await? {
            let fact = TeamFact::CompanyCreated {
                name: company.name.clone(),
            };
            scribe.company(tx, company.id, fact).await?;
            return Ok(company.id);
        }
    }
    Err(ServiceError::input(
        "company",
        "Choose another name: too many companies have this one",
    ))
}

/// `acme`, `acme-2`, `acme-3`...
pub(crate) fn free_slugs(name: &str, otherwise: &str) -> impl Iterator<Item = String> {
    let base = Some(slug(name)).filter(|slug| !slug.is_empty());
    let base = base.unwrap_or_else(|| otherwise.to_owned());
    (1..100).map(move |number| match number {
        1 => base.clone(),
        number => format!("{base}-{number}"),
    })
}

/// The currencies' codes that a program may start with.
pub(crate) fn read_currency(faults: &mut Faults, text: &str) -> Currency {
    text.trim().to_uppercase().parse().unwrap_or_else(|_| {
        faults.add("currency", "Choose a currency from the list");
        Currency::EUR
    })
}
