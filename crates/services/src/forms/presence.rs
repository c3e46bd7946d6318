//! Who has the form open beside oneself, and as whom it can be looked at.

use domain::{
    UserId,
    commands::SayEditing,
    forms::FieldKey,
    people::{CompanyRight, MembershipStatus},
    views::{FormEditors, OtherEditor, PreviewPartner},
};
use store::form_editors::{self, FormEditorRow};

use crate::{CompanyAccess, ServiceError};

/// How long a window counts as open after it last said so.
const LEASE_SECONDS: i64 = 30;
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
                let row = FormEditorRow {
                    program_id: recorder.program.id,
                    window_key: said.window,
                    company_id: recorder.program.company,
                    user_id: recorder.user()?,
                    field: said.field.map(String::from).unwrap_or_default(),
                    seen_at: recorder.now,
                };
                let lease = recorder.now.plus_seconds(-LEASE_SECONDS);
                Ok(form_editors::see(tx, &row, lease).await?)
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
                Ok(form_editors::leave(tx, company, program, user, &window).await?)
            })
        })
        .await
    }

    async fn others_editing(&self, window: &str) -> Result<FormEditors, ServiceError> {
        let (company, program) = (self.company, self.program.id);
        let since = self.services.now().plus_seconds(-LEASE_SECONDS);
        let mut conn = self.services.read().await?;
        let mut rows = form_editors::list_since(&mut conn, company, program, since).await?;
        rows.retain(|row| row.window_key != window);
        let people: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
        let names = store::accounts::users::list_names(&mut conn, people).await?;
        let draft = store::forms::find_draft(&mut conn, company, program).await?;
        let other = |row: FormEditorRow| OtherEditor {
            who: names.get(&row.user_id).cloned().unwrap_or_default(),
            own: row.user_id == self.person.id,
            field: FieldKey::parse(&row.field).ok(),
        };
        Ok(FormEditors {
            others: rows.into_iter().map(other).collect(),
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

fn check_window(window: &str) -> Result<(), ServiceError> {
    let fits = (1..=40).contains(&window.len());
    if fits && window.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        Err(ServiceError::input(
            "window",
            "Use 1 to 40 letters and digits",
        ))
    }
}
