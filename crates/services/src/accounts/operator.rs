//! What the operator does at the command line.

use domain::UserId;
use domain::events::{AccountFact, TeamFact};
use domain::people::Actor;
use domain::people::{CompanyRole, PartnerRole, Side};
use domain::{CompanyId, PartnerId};
use store::accounts::users;
use store::{companies, partners};

use super::inputs::NewPerson;
use crate::{ServiceError, Services};

/// Into which team the operator puts somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntoTeam {
    Company(CompanyId, CompanyRole),
    Partner(PartnerId, PartnerRole),
}

impl Services {
    /// Makes an account, and puts it into a team if one is named.
    pub async fn create_user(
        &self,
        person: NewPerson,
        team: Option<IntoTeam>,
    ) -> Result<UserId, ServiceError> {
        let user = self
            .new_account(&person.name, &person.email, &person.password)
            .await?;
        let id = user.id;
        let scribe = self.scribe(Actor::system());
        self.write((scribe, user), move |tx, (scribe, user)| {
            Box::pin(async move {
                if !users::insert(tx, &user).await? {
                    return Err(ServiceError::input(
                        "email",
                        "There is an account with this email address",
                    ));
                }
                let user = user.id;
                match team {
                    Some(IntoTeam::Company(company, role)) => {
                        companies::find(tx, company)
                            .await?
                            .ok_or(ServiceError::NotFound)?;
                        companies::insert_member(tx, company, user, role, scribe.now).await?;
                        let role = role.as_str().into();
                        let fact = TeamFact::PersonJoined { user, role };
                        scribe
                            .acting(user, Side::Company)
                            .company(tx, company, fact)
                            .await
                    }
                    Some(IntoTeam::Partner(partner, role)) => {
                        partners::find(tx, partner)
                            .await?
                            .ok_or(ServiceError::NotFound)?;
                        partners::insert_member(tx, partner, user, role, scribe.now).await?;
                        let role = role.as_str().into();
                        let fact = TeamFact::PersonJoined { user, role };
                        scribe
                            .acting(user, Side::Partner)
                            .partner(tx, partner, fact)
                            .await
                    }
                    None => scribe.account(tx, user, AccountFact::AccountCreated).await,
                }
            })
        })
        .await?;
        Ok(id)
    }
}
