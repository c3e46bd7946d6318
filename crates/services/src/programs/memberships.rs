//! A program's partners, as the company steers them.

use domain::commands::ChangeMembership;
use domain::events::ProgramFact;
use domain::people::{CompanyRight, MembershipStatus};
use domain::views::MembershipView;
use store::memberships::{self, ListedMembership};
use store::programs;

use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// The program's partners, by name.
    pub async fn list_partners(&self) -> Result<Vec<MembershipView>, ServiceError> {
        let mut conn = self.services.read().await?;
        let rows = memberships::list_by_program(&mut conn, self.company, self.program.id).await?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// Suspends, ends or reactivates a membership, or gives it another tier; gives the new version.
    pub async fn change_membership(&self, cmd: ChangeMembership) -> Result<i64, ServiceError> {
        self.write(CompanyRight::EditPartners, cmd, |tx, recorder, cmd| {
            Box::pin(async move {
                let (company, program) = (recorder.program.company, recorder.program.id);
                let found = memberships::find(tx, cmd.membership).await?;
                let mut membership = found
                    .filter(|row| row.company_id == company && row.program_id == program)
                    .ok_or(ServiceError::NotFound)?;
                if membership.version != cmd.version {
                    return Err(ServiceError::Stale);
                }
                if !may_become(membership.status, cmd.status) {
                    return Err(ServiceError::input(
                        "status",
                        "That is not possible for this partner now",
                    ));
                }
                if let Some(tier) = cmd.tier {
                    let tiers = programs::list_tiers(tx, company, program).await?;
                    if !tiers.iter().any(|known| known.id == tier) {
                        return Err(ServiceError::input("tier", "Choose a tier of this program"));
                    }
                }
                membership.status = cmd.status;
                membership.tier_id = cmd.tier;
                membership.changed_at = recorder.now;
                let version = memberships::save(tx, &membership).await?;
                let partner = membership.partner_id;
                let fact = ProgramFact::MembershipChanged {
                    partner,
                    status: cmd.status,
                };
                let of = (company, program);
                recorder
                    .scribe()
                    .program(tx, of, Some(partner), version, fact)
                    .await?;
                Ok(version)
            })
        })
        .await
    }
}

/// Somebody who was in the program is never merely invited again.
fn may_become(from: MembershipStatus, to: MembershipStatus) -> bool {
    match to {
        MembershipStatus::Invited => from == MembershipStatus::Invited,
        MembershipStatus::Suspended => from != MembershipStatus::Ended,
        MembershipStatus::Active | MembershipStatus::Ended => true,
    }
}

fn view(row: ListedMembership) -> MembershipView {
    MembershipView {
        id: row.membership.id,
        partner: row.membership.partner_id,
        name: row.partner_name,
        country: row.partner_country,
        status: row.membership.status,
        tier: row.membership.tier_id,
        deals: row.deals,
        since: row.membership.created_at,
        version: row.membership.version,
    }
}
