//! The company puts another answer into single fields of a deal that both sides see: the value, the close date, beside the board.

use domain::commands::ChangeAnswers;
use domain::forms::validate_change;
use domain::people::CompanyRight;

use super::registrar::form_of;
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// Changes what is mentioned and nothing else; gives the deal's version. By the rules by which the deal's page saves the
    /// company's answers: the fields that the form lets it edit, while the deal is in play, over the version that was seen.
    pub async fn change_answers(&self, command: ChangeAnswers) -> Result<i64, ServiceError> {
        let sized = command.answers.check_size();
        sized.map_err(|_| ServiceError::TooLarge)?;
        self.write(CompanyRight::Decide, command, |tx, recorder, command| {
            Box::pin(async move {
                let deal = recorder.load(tx, command.deal).await?;
                let form = form_of(tx, deal.form_version).await?.definition.0;
                let mut context = recorder.company_context(tx, &deal).await?;
                context.customers = recorder
                    .company_customers(tx, &form, &command.answers)
                    .await?;
                let answers = validate_change(&form, &deal.answers, &command.answers, &context)?;
                let seen = command.version;
                let deal = recorder.save_shared(tx, deal, &form, answers, seen).await?;
                Ok(deal.version)
            })
        })
        .await
    }
}
