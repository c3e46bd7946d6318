//! Who people are and what they may do. One table per side; no other place decides on a role.

use serde::{Deserialize, Serialize};

use crate::{CompanyId, PartnerId, UserId};

/// Declares an enum of words that are stored and sent in `snake_case`, with their label for people.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $text:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "sql", derive(sqlx::Type))]
        #[cfg_attr(feature = "sql", sqlx(type_name = "text", rename_all = "snake_case"))]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word as it is stored and sent.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The word as people read it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::people::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|word| word.as_str() == text)
                    .ok_or($crate::people::UnknownWord)
            }
        }
    };
}
pub(crate) use words;

/// A text that is none of the words of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

words! {
    /// What a person is in a company's team.
    CompanyRole {
        Admin = "admin", "Admin";
        Reviewer = "reviewer", "Reviewer";
        Finance = "finance", "Finance";
        Seller = "seller", "Seller";
    }
}

words! {
    /// What a person is in a partner team.
    PartnerRole {
        Owner = "owner", "Owner";
        Member = "member", "Member";
        Finance = "finance", "Finance";
    }
}

words! {
    /// Where a partner stands in a program.
    MembershipStatus {
        Invited = "invited", "Invited";
        Active = "active", "Active";
        Suspended = "suspended", "Suspended";
        Ended = "ended", "Ended";
    }
}

words! {
    /// On whose behalf somebody acts.
    Side {
        Partner = "partner", "Partner";
        Company = "company", "Company";
        System = "system", "Dealboard";
    }
}

/// What a company's person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompanyRight {
    /// See deals, board, queue, customers.
    ViewDeals,
    /// Approve, decline, ineligible, ask for info, confirm and reject wins, extend.
    Decide,
    /// Move a partner's deal, which is recorded as an override.
    OverrideStage,
    /// Keep the list of customers that the own team works.
    EditClaims,
    /// Form, stages, lost reasons, settings and the switch of a program.
    DesignProgram,
    /// Invite, suspend and end partners; set tiers.
    EditPartners,
    /// Invite to the company's team, change roles.
    EditTeam,
    /// Publish and end commission offers.
    EditOffers,
    /// Hold, decline, pay and correct commissions; enter what customers bought.
    PayCommissions,
    /// Read what partners write, and the own team's internal notes.
    ReadMessages,
    /// Write to partners, and internal notes.
    WriteMessages,
    /// Import deals, take an import back, export all that is the company's.
    ImportAndExport,
}

impl CompanyRole {
    pub fn may(self, right: CompanyRight) -> bool {
        match right {
            // A question may be about a deal, an offer or a payment: whoever knows the answer writes it.
            CompanyRight::ViewDeals | CompanyRight::ReadMessages | CompanyRight::WriteMessages => {
                true
            }
            CompanyRight::Decide | CompanyRight::OverrideStage => {
                matches!(self, Self::Admin | Self::Reviewer)
            }
            CompanyRight::EditClaims => matches!(self, Self::Admin | Self::Reviewer | Self::Seller),
            CompanyRight::PayCommissions => matches!(self, Self::Admin | Self::Finance),
            CompanyRight::DesignProgram
            | CompanyRight::EditPartners
            | CompanyRight::EditTeam
            | CompanyRight::EditOffers
            | CompanyRight::ImportAndExport => self == Self::Admin,
        }
    }
}

/// What a partner's person may do in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartnerRight {
    /// See the team's deals in the program.
    ViewDeals,
    /// Draft and submit registrations, answer, withdraw, appeal.
    Register,
    /// Move deals over the stages, mark them won or lost.
    WorkDeals,
    /// See what the team earned, and by which offers.
    ViewCommissions,
    /// Read the messages between the team and the company.
    ReadMessages,
    /// Write to the company.
    WriteMessages,
}

