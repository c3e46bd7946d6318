//! `dealboard migrate`.

use store::Statement;

use crate::{
    on_both,
    place::{Engine, Place},
};

on_both! {
    a_second_time_changes_nothing => a_second_time_changes_nothing_on_sqlite, a_second_time_changes_nothing_on_postgres;
    a_newer_schema_is_left_alone => a_newer_schema_is_left_alone_on_sqlite, a_newer_schema_is_left_alone_on_postgres;
}

fn applied(place: &Place) -> Vec<(i64, String, bool, i64)> {
    place.look(async |conn| {
        let known = Statement::new(
            "SELECT version, description, success, execution_time FROM _sqlx_migrations ORDER BY version",
        );
        known.fetch_all(conn).await.unwrap()
    })
}

fn is_done(place: &Place) {
    let said = place.run(&["migrate"]).done();
    assert!(said.ends_with(" is up to date.\n"), "{said}");
}

fn a_second_time_changes_nothing(engine: Engine) {
    let place = Place::empty(engine);
    is_done(&place);
    let first = applied(&place);
    assert!(first.len() >= 2, "{first:?}");
    assert!(first.iter().all(|(_, _, success, _)| *success), "{first:?}");
    is_done(&place);
    // How long each took is measured anew whenever it runs: the same numbers are the same runs.
    assert_eq!(applied(&place), first);
}

fn a_newer_schema_is_left_alone(engine: Engine) {
    let place = Place::empty(engine);
    place.run(&["migrate"]).done();
    // As a newer program would have left it.
    place.runtime.block_on(async {
        let db = store::Db::connect(&place.url, &store::DbOptions::default())
            .await
            .unwrap();
        let newer = db.write::<_, store::StoreError, _>(|tx| {
            Box::pin(async move {
                let copied = Statement::new(
                    "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
                     SELECT version + 1, 'newer', installed_on, success, checksum, 1 FROM _sqlx_migrations
                     ORDER BY version DESC LIMIT 1",
                );
                copied.execute(tx).await
            })
        });
        assert_eq!(newer.await.unwrap(), 1);
        db.close().await;
    });
    for command in ["migrate", "serve"] {
        let said = place.run(&[command]).refused();
        assert!(said.starts_with("dealboard: "), "{said}");
        assert!(said.contains("migration"), "{said}");
    }
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let place = Place::empty(Engine::Sqlite);
    let mut command = place.command(&["migrate"]);
    command.env("DATABASE_URL", "postgres://root:sesame@127.0.0.1:1/deals");
    let said = crate::process::Said::of(&mut command).refused();
    assert!(said.contains("postgres://127.0.0.1:1/deals"), "{said}");
    assert!(!said.contains("sesame"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let place = Place::empty(Engine::Sqlite);
    std::fs::write(place.path("data"), "a file where the folder should be").unwrap();
    let said = place.run(&["migrate"]).refused();
    assert!(
        said.contains("the data folder ") && said.contains("data"),
        "{said}"
    );
}
