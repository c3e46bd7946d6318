//! What a new version of the form meets: drafts, stored answers, its time, exports.

use std::io::Read as _;

use domain::DealId;
use domain::commands::{
    MoveFormSchedule, PublishForm, SaveCompanyAnswers, SaveDraft, SaveFormDraft, ScheduleForm,
    SubmitDeal, UseFormAgain,
};
use domain::deals::{Decision, MoveDetails};
use domain::forms::{
    Answer, DefinitionFault, Fault, Field, FieldKey, FieldKind, FormDefinition, MappedAnswer,
    NewsMark, RawAnswers, Replaces, Requirement, Rows, SeenBy, Traits,
};
use domain::pipeline::StageRules;
use domain::views::{FormEditorView, Meeting};
use services::{CompanyAccess, ServiceError};
use store::deals::Scope;
use testkit::both_engines;

use crate::desk::{Desk, answers, open_services};
use crate::entry::rule;

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn field(name: &str, kind: FieldKind, label: &str) -> Field {
    Field::new(key(name), kind, label)
}

fn number() -> FieldKind {
    FieldKind::Number {
        decimals: 0,
        unit: String::new(),
    }
}

/// Saves what `change` makes of the draft; gives the draft's version.
async fn drafted(access: &CompanyAccess, change: impl FnOnce(&mut Vec<Field>)) -> i64 {
    let before = access.form_editor().await.unwrap();
    let mut fields = before.draft.fields;
    change(&mut fields);
    let save = SaveFormDraft {
        definition: FormDefinition { fields },
        version: before.version,
    };
    access.save_form_draft(save).await.unwrap().version
}

async fn published(
    access: &CompanyAccess,
    change: impl FnOnce(&mut Vec<Field>),
) -> Result<FormEditorView, ServiceError> {
    let version = drafted(access, change).await;
    access.publish_form(PublishForm { version }).await
}

fn without(name: &'static str) -> impl FnOnce(&mut Vec<Field>) {
    move |fields| fields.retain(|field| field.key.as_str() != name)
}

fn faults(outcome: Result<FormEditorView, ServiceError>) -> Vec<DefinitionFault> {
    faults_of(outcome)
}

fn faults_of<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> Vec<DefinitionFault> {
    match outcome {
        Err(ServiceError::Definition(faults)) => faults,
        other => panic!("no faults: {other:?}"),
    }
}

/// Registers a deal in the form that is in use.
async fn submit(desk: &Desk, submit_key: &str, more: &[(&str, &str)]) -> DealId {
    let form = desk.company().await.form_editor().await.unwrap().published;
    let pairs = answers(submit_key).pairs().collect::<Vec<_>>();
    let more = more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    let command = SubmitDeal {
        submit_key: submit_key.into(),
        form_version: form.id,
        answers: pairs.into_iter().chain(more).collect(),
    };
    let submitted = desk.partner().await.submit_deal(command).await;
    submitted.unwrap().deal()
}

async fn exported(access: &CompanyAccess) -> Vec<Vec<String>> {
    let mut text = String::new();
    let mut exported = access.export_deals().await.unwrap();
    exported.file.read_to_string(&mut text).unwrap();
    let lines = text.lines();
    lines
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// The answer to "seats" becomes a number, as when the partner is asked about it.
async fn mend(desk: &Desk, deal: DealId) {
    let scope = Scope::Program(desk.world.company.id, desk.world.program.id);
    let mended = desk
        .services
        .db()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move {
                let mut found = store::deals::find(tx, scope, deal).await?.unwrap();
                let answer = Answer::Text("12".to_owned());
                found.answers.0.insert(key("seats"), answer);
                store::deals::save(tx, &found).await
            })
        });
    mended.await.unwrap();
}

