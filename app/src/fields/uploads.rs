//! Files on their way under a field: what the page tells the fields of them, and what stands in a field's list.

use domain::FileId;
use domain::forms::{Field, FieldKey, FieldKind, FieldProblem, UploadedFile, check_file};
use domain::size::file_size;
use domain::views::FileView;
use leptos::prelude::*;

/// How the page takes files; the renderer only shows them. Without it files can be looked at only.
#[derive(Clone, Copy)]
pub struct Uploads {
    /// Every file of this registration.
    pub files: RwSignal<Vec<FileView>>,
    pub chosen: RwSignal<Chosen>,
    /// What a screen reader is told, and of which field.
    pub said: Signal<Option<(FieldKey, String)>>,
    /// Files were chosen for the field, or dropped onto it.
    pub on_chosen: Callback<(Field, Vec<web_sys::File>)>,
    /// The id of a file that is there.
    pub on_removed: Callback<(FieldKey, String)>,
    pub on_cancelled: Callback<u32>,
    pub on_again: Callback<u32>,
}

/// What was chosen on this page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub rows: Vec<Upload>,
    /// What was not taken when files were chosen last: field, and why.
    pub refused: Vec<(FieldKey, String)>,
}

impl Uploads {
    /// What is said at the field of files that were not taken.
    pub fn refusal(self, key: &FieldKey) -> Option<String> {
        self.chosen.with(|chosen| {
            let here = chosen.refused.iter().filter(|(of, _)| of == key);
            let texts: Vec<&str> = here.map(|(_, text)| text.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join(". "))
        })
    }

    /// Whether files of the field are not there yet.
    pub fn wait(self, key: &FieldKey) -> bool {
        self.chosen.with(|chosen| {
            let mut own = chosen.rows.iter().filter(|row| row.field == *key);
            own.any(|row| row.problem().is_some())
        })
    }
}

/// A file that was chosen on this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: u32,
    pub field: FieldKey,
    pub name: String,
    pub bytes: u64,
    pub step: Step,
}

impl Upload {
    /// Why a form cannot be sent while it stands so.
    pub fn problem(&self) -> Option<FieldProblem> {
        let name = self.name.clone();
        match self.step {
            Step::Waits | Step::Sends(_) => Some(FieldProblem::FileUnderWay { name }),
            Step::Failed { .. } => Some(FieldProblem::FileNotSent { name }),
            Step::Arrived(_) => None,
        }
    }
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Others go first.
    Waits,
    /// So many percent have left.
    Sends(u8),
    Failed {
        text: String,
        /// The same may go through another time.
        again: bool,
    },
    /// Its id.
    Arrived(String),
}

impl Step {
    /// For styles, and for tests.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Sends(_) => "sends",
            Self::Failed { .. } => "failed",
            Self::Arrived(_) => "arrived",
        }
    }

    /// What its button does with the file.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Waits | Self::Sends(_) => "Cancel",
            Self::Failed { .. } | Self::Arrived(_) => "Remove",
        }
    }

    /// What stands behind its size.
    pub fn note(&self) -> String {
        match self {
            Self::Waits => "waits for the others".to_owned(),
            Self::Sends(100) => "almost there".to_owned(),
            Self::Sends(percent) => format!("{percent} % uploaded"),
            Self::Failed { text, .. } => format!("not uploaded. {text}"),
            Self::Arrived(_) => String::new(),
        }
    }
}

/// A line of the list under a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The same as long as the line stands, also when its file arrives.
    pub key: String,
    /// The row of a file that was chosen on this page.
    pub row: Option<u32>,
    pub name: String,
    /// `1.4 MB`; nothing where it is not known.
    pub size: String,
    pub step: Step,
}

