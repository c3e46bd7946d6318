//! Links that let somebody in: made for one who invites, shown once.

use domain::commands::InvitePartner;
use domain::events::{ProgramFact, TeamFact};
use domain::people::CompanyRight;
use domain::views::{InvitationView, LinkView};
use domain::{LinkId, UserId};
use store::accounts::links::{self, LinkKind, OneTimeLink};
use store::accounts::{attempts, users};
use store::{Conn, Tx};

use super::inputs::{Faults, MAX_NAME};
use super::new_link::{NewLink, Words};
use super::{company_team, partner_team};
use crate::{CompanyAccess, CompanyTeam, PartnerTeam, ServiceError, Services};

/// How long an invitation can be accepted.
const OPEN_DAYS: i64 = 14;
/// Guards against a list of links without end.
const MAX_OPEN: usize = 500;
/// Of one person within a day, taken back or not: each is a mail to an address that anybody can type.
const MAX_A_DAY: i64 = 200;

fn invitation(
    services: &Services,
    kind: LinkKind,
    by: UserId,
    email: &str,
) -> Result<NewLink, ServiceError> {
    let mut link = NewLink::new(services, kind, "invite", OPEN_DAYS)?;
    link.row.created_by = Some(by);
    link.row.email = Some(email.to_owned());
    Ok(link)
}

impl CompanyAccess {
    /// Invites a partner's first owner into the program.
    pub async fn invite_partner(&self, cmd: InvitePartner) -> Result<LinkView, ServiceError> {
        self.require(CompanyRight::EditPartners)?;
        let mut faults = Faults::default();
        let name = faults.line(
            "partner_name",
            "the partner\u{2019}s name",
            &cmd.partner_name,
            MAX_NAME,
        );
        let email = faults.email("email", &cmd.email);
        let mut conn = self.services.read().await?;
        let (company, program) = (self.company, self.program.id);
        if let Some(tier) = cmd.tier {
            let tiers = store::programs::list_tiers(&mut conn, company, program).await?;
            if !tiers.iter().any(|known| known.id == tier) {
                faults.add("tier", "Choose a tier of this program");
            }
        }
        faults.none()?;
        let mut link = invitation(
            &self.services,
            LinkKind::InvitePartner,
            self.person.id,
            &email,
        )?;
        link.row.company_id = Some(company);
        link.row.program_id = Some(program);
        link.row.tier_id = cmd.tier;
        link.row.partner_name = Some(name);
        let words = Words {
            by: &self.person.name,
            host: &self.company_name,
            joins: &format!("the program {}", self.program.name),
        };
        let (mail, view) = link.invite(&self.services, words);
        let (right, given) = (CompanyRight::EditPartners, (link.row, mail, email));
        drop(conn);
        self.write(right, given, move |tx, recorder, (row, mail, email)| {
            Box::pin(async move {
                // Also takes the team's row: whoever is demoted meanwhile leaves no link behind.
                company_team::still_edits(tx, company, recorder.user()?).await?;
                let kind = LinkKind::InvitePartner;
                let open = links::list_open_by_company(tx, company, kind, recorder.now);
                let open = open.await?;
                refuse_too_many(tx, &open, &row).await?;
                links::insert(tx, &row).await?;
                store::mail::insert(tx, &mail).await?;
                let version = recorder.program.version;
                recorder
                    .note_program(tx, version, ProgramFact::PartnerInvited { email })
                    .await
            })
        })
        .await?;
        Ok(view)
    }

    /// Open invitations of partners into this program, newest first.
    pub async fn list_partner_invitations(&self) -> Result<Vec<InvitationView>, ServiceError> {
        let (now, mut conn) = (self.services.now(), self.services.read().await?);
        let open =
            links::list_open_by_company(&mut conn, self.company, LinkKind::InvitePartner, now);
        let mut rows = open.await?;
        rows.retain(|row| row.program_id == Some(self.program.id));
        views(&mut conn, rows).await
    }

    /// Takes an invitation into this program back.
    pub async fn withdraw_invitation(&self, id: LinkId) -> Result<(), ServiceError> {
        self.write(CompanyRight::EditPartners, id, |tx, recorder, id| {
            Box::pin(async move {
                let (company, program) = (recorder.program.company, recorder.program.id);
                let link = links::delete_by_company(tx, company, id).await?;
                let link = link.filter(|link| link.program_id == Some(program));
                let email = link
                    .ok_or(ServiceError::NotFound)?
                    .email
                    .unwrap_or_default();
                let version = recorder.program.version;
                let fact = ProgramFact::PartnerInvitationWithdrawn { email };
                recorder.note_program(tx, version, fact).await
            })
        })
        .await
    }
}

