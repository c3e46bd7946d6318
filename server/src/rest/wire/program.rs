//! Programs with their forms, stages, offers and customers.

use domain::forms::interchange::json_schema;
use domain::pipeline::{Heads, Pipeline};
use domain::views::{CustomerPageView, CustomerView, OfferView, PartnerOfferView};
use domain::{
    CustomerId, DealId, FormVersionId, LostReasonId, OfferId, PipelineId, ProgramId, StageId,
};
use serde::Serialize;
use serde_json::Value;
use services::keys::KeyProgram;
use utoipa::ToSchema;

use super::words::{Movers, StageKind, Trigger};
use super::{DealLine, at};

/// A program that the key opens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Program {
    #[schema(value_type = String, example = "prog_01jd3v8m6kf3t9w2c5x7y8z0ab")]
    id: ProgramId,
    name: String,
    /// The company that runs it.
    company: String,
    /// What partners read of it.
    summary: String,
    /// Put before a deal's number.
    number_prefix: String,
    /// ISO 4217; what an amount starts with.
    currency: String,
    /// Whether partners may register deals now.
    submissions_open: bool,
    /// Whether this key may.
    may_register: bool,
    decision_hours: i64,
    protection_days: i64,
    extension_days: i64,
    version: i64,
}

impl From<KeyProgram> for Program {
    fn from(entered: KeyProgram) -> Self {
        let program = entered.program;
        Self {
            id: program.id,
            name: program.name,
            company: entered.company,
            summary: program.summary,
            number_prefix: program.number_prefix,
            currency: program.currency.code().to_owned(),
            submissions_open: program.submissions_open,
            may_register: entered.may_register,
            decision_hours: program.settings.decision_hours,
            protection_days: program.settings.protection_days,
            extension_days: program.settings.extension_days,
            version: program.version,
        }
    }
}

/// A published version of a program's form. It never changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormVersion {
    #[schema(value_type = String, example = "form_01jd3v8m6kf3t9w2c5x7y8z0ab")]
    id: FormVersionId,
    number: i32,
    /// A JSON Schema (2020-12) of `answers`. Whatever is accepted fits it; what fits it may still be refused by a
    /// condition between fields.
    json_schema: Value,
}

impl From<domain::forms::FormVersion> for FormVersion {
    fn from(form: domain::forms::FormVersion) -> Self {
        Self {
            id: form.id,
            number: form.number,
            json_schema: json_schema(&form.definition),
        }
    }
}

/// The columns of the board, in order, and the reasons for losing.
#[derive(Debug, Serialize, ToSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "callers read the stages under their own name"
)]
pub struct Stages {
    stages: Vec<Stage>,
    lost_reasons: Vec<LostReason>,
    /// The first takes all deals that no rule of another leads there.
    pipelines: Vec<ProgramPipeline>,
}

/// One of a program's pipelines. A deal enters one with its approval, and moves within it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramPipeline {
    #[schema(value_type = String)]
    id: PipelineId,
    name: String,
    /// Which deals enter it. Says nothing for the first, and nothing to a partner's key.
    entry: EntryRule,
}

/// Which deals enter a pipeline: in the order of the pipelines the first rule that holds wins.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct EntryRule {
    /// Ids of tiers, any of which holds; empty where the tier is no matter.
    tiers: Vec<String>,
    /// The field whose answer is compared; must hold beside the tiers.
    field: Option<String>,
    /// In words, like `is at least`.
    comparison: Option<String>,
    /// What the answer is compared with.
    values: Vec<String>,
}

impl From<domain::pipeline::EntryRule> for EntryRule {
    fn from(rule: domain::pipeline::EntryRule) -> Self {
        let compared = rule.answer.map(|condition| {
            let operator = condition.operator;
            let words = operator.kind().label().to_owned();
            (condition.subject.to_string(), words, operator.operands())
        });
        let (field, comparison, values) = match compared {
            Some((field, words, values)) => (Some(field), Some(words), values),
            None => (None, None, Vec::new()),
        };
        Self {
            tiers: rule.tiers.iter().map(ToString::to_string).collect(),
            field,
            comparison,
            values,
        }
    }
}

fn pipelines(heads: Heads) -> Vec<ProgramPipeline> {
    let first = ProgramPipeline {
        id: PipelineId::FIRST,
        name: heads.name(PipelineId::FIRST).to_owned(),
        entry: EntryRule::default(),
    };
    let others = heads.others.into_iter().map(|head| ProgramPipeline {
        id: head.id,
        name: head.name,
        entry: head.entry.into(),
    });
    std::iter::once(first).chain(others).collect()
}

