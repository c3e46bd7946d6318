//! A partner team: who is in it, with which role.

use domain::events::TeamFact;
use domain::people::{Actor, PartnerRole, Person};
use domain::views::{MemberView, TeamView};
use domain::{PartnerId, UserId};
use store::Tx;
use store::accounts::links;
use store::keys::KeyOwner;
use store::{partners, saved_views};

use super::invitations::{found, views};
use crate::access::person;
use crate::{ServiceError, Services};

/// A person of a partner team, at the team's own pages.
#[derive(Debug, Clone)]
pub struct PartnerTeam {
    pub(crate) services: Services,
    pub(crate) person: Person,
    pub(crate) partner: PartnerId,
    pub(crate) name: String,
    pub(crate) role: PartnerRole,
}

impl Services {
    /// The person's own partner team. Absent or foreign: not found.
    pub async fn partner_team(
        &self,
        user: UserId,
        partner: PartnerId,
    ) -> Result<PartnerTeam, ServiceError> {
        let mut conn = self.read().await?;
        let role = partners::find_role(&mut conn, partner, user).await?;
        let role = role.ok_or(ServiceError::NotFound)?;
        let row = partners::find(&mut conn, partner).await?;
        Ok(PartnerTeam {
            services: self.clone(),
            person: person(&mut conn, user).await?,
            partner,
            name: row.ok_or(ServiceError::NotFound)?.name,
            role,
        })
    }
}

impl PartnerTeam {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn role(&self) -> PartnerRole {
        self.role
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::partner(self.person.id)
    }

    pub(crate) fn require_edit(&self) -> Result<(), ServiceError> {
        if self.role.may_edit_team() {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// Members and open invitations; the latter for those who may invite.
    pub async fn view(&self) -> Result<TeamView, ServiceError> {
        let mut conn = self.services.read().await?;
        let may_edit = self.role.may_edit_team();
        let members = partners::list_members(&mut conn, self.partner).await?;
        let member = |row: partners::PartnerMember| MemberView {
            user: row.user_id,
            name: row.name,
            email: row.email,
            role: row.role.as_str().to_owned(),
            since: row.created_at,
        };
        let invitations = if may_edit {
            let now = self.services.now();
            let rows = links::list_open_by_partner(&mut conn, self.partner, now).await?;
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

    /// Gives a member another role. The last owner stays one.
    pub async fn change_role(&self, user: UserId, role: PartnerRole) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (partner, me) = (self.partner, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits(tx, partner, me).await?;
                    let old = partners::find_role(tx, partner, user).await?;
                    if old.ok_or(ServiceError::NotFound)? == role {
                        return Ok(());
                    }
                    partners::save_role(tx, partner, user, role).await?;
                    if !role.may_edit_team() {
                        links::delete_by_partner_inviter(tx, partner, user).await?;
                    }
                    owner_stays(tx, partner).await?;
                    let role = role.as_str().into();
                    scribe
                        .partner(tx, partner, TeamFact::RoleChanged { user, role })
                        .await
                })
            })
            .await
    }

    /// Takes a member out of the team. The last owner stays.
    pub async fn remove(&self, user: UserId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (partner, me) = (self.partner, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    still_edits(tx, partner, me).await?;
                    found(partners::delete_member(tx, partner, user).await?)?;
                    links::delete_by_partner_inviter(tx, partner, user).await?;
                    let owner = KeyOwner::Partner(partner);
                    store::keys::revoke_by_maker(tx, owner, user, scribe.now).await?;
                    saved_views::delete_of_partner_member(tx, partner, user).await?;
                    owner_stays(tx, partner).await?;
                    scribe
                        .partner(tx, partner, TeamFact::PersonRemoved { user })
                        .await
                })
            })
            .await
    }
}

/// Takes the team's row, and asks again whether that person may edit the team: somebody may have been first.
pub(crate) async fn still_edits(
    tx: &mut Tx,
    partner: PartnerId,
    user: UserId,
) -> Result<(), ServiceError> {
    partners::lock(tx, partner).await?;
    let role = partners::find_role(tx, partner, user).await?;
    if role.ok_or(ServiceError::NotFound)?.may_edit_team() {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// The partner's row is locked: nobody else takes the other owner away meanwhile.
async fn owner_stays(tx: &mut Tx, partner: PartnerId) -> Result<(), ServiceError> {
    if partners::count_role(tx, partner, PartnerRole::Owner).await? == 0 {
        return Err(ServiceError::input(
            "role",
            "A partner team keeps at least one owner. Make somebody else one first",
        ));
    }
    Ok(())
}