impl CompanyTeam {
    /// Invites a colleague into the company's team.
    pub async fn invite(
        &self,
        email: &str,
        role: domain::people::CompanyRole,
    ) -> Result<LinkView, ServiceError> {
        self.require_edit()?;
        let mut faults = Faults::default();
        let email = faults.email("email", email);
        faults.none()?;
        let (company, by) = (self.company, self.person.id);
        let mut link = invitation(&self.services, LinkKind::InviteCompany, by, &email)?;
        link.row.company_id = Some(company);
        link.row.role = Some(role.as_str().to_owned());
        let words = Words {
            by: &self.person.name,
            host: &self.name,
            joins: &format!("the team as {}", role.label()),
        };
        let (mail, view) = link.invite(&self.services, words);
        let fact = TeamFact::PersonInvited {
            email,
            role: role.as_str().into(),
        };
        let given = (self.services.scribe(self.actor()), link.row, mail, fact);
        self.services
            .write(given, move |tx, (scribe, row, mail, fact)| {
                Box::pin(async move {
                    company_team::still_edits(tx, company, by).await?;
                    let open = links::list_open_by_company(
                        tx,
                        company,
                        LinkKind::InviteCompany,
                        scribe.now,
                    );
                    let open = open.await?;
                    refuse_too_many(tx, &open, &row).await?;
                    links::insert(tx, &row).await?;
                    store::mail::insert(tx, &mail).await?;
                    scribe.company(tx, company, fact).await
                })
            })
            .await?;
        Ok(view)
    }

    pub async fn withdraw_invitation(&self, id: LinkId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (company, me) = (self.company, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    company_team::still_edits(tx, company, me).await?;
                    let link = links::delete_by_company(tx, company, id).await?;
                    let link = link.filter(|link| link.kind.0 == LinkKind::InviteCompany);
                    let email = link
                        .ok_or(ServiceError::NotFound)?
                        .email
                        .unwrap_or_default();
                    let fact = TeamFact::InvitationWithdrawn { email };
                    scribe.company(tx, company, fact).await
                })
            })
            .await
    }
}

impl PartnerTeam {
    /// Invites a colleague into the partner team.
    pub async fn invite(
        &self,
        email: &str,
        role: domain::people::PartnerRole,
    ) -> Result<LinkView, ServiceError> {
        self.require_edit()?;
        let mut faults = Faults::default();
        let email = faults.email("email", email);
        faults.none()?;
        let (partner, by) = (self.partner, self.person.id);
        let mut link = invitation(&self.services, LinkKind::InvitePartner, by, &email)?;
        link.row.partner_id = Some(partner);
        link.row.role = Some(role.as_str().to_owned());
        let words = Words {
            by: &self.person.name,
            host: &self.name,
            joins: &format!("the team as {}", role.label()),
        };
        let (mail, view) = link.invite(&self.services, words);
        let fact = TeamFact::PersonInvited {
            email,
            role: role.as_str().into(),
        };
        let given = (self.services.scribe(self.actor()), link.row, mail, fact);
        self.services
            .write(given, move |tx, (scribe, row, mail, fact)| {
                Box::pin(async move {
                    partner_team::still_edits(tx, partner, by).await?;
                    let open = links::list_open_by_partner(tx, partner, scribe.now).await?;
                    refuse_too_many(tx, &open, &row).await?;
                    links::insert(tx, &row).await?;
                    store::mail::insert(tx, &mail).await?;
                    scribe.partner(tx, partner, fact).await
                })
            })
            .await?;
        Ok(view)
    }

    pub async fn withdraw_invitation(&self, id: LinkId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (partner, me) = (self.partner, self.person.id);
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    partner_team::still_edits(tx, partner, me).await?;
                    let link = links::delete_by_partner(tx, partner, id).await?;
                    let email = link
                        .ok_or(ServiceError::NotFound)?
                        .email
                        .unwrap_or_default();
                    let fact = TeamFact::InvitationWithdrawn { email };
                    scribe.partner(tx, partner, fact).await
                })
            })
            .await
    }
}

/// Counts the link that is about to be kept.
async fn refuse_too_many(
    tx: &mut Tx,
    open: &[OneTimeLink],
    link: &OneTimeLink,
) -> Result<(), ServiceError> {
    let refused = |text| Err(ServiceError::input("email", text));
    if open.len() >= MAX_OPEN {
        return refused("Too many invitations are open. Take some back first");
    }
    let by = link.created_by.map(|by| by.to_string());
    let key = format!("invitations:{}", by.unwrap_or_default());
    let since = link.created_at.plus_days(-1);
    if attempts::count_since(tx, &key, since).await? >= MAX_A_DAY {
        return refused("You have sent 200 invitations within a day. Send the next ones tomorrow");
    }
    attempts::insert(tx, link.id.0, &key, link.created_at).await?;
    Ok(())
}

pub(crate) fn found(there: bool) -> Result<(), ServiceError> {
    if there {
        Ok(())
    } else {
        Err(ServiceError::NotFound)
    }
}

/// Invitations as those who may see the team's page see them: without the links.
pub(crate) async fn views(
    conn: &mut Conn,
    rows: Vec<OneTimeLink>,
) -> Result<Vec<InvitationView>, ServiceError> {
    let names = users::list_names(conn, rows.iter().filter_map(|row| row.created_by)).await?;
    let view = |row: OneTimeLink| InvitationView {
        id: row.id,
        email: row.email.unwrap_or_default(),
        role: row.role.or(row.partner_name).unwrap_or_default(),
        by: row
            .created_by
            .and_then(|by| names.get(&by).cloned())
            .unwrap_or_default(),
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
