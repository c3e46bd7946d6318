//! The machine's own limit for what must be durable.

use std::{fs::File, io::Write as _, path::Path, time::Instant};

/// The median of one page written and made durable.
pub fn fdatasync_ms(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("fdatasync")).unwrap();
    let mut took: Vec<f64> = (0..300)
        .map(|_| {
            let start = Instant::now();
            file.write_all(&[7; 4096]).unwrap();
            file.sync_data().unwrap();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}
