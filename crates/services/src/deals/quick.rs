//! A deal at a glance, for the sheet beside the board. Unlike opening its page, a glance reads no notice and no message.

use domain::deals::{Deal, Fixed, Win, check_company_answers, check_partner_answers, path};
use domain::forms::{Field, FormDefinition, RawAnswers, Requirement, SystemField, answer_text_in};
use domain::people::{CompanyRight, PartnerRight, Side};
use domain::views::{
    CompanyQuickView, InPlace, OpenAnswer, PartnerQuickView, QuickAnswer, QuickDeal, QuickStage,
    most_important,
};
use domain::{DealId, Locale, UserId};
use store::Conn;
use store::messages::unread;

use super::record::{Recorder, number_text};
use super::registrar::form_of;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Steps of the path that are read: more than anybody looks at.
const STEPS: i64 = 200;
/// What a glance shows at its head, and not again among the answers.
const AT_HEAD: [SystemField; 3] = SystemField::NEEDED;

/// Who looks, and how numbers and days are written for them.
struct Viewer {
    reader: (UserId, Side),
    locale: Locale,
}

impl PartnerAccess {
    /// The deal beside the team's board.
    pub async fn quick_view(&self, id: DealId) -> Result<PartnerQuickView, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let recorder = self.recorder();
        let deal = recorder.load(&mut conn, id).await?;
        let form = form_of(&mut conn, deal.form_version).await?;
        let form = form.definition.0.for_partner();
        let registers = self.require(PartnerRight::Register).is_ok();
        let now = self.services.now();
        let part = |system| {
            let field = form.system(system);
            let checked = check_partner_answers(&deal, field, registers, now);
            in_place(&deal, field, checked)
        };
        let (value, close_date) = (part(SystemField::Value), part(SystemField::CloseDate));
        let viewer = Viewer {
            reader: (self.person.id, Side::Partner),
            locale: self.locale,
        };
        Ok(PartnerQuickView {
            deal: recorder.glance(&mut conn, deal, &form, viewer).await?,
            value,
            close_date,
        })
    }
}

impl CompanyAccess {
    /// The deal beside the program's board, with what of it may be put otherwise there. A draft is its team's own business.
    pub async fn quick_view(&self, id: DealId) -> Result<CompanyQuickView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let recorder = self.recorder();
        let deal = recorder.load(&mut conn, id).await?;
        let form = form_of(&mut conn, deal.form_version).await?.definition.0;
        let partner = store::partners::find(&mut conn, deal.partner).await?;
        let decides = self.require(CompanyRight::Decide).is_ok();
        let part = |system| {
            let field = form.system(system);
            in_place(&deal, field, check_company_answers(&deal, field, decides))
        };
        let (value, close_date) = (part(SystemField::Value), part(SystemField::CloseDate));
        let viewer = Viewer {
            reader: (self.person.id, Side::Company),
            locale: self.locale,
        };
        Ok(CompanyQuickView {
            deal: recorder.glance(&mut conn, deal, &form, viewer).await?,
            partner: partner.map(|partner| partner.name).unwrap_or_default(),
            value,
            close_date,
        })
    }
}

impl Recorder {
    /// What both sides see; `form` is the deal's, as the viewer knows it.
    async fn glance(
        &self,
        conn: &mut Conn,
        deal: Deal,
        form: &FormDefinition,
        Viewer { reader, locale }: Viewer,
    ) -> Result<QuickDeal, ServiceError> {
        let program = &self.program;
        let pipeline = store::pipelines::get(conn, program.company, program.id).await?;
        let history = store::deals::way(conn, deal.id, STEPS).await?;
        let owner = store::accounts::users::find(conn, deal.owner).await?;
        let unread = unread::in_thread(conn, reader, deal.membership, Some(deal.id)).await?;
        let placement = deal.placement.as_ref();
        let stage = placement.and_then(|placement| {
            let stage = pipeline.find(placement.stage)?;
            Some(QuickStage {
                name: stage.name.clone(),
                hue: stage.hue.clone(),
                entered_at: placement.entered_at,
                stuck_days: stage.stuck_days,
            })
        });
        let (answers, more_answers) = most_important(answers(form, &deal, locale));
        Ok(QuickDeal {
            id: deal.id,
            number: number_text(&program.number_prefix, deal.number),
            registration: deal.status(),
            win: deal.win.status(),
            said: said(&deal),
            protected_until: deal.registration.protected_until(),
            stage,
            path: path(&history, placement, &pipeline, self.now),
            owner: owner.map(|owner| owner.name).unwrap_or_default(),
            answers,
            more_answers,
            unread,
            version: deal.version,
            now: self.now,
            customer: deal.summary.customer,
            value: deal.summary.value,
            close_date: deal.summary.close_date,
        })
    }
}

/// What the company wrote last.
fn said(deal: &Deal) -> String {
    let words = match &deal.win {
        Win::Rejected { reason, .. } => Some(reason.as_str()),
        _ => deal.registration.message(),
    };
    words.unwrap_or_default().to_owned()
}

/// The answers that are not at the head, in the order of the deal's own form version.
fn answers(form: &FormDefinition, deal: &Deal, locale: Locale) -> Vec<QuickAnswer> {
    let fields = form.fields.iter().filter(|field| !is_at_head(field));
    let answered = fields.filter_map(|field| Some((field, deal.answers.get(&field.key)?)));
    let answers = answered.map(|(field, answer)| QuickAnswer {
        key: field.key.clone(),
        label: field.label.clone(),
        text: answer_text_in(field, answer, locale),
        required: field.required == Requirement::Always,
    });
    answers.filter(|answer| !answer.text.is_empty()).collect()
}

fn is_at_head(field: &Field) -> bool {
    field.system.is_some_and(|system| AT_HEAD.contains(&system))
}

fn in_place(deal: &Deal, field: Option<&Field>, checked: Result<(), Fixed>) -> InPlace {
    match (checked, field) {
        (Ok(()), Some(field)) => {
            let raw: RawAnswers = deal.answers.to_raw().pairs_of(field).into_iter().collect();
            InPlace::Open(Box::new(OpenAnswer {
                field: field.clone(),
                raw,
            }))
        }
        (Ok(()), None) => InPlace::Fixed(Fixed::NotAsked),
        (Err(fixed), _) => InPlace::Fixed(fixed),
    }
}
