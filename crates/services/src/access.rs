//! Who may enter: the two doors into a program. What an actor may not see does not exist for them.

use std::sync::Arc;

use domain::people::{
    Actor, CompanyRight, CompanyRole, MembershipStatus, PartnerRight, PartnerRole, Person,
};
use domain::program::Program;
use domain::views::{CompanyProgramView, PartnerProgramView};
use domain::{CompanyId, Locale, MembershipId, PartnerId, ProgramId, TierId, UserId};

use store::Conn;
use store::messages::unread;

use crate::keys::{KeyUse, Once};
use crate::{ServiceError, Services};

/// A person of a partner team, in one program that the team joined.
#[derive(Debug, Clone)]
pub struct PartnerAccess {
    pub(crate) services: Services,
    pub(crate) person: Person,
    pub(crate) membership: MembershipId,
    pub(crate) company: CompanyId,
    pub(crate) company_name: String,
    pub(crate) partner: PartnerId,
    pub(crate) partner_name: String,
    pub(crate) role: PartnerRole,
    pub(crate) status: MembershipStatus,
    pub(crate) tier: Option<TierId>,
    pub(crate) tier_name: Option<String>,
    pub(crate) program: Arc<Program>,
    /// The API key by which it was opened.
    pub(crate) key: Option<KeyUse>,
    /// For one command of a page: see [`Self::once`].
    pub(crate) resent: Option<Once>,
    /// How numbers and days are written for the person, in what is put in words for them.
    pub(crate) locale: Locale,
}

/// A person of a company's team, in one of the company's programs.
#[derive(Debug, Clone)]
pub struct CompanyAccess {
    pub(crate) services: Services,
    pub(crate) person: Person,
    pub(crate) company: CompanyId,
    pub(crate) company_name: String,
    pub(crate) role: CompanyRole,
    pub(crate) program: Arc<Program>,
    /// The API key by which it was opened.
    pub(crate) key: Option<KeyUse>,
    /// For one command of a page: see [`Self::once`].
    pub(crate) resent: Option<Once>,
    /// How numbers and days are written for the person, in what is put in words for them.
    pub(crate) locale: Locale,
}

impl Services {
    /// The person's access through a membership. Absent, foreign, only invited or ended: not found.
    pub async fn partner(
        &self,
        user: UserId,
        membership: MembershipId,
    ) -> Result<PartnerAccess, ServiceError> {
        let mut conn = self.read().await?;
        let row = store::access::find_for_partner(&mut conn, user, membership)
            .await?
            .filter(|row| row.role.may(PartnerRight::ViewDeals, row.membership.status))
            .ok_or(ServiceError::NotFound)?;
        Ok(self.partner_access(row))
    }

    pub(crate) fn partner_access(&self, row: store::access::PartnerAccess) -> PartnerAccess {
        PartnerAccess {
            services: self.clone(),
            person: row.person,
            membership: row.membership.id,
            company: row.program.company,
            company_name: row.company_name,
            partner: row.membership.partner_id,
            partner_name: row.partner_name,
            role: row.role,
            status: row.membership.status,
            tier: row.membership.tier_id,
            tier_name: row.tier_name,
            program: Arc::new(row.program),
            key: None,
            resent: None,
            locale: Locale::default(),
        }
    }

    /// The person's access to a program of their own company. Absent or foreign: not found.
    pub async fn company(
        &self,
        user: UserId,
        program: ProgramId,
    ) -> Result<CompanyAccess, ServiceError> {
        let mut conn = self.read().await?;
        let row = store::access::find_for_company(&mut conn, user, program)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Ok(self.company_access(row))
    }

    pub(crate) fn company_access(&self, row: store::access::CompanyAccess) -> CompanyAccess {
        CompanyAccess {
            services: self.clone(),
            person: row.person,
            company: row.program.company,
            company_name: row.company_name,
            role: row.role,
            program: Arc::new(row.program),
            key: None,
            resent: None,
            locale: Locale::default(),
        }
    }
}

/// Somebody whose account was shut is nobody's colleague any more.
pub(crate) async fn person(conn: &mut Conn, user: UserId) -> Result<Person, ServiceError> {
    let found = store::accounts::users::find(conn, user).await?;
    found
        .filter(|user| user.disabled_at.is_none())
        .map(|user| Person {
            id: user.id,
            name: user.name,
            email: user.email,
        })
        .ok_or(ServiceError::NotFound)
}

impl PartnerAccess {
    /// The same, for somebody who writes numbers and days that way.
    #[must_use]
    pub fn in_locale(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    pub fn person(&self) -> &Person {
        &self.person
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    pub fn membership(&self) -> MembershipId {
        self.membership
    }

    /// As whom events are recorded.
    pub fn actor(&self) -> Actor {
        Actor::partner(self.person.id)
    }

    /// Refuses what the person's role, or the membership's status, did not allow when the door was opened: enough for a
    /// page. A command asks again inside its write.
    pub fn require(&self, right: PartnerRight) -> Result<(), ServiceError> {
        let key = self.key.as_ref();
        let allowed = key.is_none_or(|key| key.scopes.allow_partner(right));
        if allowed && self.role.may(right, self.status) {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// The head of every partner page, with what the person has not read.
    pub async fn head_now(&self) -> Result<PartnerProgramView, ServiceError> {
        Ok(PartnerProgramView {
            unread_messages: self.unread_messages().await?,
            ..self.head()
        })
    }

    /// The head of every partner page.
    pub fn head(&self) -> PartnerProgramView {
        PartnerProgramView {
            membership: self.membership,
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            partner: self.partner_name.clone(),
            partner_id: self.partner,
            role: self.role,
            status: self.status,
            tier: self.tier_name.clone(),
            may_register: self.program.submissions_open
                && self.role.may(PartnerRight::Register, self.status),
            may_work: self.role.may(PartnerRight::WorkDeals, self.status),
            unread_messages: 0,
        }
    }
}

impl CompanyAccess {
    /// The same, for somebody who writes numbers and days that way.
    #[must_use]
    pub fn in_locale(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    pub fn person(&self) -> &Person {
        &self.person
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// As whom events are recorded.
    pub fn actor(&self) -> Actor {
        Actor::company(self.person.id)
    }

    /// Refuses what the person's role did not allow when the door was opened: enough for a page. A command asks again
    /// inside its write.
    pub fn require(&self, right: CompanyRight) -> Result<(), ServiceError> {
        let key = self.key.as_ref();
        let allowed = key.is_none_or(|key| key.scopes.allow_company(right));
        if allowed && self.role.may(right) {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// The head of every company page.
    pub async fn head(&self) -> Result<CompanyProgramView, ServiceError> {
        let mut conn = self.services.read().await?;
        let (company, program) = (self.company, self.program.id);
        Ok(CompanyProgramView {
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            role: self.role,
            tiers: store::programs::list_tiers(&mut conn, company, program).await?,
            waiting: store::deals::waiting_for_company(&mut conn, company, program).await?,
            unread_messages: unread::of_program(&mut conn, self.person.id, program).await?,
        })
    }
}
