//! Copies that a company's admins take: how many at once, and what is in them.

use std::io::Read as _;
use std::time::Duration;

use domain::people::{CompanyRole, PartnerRole};
use domain::{AppError, ErrorCode};
use serde_json::Value;
use services::ServiceError;
use services::exports::Exported;
use store::accounts::users::{self, User};
use testkit::{World, both_engines, in_write};

use crate::desk::Desk;

fn is_refused(outcome: Result<Exported, ServiceError>) -> bool {
    matches!(outcome, Err(ServiceError::CopyInHand))
}

/// Who is named in everything that the company takes along.
async fn named(desk: &Desk) -> Vec<String> {
    let mut text = String::new();
    let exported = desk.company().await.export_company().await;
    exported.unwrap().file.read_to_string(&mut text).unwrap();
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let people = lines.filter(|line| line["table"] == "users");
    let mut names: Vec<String> = people
        .map(|line| line["row"]["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

both_engines! {
    async fn a_company_has_one_copy_in_hand_and_a_process_two(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (one, two) = (desk.company().await, World::build_named(db, "borea").await);
        let two = Desk::beside(&desk, two).company().await;
        let three = Desk::beside(&desk, World::build_named(db, "cirrus").await).company().await;
        let first = one.export_deals().await.unwrap();
        let before = desk.services.last_seq().await.unwrap();
        assert!(is_refused(one.export_company().await));
        assert_eq!(desk.services.last_seq().await.unwrap(), before, "nobody has that copy");
        let second = two.export_company().await.unwrap();
        assert!(is_refused(three.export_deals().await));
        drop(first);
        three.export_deals().await.unwrap();
        one.export_company().await.unwrap();
        drop(second);
        // Whoever goes away while it is made keeps nobody waiting.
        let gone = tokio::time::timeout(Duration::ZERO, one.export_company()).await;
        drop(gone);
        one.export_company().await.unwrap();
        let refused = AppError::from(ServiceError::CopyInHand);
        assert_eq!(refused.code, ErrorCode::TooMany);
        assert!(refused.text().starts_with("Another copy is being made"), "{refused}");
        let reviewer = desk.company_as(CompanyRole::Reviewer).await;
        assert!(matches!(reviewer.export_deals().await, Err(ServiceError::Forbidden)));
    }

    async fn of_a_partner_s_team_the_company_takes_along_who_did_something(db: &TestDb) {
        let desk = Desk::open(db).await;
        let world = &desk.world;
        let (admin, owner) = (world.admin.name.clone(), world.owner.name.clone());
        let silent = User {
            id: db.id(),
            email: "silent@alta.test".into(),
            email_folded: "silent@alta.test".into(),
            name: "silent of alta".into(),
            ..world.owner.clone()
        };
        let (partner, at) = (world.partner.id, db.now());
        in_write!(db, |tx| [silent] {
            users::insert(tx, &silent).await?;
            store::partners::insert_member(tx, partner, silent.id, PartnerRole::Member, at).await
        }).unwrap();
        assert_eq!(named(&desk).await, std::slice::from_ref(&admin));
        desk.submit("key-1", "Tern Labs").await;
        assert_eq!(named(&desk).await, [admin, owner]);
    }
}
