//! The sizes of a form that was read, said at the place of the file where it breaks them.

use super::fault::{FileFault, Refused};
use crate::forms::{FormDefinition, check_sizes};

/// Faults that are told at once; the rest follows when these are put right.
const MAX_FAULTS: usize = 10;

/// `paths` has the place of each field, `whole` the place of all of them.
pub(super) fn check(
    form: &FormDefinition,
    paths: &[String],
    whole: &str,
) -> Result<(), Vec<FileFault>> {
    let Err(faults) = check_sizes(form) else {
        return Ok(());
    };
    let faults = faults.into_iter().take(MAX_FAULTS).map(|fault| {
        let key = fault.field.as_ref();
        let place = form.fields.iter().position(|f| Some(&f.key) == key);
        let path = place.and_then(|place| paths.get(place));
        let path = path.map_or(whole, String::as_str).to_owned();
        FileFault::at(path, Refused::Faulty(Box::new(fault)))
    });
    Err(faults.collect())
}
