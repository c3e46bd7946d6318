//! Files compressed once, at build time, at the highest level.

use std::{fs, io::Write as _, path::Path};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

use crate::site;

/// Below this a compressed file saves less than its headers cost.
const SMALLEST: usize = 512;
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

/// Lays a `.br` and a `.gz` beside every file that gains from it.
pub fn folder(folder: &Path) -> Result<()> {
    for path in site::files(folder)? {
        let kind = path
            .extension()
            .and_then(|kind| kind.to_str())
            .unwrap_or_default();
        let text = matches!(
            kind,
            "wasm" | "js" | "css" | "svg" | "json" | "txt" | "html" | "webmanifest"
        );
        let plain = fs::read(&path)?;
        if !text || plain.len() < SMALLEST {
            continue;
        }
        let mut small = Vec::new();
        brotli::CompressorWriter::new(&mut small, 4096, BROTLI_QUALITY, BROTLI_WINDOW)
            .write_all(&plain)?;
        fs::write(path.with_extension(format!("{kind}.br")), &small)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain)?;
        fs::write(path.with_extension(format!("{kind}.gz")), encoder.finish()?)?;
    }
    Ok(())
}
