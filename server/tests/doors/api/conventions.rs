//! What holds for every address of the API.

use axum::http::Method;
use domain::keys::KeyScope;
use domain::people::CompanyRole;
use serde_json::json;

use super::{call, company_key, get, partner_key, post, problem};
use crate::authorisation::actors::Cast;
use crate::support::{Call, House};

struct Desk {
    house: House,
    cast: Cast,
    company: String,
    partner: String,
}

impl Desk {
    async fn open(settings: &[(&str, &str)]) -> Self {
        let house = House::with_settings(settings).await;
        house.services.load_demo(120).await.unwrap();
        let cast = Cast::gather(&house).await;
        let own = &cast.own;
        let company = company_key(&house, own.admin, own.company, KeyScope::OF_COMPANY).await;
        let partner = partner_key(&house, own.owner, own.partner, KeyScope::OF_PARTNER).await;
        Self {
            house,
            cast,
            company,
            partner,
        }
    }

    fn program(&self) -> String {
        format!("/api/v1/programs/{}", self.cast.own.program)
    }

    fn deal(&self) -> String {
        format!("{}/deals/{}", self.program(), self.cast.own.deal)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_live_key_opens_the_api_and_a_key_opens_nothing_else() {
    let desk = Desk::open(&[]).await;
    let house = &desk.house;
    let path = "/api/v1/programs";
    for key in [
        "",
        "dbk_1",
        &"x".repeat(68),
        &format!("dbk_{}", "0".repeat(64)),
    ] {
        let answer = house.send(get(path, key)).await;
        assert_eq!(answer.status, 401, "{key}");
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"dealboard\""
        );
        assert_eq!(problem(&answer)["code"], "signed_out");
    }
    // A session is no key.
    let session = house.sign_in("mara@altostrat.example").await;
    let mut cookie = get(path, "").signed_in(Some(&session));
    cookie.headers.retain(|(name, _)| *name != "authorization");
    assert_eq!(house.send(cookie).await.status, 401);
    // And a key is no session.
    let mut page = Call::get("/");
    page.headers
        .push(("authorization", format!("Bearer {}", desk.company)));
    assert!(
        house
            .send(page)
            .await
            .header("location")
            .starts_with("/signin")
    );
    assert_eq!(house.send(get(path, &desk.company)).await.status, 200);
    let team = house
        .services
        .company_team(desk.cast.own.admin, desk.cast.own.company)
        .await
        .unwrap();
    team.revoke_key(team.keys().await.unwrap().keys[0].id)
        .await
        .unwrap();
    assert_eq!(house.send(get(path, &desk.company)).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_shrinks_with_its_makers_role() {
    let desk = Desk::open(&[]).await;
    let own = &desk.cast.own;
    let path = format!("{}/decisions", desk.deal());
    let decide =
        || post(&path, &desk.company, r#"{"verdict":"approve"}"#).with("if-match", "\"999\"");
    assert_eq!(desk.house.send(decide()).await.status, 412);
    let (company, user) = (own.company, own.admin);
    testkit::in_write!(desk.house.services.db(), |tx| [] {
        store::companies::save_role(tx, company, user, CompanyRole::Seller).await
    })
    .unwrap();
    assert_eq!(desk.house.send(decide()).await.status, 403);
    assert_eq!(
        desk.house
            .send(get(&desk.deal(), &desk.company))
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_is_a_problem() {
    let desk = Desk::open(&[("max-body", "10 KiB")]).await;
    let (house, deal) = (&desk.house, desk.deal());
    let nowhere = house.send(get("/api/v1/nothing/here", &desk.company)).await;
    assert_eq!(
        (nowhere.status.as_u16(), &problem(&nowhere)["code"]),
        (404, &json!("not_found"))
    );
    let method = house
        .send(call(Method::DELETE, &deal, &desk.company, ""))
        .await;
    assert_eq!(
        (method.status.as_u16(), &problem(&method)["code"]),
        (405, &json!("method_not_allowed"))
    );
    assert!(
        method.header("allow").contains("PATCH"),
        "{}",
        method.header("allow")
    );
    let accept = house
        .send(get(&deal, &desk.company).with("accept", "text/html"))
        .await;
    assert_eq!(
        (accept.status.as_u16(), &problem(&accept)["code"]),
        (406, &json!("not_acceptable"))
    );
    let body = |text: &str| post(&format!("{}/deals", desk.program()), &desk.partner, text);
    let kind = house
        .send(body("{\"a\":1}").with("content-type", "text/plain"))
        .await;
    assert_eq!(
        (kind.status.as_u16(), &problem(&kind)["code"]),
        (415, &json!("unsupported_media_type"))
    );
    let broken = house.send(body("{")).await;
    assert_eq!(
        (broken.status.as_u16(), &problem(&broken)["code"]),
        (400, &json!("malformed"))
    );
    let large = format!("{{\"answers\":\"{}\"}}", "x".repeat(20_000));
    let large = house.send(body(&large)).await;
    assert_eq!(
        (large.status.as_u16(), &problem(&large)["code"]),
        (413, &json!("too_large"))
    );
    let pieces = house
        .send_in_pieces(body(&format!("\"{}\"", "x".repeat(200_000))))
        .await;
    assert_eq!(
        (pieces.status.as_u16(), &problem(&pieces)["code"]),
        (413, &json!("too_large"))
    );
    let unknown = house
        .send(get(
            &format!("{}/deals?colour=red", desk.program()),
            &desk.company,
        ))
        .await;
    assert_eq!(
        (unknown.status.as_u16(), &problem(&unknown)["code"]),
        (400, &json!("malformed"))
    );
    let cursor = house
        .send(get(
            &format!("{}/deals?cursor=x", desk.program()),
            &desk.company,
        ))
        .await;
    assert_eq!(problem(&cursor)["errors"][0]["parameter"], "cursor");
    let id = house
        .send(get(
            &format!("{}/deals/deal_x", desk.program()),
            &desk.company,
        ))
        .await;
    assert_eq!(id.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_body_should_not_have_is_pointed_to() {
    let desk = Desk::open(&[]).await;
    let path = format!("{}/deals", desk.program());
    let form = desk
        .house
        .send(get(&format!("{}/form", desk.program()), &desk.partner))
        .await
        .json();
    let sent = json!({"form": form["id"], "answers": {}, "colour": "red"}).to_string();
    let answer = desk.house.send(post(&path, &desk.partner, &sent)).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            &problem(&answer)["errors"][0]["pointer"]
        ),
        (422, &json!("#/colour"))
    );
    let sent = json!({"form": form["id"], "answers": {"colour": "red", "customer": "Hale & Moss"}})
        .to_string();
    let answer = desk.house.send(post(&path, &desk.partner, &sent)).await;
    let faults = problem(&answer);
    assert_eq!(answer.status, 422);
    let pointers: Vec<&str> = faults["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["pointer"].as_str().unwrap())
        .collect();
    assert!(pointers.contains(&"#/answers/colour"), "{pointers:?}");
    for required in form["json_schema"]["required"].as_array().unwrap() {
        let pointer = format!("#/answers/{}", required.as_str().unwrap());
        assert!(
            required == "customer" || pointers.contains(&pointer.as_str()),
            "{pointer} of {pointers:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages_without_gaps_or_doubles() {
    let desk = Desk::open(&[]).await;
    let (mut seen, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let query = cursor
            .map(|cursor| format!("?cursor={}", cursor.replace('|', "%7C")))
            .unwrap_or_default();
        let page = desk
            .house
            .send(get(
                &format!("{}/deals{query}", desk.program()),
                &desk.company,
            ))
            .await
            .json();
        pages += 1;
        let items = page["items"].as_array().unwrap();
        seen.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pages), (all, all.div_ceil(50)));
    assert!(all > 50, "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_names_the_version_that_it_saw() {
    let desk = Desk::open(&[]).await;
    let (house, path) = (&desk.house, desk.deal());
    let seen = house.send(get(&path, &desk.company)).await;
    let etag = seen.header("etag").to_owned();
    assert_eq!(etag, format!("\"{}\"", seen.json()["version"]));
    let moves = format!("{path}/withdrawals");
    let without = house.send(post(&moves, &desk.partner, "")).await;
    assert_eq!(
        (without.status.as_u16(), &problem(&without)["code"]),
        (428, &json!("precondition_required"))
    );
    for stale in ["\"999\"", "\"abc\"", "W/\"1\"", "1"] {
        let answer = house
            .send(post(&moves, &desk.partner, "").with("if-match", stale))
            .await;
        assert_eq!(
            (answer.status.as_u16(), &problem(&answer)["code"]),
            (412, &json!("stale")),
            "{stale}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_has_a_pace() {
    let desk = Desk::open(&[("api-pace", "60")]).await;
    let path = "/api/v1/programs";
    let mut answers = Vec::new();
    for _ in 0..14 {
        answers.push(desk.house.send(get(path, &desk.company)).await);
    }
    let over = answers
        .iter()
        .find(|answer| answer.status == 429)
        .expect("nothing was over the pace");
    assert_eq!(problem(over)["code"], "too_many");
    let wait: u64 = over.header("retry-after").parse().unwrap();
    assert!((1..=2).contains(&wait), "{wait}");
    assert!(answers[..9].iter().all(|answer| answer.status == 200));
    assert_eq!(
        desk.house.send(get(path, &desk.partner)).await.status,
        200,
        "another key's pace is its own"
    );
}
