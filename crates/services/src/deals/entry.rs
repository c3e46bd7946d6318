//! A stage that asks for something: what a deal lacks for it, and taking what it brings along.

use domain::deals::{
    Deal, Entry, EntryFacts, MoveDetails, Mover, Refusal, asks_on_entry, check_move, enter,
    missing, open_for_entry,
};
use domain::forms::{Context, Field, FieldKey, FormDefinition, Requirement};
use domain::people::{CompanyRight, PartnerRight};
use domain::pipeline::Stage;
use domain::views::EntryPart;
use domain::{DealId, StageId};
use store::Conn;

use super::record::{Recorder, number_text};
use super::registrar::form_of;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// What the rules look at, read for one deal.
struct Known {
    /// As the partner knows it: the company's own fields do not exist.
    form: FormDefinition,
    context: Context,
    file_in_messages: bool,
}

impl Known {
    fn facts<'a>(&'a self, deal: &'a Deal) -> EntryFacts<'a> {
        EntryFacts {
            form: &self.form,
            answers: &deal.answers,
            context: &self.context,
            file_in_messages: self.file_in_messages,
        }
    }
}

impl PartnerAccess {
    /// The form of that deal, as the partner knows it.
    pub async fn form_of(&self, id: DealId) -> Result<FormDefinition, ServiceError> {
        self.require(PartnerRight::WorkDeals)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, id).await?;
        let form = form_of(&mut conn, deal.form_version).await?;
        Ok(form.definition.0.for_partner())
    }

    /// What that stage asks of the deal before it may lie there; or why it may not.
    pub async fn entry(&self, id: DealId, to: StageId) -> Result<EntryPart, ServiceError> {
        self.require(PartnerRight::WorkDeals)?;
        let mut conn = self.services.read().await?;
        let recorder = self.recorder();
        let deal = recorder.load(&mut conn, id).await?;
        let pipeline = store::pipelines::get(&mut conn, self.company, self.program.id).await?;
        let present = deal.placement.as_ref().map(|placement| placement.stage);
        let from = present.and_then(|stage| pipeline.find(stage));
        let stage = pipeline.find(to).ok_or(Refusal::StageGone)?;
        let gate = check_move(
            deal.move_facts(),
            from,
            stage,
            Mover::Partner,
            self.services.now(),
        )?;
        let known = recorder.known(&mut conn, &deal).await?;
        let facts = known.facts(&deal);
        let asked = if present == Some(to) {
            domain::deals::Missing::default()
        } else {
            missing(&stage.rules, &facts, "")
        };
        let open = open_for_entry(&asked, &facts);
        let mut form = known.form.clone();
        // What the stage asks for is marked as what the form itself asks for.
        let fields = form.fields.iter_mut();
        for field in fields.filter(|field| asked.fields.contains(&field.key)) {
            field.required = Requirement::Always;
        }
        let submit_key = store::deals::submit_key(&mut conn, self.membership, id).await?;
        let files = store::files::list_by_deal(&mut conn, deal.company, id).await?;
        Ok(EntryPart {
            deal: id,
            customer: deal.summary.customer.clone(),
            number: number_text(&self.program.number_prefix, deal.number),
            version: deal.version,
            stage: stage.clone(),
            gate,
            missing: asked,
            open,
            given: deal.answers,
            files: files.into_iter().map(|(_, file, _)| file).collect(),
            today: known.context.today,
            tier: known.context.tier.map(|tier| tier.to_string()),
            partner_country: known.context.partner_country.unwrap_or_default(),
            form,
            lost_reasons: pipeline.lost_reasons,
            submit_key: submit_key.unwrap_or_default(),
        })
    }
}

impl CompanyAccess {
    /// The fields that a stage may ask for: those of the form in use that partners answer, with their labels.
    pub async fn entry_fields(&self) -> Result<Vec<(FieldKey, String)>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let form = store::forms::find_current(&mut conn, self.program.id).await?;
        let fields = form
            .map(|form| form.definition.0.fields)
            .unwrap_or_default();
        let asked = fields.into_iter().filter(Field::asks_partner);
        Ok(asked.map(|field| (field.key, field.label)).collect())
    }
}

impl Recorder {
    async fn known(&self, conn: &mut Conn, deal: &Deal) -> Result<Known, ServiceError> {
        let form = form_of(conn, deal.form_version).await?.definition.0;
        Ok(Known {
            form: form.for_partner(),
            context: self.company_context(conn, deal).await?,
            file_in_messages: store::messages::is_in_deal(conn, deal.id).await?,
        })
    }

    /// Takes what the deal brings into another stage; nothing where nothing is asked and nothing was brought.
    pub(super) async fn enter(
        &self,
        conn: &mut Conn,
        deal: &Deal,
        (to, mover): (&Stage, Mover),
        details: &MoveDetails,
    ) -> Result<Option<Entry>, ServiceError> {
        let stays = deal.placement.as_ref().is_some_and(|p| p.stage == to.id);
        let asked = asks_on_entry(to, mover) && !stays;
        let brought = mover == Mover::Partner && !details.answers.is_empty();
        if !asked && !brought {
            return Ok(None);
        }
        let mut known = self.known(conn, deal).await?;
        known.context.customers = self
            .partner_customers(conn, deal, &known.form, &details.answers)
            .await?;
        // Without a move nothing is open.
        let none = domain::pipeline::StageRules::default();
        let rules = if asked { &to.rules } else { &none };
        let entry = enter(rules, &known.facts(deal), details).map_err(ServiceError::Entry)?;
        Ok(Some(entry))
    }

    /// Whether a stage of the program lets a deal that is worked already take a file in that field.
    pub(super) async fn takes_file_later(
        &self,
        conn: &mut Conn,
        field: &FieldKey,
    ) -> Result<bool, ServiceError> {
        let (company, program) = (self.program.company, self.program.id);
        let pipeline = store::pipelines::get(conn, company, program).await?;
        let mut rules = pipeline.stages.iter().map(|stage| &stage.rules);
        Ok(rules.any(|rules| rules.file || rules.fields.contains(field)))
    }
}
