//! An endpoint of each company. It is off: nobody answers at a made-up address.

use domain::events::TeamFact;
use domain::text::slug;
use domain::webhooks::{EndpointState, EventPicker};
use domain::{CompanyId, EndpointId, Timestamp};
use store::Tx;
use store::webhooks::endpoints::{self, EndpointRow};

use super::Book;
use crate::ServiceError;
use crate::facts::Scribe;
use crate::webhooks::new_secret;

impl Book {
    pub(super) async fn write_endpoint(
        &self,
        tx: &mut Tx,
        (company, name, founded): (CompanyId, &str, Timestamp),
        scribe: &Scribe,
    ) -> Result<(), ServiceError> {
        let endpoint: EndpointId = scribe.id();
        let row = EndpointRow {
            id: endpoint,
            company_id: company,
            url: format!("https://hooks.{}.example/dealboard", slug(name)),
            description: "The sales team\u{2019}s CRM".to_owned(),
            events: EventPicker::All,
            state: EndpointState::Disabled,
            secret: new_secret()?,
            old_secret: None,
            old_secret_until: None,
            failing_since: None,
            failures: 0,
            created_at: founded,
            version: 2,
        };
        endpoints::insert(tx, &row).await?;
        let facts = [
            TeamFact::WebhookAdded { endpoint },
            TeamFact::WebhookDisabled { endpoint },
        ];
        for fact in facts {
            scribe.company(tx, company, fact).await?;
        }
        Ok(())
    }
}
