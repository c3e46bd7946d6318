//! Who asks, and where.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    CommissionId, CompanyId, CustomerId, DealId, DeliveryId, EndpointId, FileId, MembershipId,
    OfferId, PartnerId, ProgramId, UserId,
    commands::SaveEndpoint,
    people::{CompanyRole, MembershipStatus, PartnerRole},
    views::{CommissionFilter, DealFilter},
    webhooks::EventPicker,
};
use services::{CompanyAccess, Services, accounts::NewPerson};
use store::memberships;

use crate::support::House;

/// Somebody with a session, or nobody.
pub struct Actor {
    pub name: &'static str,
    pub email: Option<&'static str>,
    pub token: Option<String>,
    company: Option<(CompanyId, CompanyRole)>,
    partner: Option<(PartnerId, PartnerRole)>,
}

impl Actor {
    pub fn company_role(&self, place: &Place) -> Option<CompanyRole> {
        let (company, role) = self.company?;
        (company == place.company).then_some(role)
    }

    pub fn partner_role(&self, place: &Place) -> Option<PartnerRole> {
        let (partner, role) = self.partner?;
        (partner == place.partner).then_some(role)
    }
}

/// A program with a partner in it, and a deal of theirs.
#[derive(Clone)]
pub struct Place {
    pub name: &'static str,
    pub company: CompanyId,
    pub program: ProgramId,
    pub partner: PartnerId,
    pub membership: MembershipId,
    pub status: MembershipStatus,
    pub deal: DealId,
    /// Made by a win of the company's.
    pub customer: CustomerId,
    /// The partner's own, where it has earned any.
    pub commission: CommissionId,
    pub offer: OfferId,
    /// The company's, with one message.
    pub endpoint: EndpointId,
    pub delivery: DeliveryId,
    /// Of a form that the owner has open.
    pub submit_key: String,
    /// Handed in with the deal.
    pub file: FileId,
    /// Somebody of the company's and of the partner's team who must stay.
    pub admin: UserId,
    pub owner: UserId,
}

impl Place {
    /// The same program and teams, with the things of another place in them.
    pub fn with_things_of(&self, other: &Self, by_membership: bool) -> Self {
        let membership = if by_membership { self } else { other }.membership;
        Self {
            membership,
            deal: other.deal,
            customer: other.customer,
            commission: other.commission,
            offer: other.offer,
            endpoint: other.endpoint,
            delivery: other.delivery,
            file: other.file,
            admin: other.admin,
            owner: other.owner,
            ..self.clone()
        }
    }
}

pub struct Cast {
    pub actors: Vec<Actor>,
    pub own: Place,
    pub foreign: Place,
    addresses: AtomicU32,
}

impl Cast {
    /// Brightwater in Altostrat's program is the own place, another partner in Larkspur's the foreign one.
    pub async fn gather(house: &House) -> Self {
        let own = place(house, "own", "mara@altostrat.example", true).await;
        let foreign = place(house, "foreign", "lena@larkspur.example", false).await;
        let newcomer = NewPerson {
            name: "Nobody Yet".to_owned(),
            email: "nobody@newcomer.example".to_owned(),
            password: services::demo::PASSWORD.to_owned(),
        };
        house.services.create_user(newcomer, None).await.unwrap();
        let rival = email_of(house, foreign.owner).await;
        let lines = lines(&own, &foreign, rival);
        let actors = lines.map(|(name, email, company, partner)| Actor {
            name,
            email,
            token: None,
            company,
            partner,
        });
        let mut cast = Self {
            actors: actors.into(),
            own,
            foreign,
            addresses: AtomicU32::new(0),
        };
        cast.sign_in_again(house).await;
        cast
    }

    /// Fresh sessions for everybody: some calls end them all.
    pub async fn sign_in_again(&mut self, house: &House) {
        for actor in &mut self.actors {
            if let Some(email) = actor.email {
                actor.token = Some(house.sign_in(email).await);
            }
        }
    }

    /// Gives the own membership that status, past the use case that would refuse some of the ways.
    pub async fn set_status(&mut self, house: &House, status: MembershipStatus) {
        let mut conn = house.services.read().await.unwrap();
        let row = memberships::find(&mut conn, self.own.membership)
            .await
            .unwrap()
            .unwrap();
        drop(conn);
        let row = memberships::Membership { status, ..row };
        testkit::in_write!(house.services.db(), |tx| [row] memberships::save(tx, &row).await)
            .unwrap();
        self.own.status = status;
    }

    /// The limit per address is another test's matter.
    pub fn fresh_address(&self) -> String {
        let number = self.addresses.fetch_add(1, Ordering::SeqCst);
        format!(
            "10.{}.{}.{}",
            number >> 16,
            (number >> 8) & 255,
            number & 255
        )
    }
}

type Line = (
    &'static str,
    Option<&'static str>,
    Option<(CompanyId, CompanyRole)>,
    Option<(PartnerId, PartnerRole)>,
);

