//! A file whose client goes away, and a form that is refused: nothing that was sent is lost.

use std::{collections::BTreeSet, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    ProgramId,
    commands::{SaveDraft, SwitchSubmissions},
    forms::{FieldKey, FieldKind, RawAnswers},
};
use services::PartnerAccess;
use store::StoreError;
use tower::ServiceExt as _;

use crate::support::{Call, House};

const NADIA: &str = "nadia@brightwater.example";

/// Nadia's access to every program that takes registrations.
async fn programs(house: &House, token: &str) -> Vec<PartnerAccess> {
    let nadia = house.services.find_signed_in(token).await.unwrap();
    let nadia = nadia.unwrap().person;
    let mut open = Vec::new();
    for program in house.services.home(&nadia).await.unwrap().partner_programs {
        let access = house
            .services
            .partner(nadia.id, program.head.membership)
            .await
            .unwrap();
        if access.registration_page(None).await.is_ok() {
            open.push(access);
        }
    }
    open
}

/// One of them whose form asks for a file, with that question.
async fn with_file_field(house: &House, token: &str) -> (PartnerAccess, FieldKey) {
    for access in programs(house, token).await {
        let page = access.registration_page(None).await.unwrap();
        let mut fields = page.form.definition.fields.into_iter();
        let asked = fields.find(|field| matches!(field.kind, FieldKind::File { .. }));
        if let Some(field) = asked {
            return (access, field.key);
        }
    }
    panic!("no form asks for a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_leaves_the_file_that_the_database_knows() {
    let house = House::with_demo(0).await;
    let token = house.sign_in(NADIA).await;
    let (access, field) = with_file_field(&house, &token).await;
    let services = house.services.clone();
    // The writer is busy while the client waits.
    let (busy, mut is_busy) = tokio::sync::watch::channel(());
    let writing = tokio::spawn(async move {
        let work = services.db().write::<(), StoreError, _>(move |_| {
            let busy = busy.clone();
            Box::pin(async move {
                let _ = busy.send(());
                tokio::time::sleep(Duration::from_millis(1_500)).await;
                Ok(())
            })
        });
        work.await.unwrap();
    });
    is_busy.changed().await.unwrap();
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\nbytes\r\n--x--\r\n";
    let request = Request::post(format!("/upload/{}/key-1/{field}", access.membership()))
        .header("accept", "application/json")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("__Host-dealboard={token}"))
        .body(Body::from(body))
        .unwrap();
    let answer = tokio::time::timeout(
        Duration::from_millis(700),
        house.router.clone().oneshot(request),
    );
    assert!(answer.await.is_err(), "the client did not have to wait");
    writing.await.unwrap();
    let mut kept = Vec::new();
    for _ in 0..50 {
        let page = access.registration_page(Some("key-1")).await.unwrap();
        kept = page.files;
        if !kept.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(kept.len(), 1);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let bytes = std::fs::read(house.services.file_path(kept[0].id)).unwrap();
    assert_eq!(bytes, b"bytes");
}

#[tokio::test]
async fn a_form_that_is_refused_becomes_the_draft() {
    let house = House::with_demo(0).await;
    let token = house.sign_in(NADIA).await;
    let mara = house.sign_in("mara@altostrat.example").await;
    let mara = house.services.find_signed_in(&mara).await.unwrap();
    let mara = mara.unwrap().person;
    let own = house.services.home(&mara).await.unwrap();
    let program: ProgramId = own.company_programs[0].program.id;
    let mut open = programs(&house, &token).await.into_iter();
    let access = open.find(|access| access.program().id == program).unwrap();
    let company = house.services.company(mara.id, program).await.unwrap();
    let typed = |name: &str| -> RawAnswers { [("customer", name)].into_iter().collect() };
    let command = SaveDraft {
        submit_key: "key-1".into(),
        answers: typed("Half a na"),
    };
    access.save_draft(command).await.unwrap();
    let form = access
        .registration_page(Some("key-1"))
        .await
        .unwrap()
        .form
        .id;
    company
        .switch_submissions(SwitchSubmissions { open: false })
        .await
        .unwrap();
    let call = Call::post(
        format!("/p/{}/deals", access.membership()),
        "application/x-www-form-urlencoded",
        format!("_key=key-1&_form={form}&customer=Whole+name"),
    );
    let answer = house.send(call.signed_in(Some(&token))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    company
        .switch_submissions(SwitchSubmissions { open: true })
        .await
        .unwrap();
    let page = access.registration_page(Some("key-1")).await;
    assert_eq!(page.unwrap().answers, typed("Whole name"));
}

const MULTIPART: &str = "multipart/form-data; boundary=x";
const FORM: &str = "application/x-www-form-urlencoded";

/// One part of a multipart form; the demo's field takes ten megabytes and not a byte more.
fn part(name: &str, file: Option<&str>, bytes: usize, end: &str) -> Vec<u8> {
    let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    let mut body = head.into_bytes();
    body.resize(body.len() + bytes, b'a');
    body.extend(end.as_bytes());
    body
}

#[tokio::test]
async fn ten_megabytes_are_refused_at_every_upload_and_leave_nothing_on_the_disk() {
    const TOO_MUCH: usize = (10 << 20) + 1;
    const END: &str = "\r\n--x--\r\n";
    // The field's own limit, and a server that takes less than the field.
    for settings in [&[][..], &[("max-upload", "1 MiB")]] {
        let house = House::with_settings(settings).await;
        house.services.load_demo(0).await.unwrap();
        let token = house.sign_in(NADIA).await;
        let (access, field) = with_file_field(&house, &token).await;
        let draft = SaveDraft {
            submit_key: "key-1".into(),
            answers: RawAnswers::default(),
        };
        let (deal, _) = access.save_draft(draft).await.unwrap();
        let form = access.registration_page(None).await.unwrap().form.id;
        let key = "--x\r\nContent-Disposition: form-data; name=\"_key\"\r\n\r\nkey-1\r\n";
        let name = format!("_file.{field}");
        let multipart = |parts: &[Vec<u8>]| (MULTIPART, [&[key.into()], parts].concat().concat());
        let huge = part(&name, Some("plan.pdf"), TOO_MUCH, END);
        let bodies = [
            multipart(std::slice::from_ref(&huge)),
            multipart(&[part("customer", None, TOO_MUCH, END)]),
            // Cut: it ends within a file that would be taken.
            multipart(&[part(&name, Some("plan.pdf"), TOO_MUCH - 2, "")]),
            // After a file that is taken.
            multipart(&[part(&name, Some("note.pdf"), 10, "\r\n"), huge]),
            (FORM, {
                let mut body = format!("_key=key-1&_form={form}&_version=1&customer=").into_bytes();
                body.resize(TOO_MUCH, b'a');
                body
            }),
            ("application/json", vec![b'a'; TOO_MUCH]),
        ];
        let membership = access.membership();
        let upload = format!("/upload/{membership}/key-1/{field}");
        for path in [
            upload.clone(),
            format!("/p/{membership}/deals"),
            format!("/p/{membership}/deals/{deal}/answer"),
        ] {
            for (number, (kind, body)) in bodies.iter().enumerate() {
                // This one takes the first file and reads no further.
                if path == upload && number == 3 {
                    continue;
                }
                let length = body.len().to_string();
                let call = Call::post(&path, kind, body.clone()).signed_in(Some(&token));
                let whole = house
                    .send(call.clone().with("content-length", &length))
                    .await;
                let pieces = house.send_in_pieces(call).await;
                for answer in [whole, pieces] {
                    let told = format!(
                        "{path} {number} {settings:?}: {} {}",
                        answer.status, answer.body
                    );
                    assert!(answer.is_clear_refusal(), "{told}");
                    let page = access.registration_page(Some("key-1")).await.unwrap();
                    let known = page.files.iter().map(|file| file.id.to_string());
                    assert_eq!(on_the_disk(&house), known.collect(), "{told}");
                }
            }
        }
    }
}

/// What lies in the folder of the files, by name.
fn on_the_disk(house: &House) -> BTreeSet<String> {
    let files = std::fs::read_dir(&house.services.config().files_folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}
