//! A message that is posted wrongly: the sender's fault, said so that the sender can read it, and nothing is left of it.

use axum::http::StatusCode;

use crate::support::{Call, House};

pub const MULTIPART: &str = "multipart/form-data; boundary=x";
pub const FORM: &str = "application/x-www-form-urlencoded";
const END: &str = "--x--\r\n";

/// The addresses of one thread, each with the session of somebody who writes there.
pub async fn doors(house: &House) -> [(String, String); 2] {
    let nadia = house.sign_in("nadia@brightwater.example").await;
    let mara = house.sign_in("mara@altostrat.example").await;
    let company = house.services.find_signed_in(&mara).await.unwrap().unwrap();
    let company = house.services.home(&company.person).await.unwrap();
    let program = company.company_programs[0].program.id;
    let partner = house
        .services
        .find_signed_in(&nadia)
        .await
        .unwrap()
        .unwrap();
    let partner = house.services.home(&partner.person).await.unwrap();
    let mut heads = partner
        .partner_programs
        .into_iter()
        .map(|joined| joined.head);
    let membership = heads
        .find(|head| head.program.id == program)
        .unwrap()
        .membership;
    [
        (format!("/p/{membership}/messages"), nadia),
        (format!("/c/{program}/messages/{membership}"), mara),
    ]
}

pub fn part(name: &str, file: Option<&str>, value: &[u8]) -> Vec<u8> {
    let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    let mut part = head.into_bytes();
    part.extend_from_slice(value);
    part.extend_from_slice(b"\r\n");
    part
}

/// A message that would be sent, with those parts after it.
pub fn with(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut body = part("kind", None, b"message");
    body.extend(part("key", None, b"bad-1"));
    body.extend(part("text", None, b"Hello"));
    body.extend(parts.concat());
    body.extend_from_slice(END.as_bytes());
    body
}

fn files_on_the_disk(house: &House) -> usize {
    let folder = &house.services.config().files_folder;
    std::fs::read_dir(folder).unwrap().count()
}

/// What is wrong, as the answer says it (empty: in the words for every malformed request), and the body.
fn wrong_bodies() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let small = part("file", Some("a.txt"), b"hello");
    let huge = part("file", Some("huge.bin"), &vec![b'a'; (5 << 20) + 1]);
    let mut cut = with(std::slice::from_ref(&small));
    cut.truncate(cut.len() - END.len() - 4);
    let long = part("text", None, &vec![b'a'; 80_001]);
    let broken = part("text", None, b"\xff\xfe");
    vec![
        ("", "multipart/form-data", END.into()),
        ("", MULTIPART, cut),
        ("", MULTIPART, with(&[broken])),
        ("", "application/json", b"{}".to_vec()),
        ("", "text/plain", "\u{202e}\0".into()),
        ("", FORM, b"key=..%2Fx&text=Hello".to_vec()),
        ("Write something first", FORM, b"%00=%ff&x".to_vec()),
        (
            "Write something first",
            FORM,
            b"unknown=1&key=bad-1&text=".to_vec(),
        ),
        (
            "Take out characters",
            FORM,
            b"key=bad-1&text=a%00b".to_vec(),
        ),
        ("Shorten this", MULTIPART, with(&[long])),
        (
            "Add 5 files or fewer",
            MULTIPART,
            with(&vec![small.clone(); 6]),
        ),
        (
            "Choose files of 5 MB or less",
            MULTIPART,
            with(&[small, huge]),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_wrongly_is_refused_and_leaves_nothing() {
    let house = House::with_demo(0).await;
    let doors = doors(&house).await;
    let seq = house.services.last_seq().await.unwrap();
    let kept = files_on_the_disk(&house);
    for (path, token) in &doors {
        for (number, (said, kind, body)) in wrong_bodies().into_iter().enumerate() {
            let call = Call::post(path, kind, body).signed_in(Some(token));
            let whole = house.send(call.clone()).await;
            let pieces = house.send_in_pieces(call).await;
            for answer in [whole, pieces] {
                let told = format!("{path} {number}: {} {}", answer.status, answer.body);
                assert!(answer.is_clear_refusal(), "{told}");
                assert!(answer.body.contains(said), "{told}");
                assert_eq!(files_on_the_disk(&house), kept, "{told}");
            }
        }
    }
    assert_eq!(house.services.last_seq().await.unwrap(), seq);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_is_its_page_again_with_what_was_typed_as_text() {
    let house = House::with_demo(0).await;
    for (path, token) in doors(&house).await {
        let typed = "key=page-1&text=a%08%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        let call = Call::post(path, FORM, typed).with("accept", "text/html");
        let page = house.send(call.signed_in(Some(&token))).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = &page.body;
        assert!(
            html.contains("Take out characters that cannot be shown"),
            "{html}"
        );
        assert!(
            html.contains("a&lt;/textarea>&lt;script>alert(1)"),
            "{html}"
        );
        assert!(!html.contains("<script>alert(1)"), "{html}");
    }
}