/// Who they are, how they sign in, and where they belong.
#[rustfmt::skip]
fn lines(own: &Place, foreign: &Place, rival: &'static str) -> [Line; 11] {
    let at = |role| Some((own.company, role));
    let of = |role| Some((own.partner, role));
    [
        ("signed out", None, None, None),
        ("no team", Some("nobody@newcomer.example"), None, None),
        ("admin", Some("mara@altostrat.example"), at(CompanyRole::Admin), None),
        ("reviewer", Some("ravi@altostrat.example"), at(CompanyRole::Reviewer), None),
        ("seller", Some("sofia@altostrat.example"), at(CompanyRole::Seller), None),
        ("finance", Some("finn@altostrat.example"), at(CompanyRole::Finance), None),
        ("other company's admin", Some("lena@larkspur.example"), Some((foreign.company, CompanyRole::Admin)), None),
        ("partner owner", Some("nadia@brightwater.example"), None, of(PartnerRole::Owner)),
        ("partner member", Some("tomas@brightwater.example"), None, of(PartnerRole::Member)),
        ("partner finance", Some("ines@brightwater.example"), None, of(PartnerRole::Finance)),
        ("other partner's owner", Some(rival), None, Some((foreign.partner, PartnerRole::Owner))),
    ]
}

async fn place(house: &House, name: &'static str, admin: &str, first: bool) -> Place {
    let services = &house.services;
    let admin = user_of(house, admin).await;
    let mut conn = services.read().await.unwrap();
    let row = store::access::list_for_company(&mut conn, admin)
        .await
        .unwrap();
    let program = row.first().unwrap().program.clone();
    let listed = memberships::list_by_program(&mut conn, program.company, program.id)
        .await
        .unwrap();
    drop(conn);
    let company = services.company(admin, program.id).await.unwrap();
    let customer = company.customers("").await.unwrap().first().unwrap().id;
    let offer = company.offers().await.unwrap().offers.first().unwrap().id;
    let (endpoint, delivery) = called(services, admin, program.company).await;
    for line in listed {
        let membership = line.membership;
        let is_first = line.partner_name == "Brightwater Consulting";
        if is_first != first || membership.status != MembershipStatus::Active || line.deals == 0 {
            continue;
        }
        let mut conn = services.read().await.unwrap();
        let members = store::partners::list_members(&mut conn, membership.partner_id)
            .await
            .unwrap();
        let owner = members
            .iter()
            .find(|member| member.role == PartnerRole::Owner)
            .unwrap();
        let access = services
            .partner(owner.user_id, membership.id)
            .await
            .unwrap();
        let list = access.deals(&DealFilter::default(), None).await.unwrap();
        let Some(deal) = list.rows.iter().find(|row| !row.number.is_empty()) else {
            continue;
        };
        return Place {
            name,
            company: program.company,
            program: program.id,
            partner: membership.partner_id,
            membership: membership.id,
            status: MembershipStatus::Active,
            deal: deal.id,
            customer,
            commission: commission_of(&company, membership.partner_id).await,
            offer,
            endpoint,
            delivery,
            submit_key: access.registration_page(None).await.unwrap().submit_key,
            file: hand_in(house, program.company, deal.id, owner.user_id).await,
            admin,
            owner: owner.user_id,
        };
    }
    panic!("the demo data has no such partner")
}

/// An endpoint of the company's, and a message to it.
async fn called(
    services: &Services,
    admin: UserId,
    company: CompanyId,
) -> (EndpointId, DeliveryId) {
    let team = services.company_team(admin, company).await.unwrap();
    let endpoint = services.id();
    let command = SaveEndpoint {
        url: "https://hooks.example/".to_owned(),
        description: String::new(),
        events: EventPicker::All,
    };
    team.add_endpoint(endpoint, command).await.unwrap();
    let delivery = team.test_endpoint(endpoint).await.unwrap();
    (endpoint, delivery)
}

/// One that the partner earned, else one that anybody did.
async fn commission_of(company: &CompanyAccess, partner: PartnerId) -> CommissionId {
    let own = CommissionFilter {
        partner: Some(partner),
        ..CommissionFilter::default()
    };
    for filter in [own, CommissionFilter::default()] {
        let list = company.commissions(&filter, None).await.unwrap();
        if let Some(row) = list.rows.first() {
            return row.id;
        }
    }
    panic!("the demo data has no commission")
}

/// A file on the disk, and its line in the database.
async fn hand_in(house: &House, company: CompanyId, deal: DealId, by: UserId) -> FileId {
    let id = FileId(deal.0);
    std::fs::write(house.services.file_path(id), "offer").unwrap();
    let file = store::files::NewFile {
        id,
        company,
        deal,
        field_key: "attachment".to_owned(),
        name: "offer.txt".to_owned(),
        mime: "text/plain".to_owned(),
        size_bytes: 5,
        sha256: vec![0; 32],
        by,
        at: house.services.now(),
    };
    testkit::in_write!(house.services.db(), |tx| [file] store::files::insert(tx, &file).await)
        .unwrap();
    id
}

async fn user_of(house: &House, email: &str) -> UserId {
    let mut conn = house.services.read().await.unwrap();
    let user = store::accounts::users::find_by_email(&mut conn, email).await;
    user.unwrap().unwrap().id
}

async fn email_of(house: &House, user: UserId) -> &'static str {
    let mut conn = house.services.read().await.unwrap();
    let user = store::accounts::users::find(&mut conn, user).await;
    // Lives as long as the test's process, like the other names of the table.
    user.unwrap().unwrap().email.leak()
}
