//! A deal at a glance beside the board, and its value and close date put otherwise there.

use domain::commands::{ChangeAnswers, PublishForm, SaveCompanyAnswers, SaveFormDraft, SubmitDeal};
use domain::deals::{Decision, Fixed, MoveDetails, Refusal, RegistrationStatus};
use domain::forms::{
    EditedBy, Field, FieldKey, FieldKind, FieldProblem, SeenBy, SystemField, Traits,
};
use domain::money::Totals;
use domain::people::CompanyRole;
use domain::views::{CompanyQuickView, DealFilter, InPlace};
use domain::{Currency, DealId, Money};
use services::ServiceError;
use testkit::{World, both_engines};

use crate::desk::{Desk, answers};

fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

/// A deal in the first stage of a program whose form lets the company edit the value; it has a required field of the company's own,
/// which nobody has answered.
async fn placed(desk: &Desk) -> DealId {
    let company = desk.company().await;
    let before = company.form_editor().await.unwrap();
    let mut definition = before.draft;
    for field in &mut definition.fields {
        if field.system == Some(SystemField::Value) {
            field.traits.edited_by = EditedBy::Both;
        }
    }
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    let verdict = Field::new(key("verdict"), FieldKind::Text, "Our verdict");
    definition.fields.push(verdict.required().traits(own));
    let version = before.version;
    let save = SaveFormDraft {
        definition,
        version,
    };
    let version = company.save_form_draft(save).await.unwrap().version;
    let after = company.publish_form(PublishForm { version }).await.unwrap();
    let command = SubmitDeal {
        submit_key: "one".into(),
        form_version: after.published.id,
        answers: answers("Tern Labs"),
    };
    let submitted = desk.partner().await.submit_deal(command).await.unwrap();
    let deal = submitted.deal();
    let message = "Go ahead".to_owned();
    let approve = Decision::Approve { message };
    desk.decide(deal, approve).await.unwrap();
    deal
}

async fn change(
    desk: &Desk,
    deal: DealId,
    pairs: &[(&str, &str)],
    version: i64,
) -> Result<i64, ServiceError> {
    let command = ChangeAnswers {
        deal,
        answers: pairs.iter().copied().collect(),
        version,
    };
    desk.company().await.change_answers(command).await
}

async fn seen(desk: &Desk, deal: DealId) -> CompanyQuickView {
    desk.company().await.quick_view(deal).await.unwrap()
}

fn amount(text: &str) -> [(&str, &str); 2] {
    [("value", text), ("value.currency", "EUR")]
}

