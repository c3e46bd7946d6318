//! Copies that a company's admins take: how many at once, and what is in them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

use domain::people::{CompanyRole, PartnerRole};
use domain::{AppError, ErrorCode};
use serde_json::Value;
use services::ServiceError;
use services::exports::Exported;
use store::accounts::users::{self, User};
use testkit::{World, both_engines, in_write};
use zip::ZipArchive;

use crate::desk::Desk;

fn is_refused(outcome: Result<Exported, ServiceError>) -> bool {
    matches!(outcome, Err(ServiceError::CopyInHand))
}

/// Everything that the company takes along.
async fn lines(desk: &Desk) -> Vec<Value> {
    let mut text = String::new();
    let exported = desk.company().await.export_company().await;
    exported.unwrap().file.read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The same as files, by table: the headings, and then the rows.
async fn files(desk: &Desk) -> BTreeMap<String, Vec<Vec<String>>> {
    let exported = desk.company().await.export_company_csv().await.unwrap();
    assert_eq!(exported.bytes, exported.file.metadata().unwrap().len());
    assert_eq!(exported.name, "alta.zip");
    let mut zip = ZipArchive::new(exported.file).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let table = name.strip_suffix(".csv").unwrap().to_owned();
        files.insert(table, records(&text));
    }
    files
}

/// As RFC 4180 has it.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => assert_eq!(letters.peek(), Some(&'\n')),
            '\n' if !is_quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            other => cell.push(other),
        }
    }
    assert!(!is_quoted && cell.is_empty() && record.is_empty());
    records
}

/// A value of the lines, as its cell says it.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Who is named in everything that the company takes along.
async fn named(desk: &Desk) -> Vec<String> {
    let lines = lines(desk).await;
    let people = lines.iter().filter(|line| line["table"] == "users");
    let mut names: Vec<String> = people
        .map(|line| line["row"]["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

both_engines! {
    async fn a_company_has_one_copy_in_hand_and_a_process_two(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (one, two) = (desk.company().await, World::build_named(db, "borea").await);
        let two = Desk::beside(&desk, two).company().await;
        let three = Desk::beside(&desk, World::build_named(db, "cirrus").await).company().await;
        let first = one.export_deals().await.unwrap();
        let before = desk.services.last_seq().await.unwrap();
        assert!(is_refused(one.export_company().await));
        assert!(is_refused(one.export_company_csv().await));
        assert_eq!(desk.services.last_seq().await.unwrap(), before, "nobody has that copy");
        let second = two.export_company().await.unwrap();
        assert!(is_refused(three.export_deals().await));
        drop(first);
        three.export_deals().await.unwrap();
        one.export_company().await.unwrap();
        drop(second);
        // Whoever goes away while it is made keeps nobody waiting.
        let gone = tokio::time::timeout(Duration::ZERO, one.export_company()).await;
        drop(gone);
        one.export_company().await.unwrap();
        let refused = AppError::from(ServiceError::CopyInHand);
        assert_eq!(refused.code, ErrorCode::TooMany);
        assert!(refused.text().starts_with("Another copy is being made"), "{refused}");
        let reviewer = desk.company_as(CompanyRole::Reviewer).await;
        assert!(matches!(reviewer.export_deals().await, Err(ServiceError::Forbidden)));
    }

    async fn of_a_partner_s_team_the_company_takes_along_who_did_something(db: &TestDb) {
        let desk = Desk::open(db).await;
        let world = &desk.world;
        let (admin, owner) = (world.admin.name.clone(), world.owner.name.clone());
        let silent = User {
            id: db.id(),
            email: "silent@alta.test".into(),
            email_folded: "silent@alta.test".into(),
            name: "silent of alta".into(),
            ..world.owner.clone()
        };
        let (partner, at) = (world.partner.id, db.now());
        in_write!(db, |tx| [silent] {
            users::insert(tx, &silent).await?;
            store::partners::insert_member(tx, partner, silent.id, PartnerRole::Member, at).await
        }).unwrap();
        assert_eq!(named(&desk).await, std::slice::from_ref(&admin));
        desk.submit("key-1", "Tern Labs").await;
        assert_eq!(named(&desk).await, [admin, owner]);
    }

    async fn lines_and_files_have_the_same_rows(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "=Tern \"Labs\", Kiel").await;
        let (files, lines) = (files(&desk).await, lines(&desk).await);
        let sums = lines.last().unwrap()["sums"].as_object().unwrap();
        let told: BTreeMap<&str, u64> = sums
            .iter()
            .map(|(table, sum)| (table.as_str(), sum["rows"].as_u64().unwrap()))
            .collect();
        // The second copy tells of its own taking, too.
        let rows = |(table, records): (&String, &Vec<Vec<String>>)| {
            records.len() as u64 - 1 + u64::from(table == "events")
        };
        let counted: BTreeMap<&str, u64> = files
            .iter()
            .map(|file| (file.0.as_str(), rows(file)))
            .collect();
        assert_eq!(counted, told);
        for (table, records) in &files {
            let (headings, rows) = records.split_first().unwrap();
            let told = lines.iter().filter(|line| line["table"] == table.as_str());
            for (row, line) in rows.iter().zip(told) {
                let cells = row.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell));
                let values = headings.iter().map(|heading| said(&line["row"][heading.as_str()]));
                assert!(cells.eq(values), "{table}: {row:?} {line}");
            }
        }
        assert_eq!(files["users"][0], ["id", "email", "name", "created_at", "disabled_at"]);
        assert_eq!(files["users"].len(), 3, "the admin and the owner");
        let (headings, deals) = files["deals"].split_first().unwrap();
        let at = |name: &str| headings.iter().position(|heading| heading == name);
        assert_eq!(at("raw_answers"), None);
        let id = deal.0.simple().to_string();
        let row = deals.iter().find(|row| row[at("id").unwrap()] == id).unwrap();
        assert_eq!(row[at("customer_name").unwrap()], "'=Tern \"Labs\", Kiel");
        assert_eq!(row[at("value_minor").unwrap()], "1200050");
        assert_eq!(row[at("currency").unwrap()], "EUR");
    }
}
