//! Commissions as comma-separated values (RFC 4180), safe to open in a spreadsheet.

use domain::Money;
use domain::views::CommissionView;

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

const HEADINGS: [&str; 17] = [
    "Commission",
    "Partner",
    "Deal",
    "Customer",
    "For",
    "Transaction",
    "Transaction date",
    "Corrects",
    "Offer",
    "Offer version",
    "Calculation",
    "Amount",
    "Currency",
    "Status",
    "Earned on",
    "Paid on",
    "Payment reference",
];
/// The partner's place among the headings.
const PARTNER: usize = 1;

impl File {
    pub(super) fn new(columns: Columns) -> Self {
        let mut file = Self {
            columns,
            text: String::new(),
        };
        file.line(HEADINGS.map(str::to_owned));
        file
    }

    pub(super) fn add(&mut self, line: &CommissionView) {
        let (reference, day) = line.transaction.clone().unzip();
        let payment = line.state.payment();
        let calculation = &line.calculation;
        let working: Vec<String> = calculation
            .lines
            .iter()
            .map(|line| {
                let (label, value) = line.text();
                format!("{label} = {value}")
            })
            .collect();
        self.line([
            line.id.to_string(),
            cell(&line.partner),
            cell(&line.deal_number),
            cell(&line.customer),
            line.cause.label().to_owned(),
            cell(&reference.unwrap_or_default()),
            day.map(|day| day.to_string()).unwrap_or_default(),
            line.corrects.map(|id| id.to_string()).unwrap_or_default(),
            cell(&calculation.name),
            calculation.number.to_string(),
            cell(&working.join("; ")),
            amount(line.amount()),
            line.amount().currency.to_string(),
            line.status().label().to_owned(),
            line.accrued_at.date().to_string(),
            payment.map(|(_, day)| day.to_string()).unwrap_or_default(),
            cell(payment.map(|(reference, _)| reference).unwrap_or_default()),
        ]);
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    fn line(&mut self, cells: [String; 17]) {
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

/// What people typed never begins a formula: a spreadsheet would run it.
pub(crate) fn cell(text: &str) -> String {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n'];
    // Some locales read these as the ones above.
    let wide = ['\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.trim_start_matches(' ').starts_with(formula)
        || text.trim_start_matches(' ').starts_with(wide)
    {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n', '\t', ';']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// `-1200.50`: to the cent, as a number that a spreadsheet adds up. Made here, so its sign begins no formula.
pub(crate) fn amount(money: Money) -> String {
    money.amount().replace(',', "").replace('\u{2212}', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{ff1d}1+1",
        ] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("Tern = Labs"), "Tern = Labs");
        assert_eq!(quoted("Hale, \"Moss\""), "\"Hale, \"\"Moss\"\"\"");
    }

    #[test]
    fn amounts_are_numbers_to_the_cent() {
        assert_eq!(amount(Money::new(-120_050, Currency::EUR)), "-1200.50");
        assert_eq!(amount(Money::new(123_456_700, Currency::EUR)), "1234567.00");
    }
}
