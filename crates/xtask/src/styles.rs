//! One style sheet out of `style/main.css` and all it imports.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use anyhow::{Result, anyhow, bail};
use lightningcss::{
    bundler::{Bundler, FileProvider, ResolveResult, SourceProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
};

use crate::site;

/// Fails on anything that does not parse, and on a file that nothing imports.
pub fn bundle(folder: &Path) -> Result<String> {
    let sources = Sources {
        disk: FileProvider::new(),
        read: Mutex::default(),
    };
    let entry = folder.join("main.css");
    let mut bundler = Bundler::new(&sources, None, ParserOptions::default());
    let mut sheet = bundler.bundle(&entry).map_err(|why| anyhow!("{why}"))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|why| anyhow!("{why}"))?;
    let css = sheet.to_css(PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    });
    let css = css.map_err(|why| anyhow!("{why}"))?.code;

    let read = sources
        .read
        .lock()
        .map_err(|_| anyhow!("a style sheet's reader died"))?;
    for file in site::files(folder)? {
        if file.extension().is_some_and(|kind| kind == "css")
            && !read.contains(&fs::canonicalize(&file)?)
        {
            bail!("{} is imported by no style sheet", file.display());
        }
    }
    Ok(css)
}

/// Reads from disk and remembers what was read.
struct Sources {
    disk: FileProvider,
    read: Mutex<BTreeSet<PathBuf>>,
}

impl SourceProvider for Sources {
    type Error = std::io::Error;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Self::Error> {
        if let (Ok(mut read), Ok(path)) = (self.read.lock(), fs::canonicalize(file)) {
            read.insert(path);
        }
        self.disk.read(file)
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Self::Error> {
        self.disk.resolve(specifier, from)
    }
}
