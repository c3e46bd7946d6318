//! `dealboard user`: the links that it prints are used at the server's own door, as a person would.

use domain::CompanyId;
use store::Statement;
use testkit::World;

use crate::{
    client::Client,
    on_both,
    place::{Engine, Place},
};

on_both! {
    a_new_person_chooses_a_password_and_is_in => a_new_person_is_in_on_sqlite, a_new_person_is_in_on_postgres;
    a_reset_ends_what_was_before => a_reset_ends_what_was_before_on_sqlite, a_reset_ends_what_was_before_on_postgres;
}

const ANN: &str = "ann@alta.example";
const PASSWORD: &str = "a horse and its battery";

fn with_company(engine: Engine) -> (Place, CompanyId) {
    let (place, world) = Place::filled(engine, World::build);
    (place, world.company.id)
}

/// The page of that address asks for a new password.
fn asks(client: &Client, token: &str) -> bool {
    let answer = client.post("open_reset", &[("token", token)]);
    assert!([200, 404].contains(&answer.status), "{answer:?}");
    answer.status == 200
}

fn choose(client: &Client, token: &str, password: &str) -> u16 {
    let answer = client.post(
        "reset_password",
        &[("token", token), ("password", password)],
    );
    answer.status
}

fn accounts(place: &Place, email: &str) -> usize {
    place.look(async |conn| {
        let mut found = Statement::new("SELECT name FROM users WHERE email_folded = ");
        found.bind(email);
        found.fetch_all::<(String,)>(conn).await.unwrap().len()
    })
}

fn a_new_person_chooses_a_password_and_is_in(engine: Engine) {
    let (place, company) = with_company(engine);
    let server = place.serve();
    let client = server.client();
    let team = ["--company", &company.to_string(), "--role", "finance"].map(ToOwned::to_owned);
    let mut command = place.command(&["user", "create", ANN, "Ann Hale"]);
    command
        .args(team)
        .env("DEALBOARD_PUBLIC_URL", "https://deals.example");
    let said = crate::process::Said::of(&mut command);
    assert!(
        said.out.contains("\n  https://deals.example/reset/"),
        "{said:?}"
    );
    assert!(
        said.out.contains(ANN) && said.out.contains(" once, until "),
        "{said:?}"
    );
    let token = said.token("reset");

    assert!(asks(&client, &token));
    assert_eq!(choose(&client, &token, "too short"), 422);
    assert_eq!(choose(&client, &token, PASSWORD), 200);
    assert!(!asks(&client, &token), "the link works once");
    assert_eq!(choose(&client, &token, "another horse and battery"), 404);

    let ann = client.sign_in(ANN, PASSWORD).unwrap();
    let viewer = ann.post("viewer", &[]).body;
    assert!(
        viewer.contains("Ann Hale") && viewer.contains(&company.to_string()),
        "{viewer}"
    );

    let again = place
        .run(&["user", "create", "ANN@alta.example", "Another Ann"])
        .refused();
    assert!(
        again.contains("There is an account with this email address"),
        "{again}"
    );
    server.stop();
}

fn a_reset_ends_what_was_before(engine: Engine) {
    let place = Place::empty(engine);
    let first = place
        .run(&["user", "create", ANN, "Ann Hale"])
        .token("reset");
    let server = place.serve();
    let client = server.client();
    assert_eq!(choose(&client, &first, PASSWORD), 200);
    let ann = client.sign_in(ANN, PASSWORD).unwrap();
    assert_eq!(ann.post("home", &[]).status, 200);

    let older = place.run(&["user", "reset-password", ANN]).token("reset");
    let newer = place
        .run(&["user", "reset-password", "Ann@Alta.example"])
        .token("reset");
    assert!(!asks(&client, &older), "a new link ends the older one");
    // Until the link is used nothing changes.
    assert_eq!(ann.post("home", &[]).status, 200);
    assert_eq!(choose(&client, &newer, "another horse and battery"), 200);
    assert_eq!(ann.post("home", &[]).status, 401, "every session ends");
    assert!(client.sign_in(ANN, PASSWORD).is_err());
    assert!(client.sign_in(ANN, "another horse and battery").is_ok());
    server.stop();
}

#[test]
fn whoever_cannot_be_made_is_refused_and_leaves_nothing() {
    let (place, company) = with_company(Engine::Sqlite);
    let create = |email: &str, more: &[&str]| {
        let mut args = vec!["user", "create", email, "Ann Hale"];
        args.extend(more);
        place.run(&args)
    };
    let said = create("no address", &[]).refused();
    assert!(said.contains("Enter an email address"), "{said}");
    // Another company's id, well formed.
    let foreign = CompanyId(testkit::kill::event_of(1, 1, 1)).to_string();
    assert_ne!(foreign, company.to_string());
    create(ANN, &["--company", &foreign]).refused();
    assert_eq!(accounts(&place, ANN), 0, "no account without its team");
    for wrong in [["--company", "alta"], ["--role", "king"]] {
        let said = create(ANN, &wrong);
        assert_eq!(said.code, Some(2), "{said:?}");
    }
    let said = place
        .run(&["user", "reset-password", "nobody@alta.example"])
        .refused();
    assert!(!said.contains("/reset/"), "{said}");
    create(ANN, &[]).done();
    assert_eq!(accounts(&place, ANN), 1);
}
