//! An import whose server is killed in the middle of it, and a company on its way to another database.

use std::time::Instant;

use serde_json::Value;
use store::Statement;
use testkit::assert_whole;

use crate::{
    client::Client,
    on_both,
    place::{Engine, Place},
    process::PATIENCE,
};

const PASSWORD: &str = "dealboard-demo";
const ROWS: usize = 300;
const MULTIPART: &str = "multipart/form-data; boundary=file";

on_both! {
    a_killed_import_goes_on_where_it_was => a_killed_import_goes_on_where_it_was_on_sqlite, a_killed_import_goes_on_where_it_was_on_postgres;
    a_company_moves_to_the_other_engine => a_company_moves_from_sqlite, a_company_moves_from_postgres;
}

/// An import, as its page asks for it.
struct Import {
    program: String,
    id: String,
}

impl Import {
    /// Uploads rows of the demo's own partner, under the keys of the starter form's questions.
    fn upload(client: &Client) -> Self {
        let home = client.post("home", &[]).json();
        let program = &home["company_programs"][0]["program"]["id"];
        let program = program.as_str().unwrap().to_owned();
        let mut body = String::from(
            "--file\r\ncontent-disposition: form-data; name=\"file\"; filename=\"deals.csv\"\r\n\r\n\
             Partner,customer,website,country,contact_name,contact_email,value,close_date,need\n",
        );
        body.extend((0..ROWS).map(|row| {
            format!("Brightwater Consulting,Killed {row} Ltd,killed-{row}.example,DE,Ann Lee,ann@killed-{row}.example,12000,2031-01-31,Seats\n")
        }));
        body.push_str("\r\n--file--\r\n");
        let path = format!("/c/{program}/import");
        let answer = client.send("POST", &path, MULTIPART, &body).unwrap();
        assert_eq!(answer.status, 303, "{} {}", answer.head, answer.body);
        let list = client.post("load_imports", &[("program", &program)]).json();
        let id = list["imports"][0]["id"].as_str().unwrap().to_owned();
        Self { program, id }
    }

    fn ask(&self, client: &Client, name: &str, more: &[(&str, &str)]) -> Value {
        let pairs = [
            &[("program", self.program.as_str()), ("import", &self.id)],
            more,
        ]
        .concat();
        let answer = client.post(name, &pairs);
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        answer.json()
    }

    fn view(&self, client: &Client) -> Value {
        self.ask(client, "load_import", &[])
    }

    /// Waits for what is asked for.
    fn until(&self, client: &Client, is_there: impl Fn(&Value) -> bool) -> Value {
        let begin = Instant::now();
        loop {
            let view = self.view(client);
            assert!(view["line"]["halted"].is_null(), "{view}");
            if is_there(&view) {
                return view;
            }
            assert!(begin.elapsed() < PATIENCE, "{view}");
        }
    }
}

fn made(view: &Value) -> i64 {
    view["line"]["counts"]["made"].as_i64().unwrap()
}

fn a_killed_import_goes_on_where_it_was(engine: Engine) {
    let place = Place::empty(engine);
    place.run(&["demo", "load", "--deals", "20"]).done();
    let mut server = place.serve();
    let client = server.client().sign_in("lena@larkspur.example", PASSWORD);
    let mut client = client.unwrap();
    let import = Import::upload(&client);
    let view = import.view(&client);
    let targets: Vec<&str> = view["mapping"]["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target.as_str().unwrap())
        .collect();
    assert!(!targets.contains(&"ignore"), "{targets:?}");
    let version = view["version"].to_string();
    let mut pairs = vec![("version", version.as_str())];
    pairs.extend(targets.iter().map(|target| ("targets[]", *target)));
    import.ask(&client, "map_import", &pairs);
    let view = import.until(&client, |view| view["line"]["state"] == "checked");
    assert_eq!(view["line"]["counts"]["ready"], ROWS, "{view}");
    let version = view["version"].to_string();
    import.ask(&client, "start_import", &[("version", &version)]);

    for least in [1, 100] {
        let before = made(&import.until(&client, |view| made(view) >= least));
        server.kill();
        server = place.serve();
        client = client.at(server.address);
        assert!(
            made(&import.view(&client)) >= before,
            "what was seen is kept"
        );
    }
    let view = import.until(&client, |view| view["line"]["state"] == "done");
    assert_eq!(made(&view), i64::try_from(ROWS).unwrap());
    server.stop();
    let (deals, numbers) = place.look(async |conn| {
        let text = "SELECT count(*), count(DISTINCT customer_name) FROM deals WHERE customer_name LIKE 'Killed %'";
        let found: Vec<(i64, i64)> = Statement::new(text).fetch_all(conn).await.unwrap();
        assert_whole(conn).await;
        found[0]
    });
    assert_eq!((deals, numbers), (made(&view), made(&view)));
}

/// The lines with counts and checksums.
fn sums(said: &str) -> Vec<&str> {
    said.lines()
        .filter(|line| line.split_whitespace().count() == 3 && line.len() > 90)
        .collect()
}

fn a_company_moves_to_the_other_engine(engine: Engine) {
    let place = Place::empty(engine);
    place.run(&["demo", "load", "--deals", "60"]).done();
    let file = place.path("altostrat.jsonl").display().to_string();
    let export = ["export", "--company", "altostrat-cloud", "--to", &file];
    let said = place.run(&export).done();
    assert!(sums(&said).len() > 20, "{said}");
    place.run(&export).refused();
    let unknown = place.path("nobody.jsonl").display().to_string();
    let refused = place
        .run(&["export", "--company", "nobody", "--to", &unknown])
        .refused();
    assert!(
        refused.contains("no company has the slug nobody"),
        "{refused}"
    );
    assert!(!place.path("nobody.jsonl").exists());

    let other = match engine {
        Engine::Sqlite => Engine::Postgres,
        Engine::Postgres => Engine::Sqlite,
    };
    let there = Place::empty(other);
    let import = ["import", "--from", &file];
    let taken = there.run(&import).done();
    assert_eq!(sums(&taken), sums(&said));
    assert!(there.run(&["verify"]).done().starts_with("In order: "));
    let again = there.run(&import).refused();
    assert!(
        again.contains("a company is imported into an empty one"),
        "{again}"
    );
    // Whoever signed in there signs in here.
    let server = there.serve();
    let mara = server.client().sign_in("mara@altostrat.example", PASSWORD);
    let home = mara.unwrap().post("home", &[]);
    assert!(home.body.contains("Altostrat"), "{}", home.body);
    server.stop();
}
