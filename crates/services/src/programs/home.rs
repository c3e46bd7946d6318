//! What a person may open: the header's "Your programs" and the first page.

use std::collections::BTreeMap;

use domain::people::{PartnerRight, Person, Team};
use domain::text::initials;
use domain::views::{HomeView, SwitcherItem, Viewer};
use store::Conn;
use store::access;

use crate::{ServiceError, Services};

impl Services {
    /// Who looks at the page, and where they belong: asked by every page, so two indexed counts and four short lists.
    pub async fn viewer(&self, person: Person) -> Result<Viewer, ServiceError> {
        let mut conn = self.read().await?;
        let user = person.id;
        Ok(Viewer {
            teams: access::list_teams(&mut conn, user).await?,
            programs: switcher(&mut conn, &person).await?,
            unread: store::notices::unread(&mut conn, user).await?,
            person,
        })
    }

    /// The dashboard: every program of the person's partner teams with what waits, and every program of their companies.
    pub async fn home(&self, person: &Person) -> Result<HomeView, ServiceError> {
        let mut conn = self.read().await?;
        let teams = access::list_teams(&mut conn, person.id).await?;
        let memberships = access::list_for_partner(&mut conn, person.id).await?;
        let programs = access::list_for_company(&mut conn, person.id).await?;
        drop(conn);
        let mut home = HomeView {
            partner_programs: Vec::new(),
            company_programs: Vec::new(),
            companies: Vec::new(),
            partners: Vec::new(),
        };
        for row in memberships {
            if row.role.may(PartnerRight::ViewDeals, row.membership.status) {
                let access = self.partner_access(row);
                home.partner_programs.push(access.dashboard().await?);
            }
        }
        for row in programs {
            let access = self.company_access(row);
            home.company_programs.push(access.head().await?);
        }
        for team in teams {
            match team {
                Team::Company { id, name, role } => home.companies.push((id, name, role)),
                Team::Partner { id, name, role } => home.partners.push((id, name, role)),
            }
        }
        Ok(home)
    }
}

async fn switcher(conn: &mut Conn, person: &Person) -> Result<Vec<SwitcherItem>, ServiceError> {
    let open = access::count_open_deals(conn, person.id).await?;
    let open: BTreeMap<_, _> = open.into_iter().collect();
    let mut items = Vec::new();
    for row in access::list_for_partner(conn, person.id).await? {
        if !row.role.may(PartnerRight::ViewDeals, row.membership.status) {
            continue;
        }
        items.push(SwitcherItem {
            href: format!("/p/{}/summary", row.membership.id),
            initials: initials(&row.program.name),
            name: row.program.name,
            company: row.company_name,
            partner: row.partner_name,
            role: row.role.label().to_owned(),
            open_deals: open.get(&row.membership.id).copied().unwrap_or(0),
        });
    }
    for row in access::list_for_company(conn, person.id).await? {
        let (company, id) = (row.program.company, row.program.id);
        items.push(SwitcherItem {
            href: format!("/c/{id}/review"),
            initials: initials(&row.program.name),
            name: row.program.name,
            company: row.company_name,
            partner: String::new(),
            role: row.role.label().to_owned(),
            // Of a company's hundred thousand deals only those that wait are counted: a small index.
            open_deals: store::deals::waiting_for_company(conn, company, id).await?,
        });
    }
    Ok(items)
}
