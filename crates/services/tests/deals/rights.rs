//! A right is asked again inside the write: whoever lost it after the door was opened changes nothing.

use domain::commands::{
    AddClaim, AppealDeal, ChangeAnswers, ChangeMembership, ChooseCardFields, DecideDeal,
    ExtendProtection, InvitePartner, JudgeWin, MoveDeal, MoveFormSchedule, Place, PublishForm,
    ReplacePipeline, SaveFormDraft, SaveProgramSettings, ScheduleForm, SwitchSubmissions,
    UseFormAgain, WithdrawDeal,
};
use domain::deals::{Decision, MoveDetails, WinVerdict};
use domain::people::{CompanyRole, MembershipStatus, PartnerRole};
use domain::{ClaimId, DealId, FileId, LinkId, TierId};
use services::{CompanyAccess, PartnerAccess, ServiceError};
use testkit::{TestDb, both_engines, in_write};
use uuid::Uuid;

use crate::desk::Desk;

type Outcomes = Vec<(&'static str, Result<(), ServiceError>)>;

/// Every command of the company's side, by name, and what became of it.
async fn company_commands(desk: &Desk, access: &CompanyAccess, deals: [DealId; 3]) -> Outcomes {
    let mut outcomes = verdicts(desk, access, deals).await;
    outcomes.extend(designs(desk, access).await);
    outcomes.extend(partners(desk, access).await);
    outcomes
}

async fn verdicts(
    desk: &Desk,
    access: &CompanyAccess,
    [submitted, approved, won]: [DealId; 3],
) -> Outcomes {
    let decide = DecideDeal {
        deal: submitted,
        decision: Decision::Approve {
            message: String::new(),
        },
        version: 2,
    };
    let judge = JudgeWin {
        deal: won,
        verdict: WinVerdict::Confirm,
        version: 4,
    };
    let extend = ExtendProtection {
        deal: approved,
        version: 3,
    };
    let mut over = step(desk, approved);
    over.details.override_reason = Some("Agreed by phone".into());
    let claim = AddClaim {
        customer: "Brightwater".into(),
        site: String::new(),
        note: String::new(),
    };
    let change = ChangeAnswers {
        deal: approved,
        answers: [("region", "North")].into_iter().collect(),
        version: 3,
    };
    let nothing = ClaimId(Uuid::from_u128(7));
    vec![
        (
            "change_answers",
            access.change_answers(change).await.map(drop),
        ),
        ("decide", access.decide(decide).await.map(drop)),
        ("judge_win", access.judge_win(judge).await.map(drop)),
        ("extend", access.extend_protection(extend).await.map(drop)),
        ("override", access.override_stage(over).await.map(drop)),
        ("add_claim", access.add_claim(claim).await.map(drop)),
        ("remove_claim", access.remove_claim(nothing).await),
    ]
}

async fn designs(desk: &Desk, access: &CompanyAccess) -> Outcomes {
    let version = access.program().version;
    let pipeline = ReplacePipeline {
        pipeline: desk.world.pipeline.clone(),
        mappings: Vec::new(),
        version,
    };
    let settings = SaveProgramSettings {
        name: "Renamed".into(),
        summary: String::new(),
        number_prefix: "REN".into(),
        currency: "EUR".into(),
        decision_hours: 1,
        protection_days: 1,
        extension_days: 1,
        version,
    };
    let switch = SwitchSubmissions { open: false };
    let cards = ChooseCardFields {
        fields: vec!["country".into()],
        before: Vec::new(),
    };
    let draft = SaveFormDraft {
        definition: desk.world.form.definition.0.clone(),
        version: 0,
    };
    let publish = PublishForm { version: 1 };
    let schedule = ScheduleForm {
        version: 1,
        at: desk.services.now().plus_hours(1),
    };
    let later = MoveFormSchedule {
        from: desk.services.now(),
        at: desk.services.now().plus_hours(1),
    };
    let again = UseFormAgain {
        form: desk.world.form.id,
        current: desk.world.form.id,
    };
    vec![
        (
            "pipeline",
            access.replace_pipeline(pipeline).await.map(drop),
        ),
        ("settings", access.save_settings(settings).await.map(drop)),
        ("switch", access.switch_submissions(switch).await),
        ("cards", access.choose_card_fields(cards).await.map(drop)),
        ("draft", access.save_form_draft(draft).await.map(drop)),
        ("publish", access.publish_form(publish).await.map(drop)),
        ("schedule", access.schedule_form(schedule).await.map(drop)),
        ("move", access.move_form_schedule(later).await),
        ("cancel", access.cancel_form_schedule().await),
        ("again", access.use_form_again(again).await.map(drop)),
    ]
}

async fn partners(desk: &Desk, access: &CompanyAccess) -> Outcomes {
    let change = ChangeMembership {
        membership: desk.world.membership.id,
        status: MembershipStatus::Ended,
        tier: None,
        version: 1,
    };
    let invite = InvitePartner {
        partner_name: "Moss".into(),
        email: "max@moss.test".into(),
        tier: None,
    };
    let nothing = Uuid::from_u128(7);
    vec![
        ("change", access.change_membership(change).await.map(drop)),
        ("tier", access.save_tier(None, "Silver").await),
        ("no_tier", access.delete_tier(TierId(nothing)).await),
        ("invite", access.invite_partner(invite).await.map(drop)),
        (
            "withdraw",
            access.withdraw_invitation(LinkId(nothing)).await,
        ),
    ]
}

/// Every command of the partner's side that works on a deal, by name, and what became of it. Registering is tried in
/// `life`.
async fn partner_commands(
    desk: &Desk,
    access: &PartnerAccess,
    [draft, approved]: [DealId; 2],
) -> Outcomes {
    let appeal = AppealDeal {
        deal: approved,
        note: "Why?".into(),
        version: 3,
    };
    let withdraw = WithdrawDeal {
        deal: approved,
        version: 3,
    };
    let file = FileId(Uuid::from_u128(7));
    vec![
        (
            "move",
            access.move_deal(step(desk, approved)).await.map(drop),
        ),
        ("withdraw", access.withdraw_deal(withdraw).await.map(drop)),
        ("appeal", access.appeal_deal(appeal).await.map(drop)),
        ("delete_draft", access.delete_draft(draft).await),
        ("remove_file", access.remove_file(draft, file).await),
    ]
}

fn step(desk: &Desk, deal: DealId) -> MoveDeal {
    MoveDeal {
        deal,
        to_stage: desk.stage("Proposal"),
        place: Place::Top,
        details: MoveDetails::default(),
        version: 3,
    }
}

async fn last_seq(db: &TestDb) -> i64 {
    store::events::last_seq(&mut db.read().await.unwrap())
        .await
        .unwrap()
}

both_engines! {
    async fn a_demoted_colleague_decides_nothing_any_more(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deals = [
            desk.submit("key-1", "Tern Labs").await,
            desk.approved("key-2", "Hale").await,
            desk.approved("key-3", "Moss").await,
        ];
        desk.win(deals[2]).await;
        let access = desk.company().await;
        let (company, admin) = (desk.world.company.id, desk.world.admin.id);
        in_write!(db, |tx| [] store::companies::save_role(tx, company, admin, CompanyRole::Finance).await).unwrap();
        let before = last_seq(db).await;
        for (name, outcome) in company_commands(&desk, &access, deals).await {
            assert!(matches!(outcome, Err(ServiceError::Forbidden)), "{name}: {outcome:?}");
        }
        in_write!(db, |tx| [] store::companies::delete_member(tx, company, admin).await).unwrap();
        for (name, outcome) in company_commands(&desk, &access, deals).await {
            assert!(matches!(outcome, Err(ServiceError::NotFound)), "{name}: {outcome:?}");
        }
        assert_eq!(last_seq(db).await, before);
    }

    async fn a_suspended_partner_works_nothing_any_more(db: &TestDb) {
        let desk = Desk::open(db).await;
        let save = domain::commands::SaveDraft {
            submit_key: "key-1".into(),
            answers: crate::desk::answers("Tern Labs"),
        };
        let (draft, _) = desk.partner().await.save_draft(save).await.unwrap();
        let deals = [draft, desk.approved("key-2", "Hale").await];
        let access = desk.partner().await;
        let (partner, owner) = (desk.world.partner.id, desk.world.owner.id);
        let mut membership = desk.world.membership.clone();
        membership.status = MembershipStatus::Suspended;
        in_write!(db, |tx| [membership] store::memberships::save(tx, &membership).await).unwrap();
        let before = last_seq(db).await;
        for (name, outcome) in partner_commands(&desk, &access, deals).await {
            assert!(matches!(outcome, Err(ServiceError::Forbidden)), "{name}: {outcome:?}");
        }
        membership.status = MembershipStatus::Active;
        membership.version += 1;
        in_write!(db, |tx| [membership] {
            store::memberships::save(tx, &membership).await?;
            store::partners::save_role(tx, partner, owner, PartnerRole::Finance).await
        }).unwrap();
        for (name, outcome) in partner_commands(&desk, &access, deals).await {
            assert!(matches!(outcome, Err(ServiceError::Forbidden)), "{name}: {outcome:?}");
        }
        in_write!(db, |tx| [] store::partners::delete_member(tx, partner, owner).await).unwrap();
        for (name, outcome) in partner_commands(&desk, &access, deals).await {
            assert!(matches!(outcome, Err(ServiceError::NotFound)), "{name}: {outcome:?}");
        }
        assert_eq!(last_seq(db).await, before);
    }
}
