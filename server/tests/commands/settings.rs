//! `dealboard config`, and what every command does with a setting that cannot be used.

use crate::place::{Engine, Place};

#[test]
fn a_bad_value_names_its_key_its_text_and_where_it_came_from() {
    let place = Place::empty(Engine::Sqlite);
    let file = "[server]\nlisten = 3000\n\n[database]\nconnections = 1\nconections = 8\n";
    std::fs::write(place.path("own.toml"), file).unwrap();
    let faulty = |args: &[&str]| {
        let mut command = place.command(args);
        command
            .args(["--config", "own.toml", "--max-body", "huge"])
            .env_remove("DEALBOARD_LISTEN")
            .env_remove("DEALBOARD_DATABASE_CONNECTIONS")
            .env("DEALBOARD_LOG_FORMAT", "xml")
            .env("DATABASE_URL", "mysql://root:sesame@127.0.0.1/deals");
        crate::process::Said::of(&mut command).refused()
    };
    for args in [
        ["config", "check"].as_slice(),
        &["serve"],
        &["migrate"],
        &["demo", "load"],
        &["healthcheck"],
        &["user", "create", "ann@alta.example", "Ann"],
    ] {
        let said = faulty(args);
        for fault in [
            "the configuration cannot be used:",
            "server.listen = \"3000\" (own.toml:2): an address and a port are expected",
            "database.connections = \"1\" (own.toml:5): a number from 2 to 1000 is expected",
            "database.conections (own.toml:6): there is no such setting",
            "server.max_body = \"huge\" (flag --max-body): a size is expected",
            "log.format = \"xml\" (environment DEALBOARD_LOG_FORMAT): pretty or json is expected",
            "database.url = (hidden) (environment DATABASE_URL): a database address starts with",
        ] {
            assert!(said.contains(fault), "{args:?}: {fault} in {said}");
        }
        assert!(!said.contains("sesame"), "{args:?}: {said}");
    }
    assert!(!place.path("data").exists(), "nothing was begun");
}

#[test]
fn a_file_that_is_not_there_or_no_toml_is_named() {
    let place = Place::empty(Engine::Sqlite);
    let said = place.run(&["config", "check", "--config", "gone.toml"]);
    assert!(said.refused().contains("gone.toml: "));
    std::fs::write(place.path("dealboard.toml"), "[server]\nlisten = = 1\n").unwrap();
    let said = place.run(&["config", "check"]).refused();
    assert!(said.contains("dealboard.toml: line 2: "), "{said}");
    // The template asks for no setting, so that it can be printed before there is a good one.
    assert!(
        place
            .run(&["config", "template"])
            .done()
            .contains("[server]")
    );
}

#[test]
fn a_good_configuration_is_told_with_its_origins_and_without_its_secrets() {
    let place = Place::empty(Engine::Sqlite);
    std::fs::write(place.path("dealboard.toml"), "[log]\nformat = \"json\"\n").unwrap();
    let mut command = place.command(&["config", "check", "--max-body", "3 MiB"]);
    command.env("DATABASE_URL", "postgres://root:sesame@db.example/deals");
    let said = crate::process::Said::of(&mut command).done();
    for line in [
        "server.listen = \"127.0.0.1:0\" (environment DEALBOARD_LISTEN)",
        "server.max_body = \"3 MiB\" (flag --max-body)",
        "server.max_upload = \"25 MiB\" (default)",
        "database.url = (hidden) (environment DATABASE_URL)",
        "log.format = \"json\" (dealboard.toml:2)",
    ] {
        assert!(said.lines().any(|said| said == line), "{line} in {said}");
    }
    assert!(!said.contains("sesame"), "{said}");
}

#[test]
fn the_template_is_a_file_that_changes_nothing() {
    let place = Place::empty(Engine::Sqlite);
    let before = place.run(&["config", "check"]).done();
    let template = place.run(&["config", "template"]).done();
    for key in before.lines().map(|line| line.split(' ').next().unwrap()) {
        let (section, name) = key.split_once('.').unwrap();
        assert!(template.contains(&format!("\n[{section}]\n")), "{key}");
        assert!(template.contains(&format!("\n# {name} = ")), "{key}");
    }
    std::fs::write(place.path("dealboard.toml"), &template).unwrap();
    assert_eq!(place.run(&["config", "check"]).done(), before);
    // One line of it made live is a setting.
    let live = template.replace("# connections = 16", "connections = 9");
    std::fs::write(place.path("dealboard.toml"), live).unwrap();
    let mut command = place.command(&["config", "check"]);
    command.env_remove("DEALBOARD_DATABASE_CONNECTIONS");
    let said = crate::process::Said::of(&mut command).done();
    assert!(
        said.contains("database.connections = \"9\" (dealboard.toml:"),
        "{said}"
    );
}

#[test]
fn what_is_no_command_is_refused_with_the_usage() {
    let place = Place::empty(Engine::Sqlite);
    for args in [
        &["sevre"][..],
        &["demo"],
        &["user", "create"],
        &["serve", "--lissen", "x"],
    ] {
        let said = place.run(args);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(
            said.err.contains("Usage: ") || said.err.contains("--help"),
            "{said:?}"
        );
    }
    let help = place.run(&["--help"]).done();
    assert!(
        help.contains("serve") && help.contains("DEALBOARD_LISTEN"),
        "{help}"
    );
}
