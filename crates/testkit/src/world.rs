use crate::TestDb;
use domain::{
    Currency, LostReasonId, Rank, StageId,
    deals::{Deal, Placement, Registration, Submission, Summary, Win},
    forms::{Answers, starter_form},
    people::{CompanyRole, MembershipStatus, PartnerRole},
    pipeline::{Heads, LostReason, Pipeline, Stage, StageKind, StageRules},
    program::{Program, ProgramSettings, Tier},
};
use store::{
    JsonText, StoreError, Tx,
    accounts::users::{self, User},
    companies::{self, Company},
    forms::{self, FormVersionRow},
    memberships::{self, Membership},
    partners::{self, Partner},
    pipelines, programs,
};

/// The smallest world in which a deal can be registered: one company with one program, one partner that joined it, one
/// person on each side, the form and the stages that a new program ships with.
#[derive(Debug, Clone)]
pub struct World {
    pub company: Company,
    pub admin: User,
    pub program: Program,
    pub tier: Tier,
    pub form: FormVersionRow,
    pub pipeline: Pipeline,
    pub partner: Partner,
    pub owner: User,
    pub membership: Membership,
}

impl World {
    /// Builds it in an empty database.
    pub async fn build(db: &TestDb) -> Self {
        Self::build_named(db, "alta").await
    }

    /// Another one beside it, with nothing in common: the foreign tenant.
    pub async fn build_named(db: &TestDb, name: &str) -> Self {
        let world = Self::imagine(db, name);
        let kept = world.clone();
        db.write(move |tx| {
            let world = kept.clone();
            Box::pin(async move { world.insert(tx).await })
        })
        .await
        .unwrap_or_else(|error| panic!("cannot build the world {name}: {error}"));
        world
    }

    fn imagine(db: &TestDb, name: &str) -> Self {
        let now = db.now();
        let person = |role: &str| User {
            id: db.id(),
            email: format!("{role}@{name}.test"),
            email_folded: format!("{role}@{name}.test"),
            name: format!("{role} of {name}"),
            password_hash: None,
            created_at: now,
            disabled_at: None,
        };
        let company = Company {
            id: db.id(),
            name: name.to_owned(),
            slug: name.to_owned(),
            created_at: now,
            version: 1,
        };
        let currency: Currency = "EUR"
            .parse()
            .unwrap_or_else(|error| panic!("no euro: {error}"));
        let program = Program {
            id: db.id(),
            company: company.id,
            name: format!("{name} referrals"),
            slug: "referrals".to_owned(),
            summary: "Register what you found.".to_owned(),
            number_prefix: "ALT".to_owned(),
            currency,
            submissions_open: true,
            settings: ProgramSettings::default(),
            version: 1,
        };
        let tier = Tier {
            id: db.id(),
            name: "Gold".to_owned(),
            position: 1,
        };
        let partner = Partner {
            id: db.id(),
            name: format!("{name} partner"),
            country: "DE".to_owned(),
            created_at: now,
            version: 1,
        };
        let membership = Membership {
            id: db.id(),
            company_id: company.id,
            program_id: program.id,
            partner_id: partner.id,
            tier_id: Some(tier.id),
            status: MembershipStatus::Active,
            created_at: now,
            changed_at: now,
            version: 1,
        };
        let admin = person("admin");
        let form = FormVersionRow {
            id: db.id(),
            company_id: company.id,
            program_id: program.id,
            number: 1,
            definition: JsonText(starter_form(currency)),
            published_by: Some(admin.id),
            published_at: now,
        };
        Self {
            owner: person("owner"),
            pipeline: pipeline(db),
            company,
            admin,
            program,
            tier,
            form,
            partner,
            membership,
        }
    }

