//! The levels of a program's partners.

use domain::TierId;
use domain::events::ProgramFact;
use domain::people::CompanyRight;
use domain::program::Tier;
use store::programs;

use crate::accounts::{Faults, found};
use crate::{CompanyAccess, ServiceError};

const MAX_TIER_NAME: usize = 60;
const MAX_TIERS: usize = 20;

impl CompanyAccess {
    pub async fn list_tiers(&self) -> Result<Vec<Tier>, ServiceError> {
        let mut conn = self.services.read().await?;
        Ok(programs::list_tiers(&mut conn, self.company, self.program.id).await?)
    }

    /// Adds a tier below the others, or gives an existing one another name.
    pub async fn save_tier(&self, id: Option<TierId>, name: &str) -> Result<(), ServiceError> {
        let mut faults = Faults::default();
        let name = faults.line("tier_name", "the tier\u{2019}s name", name, MAX_TIER_NAME);
        faults.none()?;
        self.write(
            CompanyRight::EditPartners,
            name,
            move |tx, recorder, name| {
                Box::pin(async move {
                    let (company, program) = (recorder.program.company, recorder.program.id);
                    let tiers = programs::list_tiers(tx, company, program).await?;
                    if tiers
                        .iter()
                        .any(|tier| tier.name == name && Some(tier.id) != id)
                    {
                        return Err(ServiceError::input(
                            "tier_name",
                            "There is a tier of that name",
                        ));
                    }
                    let fact = if let Some(tier) = id {
                        let old = tiers.into_iter().find(|known| known.id == tier);
                        let renamed = Tier {
                            name: name.clone(),
                            ..old.ok_or(ServiceError::NotFound)?
                        };
                        found(programs::save_tier(tx, company, program, &renamed).await?)?;
                        ProgramFact::TierRenamed { tier, name }
                    } else {
                        if tiers.len() >= MAX_TIERS {
                            return Err(ServiceError::input(
                                "tier_name",
                                "A program can have at most 20 tiers",
                            ));
                        }
                        let position = tiers.last().map_or(1, |tier| tier.position + 1);
                        let new = Tier {
                            id: recorder.id(),
                            name: name.clone(),
                            position,
                        };
                        programs::insert_tier(tx, company, program, &new).await?;
                        ProgramFact::TierAdded { tier: new.id, name }
                    };
                    let version = recorder.program.version;
                    recorder.note_program(tx, version, fact).await
                })
            },
        )
        .await
    }

    /// Takes away a tier that nobody has.
    pub async fn delete_tier(&self, id: TierId) -> Result<(), ServiceError> {
        self.write(CompanyRight::EditPartners, id, |tx, recorder, id| {
            Box::pin(async move {
                let (company, program) = (recorder.program.company, recorder.program.id);
                let tiers = programs::list_tiers(tx, company, program).await?;
                let tier = tiers.into_iter().find(|tier| tier.id == id);
                let tier = tier.ok_or(ServiceError::NotFound)?;
                let offers = store::offers::list(tx, company, program).await?;
                let named = offers
                    .iter()
                    .filter(|offer| !offer.is_ended())
                    .filter_map(|offer| offer.current())
                    .find(|version| version.terms.tiers.contains(&id));
                if let Some(version) = named {
                    let name = &version.terms.name;
                    return Err(ServiceError::input(
                        "tier_name",
                        &format!(
                            "The offer \u{201c}{name}\u{201d} is for this tier. Change it first"
                        ),
                    ));
                }
                if !programs::delete_tier(tx, company, program, id).await? {
                    return Err(ServiceError::input(
                        "tier_name",
                        "Partners or invitations have this tier. Give them another one first",
                    ));
                }
                let fact = ProgramFact::TierRemoved {
                    tier: id,
                    name: tier.name,
                };
                let version = recorder.program.version;
                recorder.note_program(tx, version, fact).await
            })
        })
        .await
    }
}