/// A column of the board.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stage {
    #[schema(value_type = String)]
    id: StageId,
    /// The pipeline that it belongs to.
    #[schema(value_type = String)]
    pipeline: PipelineId,
    name: String,
    kind: StageKind,
    /// Per cent.
    probability: i32,
    /// Days after which a deal counts as stuck.
    stuck_days: Option<i32>,
    /// What it means, in the company's words; empty where it says nothing.
    description: String,
    /// So many deals at once are meant to be enough. Nothing is refused for it.
    wip_hint: Option<i32>,
    /// Who moves deals into it.
    moves_in: Movers,
    /// Who moves deals out of it.
    moves_out: Movers,
    /// Fields of a deal's form that must be filled when a partner moves it in; `answers` of the move fill them.
    required_fields: Vec<String>,
    /// Whether a partner's move in needs a `note`.
    requires_note: bool,
    /// Whether the deal needs a file, in its form or in one of its messages, when a partner moves it in.
    requires_file: bool,
}

/// A reason from the company's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LostReason {
    #[schema(value_type = String)]
    id: LostReasonId,
    label: String,
    /// The heading that it stands under; empty for none.
    group: String,
}

impl From<Pipeline> for Stages {
    fn from(pipeline: Pipeline) -> Self {
        let stage = |stage: domain::pipeline::Stage| Stage {
            id: stage.id,
            pipeline: stage.pipeline,
            name: stage.name,
            kind: stage.kind.into(),
            probability: stage.probability,
            stuck_days: stage.stuck_days,
            description: stage.description,
            wip_hint: stage.wip_hint,
            moves_in: stage.rules.moves_in.into(),
            moves_out: stage.rules.moves_out.into(),
            required_fields: stage.rules.fields.iter().map(ToString::to_string).collect(),
            requires_note: stage.rules.note,
            requires_file: stage.rules.file,
        };
        let reason = |reason: domain::pipeline::LostReason| LostReason {
            id: reason.id,
            label: reason.label,
            group: reason.group,
        };
        Self {
            stages: pipeline.stages.into_iter().map(stage).collect(),
            lost_reasons: pipeline.lost_reasons.into_iter().map(reason).collect(),
            pipelines: pipelines(pipeline.heads),
        }
    }
}

/// A business that bought, or is about to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    #[schema(value_type = String)]
    id: CustomerId,
    name: String,
    domain: Option<String>,
    /// With the win's confirmation; until then provisional.
    confirmed: bool,
    /// The deal whose win made it a customer.
    #[schema(value_type = String)]
    deal: DealId,
    partner: String,
    #[schema(format = DateTime)]
    since: String,
}

impl From<CustomerView> for Customer {
    fn from(customer: CustomerView) -> Self {
        Self {
            id: customer.id,
            name: customer.name,
            domain: customer.domain,
            confirmed: customer.confirmed,
            deal: customer.deal,
            partner: customer.partner,
            since: at(customer.since),
        }
    }
}

/// A customer with the deals of this program that won it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerPage {
    customer: Customer,
    deals: Vec<DealLine>,
}

impl From<CustomerPageView> for CustomerPage {
    fn from(page: CustomerPageView) -> Self {
        Self {
            customer: page.customer.into(),
            deals: page.deals.into_iter().map(DealLine::from).collect(),
        }
    }
}

/// A commission promise. A company's key sees all of them, a partner's those that hold for its tier today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Offer {
    #[schema(value_type = String)]
    id: OfferId,
    name: String,
    /// Of the version that is shown.
    number: i32,
    trigger: Trigger,
    /// The offer in plain words.
    sentence: String,
    #[schema(format = Date)]
    ends_on: Option<String>,
    /// Whether it earns today.
    in_force: bool,
}

impl Offer {
    /// Of the newest version; an offer always has one.
    pub fn of_company(offer: OfferView) -> Option<Self> {
        let newest = offer.versions.into_iter().next()?;
        Some(Self {
            id: offer.id,
            name: newest.terms.name,
            number: newest.number,
            trigger: newest.terms.trigger.into(),
            sentence: offer.sentence,
            ends_on: newest.terms.ends_on.map(|date| date.to_string()),
            in_force: offer.in_force.is_some(),
        })
    }
}

impl From<PartnerOfferView> for Offer {
    fn from(offer: PartnerOfferView) -> Self {
        Self {
            id: offer.id,
            name: offer.name,
            number: offer.number,
            trigger: offer.trigger.into(),
            sentence: offer.sentence,
            ends_on: offer.ends_on.map(|date| date.to_string()),
            in_force: true,
        }
    }
}
