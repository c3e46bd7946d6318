//! The mail that tells somebody of a fact, as each of them chose.

use domain::deals::{Deal, DealFact};
use domain::mail::{DealNews, MailKind};
use domain::notices::is_for_mail;
use domain::people::Side;
use domain::{CompanyId, UserId};
use store::Tx;
use store::preferences::Listener;

use super::notices::href;
use super::record::{Recorder, number_text};
use crate::ServiceError;
use crate::mail::Receiver;

/// What a mail about a deal says, whoever gets it.
pub(super) struct NewsOfDeal {
    company: CompanyId,
    to_side: Side,
    number: String,
    customer: String,
    path: String,
    fact: DealFact,
}

impl Recorder {
    /// `None` where nobody is written to, or not of this.
    pub(super) fn news_of_deal(
        &self,
        deal: &Deal,
        to_side: Side,
        fact: &DealFact,
    ) -> Option<NewsOfDeal> {
        (self.post.is_some() && is_for_mail(fact)).then(|| NewsOfDeal {
            company: deal.company,
            to_side,
            number: number_text(&self.program.number_prefix, deal.number),
            customer: deal.summary.customer.clone(),
            path: href(to_side, deal),
            fact: fact.clone(),
        })
    }

    pub(super) async fn write_to(
        &self,
        tx: &mut Tx,
        letter: &NewsOfDeal,
        listener: &Listener,
    ) -> Result<(), ServiceError> {
        let Some(post) = &self.post else {
            return Ok(());
        };
        let news = DealNews {
            base_url: post.base_url(),
            to_name: &listener.name,
            to_side: letter.to_side,
            who: &self.who,
            number: &letter.number,
            customer: &letter.customer,
            program: &self.program.name,
            path: &letter.path,
            fact: &letter.fact,
        };
        let Some(mail) = news.mail() else {
            return Ok(());
        };
        let user: UserId = listener.user;
        let to = Receiver {
            company: Some(letter.company),
            user: Some(user),
            email: listener.email.clone(),
            shows_address: letter.to_side == Side::Company,
        };
        let row = post.row((self.id(), self.now), MailKind::Notice, to, mail);
        Ok(store::mail::insert(tx, &row).await?)
    }
}
