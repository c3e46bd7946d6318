//! A feature of the app never imports another feature (DESIGN 8): what two of them need stands beside them.

use std::{fmt::Write as _, fs};

use anyhow::{Result, bail};

use crate::{check::source, project::Project, site};

/// What stands beside the features in `app/src`. Every other folder there is a feature.
const SHARED: [&str; 10] = [
    "calculation",
    "drag",
    "entry",
    "fields",
    "frames",
    "invitations",
    "layout",
    "live",
    "thread",
    "ui",
];

pub fn prove(project: &Project) -> Result<()> {
    let app = project.path("app/src");
    let mut features = Vec::new();
    for entry in fs::read_dir(&app)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !SHARED.contains(&name.as_str()) {
            features.push(name);
        }
    }
    let mut faults = String::new();
    for feature in &features {
        let mut files = site::files(&app.join(feature))?;
        files.extend(Some(app.join(format!("{feature}.rs"))).filter(|root| root.exists()));
        for path in files {
            let code = source::code(&fs::read_to_string(&path)?);
            for other in imported(&code, &features).filter(|other| *other != feature) {
                let name = path.strip_prefix(project.root())?.display();
                let _ = writeln!(faults, "{name} imports the feature {other}");
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

/// The features that the code names from the crate's root.
fn imported<'a>(code: &'a str, features: &'a [String]) -> impl Iterator<Item = &'a str> {
    code.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        let module = rest.get(..end)?;
        features
            .iter()
            .map(String::as_str)
            .find(|feature| *feature == module)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_count() {
        let features = ["deals".to_owned(), "forms".to_owned()];
        let code = "use crate::deals::paths;\nuse crate::forms_of::x;\nlet x = crate::forms::y();";
        let found: Vec<&str> = imported(code, &features).collect();
        assert_eq!(found, ["deals", "forms"]);
    }
}
