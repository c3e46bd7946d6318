//! What a killed server leaves of files that were on their way.
//!
//! Only names that no finished file has are looked at, and the database is not asked: a folder that is opened with
//! another database by mistake keeps all its files.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// The end of the name of a file that is not all there.
const PARTIAL: &str = "part";
/// How long nothing may have come of such a file. A pause within a body ends the request long before; the files of one form
/// wait for each other.
pub const ABANDONED: Duration = Duration::from_hours(6);

/// Where the bytes of a file lie until they are all there.
pub fn partial(place: &Path) -> PathBuf {
    place.with_extension(PARTIAL)
}

/// Deletes the parts of files of which nothing came for so long; gives how many there were.
pub fn sweep(folder: &Path, abandoned: Duration) -> io::Result<usize> {
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if path.extension() != Some(OsStr::new(PARTIAL)) {
            continue;
        }
        // It may have been finished, or swept by another process, since the folder was read.
        let Ok(changed) = entry.metadata().and_then(|entry| entry.modified()) else {
            continue;
        };
        let quiet = changed.elapsed().unwrap_or_default();
        if quiet >= abandoned && fs::remove_file(&path).is_ok() {
            swept += 1;
        }
    }
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_nobody_goes_on_with_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file_0190c0de");
        let finished = folder.path().join("file_0190beef");
        fs::write(partial(&place), "half").unwrap();
        fs::write(&finished, "whole").unwrap();
        assert_eq!(sweep(folder.path(), ABANDONED).unwrap(), 0);
        assert!(partial(&place).exists());
        assert_eq!(sweep(folder.path(), Duration::ZERO).unwrap(), 1);
        assert!(!partial(&place).exists());
        assert!(finished.exists(), "only parts are looked at");
    }
}
