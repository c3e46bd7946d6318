//! The site's files: wasm, script, styles and what lies in `public`.
//!
//! A release carries them inside the binary. Without them (development) they are read once, at
//! start, from the folder that the setting `server.site` names or from `site` beside the program.

use std::{
    borrow::Cow,
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::{WasmSplitManifest, prelude::ArcStoredValue};

/// The base name of the script, the wasm and the style sheet.
pub const OUTPUT_NAME: &str = "dealboard";
const SPLIT_SCRIPT: &str = "__wasm_split.______________________.js";
const SPLIT_MANIFEST: &str = "__wasm_split_manifest.json";

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site_table.rs"));

#[derive(Clone)]
pub struct Site(Arc<Files>);

struct Files {
    by_path: HashMap<Cow<'static, str>, Bytes>,
    /// The versioned folder, such as `pkg-1f2e3d4c5b6a7988`.
    pkg_dir: String,
}

impl Site {
    /// The files inside the program; those of the folder if one is named, or if there are none inside.
    pub fn open(folder: Option<&Path>) -> io::Result<Self> {
        let mut by_path = HashMap::new();
        for (path, bytes) in EMBEDDED.iter().filter(|_| folder.is_none()) {
            by_path.insert(Cow::Borrowed(*path), Bytes::from_static(bytes));
        }
        if by_path.is_empty() {
            let folder = folder.map_or_else(folder_beside_program, |named| Ok(named.to_owned()))?;
            read_folder(&folder, &folder, &mut by_path)
                .map_err(|why| named(&why, &format!("the site's folder {}", folder.display())))?;
        }
        let pkg_dir = by_path
            .keys()
            .filter_map(|path| path.split_once('/'))
            .find(|(folder, _)| folder.starts_with("pkg"))
            .map(|(folder, _)| folder.to_owned())
            .ok_or_else(|| {
                io::Error::other("the site has no pkg folder: run `cargo xtask build`")
            })?;
        Ok(Self(Arc::new(Files { by_path, pkg_dir })))
    }

    pub fn pkg_dir(&self) -> &str {
        &self.0.pkg_dir
    }

    /// Tells the pages which chunks a lazy route will ask for, so that they are preloaded.
    pub fn split_manifest(&self) -> WasmSplitManifest {
        let pkg_dir = self.pkg_dir();
        let chunks = self
            .0
            .by_path
            .get(format!("{pkg_dir}/{SPLIT_MANIFEST}").as_str());
        let chunks = chunks
            .and_then(|json| serde_json::from_slice(json).ok())
            .unwrap_or_default();
        WasmSplitManifest(ArcStoredValue::new((
            format!("/{pkg_dir}"),
            chunks,
            SPLIT_SCRIPT.to_owned(),
        )))
    }

    /// The file that the request names, if there is one; compressed when the client accepts it.
    pub fn respond(&self, request: &Request) -> Option<Response> {
        let path = request.uri().path().strip_prefix('/')?;
        let plain = self.0.by_path.get(path)?;
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Some(StatusCode::METHOD_NOT_ALLOWED.into_response());
        }

        let (bytes, encoding) = self
            .encoded(path, request.headers())
            .unwrap_or((plain, None));
        let mut response = Response::new(Body::from(bytes.clone()));
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(content_type(path)),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(self.cache_control(path)),
        );
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }

    fn encoded(&self, path: &str, headers: &HeaderMap) -> Option<(&Bytes, Option<&'static str>)> {
        let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        [("br", "br"), ("gzip", "gz")]
            .into_iter()
            .find_map(|(encoding, suffix)| {
                let offered = accepted.split(',').any(|one| {
                    let mut parts = one.split(';').map(str::trim);
                    parts.next() == Some(encoding) && parts.next() != Some("q=0")
                });
                let file = self.0.by_path.get(format!("{path}.{suffix}").as_str())?;
                offered.then_some((file, Some(encoding)))
            })
    }

    /// Only the versioned folder never changes under the same address.
    fn cache_control(&self, path: &str) -> &'static str {
        let versioned = path
            .split_once('/')
            .is_some_and(|(folder, _)| folder == self.pkg_dir() && folder.starts_with("pkg-"));
        if versioned {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=300"
        }
    }
}

fn folder_beside_program() -> io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("site"))
}

fn read_folder(
    root: &Path,
    folder: &Path,
    by_path: &mut HashMap<Cow<'static, str>, Bytes>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, by_path)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let name = name.to_string_lossy().replace('\\', "/");
            by_path.insert(Cow::Owned(name), Bytes::from(fs::read(&path)?));
        }
    }
    Ok(())
}

fn named(why: &io::Error, what: &str) -> io::Error {
    io::Error::new(why.kind(), format!("{what}: {why}"))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let files = [
            ("pkg-1/dealboard.js", "script"),
            ("pkg-1/dealboard.js.br", "brotli"),
            ("pkg-1/dealboard.js.gz", "gzip"),
            ("robots.txt", "robots"),
        ];
        let by_path = files
            .into_iter()
            .map(|(path, text)| (Cow::Borrowed(path), Bytes::from_static(text.as_bytes())))
            .collect();
        Site(Arc::new(Files {
            by_path,
            pkg_dir: "pkg-1".to_owned(),
        }))
    }

    fn get(path: &str, accept: &str) -> Option<Response> {
        let request = Request::builder()
            .uri(path)
            .header(header::ACCEPT_ENCODING, accept);
        site().respond(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn versioned_files_are_immutable_and_compressed_when_accepted() {
        let response = get("/pkg-1/dealboard.js", "gzip, br").unwrap();
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[header::VARY], "accept-encoding");
        assert!(
            response.headers()[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let response = get("/pkg-1/dealboard.js", "br;q=0, gzip").unwrap();
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    }

    #[test]
    fn unversioned_files_are_never_immutable() {
        let response = get("/robots.txt", "br").unwrap();
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
        assert!(
            !response.headers()[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
    }

    #[test]
    fn other_paths_are_not_answered() {
        assert!(get("/pkg-1/../robots.txt", "br").is_none());
        assert!(get("/", "br").is_none());
    }
}
