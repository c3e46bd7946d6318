//! Fields that both sides see, and who may answer them.

use domain::commands::{ResubmitDeal, SaveCompanyAnswers, SubmitDeal, WithdrawDeal};
use domain::deals::{Decision, Refusal};
use domain::forms::{
    EditedBy, Field, FieldKey, FieldKind, FieldProblem, RawAnswers, SeenBy, Traits,
};
use domain::people::CompanyRole;
use domain::{DealId, FormVersionId};
use services::ServiceError;
use testkit::both_engines;

use crate::answer_rules::publish;
use crate::desk::{Desk, answers};

fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

fn text(name: &str, traits: Traits) -> Field {
    Field::new(key(name), FieldKind::Text, name).traits(traits)
}

fn edited_by(name: &str, by: EditedBy) -> Field {
    let traits = Traits {
        edited_by: by,
        ..Traits::default()
    };
    text(name, traits)
}

/// `discount` is the company's to give, `segment` both may, `verdict` only the company knows.
async fn form(desk: &Desk) -> FormVersionId {
    let verdict = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    let segment = Traits {
        edited_by: EditedBy::Both,
        unique: true,
        ..Traits::default()
    };
    let fields = vec![
        edited_by("discount", EditedBy::Company),
        text("segment", segment),
        text("verdict", verdict),
    ];
    publish(desk, fields).await
}

fn with(pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = answers("Tern Labs");
    for (name, value) in pairs {
        raw.set(&key(name), vec![(*value).to_owned()]);
    }
    raw
}

async fn submit(
    desk: &Desk,
    form_version: FormVersionId,
    submit_key: &str,
    pairs: &[(&str, &str)],
) -> Result<DealId, ServiceError> {
    let command = SubmitDeal {
        submit_key: submit_key.into(),
        form_version,
        answers: with(pairs),
    };
    let submitted = desk.partner().await.submit_deal(command).await?;
    Ok(submitted.deal())
}

/// What the company posts from the deal's page: all of its fields.
async fn save(
    desk: &Desk,
    deal: DealId,
    pairs: &[(&str, &str)],
    (version, deal_version): (i64, i64),
) -> Result<i64, ServiceError> {
    let command = SaveCompanyAnswers {
        deal,
        answers: pairs.iter().copied().collect(),
        version,
        deal_version,
    };
    desk.company().await.save_company_answers(command).await
}

async fn answer(desk: &Desk, deal: DealId, name: &str) -> Option<String> {
    let seen = desk.partner().await.deal(deal).await.unwrap().deal.answers;
    let line = seen.into_iter().find(|line| line.key == key(name));
    line.map(|line| line.text)
}

fn problem(
    outcome: Result<impl std::fmt::Debug, ServiceError>,
    name: &str,
) -> Option<FieldProblem> {
    match outcome {
        Err(ServiceError::Fields(errors)) => errors.of(&key(name)).cloned(),
        other => panic!("no field is at fault: {other:?}"),
    }
}

