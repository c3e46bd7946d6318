//! The file of a form.

use serde_json::{Value, json};

use super::{MARK, MAX_FILE_BYTES, json_schema, tiers::tiers_of, ui};
use crate::{forms::FormDefinition, program::Tier};

/// Of what stands under `x-dealboard`.
pub(super) const VERSION: u32 = 1;

/// `title` is what other tools show above the form; `tiers` are those of its program.
pub fn write_file(form: &FormDefinition, title: &str, tiers: &[Tier]) -> String {
    let named = tiers_of(form);
    let tiers: serde_json::Map<String, Value> = tiers
        .iter()
        .filter(|tier| named.contains(&tier.id))
        .map(|tier| (tier.id.to_string(), json!(tier.name)))
        .collect();
    let mut file = json_schema(form);
    if let Some(members) = file.as_object_mut() {
        members.insert("title".to_owned(), json!(title));
        members.insert("uischema".to_owned(), ui::layout(form));
        let own = json!({"version": VERSION, "form": form, "tiers": tiers});
        members.insert(MARK.to_owned(), own);
    }
    let indented = serde_json::to_string_pretty(&file).unwrap_or_default();
    // A form of many thousand options: what can be read again is worth more than what looks well.
    if u32::try_from(indented.len()).is_ok_and(|bytes| bytes <= MAX_FILE_BYTES) {
        indented
    } else {
        file.to_string()
    }
}
