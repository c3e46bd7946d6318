use super::*;

fn read(
    flags: &[(&str, &str)],
    env: &[(&str, &str)],
    file: Option<&str>,
) -> Result<Config, Faults> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    if let Some(text) = file {
        std::fs::write(&path, text).unwrap();
    }
    let find = |pairs: &[(&str, &str)], name: &str| {
        let pair = pairs.iter().find(|(key, _)| *key == name);
        pair.map(|(_, value)| (*value).to_owned())
    };
    Config::read(&Sources {
        flag: &|name| find(flags, name),
        env: &|name| find(env, name),
        file: file.map(|_| path),
    })
}

#[test]
fn without_any_setting_there_is_a_local_sqlite_server() {
    let config = read(&[], &[], None).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database.to_string(), "sqlite:data/dealboard.db");
}

#[test]
fn flag_beats_environment_beats_file() {
    let file = Some("[server]\nlisten = \"127.0.0.1:1\"\n");
    let env = [("DEALBOARD_LISTEN", "127.0.0.1:2")];
    let flags = [("listen", "127.0.0.1:3")];
    assert_eq!(read(&[], &[], file).unwrap().listen.port(), 1);
    assert_eq!(read(&[], &env, file).unwrap().listen.port(), 2);
    assert_eq!(read(&flags, &env, file).unwrap().listen.port(), 3);
    // An empty variable is no variable.
    let empty = [("DEALBOARD_LISTEN", "")];
    assert_eq!(read(&[], &empty, file).unwrap().listen.port(), 1);
}

#[test]
fn every_fault_names_key_value_and_origin() {
    let file = Some("[server]\nlisten = 3000\n[database]\nconnections = 1\n");
    let env = [("DEALBOARD_LOG_FORMAT", "xml")];
    let flags = [("max-body", "huge")];
    let faults = read(&flags, &env, file).unwrap_err().to_string();
    for part in [
        "server.listen = \"3000\" (",
        "a.toml:2): an address and a port",
        "database.connections = \"1\" (",
        "a.toml:4): a number from 2 to 1000",
        "log.format = \"xml\" (environment DEALBOARD_LOG_FORMAT): pretty or json",
        "server.max_body = \"huge\" (flag --max-body): a size",
    ] {
        assert!(faults.contains(part), "{part} in {faults}");
    }
}

#[test]
fn a_password_is_never_repeated() {
    let env = [("DATABASE_URL", "mysql://u:sesame@h/d")];
    let faults = read(&[], &env, None).unwrap_err().to_string();
    assert!(faults.contains("database.url = (hidden) (environment DATABASE_URL)"));
    assert!(!faults.contains("sesame"));
    let env = [("DATABASE_URL", "postgres://u:sesame@h/d")];
    let config = read(&[], &env, None).unwrap();
    assert!(!config.lines.iter().any(|line| line.contains("sesame")));
    assert!(!format!("{config:?}").contains("sesame"));
}

#[test]
fn mail_has_a_server_and_a_sender_or_neither() {
    assert!(read(&[], &[], None).unwrap().mail.is_none());
    let server = ("DEALBOARD_SMTP_URL", "smtps://me:sesame@mail.example");
    let faults = read(&[], &[server], None).unwrap_err().to_string();
    assert!(
        faults.contains("mail.from = \"\" (default): where mail.smtp_url is set"),
        "{faults}"
    );
    let env = [server, ("DEALBOARD_MAIL_FROM", "Deals <deals@example.com>")];
    let config = read(&[], &env, None).unwrap();
    assert_eq!(
        config.mail.clone().unwrap().from.to_string(),
        "Deals <deals@example.com>"
    );
    assert!(!format!("{config:?}").contains("sesame"));
    assert!(!config.lines.iter().any(|line| line.contains("sesame")));
}

#[test]
fn the_template_is_a_file_that_changes_nothing() {
    let template = template();
    let with = read(&[], &[], Some(&template)).unwrap();
    let without = read(&[], &[], None).unwrap();
    assert!(with.lines == without.lines);
    // Every line of it without its comment sign is a setting that is read and has its default.
    let live = template
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest)
                if table::ALL.iter().any(|doc| {
                    let name = doc.key.split_once('.').unwrap().1;
                    rest.starts_with(&format!("{name} = "))
                }) =>
            {
                rest
            }
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    let with = read(&[], &[], Some(&live)).unwrap();
    assert_eq!(with.listen, without.listen);
    assert_eq!(with.max_upload, without.max_upload);
    assert_eq!(
        with.lines
            .iter()
            .filter(|line| line.contains("a.toml"))
            .count(),
        table::ALL.len()
    );
}
