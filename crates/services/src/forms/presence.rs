//! Who has the form open beside oneself, and as whom it can be looked at.

use domain::{
    commands::SayEditing,
    people::{CompanyRight, MembershipStatus},
    views::{FormEditors, PreviewPartner},
};
use store::open_windows::{self, Hearers, OpenWindow};

use crate::windows::{LEASE_SECONDS, check_window, others};
use crate::{CompanyAccess, ServiceError};

/// Whoever has more partners chooses a tier and a country instead.
const MOST_PARTNERS: usize = 500;

impl CompanyAccess {
    /// Notes where that window of the form editor is, and gives the others. To be said again before the lease is over.
    pub async fn say_editing(&self, said: SayEditing) -> Result<FormEditors, ServiceError> {
        check_window(&said.window)?;
        let right = CompanyRight::DesignProgram;
        let window = said.window.clone();
        self.write(right, said, |tx, recorder, said| {
            Box::pin(async move {
                let (company, program) = (recorder.program.company, recorder.program.id);
                let row = OpenWindow {
                    program_id: program,
                    window_key: said.window,
                    company_id: company,
                    deal_id: None,
                    user_id: recorder.user()?,
                    field: said.field.map(String::from).unwrap_or_default(),
                    seen_at: recorder.now,
                };
                let lease = recorder.now.plus_seconds(-LEASE_SECONDS);
                let hearers = Hearers::Company(company, program);
                Ok(open_windows::see(tx, hearers, &row, lease).await?)
            })
        })
        .await?;
        self.others_editing(&window).await
    }

    /// The window of the form editor has gone.
    pub async fn stop_editing(&self, window: &str) -> Result<(), ServiceError> {
        check_window(window)?;
        let (right, window) = (CompanyRight::DesignProgram, window.to_owned());
        self.write(right, window, |tx, recorder, window| {
            Box::pin(async move {
                let (company, program) = (recorder.program.company, recorder.program.id);
                let user = recorder.user()?;
                let hearers = Hearers::Company(company, program);
                let of = (company, program);
                Ok(open_windows::leave(tx, hearers, of, user, &window).await?)
            })
        })
        .await
    }

    async fn others_editing(&self, window: &str) -> Result<FormEditors, ServiceError> {
        let (company, program) = (self.company, self.program.id);
        let since = self.services.now().plus_seconds(-LEASE_SECONDS);
        let mut conn = self.services.read().await?;
        let rows = open_windows::list_of_form(&mut conn, company, program, since).await?;
        let draft = store::forms::find_draft(&mut conn, company, program).await?;
        Ok(FormEditors {
            others: others(&mut conn, rows, (self.person.id, window)).await?,
            version: draft.map_or(0, |draft| draft.version),
        })
    }

    /// The partners that the form can be looked at as: those of the program that may register deals, by name.
    pub async fn preview_partners(&self) -> Result<Vec<PreviewPartner>, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let listed = self.list_partners().await?;
        let active = listed
            .into_iter()
            .filter(|partner| partner.status == MembershipStatus::Active);
        let partner = active.map(|partner| PreviewPartner {
            membership: partner.id,
            name: partner.name,
            tier: partner.tier,
            country: partner.country,
        });
        Ok(partner.take(MOST_PARTNERS).collect())
    }
}
