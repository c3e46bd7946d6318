//! A plain form that is refused: the browser that posted it shows a page, a program reads a document.

use axum::{body::Body, http::StatusCode};
use domain::{MembershipId, ProgramId, commands::ChangeMembership, people::MembershipStatus};

use crate::{
    messages::{FORM, MULTIPART, doors, part, with},
    support::{Answer, Call, House},
};

/// As browsers ask for pages.
const PAGES: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn post(path: &str, token: &str) -> Call {
    Call::post(path, FORM, "kind=message&key=refused-1&text=Hello").signed_in(Some(token))
}

fn is_page(answer: &Answer) -> bool {
    answer.header("content-type").starts_with("text/html") && answer.body.contains("<h1")
}

/// Refused with that status, in words, to a browser and to a program alike.
async fn refused(house: &House, call: Call, status: StatusCode, words: &str) {
    let page = house.send(call.clone().with("accept", PAGES)).await;
    let told = format!("{}: {} {}", call.path, page.status, page.body);
    assert!(page.status == status && is_page(&page), "{told}");
    assert!(page.body.contains(words), "{told}");
    let named = page.header("x-request-id");
    assert!(!named.is_empty() && page.body.contains(named), "{told}");
    assert!(page.body.contains("<title>") && page.body.contains("rel=\"stylesheet\""));
    let document = house.send(call).await;
    assert_eq!(document.status, status, "{}", document.body);
    assert!(document.is_clear_refusal(), "{}", document.body);
}

/// The doors of messages and of registrations that stand behind a membership.
fn doors_of(messages: &str) -> Vec<String> {
    let deals = messages.replace("/messages", "/deals");
    let deal = "deal_00000000000000000000000000";
    vec![
        messages.to_owned(),
        deals.clone(),
        format!("{deals}/{deal}"),
        format!("{deals}/{deal}/answer"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_a_page_for_a_browser() {
    let house = House::with_demo(0).await;
    let [(partner, nadia), (company, mara)] = doors(&house).await;
    let not_there = "This page does not exist";
    for path in doors_of(&partner) {
        refused(&house, post(&path, &mara), StatusCode::NOT_FOUND, not_there).await;
    }
    let deal = company.replace("/messages/mem_", "/deals/deal_");
    for path in [&company, &deal] {
        refused(&house, post(path, &nadia), StatusCode::NOT_FOUND, not_there).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_of_another_site_is_a_page_for_a_browser() {
    let house = House::with_demo(0).await;
    let [(partner, nadia), _] = doors(&house).await;
    for path in doors_of(&partner) {
        let call = post(&path, &nadia);
        let large = call.clone().with("content-length", "99999999");
        refused(&house, large, StatusCode::PAYLOAD_TOO_LARGE, "too large").await;
        let other = call.with("sec-fetch-site", "cross-site");
        refused(&house, other, StatusCode::FORBIDDEN, "does not allow that").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_write_reads_that_on_a_page() {
    let house = House::with_demo(0).await;
    let [(path, nadia), (company, mara)] = doors(&house).await;
    let mut ids = company.split('/').skip(2);
    let program: ProgramId = ids.next().unwrap().parse().unwrap();
    let membership: MembershipId = ids.nth(1).unwrap().parse().unwrap();
    let mara = house.services.find_signed_in(&mara).await.unwrap().unwrap();
    let access = house.services.company(mara.person.id, program).await;
    let access = access.unwrap();
    let partners = access.list_partners().await.unwrap();
    let kept = partners.iter().find(|kept| kept.id == membership).unwrap();
    let suspend = ChangeMembership {
        membership,
        status: MembershipStatus::Suspended,
        tier: kept.tier,
        version: kept.version,
    };
    access.change_membership(suspend).await.unwrap();
    let call = post(&path, &nadia);
    refused(&house, call, StatusCode::FORBIDDEN, "does not allow that").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_finds_the_server_busy_is_on_its_page_still() {
    let house = House::with_demo(0).await;
    // Files cannot be written.
    std::fs::remove_dir_all(&house.services.config().files_folder).unwrap();
    for (path, token) in doors(&house).await {
        let body = with(&[part("file", Some("a.txt"), b"hello")]);
        let call = Call::post(&path, MULTIPART, body).signed_in(Some(&token));
        let page = house.send(call.clone().with("accept", PAGES)).await;
        let told = format!("{path}: {} {}", page.status, page.body);
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{told}");
        assert!(
            is_page(&page) && page.body.contains("The server is busy"),
            "{told}"
        );
        assert!(page.body.contains("Hello</textarea>"), "{told}");
        let document = house.send(call).await;
        assert_eq!(document.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(document.json()["code"], "busy", "{}", document.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_refused_while_another_is_on_its_way() {
    let house = House::with_demo(0).await;
    let [_, (company, mara)] = doors(&house).await;
    let program = company.split("/messages").next().unwrap();
    let export = post(&format!("{program}/export/deals.csv"), &mara);
    let body = Body::from(export.body.clone());
    let first = house.open(export.clone(), body).await;
    assert_eq!(first.status(), StatusCode::OK);
    let too_many = StatusCode::TOO_MANY_REQUESTS;
    refused(
        &house,
        export.clone(),
        too_many,
        "Another copy is being made",
    )
    .await;
    // Whoever goes away half way is as good as whoever read all.
    drop(first);
    for _ in 0..2 {
        assert_eq!(house.send(export.clone()).await.status, StatusCode::OK);
    }
}
