//! The list of deals as comma-separated values (RFC 4180): the columns of the screen, safe to open in a spreadsheet.

use domain::Timestamp;
use domain::deals::WinStatus;
use domain::views::DealRow;

use crate::commissions::csv::{amount, cell, quoted};

/// Which columns: a partner's file names no partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    Company,
    Partner,
}

/// A file that grows line by line.
pub(super) struct File {
    columns: Columns,
    text: String,
}

const HEADINGS: [&str; 11] = [
    "Number",
    "Customer",
    "Partner",
    "Owner",
    "Status",
    "Stage",
    "Value",
    "Currency",
    "Closes",
    "Protected until",
    "Changed on",
];
/// The partner's place among the headings.
const PARTNER: usize = 2;

impl File {
    pub(super) fn new(columns: Columns) -> Self {
        let mut file = Self {
            columns,
            text: String::new(),
        };
        file.line(HEADINGS.map(str::to_owned));
        file
    }

    pub(super) fn add(&mut self, row: &DealRow) {
        let value = row.value;
        self.line([
            cell(&row.number),
            cell(&row.customer),
            cell(&row.partner),
            cell(&row.owner),
            status(row),
            cell(&row.stage_name),
            value.map(amount).unwrap_or_default(),
            value
                .map(|value| value.currency.to_string())
                .unwrap_or_default(),
            row.close_date
                .map(|day| day.to_string())
                .unwrap_or_default(),
            protection(row)
                .map(|end| end.date().to_string())
                .unwrap_or_default(),
            row.changed_at.date().to_string(),
        ]);
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    fn line(&mut self, cells: [String; 11]) {
        let shown = cells
            .into_iter()
            .enumerate()
            .filter(|(place, _)| self.columns == Columns::Company || *place != PARTNER)
            .map(|(_, cell)| quoted(&cell));
        let line: Vec<String> = shown.collect();
        self.text.push_str(&line.join(","));
        self.text.push_str("\r\n");
    }
}

/// What became of the registration, and of the win where there is one.
fn status(row: &DealRow) -> String {
    match row.win {
        WinStatus::None => row.registration.label().to_owned(),
        WinStatus::Pending | WinStatus::Confirmed | WinStatus::Rejected => {
            format!("{}, win {}", row.registration.label(), row.win.as_str())
        }
    }
}

/// As on the screen: a deal that is won needs no protection any more.
fn protection(row: &DealRow) -> Option<Timestamp> {
    row.protected_until.filter(|_| !row.win.locks())
}
