//! The page of changed answers, posted without the app by two people who both saw the deal as it was.

use axum::http::StatusCode;
use domain::{DealId, views::AmendPart};
use testkit::{TestDb, both_engines};

use crate::{
    messages::FORM,
    stage_entry::{Desk, encoded, key},
    support::{Call, House},
};

const NEED: &str = "What does the customer need?";

async fn open(db: &TestDb) -> Desk {
    let house = House::over(db, &[]);
    house.services.load_demo(0).await.unwrap();
    Desk::of(house).await
}

/// The inputs of the page as they stand there, with another answer to what the customer needs.
fn posted(part: &AmendPart, need: &str) -> Vec<(String, String)> {
    let fields = part.form.fields.iter();
    let open = fields.filter(|field| part.open.contains(&field.key));
    let given = part.raw();
    let mut pairs: Vec<_> = open.flat_map(|field| given.pairs_of(field)).collect();
    pairs.retain(|(name, _)| name != "need");
    let version = part.version.to_string();
    for (name, value) in [("_version", version.as_str()), ("need", need)] {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    pairs
}

fn call(desk: &Desk, deal: DealId, pairs: &[(String, String)]) -> Call {
    let path = format!("/p/{}/deals/{deal}/change", desk.membership);
    Call::post(path, FORM, encoded(pairs)).with("accept", "text/html")
}

both_engines! {
    async fn of_two_changes_of_one_version_the_later_is_told_of_the_first(db: &TestDb) {
        let desk = open(db).await;
        let deal = desk.approved("amend-1").await;
        let colleague = desk.house.sign_in("tomas@brightwater.example").await;
        let seen = desk.partner.amend_part(deal).await.unwrap();
        let first = call(&desk, deal, &posted(&seen, "Archives")).signed_in(Some(&colleague));
        let answer = desk.house.send(first).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let kept = desk.answers(deal).await;
        assert_eq!(kept.first(&key("need")), "Archives");

        let late = call(&desk, deal, &posted(&seen, "Vaults")).signed_in(Some(&desk.token));
        let page = desk.house.send(late.clone()).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.body);
        for told in [
            "The answers were not changed",
            format!("Tomas Laine changed the answer to \u{201c}{NEED}\u{201d} at ").as_str(),
            format!("{NEED}: the deal has Archives").as_str(),
            ">Vaults<",
        ] {
            assert!(page.body.contains(told), "{told}: {}", page.body);
        }
        let document = desk.house.send(late.with("accept", "application/json")).await;
        assert_eq!(document.status, StatusCode::CONFLICT);
        assert!(document.is_clear_refusal() && document.body.contains("Tomas Laine"), "{}", document.body);
        assert_eq!(desk.answers(deal).await, kept, "nothing is written over");
        let now = desk.partner.amend_part(deal).await.unwrap();
        assert_eq!(now.version, seen.version + 1);

        // The page that said so goes over what is there by now.
        let version = format!("name=\"_version\" value=\"{}\"", now.version);
        assert!(page.body.contains(&version), "{version}: {}", page.body);
        let again = call(&desk, deal, &posted(&now, "Vaults")).signed_in(Some(&desk.token));
        let answer = desk.house.send(again).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(desk.answers(deal).await.first(&key("need")), "Vaults");
    }
}