both_engines! {
    async fn a_draft_goes_on_in_the_new_version_and_says_what_is_new(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, partner) = (desk.company().await, desk.partner().await);
        published(&company, |fields| fields.push(field("region", FieldKind::Text, "Region"))).await.unwrap();
        let typed: RawAnswers = [("customer", "Tern Labs"), ("region", "North")].into_iter().collect();
        let save = |answers: &RawAnswers| SaveDraft { submit_key: "key-1".into(), answers: answers.clone() };
        let (draft, _) = partner.save_draft(save(&typed)).await.unwrap();
        assert!(partner.registration_page(Some("key-1")).await.unwrap().news.is_empty());

        let now = published(&company, |fields| {
            fields.retain(|field| field.key.as_str() != "region");
            fields.push(field("site", FieldKind::Text, "Site").required());
        }).await.unwrap();
        let page = partner.registration_page(Some("key-1")).await.unwrap();
        assert_eq!(page.form.id, now.published.id);
        assert_eq!(page.news.marks.into_iter().collect::<Vec<_>>(), [(key("site"), NewsMark::New)]);
        assert_eq!(page.news.gone, 1);
        let asked: RawAnswers = [("customer", "Tern Labs")].into_iter().collect();
        assert_eq!(page.answers, asked);

        // What is saved in between keeps what is not asked now; what is new stays marked until it is sent.
        partner.save_draft(save(&asked)).await.unwrap();
        assert!(!partner.registration_page(Some("key-1")).await.unwrap().news.is_empty());
        let again = UseFormAgain { form: now.past.history[1].id, current: now.published.id };
        assert_eq!(company.use_form_again(again).await.unwrap(), 4);
        let page = partner.registration_page(Some("key-1")).await.unwrap();
        assert_eq!(page.answers, typed);
        assert!(page.news.is_empty(), "the form is as it was");

        let mut all: RawAnswers = answers("Tern Labs");
        all.set(&key("region"), vec!["North".into()]);
        let command = SubmitDeal { submit_key: "key-1".into(), form_version: page.form.id, answers: all };
        assert_eq!(partner.submit_deal(command).await.unwrap().deal(), draft);
        assert_eq!(desk.company().await.deal_record(draft).await.unwrap().deal.form_version, page.form.id);
    }

    async fn a_form_is_taken_for_a_day_after_it_was_replaced(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let first = company.form_editor().await.unwrap().published.id;
        published(&company, without("need")).await.unwrap();
        let send = async |submit_key: &str| {
            let answers = answers(submit_key);
            let command = SubmitDeal { submit_key: submit_key.into(), form_version: first, answers };
            desk.partner().await.submit_deal(command).await
        };
        send("key-1").await.unwrap();
        desk.clock.advance_seconds(86_400);
        assert!(matches!(send("key-2").await, Err(ServiceError::Stale)));
        published(&company, without("website")).await.unwrap();
        let outcome = send("key-2").await;
        assert!(matches!(outcome, Err(ServiceError::Stale)), "another version does not bring it back");
    }

    async fn a_draft_carries_over_what_was_typed_for_a_field_that_was_replaced(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, partner) = (desk.company().await, desk.partner().await);
        published(&company, |fields| fields.push(field("seats", FieldKind::Text, "Seats"))).await.unwrap();
        let old = submit(&desk, "key-1", &[("seats", "a dozen")]).await;
        let draft = |seats: &str| [("customer", "Tern Labs"), ("seats", seats)].into_iter().collect();
        for (submit_key, seats) in [("key-2", "A dozen"), ("key-3", "7"), ("key-4", "many")] {
            let save = SaveDraft { submit_key: submit_key.into(), answers: draft(seats) };
            partner.save_draft(save).await.unwrap();
        }
        let mapped = MappedAnswer { from: "a dozen".into(), to: "12".into() };
        let replaces = Replaces { mapping: vec![mapped], ..Replaces::of(key("seats")) };
        let traits = Traits { replaces: Some(replaces), ..Traits::default() };
        published(&company, |fields| {
            fields.retain(|field| field.key.as_str() != "seats");
            fields.push(field("seats_2", number(), "Seats").traits(traits));
        }).await.unwrap();
        let seats = async |submit_key: &str| {
            let page = partner.registration_page(Some(submit_key)).await.unwrap();
            assert_eq!(page.news.marks.get(&key("seats_2")), Some(&NewsMark::New));
            page.answers.first(&key("seats_2")).to_owned()
        };
        assert_eq!((seats("key-2").await, seats("key-3").await), ("12".to_owned(), "7".to_owned()));
        assert_eq!(seats("key-4").await, "");
        // The deal keeps what it answered, and the export a column for each of both.
        let record = desk.company().await.deal_record(old).await.unwrap();
        assert_eq!(record.deal.answers.get(&key("seats")), Some(&Answer::Text("a dozen".into())));
        let lines = exported(&company).await;
        let heading = &lines[0];
        assert_eq!(heading[heading.len() - 2..], ["seats_2", "seats"]);
        assert_eq!(lines[1][heading.len() - 2..], ["", "a dozen"]);
    }

    async fn an_older_version_comes_back_as_a_new_one(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let first = company.form_editor().await.unwrap().published;
        let second = published(&company, without("need")).await.unwrap().published;
        let stale = UseFormAgain { form: first.id, current: first.id };
        assert!(matches!(company.use_form_again(stale).await, Err(ServiceError::Stale)));
        let again = UseFormAgain { form: first.id, current: second.id };
        assert_eq!(company.use_form_again(again).await.unwrap(), 3);
        let now = company.form_editor().await.unwrap();
        assert_eq!((now.published.number, &now.published.definition), (3, &first.definition));
        assert_eq!(now.draft, first.definition, "a draft that nobody changed goes along");
        // A draft with changes stays.
        drafted(&company, without("website")).await;
        let third = now.published.id;
        company.use_form_again(UseFormAgain { form: second.id, current: third }).await.unwrap();
        let now = company.form_editor().await.unwrap();
        assert!(now.draft.field(&key("website")).is_none() && now.draft.field(&key("need")).is_some());
        assert_eq!(now.past.archived.iter().map(|old| old.field.key.as_str()).collect::<Vec<_>>(), ["need"]);
        let view = company.form_versions(Some(first.id), Some(second.id)).await.unwrap();
        assert_eq!((view.old.number, view.new.number, view.published.number), (1, 2, 4));
        let view = company.form_versions(None, None).await.unwrap();
        assert_eq!((view.old.number, view.new.number), (3, 4));
    }

    async fn a_scheduled_form_is_published_once_when_its_time_has_come(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let version = drafted(&company, without("need")).await;
        let now = desk.services.now();
        let schedule = |at| ScheduleForm { version, at };
        let refused = company.schedule_form(schedule(now)).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(faults)) if faults[0].input == "at"));
        let seen = company.schedule_form(schedule(now.plus_hours(2))).await.unwrap();
        assert_eq!(seen.published.number, 1);
        assert_eq!(seen.past.scheduled.unwrap().who, desk.world.admin.name);
        // Another schedule takes its place.
        let seen = company.schedule_form(schedule(now.plus_hours(1))).await.unwrap();
        assert_eq!(seen.past.scheduled.unwrap().at, now.plus_hours(1));
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 0);

        let (other, clock) = open_services(db);
        // Both count their ids from the same one.
        for _ in 0..10_000 {
            let _: DealId = other.id();
        }
        desk.clock.advance_seconds(3_600);
        clock.set(desk.services.now());
        let (one, two) = tokio::join!(desk.services.publish_due_forms(), other.publish_due_forms());
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        let seen = company.form_editor().await.unwrap();
        assert_eq!((seen.published.number, seen.past.history.len()), (2, 2));
        assert!(seen.published.definition.field(&key("need")).is_none());
        assert_eq!(seen.past.history[0].who, desk.world.admin.name);
        assert!(seen.past.scheduled.is_none());
        assert!(matches!(company.cancel_form_schedule().await, Err(ServiceError::NotFound)));
    }

    async fn what_the_answers_forbid_by_its_time_is_held_and_the_admins_know(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        published(&company, |fields| fields.push(field("seats", FieldKind::Text, "Seats"))).await.unwrap();
        let version = drafted(&company, |fields| {
            for field in fields.iter_mut().filter(|field| field.key.as_str() == "seats") {
                field.kind = number();
            }
        }).await;
        let at = desk.services.now().plus_hours(1);
        company.schedule_form(ScheduleForm { version, at }).await.unwrap();
        let deal = submit(&desk, "key-1", &[("seats", "a dozen")]).await;
        desk.clock.advance_seconds(3_600);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 0);
        let seen = company.form_editor().await.unwrap();
        assert_eq!(seen.published.number, 2, "partners fill in what they had");
        let held = seen.past.scheduled.unwrap();
        assert_eq!((held.at, held.who.as_str()), (at, desk.world.admin.name.as_str()));
        let faults = held.held.unwrap();
        assert!(matches!(faults[..], [DefinitionFault { fault: Fault::AnswersDoNotFit { unfit: 1, of: 1, .. }, .. }]), "{faults:?}");
        let told = async || {
            let notices = desk.services.notices(desk.world.admin.id).await.unwrap();
            notices.into_iter().filter(|line| line.text.contains("was not published: Seats")).collect::<Vec<_>>()
        };
        let lines = told().await;
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].href, format!("/c/{}/form/versions", desk.world.program.id));
        // The next sweeps leave it alone, and say nothing twice.
        desk.clock.advance_seconds(60);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 0);
        assert_eq!(told().await.len(), 1);

        // Another time is no way round what stands in the way.
        let later = MoveFormSchedule { from: at, at: desk.services.now().plus_hours(1) };
        assert_eq!(faults_of(company.move_form_schedule(later).await).len(), 1);
        mend(&desk, deal).await;
        let seen = company.form_editor().await.unwrap();
        assert_eq!(seen.past.scheduled.unwrap().held, Some(Vec::new()), "nothing stands in its way any more");
        company.move_form_schedule(later).await.unwrap();
        assert_eq!(company.form_editor().await.unwrap().past.scheduled.unwrap().held, None);
        desk.clock.advance_seconds(3_600);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 1);
        assert_eq!(company.form_editor().await.unwrap().published.number, 3);
    }

    async fn a_schedule_is_moved_by_whoever_sees_it_as_it_is(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let (now, hour) = (desk.services.now(), desk.services.now().plus_hours(1));
        let to = |from, at| MoveFormSchedule { from, at };
        assert!(matches!(company.move_form_schedule(to(hour, hour)).await, Err(ServiceError::NotFound)));
        let version = drafted(&company, without("need")).await;
        company.schedule_form(ScheduleForm { version, at: hour }).await.unwrap();
        // The draft goes on; what is scheduled stays what it was.
        drafted(&company, without("website")).await;
        assert!(matches!(company.move_form_schedule(to(now, hour)).await, Err(ServiceError::Stale)));
        let over = company.move_form_schedule(to(hour, now)).await;
        assert!(matches!(over, Err(ServiceError::Invalid(faults)) if faults[0].input == "at"));
        company.move_form_schedule(to(hour, now.plus_hours(3))).await.unwrap();
        let scheduled = company.form_editor().await.unwrap().past.scheduled.unwrap();
        assert_eq!(scheduled.at, now.plus_hours(3));
        assert!(scheduled.definition.field(&key("need")).is_none() && scheduled.definition.field(&key("website")).is_some());
        desk.clock.advance_seconds(3_600);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 0);
        desk.clock.advance_seconds(2 * 3_600);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 1);
    }

    async fn what_is_published_now_takes_the_place_of_what_was_scheduled(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let version = drafted(&company, without("need")).await;
        let at = desk.services.now().plus_hours(1);
        company.schedule_form(ScheduleForm { version, at }).await.unwrap();
        let seen = published(&company, without("website")).await.unwrap();
        assert!(seen.past.scheduled.is_none());
        desk.clock.advance_seconds(7_200);
        assert_eq!(desk.services.publish_due_forms().await.unwrap(), 0);
        assert_eq!(company.form_editor().await.unwrap().published.number, 2);
    }

    async fn stored_answers_decide_what_may_become_of_a_field(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        published(&company, |fields| fields.push(field("seats", FieldKind::Text, "Seats"))).await.unwrap();
        submit(&desk, "key-1", &[("seats", "12")]).await;
        submit(&desk, "key-2", &[("seats", "a dozen")]).await;
        submit(&desk, "key-3", &[]).await;
        let check = company.check_retype(key("seats"), number()).await.unwrap();
        assert_eq!((check.answers, check.unfit), (2, 1));
        let check = company.check_retype(key("seats"), FieldKind::LongText).await.unwrap();
        assert_eq!((check.answers, check.unfit), (2, 0));
        let kind = |kind: FieldKind| move |fields: &mut Vec<Field>| {
            fields.retain(|field| field.key.as_str() != "seats");
            fields.push(field("seats", kind, "Seats"));
        };
        let refused = faults(published(&company, kind(number())).await);
        assert_eq!(refused[0].field, Some(key("seats")));
        assert!(matches!(refused[0].fault, Fault::AnswersDoNotFit { unfit: 1, of: 2, .. }), "{refused:?}");
        published(&company, kind(FieldKind::LongText)).await.unwrap();
        let lines = exported(&company).await;
        assert_eq!(lines[0].iter().filter(|name| *name == "seats").count(), 1, "retyped, it has one column");
        assert_eq!(lines[1].last().map(String::as_str), Some("12"));

        // Once it is gone, its key stays with its kind.
        let seen = published(&company, without("seats")).await.unwrap();
        assert_eq!(seen.past.archived[0].field.kind, FieldKind::LongText);
        let refused = faults(published(&company, kind(FieldKind::Text)).await);
        assert!(matches!(refused[0].fault, Fault::KeyOfAnotherKind { .. }), "{refused:?}");
        published(&company, kind(FieldKind::LongText)).await.unwrap();
    }

    async fn what_publishing_meets_is_counted(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, partner) = (desk.company().await, desk.partner().await);
        // Its name is a part of how an amount is stored.
        published(&company, |fields| fields.push(field("currency", FieldKind::Text, "Currency"))).await.unwrap();
        submit(&desk, "key-1", &[("currency", "Swiss francs")]).await;
        submit(&desk, "key-2", &[]).await;
        for (submit_key, answers) in [("key-3", [("need", "Storage")]), ("key-4", [("need", " ")]), ("key-5", [("currency", "Yen")])] {
            let save = SaveDraft { submit_key: submit_key.into(), answers: answers.into_iter().collect() };
            partner.save_draft(save).await.unwrap();
        }
        let asks = StageRules { fields: vec![key("currency"), key("need")], ..StageRules::default() };
        rule(&desk, "Proposal", asks).await;
        let version = drafted(&company, |fields| {
            fields.retain(|field| field.key.as_str() != "currency");
            for field in fields.iter_mut().filter(|field| field.key.as_str() == "need") {
                field.required = Requirement::Always;
            }
        }).await;
        let impact = company.form_impact(PublishForm { version }).await.unwrap();
        assert_eq!((impact.open_drafts, impact.open_deals), (3, 2));
        let met: Vec<_> = impact.fields.iter().map(|met| (met.meets, met.drafts, met.deals)).collect();
        assert_eq!(met, [(Meeting::MadeMandatory, 2, 0), (Meeting::Removed, 1, 1)]);
        let stages: Vec<_> = impact.fields.iter().map(|met| met.stages.join(", ")).collect();
        assert_eq!(stages, ["", "Proposal"]);
        assert!(impact.imports.is_empty() && impact.faults.is_empty());
        let old = company.form_impact(PublishForm { version: version - 1 }).await;
        assert!(matches!(old, Err(ServiceError::Stale)));
    }

    async fn a_stage_that_asks_for_what_partners_are_not_asked_stops_nobody(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let old = desk.approved("key-1", "Tern Labs").await;
        let asks = StageRules { fields: vec![key("need")], ..StageRules::default() };
        rule(&desk, "Proposal", asks).await;
        let own = |fields: &mut Vec<Field>| {
            for field in fields.iter_mut().filter(|field| field.key.as_str() == "need") {
                field.traits.seen_by = SeenBy::Company;
            }
        };
        let version = drafted(&company, own).await;
        let impact = company.form_impact(PublishForm { version }).await.unwrap();
        assert_eq!(impact.fields[0].meets, Meeting::NotAsked);
        assert_eq!(impact.fields[0].stages, ["Proposal"]);
        company.publish_form(PublishForm { version }).await.unwrap();
        let new = submit(&desk, "key-2", &[]).await;
        desk.decide(new, Decision::Approve { message: String::new() }).await.unwrap();
        desk.move_to(new, "Proposal", MoveDetails::default()).await.unwrap();
        // A deal of the older version has the field, and is asked.
        let asked = desk.move_to(old, "Proposal", MoveDetails::default()).await;
        assert!(matches!(asked, Err(ServiceError::Entry(_))), "{asked:?}");
    }

    async fn rows_and_the_companys_own_answers_are_counted_too(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, partner) = (desk.company().await, desk.partner().await);
        let rows = Rows {
            columns: vec![field("name", FieldKind::Text, "Name")],
            sums: Vec::new(),
            least: 0,
            most: 3,
            name: String::new(),
            plural: String::new(),
        };
        let own = Traits { seen_by: SeenBy::Company, ..Traits::default() };
        published(&company, |fields| {
            fields.push(field("people", FieldKind::Rows(rows), "People"));
            fields.push(field("verdict", FieldKind::Text, "Verdict").traits(own));
        }).await.unwrap();
        let deal = submit(&desk, "key-1", &[]).await;
        let answers = [("verdict", "a dozen")].into_iter().collect();
        let save = SaveCompanyAnswers { deal, answers, version: 0, deal_version: 0 };
        company.save_company_answers(save).await.unwrap();
        let check = company.check_retype(key("verdict"), number()).await.unwrap();
        assert_eq!((check.answers, check.unfit), (1, 1));

        for (submit_key, name) in [("key-2", "Ada"), ("key-3", "")] {
            let answers = [("people.0.name", name)].into_iter().collect();
            let save = SaveDraft { submit_key: submit_key.into(), answers };
            partner.save_draft(save).await.unwrap();
        }
        let version = drafted(&company, |fields| {
            fields.retain(|field| !["people", "verdict"].contains(&field.key.as_str()));
        }).await;
        let impact = company.form_impact(PublishForm { version }).await.unwrap();
        let met = impact.fields.iter().map(|met| (met.label.as_str(), met.drafts, met.deals));
        let mut met: Vec<_> = met.collect();
        met.sort_unstable();
        assert_eq!(met, [("People", 1, 0), ("Verdict", 0, 1)]);
    }

    async fn exports_keep_a_column_for_every_key_that_was_ever_asked(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        published(&company, |fields| fields.push(field("region", FieldKind::Text, "Region"))).await.unwrap();
        submit(&desk, "key-1", &[("region", "North")]).await;
        published(&company, |fields| {
            fields.retain(|field| field.key.as_str() != "region");
            fields.push(field("site", FieldKind::Text, "Site"));
        }).await.unwrap();
        submit(&desk, "key-2", &[("site", "12")]).await;
        let lines = exported(&company).await;
        let heading = lines[0].clone();
        assert_eq!(heading[heading.len() - 2..], ["site", "region"]);
        let last = |line: &Vec<String>| line[line.len() - 2..].to_vec();
        assert_eq!(last(&lines[1]), ["", "North"]);
        assert_eq!(last(&lines[2]), ["12", ""]);
        // Reworded, moved, brought back: the column has the same name.
        published(&company, |fields| fields.insert(0, field("region", FieldKind::Text, "Sales region"))).await.unwrap();
        let back = exported(&company).await;
        assert_eq!(back[0].iter().filter(|name| *name == "region").count(), 1);
        assert_eq!(back[0][back[0].len() - 2..], ["region", "site"]);
    }
}
