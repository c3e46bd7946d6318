//! The way into a program by a key: the maker's own, of the key's own team, and nobody else's.

use domain::people::{CompanyRole, PartnerRight};
use domain::program::Program;
use domain::{MembershipId, ProgramId};
use store::access;
use store::keys::KeyOwner;

use super::KeyCaller;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// A program, entered by a key.
#[derive(Debug, Clone)]
pub enum Entry {
    Company(CompanyAccess),
    Partner(PartnerAccess),
}

/// A program that a key opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyProgram {
    pub program: Program,
    pub company: String,
    /// For a partner team's key: by what the team takes part.
    pub membership: Option<MembershipId>,
    /// For a company's key: the maker's role.
    pub role: Option<CompanyRole>,
    pub may_register: bool,
}

impl KeyCaller {
    /// The program, if the key's team has it. Absent, foreign, or another team of the maker's: not found.
    pub async fn enter(&self, program: ProgramId) -> Result<Entry, ServiceError> {
        match self.key.owner {
            KeyOwner::Company(_) => Ok(Entry::Company(self.enter_company(program).await?)),
            KeyOwner::Partner(_) => Ok(Entry::Partner(self.enter_partner(program).await?)),
        }
    }

    /// The program as the company's own. Refused to a partner team's key, which is told so where it knows the program.
    pub async fn enter_company(&self, program: ProgramId) -> Result<CompanyAccess, ServiceError> {
        if self.partner().is_some() {
            return Err(self.other_side(program).await);
        }
        let access = self.services.company(self.person.id, program).await?;
        if self.key.owner != KeyOwner::Company(access.company) {
            return Err(ServiceError::NotFound);
        }
        Ok(CompanyAccess {
            key: Some(self.key.clone()),
            ..access
        })
    }

    /// The program as one that the partner team joined. Refused to a company's key, likewise.
    pub async fn enter_partner(&self, program: ProgramId) -> Result<PartnerAccess, ServiceError> {
        let Some(partner) = self.partner() else {
            return Err(self.other_side(program).await);
        };
        let mut conn = self.services.read().await?;
        let rows = access::list_for_partner(&mut conn, self.person.id).await?;
        let row = rows.into_iter().find(|row| {
            row.membership.partner_id == partner
                && row.program.id == program
                && row.role.may(PartnerRight::ViewDeals, row.membership.status)
        });
        let access = self
            .services
            .partner_access(row.ok_or(ServiceError::NotFound)?);
        Ok(PartnerAccess {
            key: Some(self.key.clone()),
            ..access
        })
    }

    /// Why what is the other side's is not done: of a program that the key knows it is forbidden.
    async fn other_side(&self, program: ProgramId) -> ServiceError {
        match self.programs().await {
            Ok(programs) if programs.iter().any(|known| known.program.id == program) => {
                ServiceError::Forbidden
            }
            Ok(_) => ServiceError::NotFound,
            Err(error) => error,
        }
    }

    /// Every program that the key opens, by name.
    pub async fn programs(&self) -> Result<Vec<KeyProgram>, ServiceError> {
        let mut conn = self.services.read().await?;
        let mut programs = Vec::new();
        match self.key.owner {
            KeyOwner::Company(company) => {
                let rows = access::list_for_company(&mut conn, self.person.id).await?;
                let own = rows
                    .into_iter()
                    .filter(|row| row.program.company == company);
                programs.extend(own.map(|row| self.services.company_access(row).key_program()));
            }
            KeyOwner::Partner(partner) => {
                for row in access::list_for_partner(&mut conn, self.person.id).await? {
                    let sees = row.role.may(PartnerRight::ViewDeals, row.membership.status);
                    if row.membership.partner_id == partner && sees {
                        let access = PartnerAccess {
                            key: Some(self.key.clone()),
                            ..self.services.partner_access(row)
                        };
                        programs.push(access.key_program());
                    }
                }
            }
        }
        programs
            .sort_by(|a, b| (&a.program.name, a.program.id).cmp(&(&b.program.name, b.program.id)));
        Ok(programs)
    }
}

impl Entry {
    /// The program as a key's answer shows it.
    pub fn program(&self) -> KeyProgram {
        match self {
            Self::Company(access) => access.key_program(),
            Self::Partner(access) => access.key_program(),
        }
    }
}

impl CompanyAccess {
    fn key_program(&self) -> KeyProgram {
        KeyProgram {
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            membership: None,
            role: Some(self.role),
            may_register: false,
        }
    }
}

impl PartnerAccess {
    fn key_program(&self) -> KeyProgram {
        let registers = self.require(PartnerRight::Register).is_ok();
        KeyProgram {
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            membership: Some(self.membership),
            role: None,
            may_register: registers && self.program.submissions_open,
        }
    }
}
