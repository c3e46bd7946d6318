//! Eight servers start at once on one database that has nothing yet.

use std::{collections::BTreeSet, time::Duration};

use store::Statement;

use crate::{
    on_both,
    place::{Engine, Place},
    process::{Running, Starting, token},
};

on_both! {
    eight_start_at_once => eight_start_at_once_on_sqlite, eight_start_at_once_on_postgres;
}

const PASSWORD: &str = "a horse and its battery";

fn eight_start_at_once(engine: Engine) {
    let place = Place::empty(engine);
    let starting: Vec<Starting> = (0..8).map(|_| place.start()).collect();
    let servers: Vec<Running> = starting.into_iter().map(Starting::listening).collect();
    let addresses: BTreeSet<_> = servers.iter().map(|server| server.address).collect();
    assert_eq!(addresses.len(), 8);
    for server in &servers {
        let answer = server.client().get("/readyz");
        assert_eq!((answer.status, answer.body.as_str()), (200, "ready\n"));
    }
    one_has_migrated(&place);
    they_are_one_house(&servers);
    for server in servers {
        server.stop();
    }
    place.run(&["migrate"]).done();
}

/// A migration that two ran would have failed in one of them, and the server with it.
fn one_has_migrated(place: &Place) {
    let applied: Vec<(i64, bool)> = place.look(async |conn| {
        let rows = Statement::new("SELECT version, success FROM _sqlx_migrations");
        rows.fetch_all(conn).await.unwrap()
    });
    let versions: BTreeSet<i64> = applied.iter().map(|(version, _)| *version).collect();
    assert!(applied.iter().all(|(_, success)| *success), "{applied:?}");
    assert_eq!(versions.len(), applied.len(), "{applied:?}");
    assert!(applied.len() >= 2, "{applied:?}");
}

/// Each printed a link to set the house up; the first that is used closes the door at all of them.
fn they_are_one_house(servers: &[Running]) {
    let links: Vec<String> = servers
        .iter()
        .map(|server| token(&server.says("/setup/"), "setup"))
        .collect();
    let set_up = |server: &Running, link: &str| {
        let pairs = [
            ("token", link),
            ("name", "Mara Lind"),
            ("email", "mara@altostrat.example"),
            ("password", PASSWORD),
            ("company", "Altostrat"),
            ("program", "Referrals"),
            ("currency", "EUR"),
        ];
        server.client().post("set_up", &pairs).status
    };
    // A link of the second server, used at the first.
    assert_eq!(set_up(&servers[0], &links[1]), 200);
    for (server, link) in servers.iter().zip(&links) {
        assert_eq!(set_up(server, link), 404);
    }
    let mara = servers[7]
        .client()
        .sign_in("mara@altostrat.example", PASSWORD)
        .unwrap();
    for server in servers {
        let home = mara.at(server.address).post("home", &[]);
        assert!(home.body.contains("Altostrat"), "{home:?}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let place = Place::empty(Engine::Sqlite);
    let server = place.serve();
    let listen = server.address.to_string();
    let said = place.run(&["serve", "--listen", &listen]).refused();
    assert!(
        said.contains(&format!("cannot listen on {listen}: ")),
        "{said}"
    );
    // The one that was there first is not disturbed.
    assert_eq!(server.client().get("/readyz").status, 200);
    assert!(server.stop_within(Duration::from_secs(10)).success());
}