impl PartnerRole {
    /// What this role may do in a program where the team's membership has that status.
    pub fn may(self, right: PartnerRight, membership: MembershipStatus) -> bool {
        match membership {
            MembershipStatus::Invited | MembershipStatus::Ended => false,
            MembershipStatus::Suspended => matches!(
                right,
                PartnerRight::ViewDeals
                    | PartnerRight::ViewCommissions
                    | PartnerRight::ReadMessages
            ),
            MembershipStatus::Active => match right {
                PartnerRight::ViewDeals
                | PartnerRight::ViewCommissions
                | PartnerRight::ReadMessages
                | PartnerRight::WriteMessages => true,
                PartnerRight::Register | PartnerRight::WorkDeals => {
                    matches!(self, Self::Owner | Self::Member)
                }
            },
        }
    }

    /// Whether this role invites to the partner team and changes roles in it.
    pub fn may_edit_team(self) -> bool {
        self == Self::Owner
    }
}

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// Who did something, on whose behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `None` is the system itself: sweeps, imports.
    pub user: Option<UserId>,
    pub side: Side,
}

impl Actor {
    pub fn partner(user: UserId) -> Self {
        Self {
            user: Some(user),
            side: Side::Partner,
        }
    }

    pub fn company(user: UserId) -> Self {
        Self {
            user: Some(user),
            side: Side::Company,
        }
    }

    /// Somebody on their own behalf, and on no team's.
    pub fn account(user: UserId) -> Self {
        Self {
            user: Some(user),
            side: Side::System,
        }
    }

    pub fn system() -> Self {
        Self {
            user: None,
            side: Side::System,
        }
    }
}

/// A team that a person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum Team {
    Company {
        id: CompanyId,
        name: String,
        role: CompanyRole,
    },
    Partner {
        id: PartnerId,
        name: String,
        role: PartnerRole,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_active_membership_registers() {
        for status in MembershipStatus::ALL {
            let may = PartnerRole::Owner.may(PartnerRight::Register, *status);
            assert_eq!(may, *status == MembershipStatus::Active);
        }
        assert!(!PartnerRole::Finance.may(PartnerRight::WorkDeals, MembershipStatus::Active));
    }

    #[test]
    fn a_seller_claims_but_does_not_decide() {
        assert!(CompanyRole::Seller.may(CompanyRight::EditClaims));
        assert!(!CompanyRole::Seller.may(CompanyRight::Decide));
        assert!(!CompanyRole::Finance.may(CompanyRight::DesignProgram));
    }

    #[test]
    fn finance_pays_but_does_not_promise() {
        assert!(CompanyRole::Finance.may(CompanyRight::PayCommissions));
        assert!(!CompanyRole::Finance.may(CompanyRight::EditOffers));
        assert!(!CompanyRole::Reviewer.may(CompanyRight::PayCommissions));
        let stopped = MembershipStatus::Suspended;
        assert!(PartnerRole::Finance.may(PartnerRight::ViewCommissions, stopped));
        assert!(!PartnerRole::Owner.may(PartnerRight::ViewCommissions, MembershipStatus::Ended));
    }

    #[test]
    fn everybody_of_an_active_team_writes_and_who_is_suspended_reads() {
        for role in PartnerRole::ALL {
            let may = |right, status| role.may(right, status);
            assert!(may(PartnerRight::WriteMessages, MembershipStatus::Active));
            assert!(may(PartnerRight::ReadMessages, MembershipStatus::Suspended));
            assert!(!may(
                PartnerRight::WriteMessages,
                MembershipStatus::Suspended
            ));
            assert!(!may(PartnerRight::ReadMessages, MembershipStatus::Ended));
        }
        for role in CompanyRole::ALL {
            assert!(role.may(CompanyRight::ReadMessages) && role.may(CompanyRight::WriteMessages));
        }
    }

    #[test]
    fn only_admins_import_and_export() {
        for role in CompanyRole::ALL {
            let may = role.may(CompanyRight::ImportAndExport);
            assert_eq!(may, *role == CompanyRole::Admin);
        }
    }

    #[test]
    fn words_are_stored_as_they_are_sent() {
        for role in CompanyRole::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(role.as_str().parse(), Ok(*role));
        }
    }
}
