//! A program's settings, as commands and views need them.

use serde::{Deserialize, Serialize};

use crate::{CompanyId, Currency, ProgramId, TierId};

/// What partners join at a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub id: ProgramId,
    pub company: CompanyId,
    pub name: String,
    pub slug: String,
    /// One paragraph that partners read on the Summary page.
    pub summary: String,
    /// Put before a deal's number: `ALT` gives `ALT-1042`.
    pub number_prefix: String,
    /// The currency a money field starts with.
    pub currency: Currency,
    /// Whether partners may register deals now (R6).
    pub submissions_open: bool,
    pub settings: ProgramSettings,
    pub version: i64,
}

/// The promises of a program, in hours and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramSettings {
    /// Hours within which the company means to decide.
    pub decision_hours: i64,
    /// Days of exclusivity from approval.
    pub protection_days: i64,
    /// Days that the one extension adds.
    pub extension_days: i64,
}

impl Default for ProgramSettings {
    fn default() -> Self {
        Self {
            decision_hours: 48,
            protection_days: 90,
            extension_days: 60,
        }
    }
}

/// A partner's level in a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub id: TierId,
    pub name: String,
    pub position: i32,
}

/// `ALT-1042`.
pub fn deal_number(prefix: &str, number: i64) -> String {
    format!("{prefix}-{number}")
}
