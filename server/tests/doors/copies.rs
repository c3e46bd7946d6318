//! Copies as files: what a browser is told of them.

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;

use crate::{
    messages::{FORM, doors},
    support::{Call, House},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_company_s_copy_is_a_file_of_lines_or_a_zip() {
    let house = House::with_demo(0).await;
    let [_, (company, mara)] = doors(&house).await;
    let program = company.split("/messages").next().unwrap();
    for (name, kind) in [("jsonl", "application/jsonl"), ("zip", "application/zip")] {
        let path = format!("{program}/export/company.{name}");
        let call = Call::post(path, FORM, "")
            .signed_in(Some(&mara))
            .with("accept-encoding", "br, gzip");
        let (head, body) = house.open(call, Body::empty()).await.into_parts();
        assert_eq!(head.status, StatusCode::OK, "{name}");
        assert_eq!(head.headers["content-type"], kind);
        assert_eq!(head.headers["cache-control"], "no-store");
        let called = format!("attachment; filename=altostrat-cloud.{name}");
        assert_eq!(head.headers["content-disposition"], called.as_str());
        let body = to_bytes(body, usize::MAX).await.unwrap();
        // What is compressed already goes as it is.
        let is_packed = head.headers.contains_key("content-encoding");
        assert_eq!(is_packed, name == "jsonl");
        if !is_packed {
            assert!(body.starts_with(b"PK\x03\x04"));
            let length = body.len().to_string();
            assert_eq!(head.headers["content-length"], length.as_str());
        }
    }
}