    /// A draft of this world's partner, not kept yet.
    pub fn draft(&self, db: &TestDb, customer: &str) -> Deal {
        Deal {
            id: db.id(),
            company: self.company.id,
            program: self.program.id,
            partner: self.partner.id,
            membership: self.membership.id,
            number: None,
            form_version: self.form.id,
            answers: Answers::default(),
            summary: Summary {
                customer: customer.to_owned(),
                ..Summary::default()
            },
            registration: Registration::Draft,
            placement: None,
            win: Win::None,
            owner: self.owner.id,
            created_by: self.owner.id,
            created_at: db.now(),
            changed_by: self.owner.id,
            changed_at: db.now(),
            version: 1,
        }
    }

    /// A submitted registration, not kept yet.
    pub fn submitted(&self, db: &TestDb, customer: &str, number: i64) -> Deal {
        Deal {
            number: Some(number),
            registration: Registration::Submitted(self.submission(db)),
            ..self.draft(db, customer)
        }
    }

    /// An approved deal in a stage (counted from 0), not kept yet.
    pub fn placed(
        &self,
        db: &TestDb,
        customer: &str,
        number: i64,
        stage: usize,
        rank: &str,
    ) -> Deal {
        let stage = self
            .pipeline
            .stages
            .get(stage)
            .unwrap_or_else(|| panic!("no stage {stage}"));
        let now = db.now();
        Deal {
            number: Some(number),
            registration: Registration::Approved {
                submission: self.submission(db),
                by: self.admin.id,
                at: now,
                message: String::new(),
                protected_until: now.plus_days(self.program.settings.protection_days),
                extended: false,
            },
            placement: Some(Placement {
                stage: stage.id,
                entered_at: now,
                rank: Rank(rank.to_owned()),
                lost: None,
            }),
            ..self.draft(db, customer)
        }
    }

    fn submission(&self, db: &TestDb) -> Submission {
        let now = db.now();
        Submission {
            at: now,
            by: self.owner.id,
            due_at: now.plus_hours(self.program.settings.decision_hours),
            appealed: false,
            note: String::new(),
        }
    }

    async fn insert(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let at = self.company.created_at;
        for user in [&self.admin, &self.owner] {
            users::insert(tx, user).await?;
        }
        companies::insert(tx, &self.company).await?;
        companies::insert_member(tx, self.company.id, self.admin.id, CompanyRole::Admin, at)
            .await?;
        programs::insert(tx, &self.program, at).await?;
        programs::insert_tier(tx, self.company.id, self.program.id, &self.tier).await?;
        forms::insert_version(tx, &self.form).await?;
        pipelines::save(tx, self.company.id, self.program.id, &self.pipeline, at).await?;
        partners::insert(tx, &self.partner).await?;
        partners::insert_member(tx, self.partner.id, self.owner.id, PartnerRole::Owner, at).await?;
        memberships::insert(tx, &self.membership).await?;
        Ok(())
    }
}

/// Qualified, Proposal, Negotiation, Closed won, Closed lost.
fn pipeline(db: &TestDb) -> Pipeline {
    let stages = [
        ("Qualified", StageKind::Open, "blue"),
        ("Proposal", StageKind::Open, "cyan"),
        ("Negotiation", StageKind::Open, "amber"),
        ("Closed won", StageKind::Won, "green"),
        ("Closed lost", StageKind::Lost, "rose"),
    ];
    let stage = |(position, (name, kind, hue)): (i32, (&str, StageKind, &str))| Stage {
        id: db.id::<StageId>(),
        name: name.to_owned(),
        kind,
        hue: hue.to_owned(),
        position,
        stuck_days: (kind == StageKind::Open).then_some(14),
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
        pipeline: domain::PipelineId::FIRST,
    };
    let reason = |label: &str| LostReason {
        id: db.id::<LostReasonId>(),
        label: label.to_owned(),
        group: String::new(),
    };
    Pipeline {
        stages: (1..).zip(stages).map(stage).collect(),
        lost_reasons: ["Price", "No budget"].map(reason).into(),
        heads: Heads::default(),
    }
}
