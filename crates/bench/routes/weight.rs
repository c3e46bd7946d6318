//! What a browser fetches for a page that it opens first, until the page is alive.

use serde_json::{Value, json};

use crate::browser::Browser;

/// The compressed bytes of the page, of the site's files that it names, and of the part of the wasm that it needs.
pub async fn of(browser: &mut Browser, path: &str, part: &str) -> Value {
    let page = browser.page(path).await;
    let mut total = browser.compressed(path).await;
    let mut parts = json!({ "html": total });
    let named: Vec<&str> = page
        .split('"')
        .filter(|piece| piece.starts_with("/pkg-"))
        .collect();
    let folder = named[0].rsplit_once('/').unwrap().0;
    let manifest = browser
        .page(&format!("{folder}/__wasm_split_manifest.json"))
        .await;
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let chunks = manifest.as_object().unwrap().iter();
    let chunks = chunks
        .filter(|(name, _)| name.starts_with(part))
        .flat_map(|(_, chunks)| chunks.as_array().unwrap())
        .map(|chunk| format!("{folder}/{}.wasm", chunk.as_str().unwrap()));
    for piece in named.iter().map(|piece| (*piece).to_owned()).chain(chunks) {
        let name = piece.rsplit('/').next().unwrap().to_owned();
        if parts[&name].is_null() {
            let bytes = browser.compressed(&piece).await;
            parts[&name] = bytes.into();
            total += bytes;
        }
    }
    parts["total"] = total.into();
    parts
}
