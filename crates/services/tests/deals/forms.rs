//! The form's draft and its versions.

use domain::commands::{PublishForm, SaveFormDraft, SayEditing};
use domain::forms::{Choice, Fault, Field, FieldKey, FieldKind, FormDefinition, Rule};
use services::ServiceError;
use testkit::{World, both_engines, in_write};

use crate::desk::Desk;

fn with_field(form: &FormDefinition, kind: FieldKind) -> FormDefinition {
    let mut form = form.clone();
    let key = FieldKey::from_label("Region", |key| form.field(key).is_some());
    form.fields.push(Field::new(key, kind, "Region"));
    form
}

fn text_field(form: &FormDefinition) -> FormDefinition {
    with_field(form, FieldKind::Text)
}

both_engines! {
    async fn two_editors_never_overwrite_each_other(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let before = company.form_editor().await.unwrap();
        assert_eq!((before.version, &before.draft), (0, &before.published.definition));
        let definition = text_field(&before.draft);
        let save = |version| SaveFormDraft { definition: definition.clone(), version };
        assert_eq!(company.save_form_draft(save(0)).await.unwrap().version, 1);
        match company.save_form_draft(save(0)).await {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.current_version, conflict.who), (1, desk.world.admin.name.clone()));
            }
            other => panic!("not a conflict: {other:?}"),
        }
        assert_eq!(company.save_form_draft(save(1)).await.unwrap().version, 2);
        let after = company.form_editor().await.unwrap();
        assert_eq!((after.version, after.draft), (2, definition));
        assert_eq!(after.saved.unwrap().who, desk.world.admin.name);
    }

    async fn publishing_makes_a_version_and_leaves_old_deals_theirs(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let deal = desk.approved("key-1", "One").await;
        let before = company.form_editor().await.unwrap();
        let definition = text_field(&before.draft);
        company.save_form_draft(SaveFormDraft { definition: definition.clone(), version: 0 }).await.unwrap();
        assert!(matches!(company.publish_form(PublishForm { version: 7 }).await, Err(ServiceError::Conflict(_))));
        let after = company.publish_form(PublishForm { version: 1 }).await.unwrap();
        assert_eq!((after.published.number, &after.published.definition), (before.published.number + 1, &definition));
        assert_eq!(after.past.history.len(), before.past.history.len() + 1);
        assert_eq!(after.past.history[0].who, desk.world.admin.name);
        // Whoever still edits the state before it is told.
        assert!(matches!(
            company.save_form_draft(SaveFormDraft { definition, version: 1 }).await,
            Err(ServiceError::Conflict(_))
        ));
        assert!(matches!(company.publish_form(PublishForm { version: after.version }).await, Err(ServiceError::Invalid(_))));
        let page = desk.partner().await.deal(deal).await.unwrap();
        assert!(page.deal.older_form);
        assert_eq!(page.deal.form_number, before.published.number);
        let old = company.form_version(before.published.id).await.unwrap();
        assert_eq!(old, before.published);
    }

    async fn a_faulty_form_is_kept_but_not_published(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let published = company.form_editor().await.unwrap().published;
        let definition = with_field(&published.definition, FieldKind::Select { options: Vec::new() });
        company.save_form_draft(SaveFormDraft { definition, version: 0 }).await.unwrap();
        match company.publish_form(PublishForm { version: 1 }).await {
            Err(ServiceError::Definition(faults)) => assert_eq!(faults[0].label, "Region"),
            other => panic!("published: {other:?}"),
        }
        let options = (0..20_001).map(|n| Choice::new(n.to_string(), n.to_string())).collect();
        let huge = with_field(&published.definition, FieldKind::Select { options });
        assert!(matches!(
            company.save_form_draft(SaveFormDraft { definition: huge, version: 1 }).await,
            Err(ServiceError::Definition(_))
        ));
        assert_eq!(company.form_editor().await.unwrap().published, published);
    }

    async fn conditions_of_any_depth_are_not_kept_even_in_a_draft(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let mut definition = text_field(&company.form_editor().await.unwrap().draft);
        let rule = (0..9).fold(Rule::all(Vec::new()), |inner, _| Rule::any(vec![inner]));
        definition.fields.last_mut().unwrap().visible_when = Some(rule);
        match company.save_form_draft(SaveFormDraft { definition, version: 0 }).await {
            Err(ServiceError::Definition(faults)) => assert_eq!(faults[0].fault, Fault::GroupsTooDeep { max: 8 }),
            other => panic!("kept: {other:?}"),
        }
    }

    async fn who_has_the_form_open_hears_of_the_others(db: &TestDb) {
        let desk = Desk::open(db).await;
        let second = World::build_named(db, "Second").await.admin;
        let (company, user, now) = (desk.world.company.id, second.id, db.now());
        let role = domain::people::CompanyRole::Admin;
        in_write!(db, |tx| [] store::companies::insert_member(tx, company, user, role, now).await).unwrap();
        let first = desk.company().await;
        let second_access = desk.services.company(second.id, desk.world.program.id).await.unwrap();
        let say = |window: &str, field: &str| SayEditing { window: window.to_owned(), field: FieldKey::parse(field).ok() };

        let alone = first.say_editing(say("a", "customer")).await.unwrap();
        assert_eq!((alone.others.len(), alone.version), (0, 0));
        let heard = second_access.say_editing(say("b", "country")).await.unwrap();
        let names: Vec<(&str, bool)> = heard.others.iter().map(|o| (o.who.as_str(), o.own)).collect();
        assert_eq!(names, [(desk.world.admin.name.as_str(), false)]);
        assert_eq!(heard.others[0].field, FieldKey::parse("customer").ok());

        // Another window of one's own is told apart; a save is seen by its version.
        let definition = text_field(&first.form_editor().await.unwrap().draft);
        first.save_form_draft(SaveFormDraft { definition, version: 0 }).await.unwrap();
        let again = first.say_editing(say("c", "")).await.unwrap();
        assert_eq!(again.version, 1);
        let own: Vec<bool> = again.others.iter().map(|o| o.own).collect();
        assert_eq!(own.iter().filter(|own| **own).count(), 1);
        assert_eq!(own.len(), 2);

        first.stop_editing("a").await.unwrap();
        desk.clock.advance_seconds(31);
        let later = second_access.say_editing(say("b", "country")).await.unwrap();
        assert!(later.others.is_empty());
        assert!(matches!(first.say_editing(say("a b", "")).await, Err(ServiceError::Invalid(_))));
    }

    async fn a_form_can_be_looked_at_as_a_partner(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partners = desk.company().await.preview_partners().await.unwrap();
        let membership = &desk.world.membership;
        let found: Vec<_> = partners.iter().map(|p| (p.membership, p.tier)).collect();
        assert_eq!(found, [(membership.id, membership.tier_id)]);
        assert_eq!(partners[0].name, desk.world.partner.name);
    }

    async fn another_companys_form_does_not_exist(db: &TestDb) {
        let desk = Desk::open(db).await;
        let other = World::build_named(db, "Other").await;
        let company = desk.company().await;
        assert!(matches!(company.form_version(other.form.id).await, Err(ServiceError::NotFound)));
        assert!(matches!(
            desk.services.company(desk.world.admin.id, other.program.id).await,
            Err(ServiceError::NotFound)
        ));
    }
}
