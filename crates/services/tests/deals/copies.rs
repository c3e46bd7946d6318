//! Copies that a company's admins take: how many at once, and what is in them.

use std::time::Duration;

use domain::people::CompanyRole;
use domain::{AppError, ErrorCode};
use services::ServiceError;
use services::exports::Exported;
use testkit::{TestDb, World, both_engines};

use crate::desk::Desk;

fn is_refused(outcome: Result<Exported, ServiceError>) -> bool {
    matches!(outcome, Err(ServiceError::CopyInHand))
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
}
