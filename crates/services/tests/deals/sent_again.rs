//! A move that the page sends again, because it never heard what became of it.

use domain::commands::{MoveDeal, Place};
use domain::deals::MoveDetails;
use services::ServiceError;
use services::deals::Moved;
use testkit::both_engines;

use crate::desk::Desk;

async fn send(desk: &Desk, key: &str, command: &MoveDeal) -> Result<Moved, ServiceError> {
    let access = desk.partner().await.once(Some(key), command)?;
    access.move_deal(command.clone()).await
}

async fn command(desk: &Desk, deal: domain::DealId, stage: &str) -> MoveDeal {
    MoveDeal {
        deal,
        to_stage: desk.stage(stage),
        place: Place::Top,
        details: MoveDetails::default(),
        version: desk.version(deal).await,
    }
}

both_engines! {
    async fn a_move_whose_answer_was_lost_is_not_done_twice(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("one", "Tern Labs").await;
        let first = command(&desk, deal, "Proposal").await;
        let moved = send(&desk, "k1", &first).await.unwrap();
        assert_eq!(send(&desk, "k1", &first).await.unwrap(), moved);
        // The next one goes on from the version that the first gave, however often the first is sent.
        let second = MoveDeal { version: moved.version, ..command(&desk, deal, "Negotiation").await };
        let on = send(&desk, "k2", &second).await.unwrap();
        assert_eq!((on.stage, on.version), (desk.stage("Negotiation"), moved.version + 1));
        assert_eq!(send(&desk, "k1", &first).await.unwrap(), moved);
        let moves = desk.history(deal).await.into_iter().filter(|name| *name == "stage_moved").count();
        assert_eq!(moves, 2);
        // Another key is another move, and comes too late.
        let late = send(&desk, "k3", &first).await;
        assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
    }

    async fn a_key_belongs_to_one_move_of_one_person(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (deal, other) = (desk.approved("one", "Tern Labs").await, desk.approved("two", "Hale").await);
        let first = command(&desk, deal, "Proposal").await;
        let moved = send(&desk, "k1", &first).await.unwrap();
        let misused = send(&desk, "k1", &command(&desk, other, "Proposal").await).await;
        assert!(matches!(misused, Err(ServiceError::Invalid(_))), "{misused:?}");
        let elsewhere = MoveDeal { place: Place::Bottom, ..first.clone() };
        let noted = MoveDetails { note: "They called".into(), ..MoveDetails::default() };
        for other in [elsewhere, MoveDeal { details: noted, ..first.clone() }] {
            let misused = send(&desk, "k1", &other).await;
            assert!(matches!(misused, Err(ServiceError::Invalid(_))), "{misused:?}");
        }
        // The deal's version is no part of it: a move that waited is sent with a later one.
        let later = MoveDeal { version: moved.version, ..first.clone() };
        assert_eq!(send(&desk, "k1", &later).await.unwrap(), moved);
        let unfit = send(&desk, "not a key", &first).await;
        assert!(matches!(unfit, Err(ServiceError::Invalid(_))), "{unfit:?}");
        // The company's admin sends under the same key what is their own.
        let details = MoveDetails { override_reason: Some("Agreed by phone".into()), ..MoveDetails::default() };
        let over = MoveDeal { details, ..command(&desk, deal, "Proposal").await };
        let over = MoveDeal { to_stage: desk.stage("Negotiation"), ..over };
        let access = desk.company().await.once(Some("k1"), &over).unwrap();
        let overridden = access.override_stage(over.clone()).await.unwrap();
        assert_eq!(overridden.version, moved.version + 1);
        let access = desk.company().await.once(Some("k1"), &over).unwrap();
        assert_eq!(access.override_stage(over).await.unwrap(), overridden);
    }

    async fn what_is_refused_is_judged_anew(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("one", "Tern Labs").await;
        let early = MoveDeal { version: 999, ..command(&desk, deal, "Proposal").await };
        let refused = send(&desk, "k1", &early).await;
        assert!(matches!(refused, Err(ServiceError::Conflict(_))), "{refused:?}");
        let now = command(&desk, deal, "Proposal").await;
        assert_eq!(send(&desk, "k1", &now).await.unwrap().stage, now.to_stage);
        desk.clock.advance_seconds(31 * 86_400);
        desk.services.forget_expired().await.unwrap();
        // Forgotten: it is a move like any other, and the deal has gone on.
        let forgotten = send(&desk, "k1", &now).await;
        assert!(matches!(forgotten, Err(ServiceError::Conflict(_))), "{forgotten:?}");
    }
}