/// The files under a field: those that its answer holds, and those that are on their way.
pub fn lines(
    key: &FieldKey,
    attached: &[String],
    files: &[FileView],
    rows: &[Upload],
) -> Vec<Line> {
    let here = || rows.iter().filter(move |row| row.field == *key);
    let is_here =
        |id: &String| here().any(|row| matches!(&row.step, Step::Arrived(own) if own == id));
    let kept = attached.iter().filter(|id| !is_here(id)).map(|id| {
        let file = files.iter().find(|file| file.id.to_string() == *id);
        Line {
            key: id.clone(),
            row: None,
            name: file.map_or_else(|| id.clone(), |file| file.name.clone()),
            size: file.map_or_else(String::new, |file| file_size(file.size_bytes)),
            step: Step::Arrived(id.clone()),
        }
    });
    let chosen = here().filter(|row| match &row.step {
        Step::Arrived(id) => attached.contains(id),
        _ => true,
    });
    let chosen = chosen.map(|row| Line {
        key: format!("row-{}", row.id),
        row: Some(row.id),
        name: row.name.clone(),
        size: file_size(i64::try_from(row.bytes).unwrap_or(i64::MAX)),
        step: row.step.clone(),
    });
    kept.chain(chosen).collect()
}

/// Whether a file may be sent for the field, which has so many: by the rule that the form is judged by.
pub fn admit(field: &Field, name: &str, bytes: u64, taken: usize) -> Result<(), FieldProblem> {
    let file = UploadedFile {
        id: FileId(uuid::Uuid::nil()),
        name: name.to_owned(),
        bytes,
    };
    check_file(field, &file)?;
    match field.kind {
        FieldKind::File { most, .. } if taken >= usize::from(most) => {
            Err(FieldProblem::TooManyFiles { max: most })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn upload(id: u32, step: Step) -> Upload {
        Upload {
            id,
            field: key("plan"),
            name: format!("{id}.pdf"),
            bytes: 12_000,
            step,
        }
    }

    #[test]
    fn a_line_stays_the_same_when_its_file_arrives() {
        let kept = FileView {
            id: FileId(uuid::Uuid::from_u128(1)),
            name: "kept.pdf".to_owned(),
            size_bytes: 1_400_000,
        };
        let (own, files) = (kept.id.to_string(), [kept]);
        let rows = [upload(3, Step::Sends(40)), upload(4, Step::Waits)];
        let before = lines(&key("plan"), std::slice::from_ref(&own), &files, &rows);
        let shown: Vec<_> = before
            .iter()
            .map(|line| (&*line.name, &*line.size))
            .collect();
        let expected = [
            ("kept.pdf", "1.4 MB"),
            ("3.pdf", "12 kB"),
            ("4.pdf", "12 kB"),
        ];
        assert_eq!(shown, expected);
        assert!(lines(&key("other"), &[], &files, &rows).is_empty());

        let rows = [
            upload(3, Step::Arrived("new".into())),
            upload(4, Step::Waits),
        ];
        let now = lines(&key("plan"), &[own, "new".into()], &files, &rows);
        let keys = |lines: &[Line]| {
            lines
                .iter()
                .map(|line| line.key.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&now), keys(&before));
        assert_eq!(now[1].step.verb(), "Remove");
        // Taken out of the answer, its line goes.
        let left = lines(&key("plan"), &[], &files, &rows);
        assert_eq!(keys(&left), ["row-4"]);
    }

    #[test]
    fn what_the_form_would_refuse_is_not_sent() {
        let kind = FieldKind::File {
            max_bytes: 1_000,
            accept: vec!["pdf".into()],
            most: 3,
        };
        let field = Field::new(key("plan"), kind, "Plan");
        assert_eq!(admit(&field, "a.PDF", 1_000, 2), Ok(()));
        assert!(matches!(
            admit(&field, "a.pdf", 1_001, 0),
            Err(FieldProblem::FileTooLarge { max_bytes: 1_000 })
        ));
        assert!(matches!(
            admit(&field, "a.exe", 1, 0),
            Err(FieldProblem::FileTypeRefused { .. })
        ));
        assert_eq!(
            admit(&field, "a.pdf", 1, 3),
            Err(FieldProblem::TooManyFiles { max: 3 })
        );
    }

    #[test]
    fn only_what_is_not_there_keeps_a_form() {
        let failed = Step::Failed {
            text: String::new(),
            again: true,
        };
        let name = || "1.pdf".to_owned();
        assert_eq!(
            upload(1, Step::Sends(100)).problem(),
            Some(FieldProblem::FileUnderWay { name: name() })
        );
        assert_eq!(
            upload(1, failed).problem(),
            Some(FieldProblem::FileNotSent { name: name() })
        );
        assert_eq!(upload(1, Step::Arrived("a".into())).problem(), None);
    }
}
