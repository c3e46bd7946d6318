//! A company's team: who is in it, with which role.

use domain::events::TeamFact;
use domain::people::{Actor, CompanyRight, CompanyRole, Person};
use domain::views::{MemberView, TeamView};
use domain::{CompanyId, UserId};
use store::Tx;
use store::accounts::links::{self, LinkKind};
use store::companies;
use store::keys::KeyOwner;
use store::saved_views;

use super::invitations::{found, views};
use crate::access::person;
use crate::{ServiceError, Services};

/// A person of a company's team, at the company's own pages.
#[derive(Debug, Clone)]
pub struct CompanyTeam {
    pub(crate) services: Services,
    pub(crate) person: Person,
    pub(crate) company: CompanyId,
    pub(crate) name: String,
    pub(crate) role: CompanyRole,
}

impl Services {
    /// The person's own company. Absent or foreign: not found.
    pub async fn company_team(
        &self,
        user: UserId,
        company: CompanyId,
    ) -> Result<CompanyTeam, ServiceError> {
        let mut conn = self.read().await?;
        let role = companies::find_role(&mut conn, company, user).await?;
        let role = role.ok_or(ServiceError::NotFound)?;
        let row = companies::find(&mut conn, company).await?;
        Ok(CompanyTeam {
            services: self.clone(),
            person: person(&mut conn, user).await?,
            company,
            name: row.ok_or(ServiceError::NotFound)?.name,
            role,
        })
    }
}

impl CompanyTeam {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn role(&self) -> CompanyRole {
        self.role
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::company(self.person.id)
    }

    pub(crate) fn require_edit(&self) -> Result<(), ServiceError> {
        if self.role.may(CompanyRight::EditTeam) {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// Members and open invitations; the latter for those who may invite.
    pub async fn view(&self) -> Result<TeamView, ServiceError> {
        let mut conn = self.services.read().await?;
        let may_edit = self.role.may(CompanyRight::EditTeam);
        let members = companies::list_members(&mut conn, self.company).await?;
        let member = |row: companies::CompanyMember| MemberView {
            user: row.user_id,
            name: row.name,
            email: row.email,
            role: row.role.as_str().to_owned(),
            since: row.created_at,
        };
        let invitations = if may_edit {
            let kind = LinkKind::InviteCompany;
            let now = self.services.now();
            let rows = links::list_open_by_company(&mut conn, self.company, kind, now).await?;
            views(&mut conn, rows).await?
        } else {
            Vec::new()
        };
        Ok(TeamView {
            name: self.name.clone(),
            members: members.into_iter().map(member).collect(),
            invitations,
            may_edit,
        })
    }

    /// Gives a member another role. The last admin stays one.
    pub async fn change_role(&self, user: UserId, role: CompanyRole) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (company, me) = (self.company, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits(tx, company, me).await?;
                    let old = companies::find_role(tx, company, user).await?;
                    if old.ok_or(ServiceError::NotFound)? == role {
                        return Ok(());
                    }
                    companies::save_role(tx, company, user, role).await?;
                    if !role.may(CompanyRight::EditTeam) {
                        links::delete_by_company_inviter(tx, company, user).await?;
                    }
                    admin_stays(tx, company).await?;
                    let role = role.as_str().into();
                    scribe
                        .company(tx, company, TeamFact::RoleChanged { user, role })
                        .await
                })
            })
            .await
    }

    /// Takes a member out of the team. The last admin stays.
    pub async fn remove(&self, user: UserId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (company, me) = (self.company, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits(tx, company, me).await?;
                    found(companies::delete_member(tx, company, user).await?)?;
                    links::delete_by_company_inviter(tx, company, user).await?;
                    let owner = KeyOwner::Company(company);
                    store::keys::revoke_by_maker(tx, owner, user, scribe.now).await?;
                    saved_views::delete_of_company_member(tx, company, user).await?;
                    admin_stays(tx, company).await?;
                    scribe
                        .company(tx, company, TeamFact::PersonRemoved { user })
                        .await
                })
            })
            .await
    }
}

/// Takes the team's row, and asks again whether that person may edit the team: somebody may have been first.
pub(crate) async fn still_edits(
    tx: &mut Tx,
    company: CompanyId,
    user: UserId,
) -> Result<(), ServiceError> {
    companies::lock(tx, company).await?;
    let role = companies::find_role(tx, company, user).await?;
    if role
        .ok_or(ServiceError::NotFound)?
        .may(CompanyRight::EditTeam)
    {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// The company's row is locked: nobody else takes the other admin away meanwhile.
async fn admin_stays(tx: &mut Tx, company: CompanyId) -> Result<(), ServiceError> {
    if companies::count_role(tx, company, CompanyRole::Admin).await? == 0 {
        return Err(ServiceError::input(
            "role",
            "A company keeps at least one admin. Make somebody else one first",
        ));
    }
    Ok(())
}
