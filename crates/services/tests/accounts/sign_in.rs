use services::ServiceError;
use services::accounts::{ChangePassword, SignIn};
use testkit::both_engines;

use crate::house::{House, PASSWORD, inputs, origin, token};

const WRONG: &str = "wrong horse battery";

fn is_stopped<T>(outcome: &Result<T, ServiceError>) -> bool {
    matches!(outcome, Err(ServiceError::TooMany))
}

/// As many wrong passwords as strangers have at one account, from ten addresses.
async fn guess_from_everywhere(house: &House, email: &str) {
    for address in 0..10 {
        for _ in 0..10 {
            let from = format!("10.1.0.{address}");
            let tried = house.sign_in_from(&from, None, email, WRONG).await;
            assert_eq!(inputs(tried), ["email"]);
        }
        // No address alone has tried so often.
        house.clock.advance_seconds(1);
    }
}

both_engines! {
    async fn a_session_is_found_by_its_token_until_it_ends(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let session = house.sign_in("ada@ALTA.test", PASSWORD).await.unwrap();
        let who = house.whose(&session).await.unwrap();
        assert_eq!(who.person, admin);
        for bad in ["", "x", &"0".repeat(64), &"\0".repeat(64)] {
            assert!(house.services.find_signed_in(bad).await.unwrap().is_none());
        }
        house.services.sign_out(&who).await.unwrap();
        assert!(house.whose(&session).await.is_none());
    }

    async fn unused_it_ends_after_fourteen_days_and_anyway_after_thirty(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let idle = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let used = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        for _ in 0..2 {
            house.clock.advance_seconds(13 * 86_400);
            assert!(house.whose(&used).await.is_some());
        }
        assert!(house.whose(&idle).await.is_none());
        house.clock.advance_seconds(5 * 86_400);
        assert!(house.whose(&used).await.is_none());
    }

    async fn only_so_many_browsers_are_signed_in_at_a_time(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let mut sessions = Vec::new();
        for _ in 0..51 {
            house.clock.advance_seconds(1);
            sessions.push(house.sign_in("ada@alta.test", PASSWORD).await.unwrap());
        }
        // The one that set the house up is the oldest, and the first that signed in is the next.
        assert!(house.whose(&sessions[0]).await.is_none());
        assert!(house.whose(&sessions[1]).await.is_some());
        assert!(house.whose(&sessions[50]).await.is_some());
    }

    async fn known_and_unknown_accounts_are_answered_alike(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let known = house.sign_in("ada@alta.test", WRONG).await.unwrap_err();
        let unknown = house.sign_in("nobody@alta.test", WRONG).await.unwrap_err();
        assert_eq!(domain::AppError::from(known), domain::AppError::from(unknown));
        assert_eq!(inputs(house.sign_in("", "").await), ["email", "password"]);
    }

    async fn guessing_is_stopped_for_a_while(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        for _ in 0..10 {
            assert_eq!(inputs(house.sign_in("ada@alta.test", WRONG).await), ["email"]);
        }
        // Even the right one; an unknown account just alike.
        assert!(is_stopped(&house.sign_in("ada@alta.test", PASSWORD).await));
        for _ in 0..10 {
            let _ = house.sign_in("nobody@alta.test", WRONG).await;
        }
        assert!(is_stopped(&house.sign_in("nobody@alta.test", WRONG).await));
        house.clock.advance_seconds(15 * 60 + 1);
        house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
    }

    async fn who_guesses_elsewhere_keeps_nobody_out(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        for _ in 0..12 {
            let _ = house.sign_in_from("10.6.6.6", None, "ada@alta.test", WRONG).await;
        }
        assert!(is_stopped(&house.sign_in_from("10.6.6.6", None, "ada@alta.test", PASSWORD).await));
        house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
    }

    async fn a_browser_that_signed_in_before_is_held_up_by_no_other(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let device = house.sign_in("ada@alta.test", PASSWORD).await.unwrap().device.unwrap();
        guess_from_everywhere(&house, "ada@alta.test").await;
        // At the very address of the one who guesses, too.
        for _ in 0..100 {
            let _ = house.sign_in("ada@alta.test", WRONG).await;
        }
        assert!(is_stopped(&house.sign_in("ada@alta.test", PASSWORD).await));
        let known = Some(device.as_str());
        let session = house.sign_in_from("10.0.0.1", known, "ada@alta.test", PASSWORD).await.unwrap();
        assert_eq!(session.device.as_deref(), known);
        // It guesses no more than others do, and it is known for its own account only.
        for _ in 0..10 {
            assert_eq!(inputs(house.sign_in_from("10.0.0.7", known, "ada@alta.test", WRONG).await), ["email"]);
        }
        assert!(is_stopped(&house.sign_in_from("10.0.0.7", known, "ada@alta.test", PASSWORD).await));
        let new = crate::house::person("Olga", "olga@alta.test");
        house.services.create_user(new, None).await.unwrap();
        guess_from_everywhere(&house, "olga@alta.test").await;
        assert!(is_stopped(&house.sign_in_from("10.0.0.8", known, "olga@alta.test", PASSWORD).await));
    }

    async fn guessing_from_everywhere_is_slowed_and_strangers_get_a_turn(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        for email in ["ada@alta.test", "nobody@alta.test"] {
            guess_from_everywhere(&house, email).await;
            assert!(is_stopped(&house.sign_in_from("10.2.0.1", None, email, WRONG).await), "{email}");
            house.clock.advance_seconds(6);
            assert_eq!(inputs(house.sign_in_from("10.2.0.1", None, email, WRONG).await), ["email"]);
            assert!(is_stopped(&house.sign_in_from("10.2.0.1", None, email, WRONG).await), "{email}");
        }
        house.clock.advance_seconds(6);
        house.sign_in_from("10.2.0.2", None, "ada@alta.test", PASSWORD).await.unwrap();
    }

    async fn tries_at_the_same_time_see_each_other(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let services = house.services.clone();
            tries.spawn(async move {
                let cmd = SignIn {
                    email: "ada@alta.test".into(),
                    password: WRONG.into(),
                    origin: origin("10.0.0.9"),
                    previous: None,
                    device: None,
                };
                matches!(services.sign_in(cmd).await, Err(ServiceError::TooMany))
            });
        }
        let stopped = tries.join_all().await.into_iter().filter(|stopped| *stopped).count();
        // Postgres lets those that counted at the same moment pass; far fewer than all.
        assert!(stopped >= 10, "{stopped} of 30 stopped");
    }

    async fn one_address_cannot_try_every_account(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        for number in 0..100 {
            let _ = house.sign_in(&format!("p{number}@alta.test"), WRONG).await;
        }
        assert!(is_stopped(&house.sign_in("ada@alta.test", PASSWORD).await));
    }

    async fn signing_in_ends_the_session_that_the_browser_came_with(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let planted = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let cmd = SignIn {
            email: "ada@alta.test".into(),
            password: PASSWORD.into(),
            origin: origin("10.0.0.1"),
            previous: Some(planted.token.clone()),
            device: None,
        };
        let fresh = house.services.sign_in(cmd).await.unwrap();
        assert_ne!(fresh.token, planted.token);
        assert!(house.whose(&planted).await.is_none());
        assert!(house.whose(&fresh).await.is_some());
    }

    async fn sessions_are_listed_and_ended_one_by_one_or_all_others(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let sessions = [
            house.sign_in("ada@alta.test", PASSWORD).await.unwrap(),
            house.sign_in("ada@alta.test", PASSWORD).await.unwrap(),
            house.sign_in("ada@alta.test", PASSWORD).await.unwrap(),
        ];
        let [one, two, three] = &sessions;
        let who = house.whose(one).await.unwrap();
        let listed = house.services.list_sessions(&who).await.unwrap();
        // The set-up opened one too.
        assert_eq!(listed.len(), 4);
        assert_eq!(listed.iter().filter(|session| session.current).count(), 1);
        let second = house.whose(two).await.unwrap();
        house.services.revoke_session(&who, second.session).await.unwrap();
        assert!(house.whose(two).await.is_none());
        let again = house.services.revoke_session(&who, second.session).await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        assert_eq!(house.services.sign_out_others(&who).await.unwrap(), 2);
        assert!(house.whose(three).await.is_none());
        assert!(house.whose(one).await.is_some());
    }

    async fn nobody_ends_anothers_session(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let new = crate::house::person("Olga", "olga@alta.test");
        house.services.create_user(new, None).await.unwrap();
        let ada = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let olga = house.sign_in("olga@alta.test", PASSWORD).await.unwrap();
        let (ada_in, olga_in) = (house.whose(&ada).await.unwrap(), house.whose(&olga).await.unwrap());
        let foreign = house.services.revoke_session(&olga_in, ada_in.session).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)));
        house.services.sign_out_others(&olga_in).await.unwrap();
        assert!(house.whose(&ada).await.is_some());
    }

    async fn last_use_is_noted_at_most_once_a_minute(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let session = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let who = house.whose(&session).await.unwrap();
        let seen = async || {
            let listed = house.services.list_sessions(&who).await.unwrap();
            listed.into_iter().find(|session| session.current).unwrap().last_seen_at
        };
        let first = seen().await;
        house.clock.advance_seconds(59);
        house.whose(&session).await.unwrap();
        assert_eq!(seen().await, first);
        house.clock.advance_seconds(1);
        house.whose(&session).await.unwrap();
        assert_eq!(seen().await, first.plus_seconds(60));
    }

    async fn a_new_password_needs_the_old_one_and_signs_others_out(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let here = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let there = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let who = house.whose(&here).await.unwrap();
        let change = async |current: &str, new: &str| {
            let cmd = ChangePassword { current: current.into(), new: new.into() };
            house.services.change_password(&who, cmd).await
        };
        assert_eq!(inputs(change(WRONG, "another horse battery").await), ["current"]);
        assert_eq!(inputs(change(PASSWORD, "short").await), ["new"]);
        assert_eq!(inputs(change("", "").await), ["current", "new"]);
        assert_eq!(inputs(change(PASSWORD, "ada@alta.test").await), ["new"]);
        change(PASSWORD, "another horse battery").await.unwrap();
        assert!(house.whose(&here).await.is_some());
        assert!(house.whose(&there).await.is_none());
        assert!(house.sign_in("ada@alta.test", PASSWORD).await.is_err());
        house.sign_in("ada@alta.test", "another horse battery").await.unwrap();
    }

    /// Verifying takes its time: who knew the old password and was about to sign in with it does not get in any more.
    async fn no_session_of_the_old_password_outlives_the_new_one(db: &TestDb) {
        let (house, ada) = House::set_up(db).await;
        let house = std::sync::Arc::new(house);
        let mut old = PASSWORD.to_owned();
        for round in 0..10 {
            let new = format!("another horse battery {round}");
            let thieves: Vec<_> = (0..8)
                .map(|number| {
                    let (house, old) = (house.clone(), old.clone());
                    tokio::spawn(async move {
                        house.sign_in_from(&format!("10.0.{round}.{number}"), None, "ada@alta.test", &old).await
                    })
                })
                .collect();
            let link = house.services.create_reset_link(&ada.email).await.unwrap();
            house.services.reset_password(&token(&link), &new).await.unwrap();
            for thief in thieves {
                if let Ok(session) = thief.await.unwrap() {
                    assert!(house.whose(&session).await.is_none(), "round {round}");
                }
            }
            old = new;
        }
    }

    async fn a_session_that_was_ended_changes_no_password(db: &TestDb) {
        let (house, ada) = House::set_up(db).await;
        let stolen = house.sign_in(&ada.email, PASSWORD).await.unwrap();
        let thief = house.whose(&stolen).await.unwrap();
        let mine = house.sign_in(&ada.email, PASSWORD).await.unwrap();
        let me = house.whose(&mine).await.unwrap();
        house.services.sign_out_others(&me).await.unwrap();
        let cmd = ChangePassword { current: PASSWORD.into(), new: "the thief's own words".into() };
        let changed = house.services.change_password(&thief, cmd).await;
        assert!(matches!(changed, Err(ServiceError::SignedOut)), "{changed:?}");
        assert!(house.sign_in(&ada.email, PASSWORD).await.is_ok());
    }

    async fn a_reset_link_works_once_and_ends_every_session(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let session = house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
        let old = house.services.create_reset_link("ada@alta.test").await.unwrap();
        let link = house.services.create_reset_link("Ada@alta.test").await.unwrap();
        assert_eq!(house.services.open_reset(&token(&link)).await.unwrap(), "ada@alta.test");
        let replaced = house.services.open_reset(&token(&old)).await;
        assert!(matches!(replaced, Err(ServiceError::NotFound)));
        assert_eq!(inputs(house.services.reset_password(&token(&link), "short").await), ["password"]);
        house.services.reset_password(&token(&link), "another horse battery").await.unwrap();
        let again = house.services.reset_password(&token(&link), "a third horse battery").await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        assert!(house.whose(&session).await.is_none());
        house.sign_in("ada@alta.test", "another horse battery").await.unwrap();
    }

    async fn asking_for_a_reset_tells_nothing(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        house.services.ask_for_reset("ada@alta.test", "10.0.0.1").await.unwrap();
        house.services.ask_for_reset("nobody@alta.test", "10.0.0.1").await.unwrap();
        assert_eq!(inputs(house.services.ask_for_reset("nobody", "10.0.0.1").await), ["email"]);
        for _ in 0..9 {
            house.services.ask_for_reset("ada@alta.test", "10.0.0.1").await.unwrap();
        }
        let stopped = house.services.ask_for_reset("ada@alta.test", "10.0.0.1").await;
        assert!(matches!(stopped, Err(ServiceError::TooMany)));
        // Being asked for does not keep the person out.
        house.sign_in("ada@alta.test", PASSWORD).await.unwrap();
    }
}