both_engines! {
    async fn a_glance_tells_where_the_deal_was_and_reads_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = placed(&desk).await;
        desk.clock.advance_seconds(3 * 86_400);
        desk.move_to(deal, "Proposal", MoveDetails::default()).await.unwrap();
        desk.clock.advance_seconds(12 * 86_400);
        let unread = desk.services.unread_notices(desk.world.owner.id).await.unwrap();
        assert!(unread > 0);
        let partner = desk.partner().await;
        let view = partner.quick_view(deal).await.unwrap();
        let glance = view.deal;
        let steps: Vec<(&str, i64, bool)> = glance.path.iter()
            .map(|step| (step.name.as_str(), step.seconds / 86_400, step.present))
            .collect();
        assert_eq!(steps, [("Qualified", 3, false), ("Proposal", 12, true)]);
        assert_eq!(glance.stage.unwrap().name, "Proposal");
        assert_eq!((glance.customer.as_str(), glance.said.as_str()), ("Tern Labs", "Go ahead"));
        assert_eq!(glance.value, Some(Money::new(1_200_050, Currency::EUR)));
        assert_eq!(glance.registration, RegistrationStatus::Approved);
        assert!(glance.protected_until.is_some());
        let labels: Vec<&str> = glance.answers.iter().map(|line| line.key.as_str()).collect();
        assert_eq!(labels, ["country", "contact_name", "contact_email"]);
        let InPlace::Open(theirs) = view.value else { panic!("the value is the partner\u{2019}s to change") };
        assert_eq!(theirs.raw.first(&key("value")), "12000.50");
        assert!(matches!(view.close_date, InPlace::Open(_)));
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), unread);
        let company = seen(&desk, deal).await;
        assert_eq!(company.partner, desk.world.partner.name);
        assert_eq!(company.deal.path, glance.path);
        assert_eq!(company.close_date, InPlace::Fixed(Fixed::PartnerAnswers));
        let InPlace::Open(open) = company.value else { panic!("the value is the company\u{2019}s to change") };
        assert_eq!((open.raw.first(&key("value")), open.raw.currency(&key("value"))), ("12000.50", Some("EUR")));
    }

    async fn a_changed_value_is_in_the_sum_of_its_column_and_nothing_else_changes(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = placed(&desk).await;
        let before = desk.company().await.deal(deal).await.unwrap().deal;
        // The company's own field is not asked for: it stands on another page.
        let version = change(&desk, deal, &amount("15000"), before.version).await.unwrap();
        let after = seen(&desk, deal).await.deal;
        assert_eq!((after.version, after.value), (version, Some(Money::new(1_500_000, Currency::EUR))));
        assert_eq!(after.close_date, before.summary.close_date);
        assert_eq!(after.answers.len(), 3);
        assert_eq!(desk.history(deal).await, ["deal_submitted", "deal_approved", "answers_changed"]);
        let board = desk.partner().await.board(&DealFilter::default()).await.unwrap();
        let column = board.columns.iter().find(|column| column.count > 0).unwrap();
        let sum: Totals = [Money::new(1_500_000, Currency::EUR)].into_iter().collect();
        assert_eq!(column.totals, sum);
        assert_eq!(column.cards[0].version, version);
        // The same once more is no change.
        assert_eq!(change(&desk, deal, &amount("15000.00"), 1).await.unwrap(), version);
        assert_eq!(desk.history(deal).await.len(), 3);
    }

    async fn what_the_company_answered_for_itself_stays(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = placed(&desk).await;
        let own = SaveCompanyAnswers {
            deal,
            answers: [("verdict", "Large"), ("value", "12000.50"), ("value.currency", "EUR")].into_iter().collect(),
            version: 0,
            deal_version: 0,
        };
        desk.company().await.save_company_answers(own).await.unwrap();
        let version = seen(&desk, deal).await.deal.version;
        change(&desk, deal, &amount("9000"), version).await.unwrap();
        let part = desk.company().await.deal(deal).await.unwrap().own.unwrap();
        assert!(part.answers.get(&key("verdict")).is_some());
        // Nor is it changed that way.
        let version = seen(&desk, deal).await.deal.version;
        let refused = change(&desk, deal, &[("verdict", "Small")], version).await.unwrap_err();
        let ServiceError::Fields(errors) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.of(&key("verdict")), Some(&FieldProblem::NotOpen));
    }

    async fn a_late_change_is_told_who_was_first_and_a_wrong_one_where(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = placed(&desk).await;
        let version = seen(&desk, deal).await.deal.version;
        change(&desk, deal, &amount("15000"), version).await.unwrap();
        match change(&desk, deal, &amount("18000"), version).await {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.who, conflict.current_version), (desk.world.admin.name.clone(), version + 1));
            }
            other => panic!("not a conflict: {other:?}"),
        }
        for (pairs, field, problem) in [
            (amount("").to_vec(), "value", FieldProblem::Missing),
            (vec![("close_date", "2027-02-28")], "close_date", FieldProblem::NotOpen),
        ] {
            let refused = change(&desk, deal, &pairs, version + 1).await.unwrap_err();
            let ServiceError::Fields(errors) = refused else { panic!("{refused:?}") };
            assert_eq!(errors.of(&key(field)), Some(&problem));
        }
        assert_eq!(seen(&desk, deal).await.deal.value, Some(Money::new(1_500_000, Currency::EUR)));
    }

    async fn only_who_decides_changes_a_deal_in_play_and_only_ones_own(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = placed(&desk).await;
        let version = seen(&desk, deal).await.deal.version;
        desk.company_as(CompanyRole::Finance).await;
        assert_eq!(seen(&desk, deal).await.value, InPlace::Fixed(Fixed::RoleReads));
        let refused = change(&desk, deal, &amount("1"), version).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
        desk.company_as(CompanyRole::Admin).await;
        let other = Desk::beside(&desk, World::build_named(db, "beta").await);
        assert!(matches!(other.company().await.quick_view(deal).await, Err(ServiceError::NotFound)));
        assert!(matches!(other.partner().await.quick_view(deal).await, Err(ServiceError::NotFound)));
        let refused = change(&other, deal, &amount("1"), version).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        desk.win(deal).await;
        let locked = Fixed::Refused(Refusal::LockedByWin);
        assert_eq!(seen(&desk, deal).await.value, InPlace::Fixed(locked));
        let version = seen(&desk, deal).await.deal.version;
        let refused = change(&desk, deal, &amount("1"), version).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::LockedByWin))), "{refused:?}");
    }
}
