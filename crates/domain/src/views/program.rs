//! Programs, as partners and companies see them.

use serde::{Deserialize, Serialize};

use super::board::DealRow;
use super::commission::{CommissionTotal, CommissionView, TransactionView};
use super::offer::PartnerOfferView;
use crate::forms::FieldKey;
use crate::people::{CompanyRole, MembershipStatus, PartnerRole};
use crate::program::{Program, Tier};
use crate::{
    ClaimId, Currency, CustomerId, Date, DealId, MembershipId, NoticeId, PartnerId, TierId,
    Timestamp,
};

/// A program that the viewer's partner team joined: the head of every partner page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerProgramView {
    pub membership: MembershipId,
    pub program: Program,
    pub company: String,
    pub partner: String,
    pub partner_id: PartnerId,
    pub role: PartnerRole,
    pub status: MembershipStatus,
    pub tier: Option<String>,
    pub may_register: bool,
    pub may_work: bool,
    /// Messages of the company that the viewer has not read.
    #[serde(default)]
    pub unread_messages: i64,
}

/// A program of the viewer's company: the head of every company page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyProgramView {
    pub program: Program,
    pub company: String,
    pub role: CompanyRole,
    pub tiers: Vec<Tier>,
    /// Registrations and wins that wait for the company.
    pub waiting: i64,
    /// Messages of partners that the viewer has not read.
    #[serde(default)]
    pub unread_messages: i64,
}

/// What cards of the board may show besides the usual, and what they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFieldsView {
    /// Keys and labels, in the form's order.
    pub offered: Vec<(FieldKey, String)>,
    pub chosen: Vec<FieldKey>,
}

/// Numbers of the Summary page; each leads to the list that it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryNumbers {
    pub drafts: i64,
    pub waiting: i64,
    pub needs_info: i64,
    pub open: i64,
    pub expiring: i64,
    pub won: i64,
}

/// The partner's Summary page of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryView {
    pub numbers: SummaryNumbers,
    pub recent: Vec<NoticeView>,
    /// The offers that hold for the partner's tier today (R28).
    pub offers: Vec<PartnerOfferView>,
    /// What the team's commissions come to, by status and currency.
    pub commissions: Vec<CommissionTotal>,
    pub now: Timestamp,
}

/// One program on the partner's dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardView {
    pub head: PartnerProgramView,
    pub numbers: SummaryNumbers,
}

/// A partner in the company's program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipView {
    pub id: MembershipId,
    pub partner: PartnerId,
    pub name: String,
    pub country: String,
    pub status: MembershipStatus,
    pub tier: Option<TierId>,
    pub deals: i64,
    pub since: Timestamp,
    pub version: i64,
}

/// A customer that can be chosen while a form is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerChoice {
    /// Of a customer of the company, where whoever asks may know that it is one.
    pub id: Option<CustomerId>,
    pub name: String,
    pub domain: Option<String>,
}

/// A customer of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    pub id: CustomerId,
    pub name: String,
    pub domain: Option<String>,
    /// Confirmed with the win's confirmation; until then provisional.
    pub confirmed: bool,
    pub deal: DealId,
    pub deal_number: String,
    pub partner: String,
    pub since: Timestamp,
}

/// A customer with all that belongs to it in one program; the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPageView {
    pub customer: CustomerView,
    /// Those whose win carries it.
    pub deals: Vec<DealRow>,
    pub commissions: Vec<CommissionView>,
    pub transactions: Vec<TransactionView>,
    /// Whether the viewer enters what it bought.
    pub may_enter: bool,
    /// What amounts start in.
    pub currency: Currency,
    pub today: Date,
}

/// An entry of the company's own-team list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimView {
    pub id: ClaimId,
    pub customer: String,
    pub domain: Option<String>,
    pub note: String,
    pub by: String,
    pub at: Timestamp,
}

/// A line under the bell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    pub id: NoticeId,
    /// Where it leads.
    pub href: String,
    pub text: String,
    pub at: Timestamp,
    pub read: bool,
}
