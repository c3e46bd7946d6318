//! `dealboard demo`.

use store::Statement;
use testkit::assert_whole;

use crate::{
    on_both,
    place::{Engine, Place},
};

on_both! {
    loaded_once_and_taken_away_again => loaded_once_and_taken_away_again_on_sqlite, loaded_once_and_taken_away_again_on_postgres;
}

/// Deals, events, people, companies.
fn counts(place: &Place) -> Vec<i64> {
    place.look(async |conn| {
        let tables = [
            "SELECT count(*) FROM deals",
            "SELECT count(*) FROM events",
            "SELECT count(*) FROM users",
            "SELECT count(*) FROM companies",
            "SELECT count(*) FROM settings",
        ];
        let mut counts = Vec::new();
        for table in tables {
            let found = Statement::new(table).fetch_all::<(i64,)>(conn).await;
            counts.push(found.unwrap()[0].0);
        }
        assert_whole(conn).await;
        counts
    })
}

fn loaded_once_and_taken_away_again(engine: Engine) {
    let place = Place::empty(engine);
    place
        .run(&["user", "create", "ann@alta.example", "Ann Hale"])
        .done();
    let own = counts(&place);
    assert_eq!(own[0], 0);

    let said = place.run(&["demo", "load", "--deals", "60"]).done();
    assert!(said.starts_with("Loaded 60 deals with "), "{said}");
    let loaded = counts(&place);
    assert_eq!(loaded[0], 60);
    let events = said.split_whitespace().nth(4).unwrap();
    assert!(
        loaded[1] >= events.parse::<i64>().unwrap(),
        "{said} {loaded:?}"
    );

    // Whoever is printed gets in with what is printed.
    let (_, rest) = said.split_once("password is ").unwrap();
    let password = rest.lines().next().unwrap();
    let sign_ins: Vec<&str> = said
        .lines()
        .filter_map(|line| {
            line.split_whitespace()
                .next()
                .filter(|word| word.contains('@'))
        })
        .collect();
    assert!(sign_ins.len() >= 4, "{said}");
    let server = place.serve();
    for email in [sign_ins[0], sign_ins[sign_ins.len() - 1]] {
        let person = server.client().sign_in(email, password).unwrap();
        let home = person.post("home", &[]);
        assert!(home.body.contains("\"program\""), "{email}: {}", home.body);
    }
    server.stop();

    let again = place.run(&["demo", "load"]).refused();
    assert!(
        again.contains("The demo data is loaded already. Clear it first"),
        "{again}"
    );
    assert_eq!(counts(&place), loaded, "a refusal changes nothing");

    assert_eq!(
        place.run(&["demo", "clear"]).done(),
        "The demo data is gone.\n"
    );
    let cleared = counts(&place);
    assert_eq!(
        (cleared[0], cleared[2..].to_vec()),
        (0, own[2..].to_vec()),
        "what is not the demo's stays"
    );
    assert_eq!(
        place.run(&["demo", "clear"]).done(),
        "There is no demo data.\n"
    );

    let once_more = place.run(&["demo", "load", "--deals", "3"]).done();
    assert!(once_more.starts_with("Loaded 3 deals "), "{once_more}");
    assert_eq!(counts(&place)[0], 3);
}

#[test]
fn it_does_not_take_the_place_of_what_is_there() {
    let place = Place::empty(Engine::Sqlite);
    place
        .run(&[
            "user",
            "create",
            "Nadia@Brightwater.example",
            "Nadia of ours",
        ])
        .done();
    let own = counts(&place);
    let said = place.run(&["demo", "load", "--deals", "3"]).refused();
    assert!(said.contains("already, and it is not the demo"), "{said}");
    assert_eq!(counts(&place), own, "nothing of it was kept");
    assert_eq!(
        place.run(&["demo", "clear"]).done(),
        "There is no demo data.\n"
    );
    assert_eq!(counts(&place), own);
}
