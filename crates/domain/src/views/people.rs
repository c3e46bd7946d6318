//! People, teams, sessions and links.

use serde::{Deserialize, Serialize};

use crate::people::{CompanyRole, PartnerRole, Person, Team};
use crate::{CompanyId, LinkId, PartnerId, SessionId, Timestamp, UserId};

/// Who looks at the page, and where they belong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub person: Person,
    pub teams: Vec<Team>,
    /// Every program that the viewer may open, for "Your programs".
    pub programs: Vec<SwitcherItem>,
    pub unread: i64,
}

/// One program in "Your programs".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitcherItem {
    pub href: String,
    pub name: String,
    pub company: String,
    /// The partner team's name, or empty for the company's own people.
    pub partner: String,
    pub initials: String,
    pub role: String,
    pub open_deals: i64,
}

/// The first page after signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    pub partner_programs: Vec<super::DashboardView>,
    pub company_programs: Vec<super::CompanyProgramView>,
    pub companies: Vec<(CompanyId, String, CompanyRole)>,
    pub partners: Vec<(PartnerId, String, PartnerRole)>,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: SessionId,
    pub current: bool,
    pub address: String,
    pub agent: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// Somebody in a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub since: Timestamp,
}

/// A link that is not used yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub id: LinkId,
    pub email: String,
    pub role: String,
    pub by: String,
    pub expires_at: Timestamp,
}

/// A fresh link, shown once to the one who asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Path and token, without the host.
    pub path: String,
    pub email: String,
    pub expires_at: Timestamp,
    /// Whether it is also on its way by mail.
    #[serde(default)]
    pub mailed: bool,
}

/// A team's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    pub name: String,
    pub members: Vec<MemberView>,
    pub invitations: Vec<InvitationView>,
    pub may_edit: bool,
}

/// What an invitation's page says before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    /// Whose team or program is joined.
    pub host: String,
    pub offer: InvitationOffer,
    pub email: String,
    /// Who invites.
    pub by: String,
    /// The one who looks, when signed in.
    pub person: Option<Person>,
    /// Own partner teams with which the person may join a program.
    pub own_teams: Vec<(PartnerId, String)>,
}

/// What an invitation lets somebody be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "offer", rename_all = "snake_case")]
pub enum InvitationOffer {
    CompanyTeam {
        role: CompanyRole,
    },
    PartnerTeam {
        role: PartnerRole,
    },
    /// A new partner team, or one of the person's own, joins the program.
    Program {
        program: String,
        partner_name: String,
    },
}