both_engines! {
    async fn the_company_answers_what_the_partner_reads(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = form(&desk).await;
        let refused = submit(&desk, form, "one", &[("discount", "ten")]).await;
        assert_eq!(problem(refused, "discount"), Some(FieldProblem::NotOpen));
        let deal = submit(&desk, form, "one", &[("segment", "north")]).await.unwrap();
        let part = desk.company().await.deal(deal).await.unwrap().own.unwrap();
        assert!(part.may_edit);
        assert_eq!(part.shared, [key("discount"), key("segment")].into());
        assert_eq!((part.keys.len(), part.version, part.deal_version), (3, 0, desk.version(deal).await));

        let before = desk.version(deal).await;
        let all = [("discount", "ten"), ("segment", "north"), ("verdict", "large"), ("customer", "Another")];
        save(&desk, deal, &all, (0, before)).await.unwrap();
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), 1);
        assert_eq!(desk.version(deal).await, before + 1);
        assert_eq!(answer(&desk, deal, "discount").await.as_deref(), Some("ten"));
        assert_eq!(answer(&desk, deal, "customer").await.as_deref(), Some("Tern Labs"));
        assert_eq!(answer(&desk, deal, "verdict").await, None);
        assert_eq!(desk.history(deal).await, ["deal_submitted", "answers_changed"]);
        // The partner reads who changed something.
        let seen = desk.partner().await.deal(deal).await.unwrap().deal;
        let names: Vec<_> = seen.timeline.iter().map(|entry| entry.fact.name()).collect();
        assert_eq!(names, ["answers_changed", "deal_submitted"]);
        assert_eq!(seen.timeline[0].fact.sentence(), "changed an answer");
        assert_eq!(seen.timeline[0].who, desk.world.admin.name);
    }

    async fn nobody_overwrites_what_they_have_not_seen(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = form(&desk).await;
        let deal = submit(&desk, form, "one", &[("segment", "north")]).await.unwrap();
        let seen = desk.version(deal).await;
        save(&desk, deal, &[("discount", "ten"), ("segment", "north")], (0, seen)).await.unwrap();
        let late = save(&desk, deal, &[("discount", "five"), ("segment", "north")], (0, seen)).await;
        match late {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.who, conflict.what.as_str()), (desk.world.admin.name.clone(), "changed an answer"));
                assert_eq!(conflict.current_version, seen + 1);
            }
            other => panic!("not a conflict: {other:?}"),
        }
        assert_eq!(answer(&desk, deal, "discount").await.as_deref(), Some("ten"));
        // Where nothing changes that both sides see, the deal may have changed.
        let own = [("discount", "ten"), ("segment", "north"), ("verdict", "large")];
        save(&desk, deal, &own, (0, seen)).await.unwrap();
        assert_eq!(desk.version(deal).await, seen + 1);
    }

    async fn a_change_is_judged_by_itself(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = form(&desk).await;
        submit(&desk, form, "other", &[("segment", "south")]).await.unwrap();
        let deal = submit(&desk, form, "one", &[("segment", "north")]).await.unwrap();
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        // Years later the close date would be refused; nobody asks about it.
        desk.clock.advance_seconds(3 * 365 * 86_400);
        let seen = desk.version(deal).await;
        let taken = save(&desk, deal, &[("segment", "south")], (0, seen)).await;
        assert_eq!(problem(taken, "segment"), Some(FieldProblem::Taken));
        save(&desk, deal, &[("segment", "east"), ("discount", "ten")], (0, seen)).await.unwrap();
        // The answer that it had is free again.
        let partner = desk.partner().await;
        let form = partner.current_form().await.unwrap().id;
        let mut late = with(&[("segment", "north")]);
        late.set(&key("close_date"), vec!["2035-01-31".to_owned()]);
        let command = SubmitDeal { submit_key: "late".into(), form_version: form, answers: late };
        partner.submit_deal(command).await.unwrap();
    }

    async fn questions_leave_the_companys_answers_alone(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = form(&desk).await;
        let deal = submit(&desk, form, "one", &[("segment", "north")]).await.unwrap();
        let seen = desk.version(deal).await;
        save(&desk, deal, &[("discount", "ten"), ("segment", "north")], (0, seen)).await.unwrap();
        let ask = |fields: Vec<FieldKey>| Decision::AskInfo { message: "When?".into(), fields };
        // It is not the partner's to answer.
        let asked = desk.decide(deal, ask(vec![key("discount")])).await;
        assert!(matches!(asked, Err(ServiceError::Rule(Refusal::FieldsUnknown))), "{asked:?}");
        desk.decide(deal, ask(Vec::new())).await.unwrap();
        let partner = desk.partner().await;
        let page = partner.answer_page(deal).await.unwrap();
        assert_eq!(page.known.first(&key("discount")), "ten");
        let version = desk.version(deal).await;
        let send = |pairs: &[(&str, &str)]| ResubmitDeal { deal, answers: with(pairs), note: String::new(), version };
        let refused = partner.resubmit_deal(send(&[("discount", "fifty"), ("segment", "north")])).await;
        assert_eq!(problem(refused, "discount"), Some(FieldProblem::NotOpen));
        partner.resubmit_deal(send(&[("segment", "west")])).await.unwrap();
        assert_eq!(answer(&desk, deal, "discount").await.as_deref(), Some("ten"));
        assert_eq!(answer(&desk, deal, "segment").await.as_deref(), Some("west"));
    }

    async fn only_a_deal_in_play_is_changed_and_only_by_who_decides(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = form(&desk).await;
        let deal = submit(&desk, form, "one", &[("segment", "north")]).await.unwrap();
        let seen = desk.version(deal).await;
        desk.company_as(CompanyRole::Finance).await;
        let refused = save(&desk, deal, &[("discount", "ten")], (0, seen)).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
        desk.company_as(CompanyRole::Admin).await;
        desk.partner().await.withdraw_deal(WithdrawDeal { deal, version: seen }).await.unwrap();
        let part = desk.company().await.deal(deal).await.unwrap().own.unwrap();
        assert_eq!((part.keys, part.shared.len()), ([key("verdict")].into(), 0));
        let seen = desk.version(deal).await;
        let refused = save(&desk, deal, &[("discount", "ten"), ("segment", "north")], (0, seen)).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::IsWithdrawn))), "{refused:?}");
        let own = [("segment", "north"), ("verdict", "large")];
        save(&desk, deal, &own, (0, seen)).await.unwrap();
    }
}
