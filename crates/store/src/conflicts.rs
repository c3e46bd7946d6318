//! How much else is on the same customers, for many deals at once: three statements, however long the queue is.

use domain::customer::BusinessKey;
use domain::{CompanyId, DealId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use crate::conn::Conn;
use crate::{Statement, StoreError};

/// A deal, and which business it is about.
#[derive(Debug, Clone)]
pub struct Asked {
    pub deal: DealId,
    pub business: BusinessKey,
}

/// Where others stand, and how many of them the page of one deal lists at most: more are not counted.
struct Source {
    /// Those of some names, up to the list of names.
    named: &'static str,
    /// Those of some sites, up to the list of sites.
    sited: &'static str,
    names: &'static str,
    sites: &'static str,
    most: i64,
}

/// Numbered within each name and each site, so that of a business that everybody works no more are read than counted.
macro_rules! source {
    ($table:literal, $deal:literal, $name:literal, $site:literal, $where:literal, $most:literal) => {
        Source {
            named: source!(@numbered $table, $deal, $name, $site, $where, $name),
            sited: source!(@numbered $table, $deal, $name, $site, $where, $site),
            names: concat!(" AND ", $name, " <> '' AND ", $name, " IN "),
            sites: concat!(" AND ", $site, " IN "),
            most: $most,
        }
    };
    (@numbered $table:literal, $deal:literal, $name:literal, $site:literal, $where:literal, $by:literal) => {
        concat!(
            "SELECT id, deal, name, site FROM (SELECT id, ", $deal, " AS deal, ", $name, " AS name, ", $site,
            " AS site, row_number() OVER (PARTITION BY ", $by, " ORDER BY id) AS place FROM ", $table, " WHERE ",
            $where, "company_id = "
        )
    };
}

const SOURCES: [Source; 3] = [
    source!("claims", "id", "customer_folded", "customer_domain", "", 5),
    source!(
        "deals",
        "id",
        "customer_folded",
        "customer_domain",
        "registration IN ('submitted', 'needs_info', 'approved') AND ",
        20
    ),
    source!("customers", "deal_id", "folded", "domain", "", 5),
];

/// One that may be the same business: its id, the deal that it is or that made it, its folded name and its site.
type Other = (Uuid, Uuid, String, Option<String>);

/// How many claims, deals in play and customers seem to be each deal's business, in the order in which they were asked.
/// As many as `claims::matching`, `deals::matching_deals` and `customers::matching` list.
pub async fn count(
    conn: &mut Conn,
    company: CompanyId,
    asked: &[Asked],
) -> Result<Vec<i64>, StoreError> {
    let mut counts = vec![0; asked.len()];
    if asked.is_empty() {
        return Ok(counts);
    }
    for source in SOURCES {
        let most = source.most;
        let others = source.read(conn, company, asked).await?;
        let others = ByBusiness::of(&others);
        for (count, one) in counts.iter_mut().zip(asked) {
            *count += others.count_for(one).min(most);
        }
    }
    Ok(counts)
}

impl Source {
    async fn read(
        self,
        conn: &mut Conn,
        company: CompanyId,
        asked: &[Asked],
    ) -> Result<Vec<Other>, StoreError> {
        let names: BTreeSet<&str> = asked
            .iter()
            .map(|one| one.business.folded_name.as_str())
            .collect();
        let sites: BTreeSet<&str> = asked
            .iter()
            .filter_map(|one| one.business.domain.as_deref())
            .collect();
        // The asked deal itself may be among them.
        let most = self.most + 1;
        let mut statement = Statement::new(self.named);
        statement
            .bind(company.0)
            .push(self.names)
            .bind_all(names)
            .push(") AS numbered WHERE place <= ")
            .bind(most)
            .push(" UNION ")
            .push(self.sited)
            .bind(company.0)
            .push(self.sites)
            .bind_all(sites)
            .push(") AS numbered WHERE place <= ")
            .bind(most);
        statement.fetch_all(conn).await
    }
}

/// Others by what they may be found by.
#[derive(Default)]
struct ByBusiness<'o> {
    names: BTreeMap<&'o str, Vec<(Uuid, Uuid)>>,
    sites: BTreeMap<&'o str, Vec<(Uuid, Uuid)>>,
}

impl<'o> ByBusiness<'o> {
    fn of(others: &'o [Other]) -> Self {
        let mut sorted = Self::default();
        for (id, deal, name, site) in others {
            if !name.is_empty() {
                sorted.names.entry(name).or_default().push((*id, *deal));
            }
            if let Some(site) = site {
                sorted.sites.entry(site).or_default().push((*id, *deal));
            }
        }
        sorted
    }

    fn count_for(&self, asked: &Asked) -> i64 {
        let named = self.names.get(asked.business.folded_name.as_str());
        let site = asked.business.domain.as_deref();
        let sited = site.and_then(|site| self.sites.get(site));
        let found: BTreeSet<Uuid> = named
            .into_iter()
            .chain(sited)
            .flatten()
            .filter(|(_, deal)| *deal != asked.deal.0)
            .map(|(id, _)| *id)
            .collect();
        i64::try_from(found.len()).unwrap_or(i64::MAX)
    }
}
