//! Which tables a company's data lies in, parents before children, and which rows of them are the company's.

/// How a column is bound and read. Ids are bytes on `SQLite`, small numbers INT on Postgres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Id,
    Bytes,
    Int,
    Small,
    Bool,
    Text,
    /// A place in the one order of all events, of which a company has only some: counted anew, from 1.
    Order,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

/// A table, or those of its rows that are written together.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// The first ones are the key by which it is read.
    pub columns: &'static [Column],
    pub key: usize,
    /// The rows of the company `$1`; `None`: the operator has them by another entry.
    pub whole: Option<&'static str>,
    /// Those that its admins may see.
    pub own: Option<&'static str>,
    /// Columns that are left out for them.
    pub hidden: &'static [&'static str],
}

/// Tables of which nothing is moved: each belongs to the installation, or is kept by triggers.
pub const STAYS: [&str; 19] = [
    "sessions",
    "login_attempts",
    "one_time_links",
    "notices",
    "outbox",
    "settings",
    "event_order",
    "stage_totals",
    "status_totals",
    "deal_texts",
    "mail",
    "api_keys",
    "idempotency_keys",
    "webhook_endpoints",
    "webhook_deliveries",
    "webhook_attempts",
    "open_windows",
    "board_windows",
    "sent_commands",
];

/// The entry under which rows of that table are written.
pub fn find_table(name: &str) -> Option<&'static Table> {
    TABLES
        .iter()
        .find(|table| table.name == name && table.whole.is_some())
}

macro_rules! columns {
    ($($name:ident $kind:ident),* $(,)?) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind }),*]
    };
}

macro_rules! of_company {
    () => {
        "company_id = $1"
    };
}
macro_rules! partners {
    () => {
        "(SELECT partner_id FROM memberships WHERE company_id = $1)"
    };
}
macro_rules! teams {
    () => {
        concat!(
            "SELECT user_id FROM company_users WHERE company_id = $1 UNION SELECT user_id FROM partner_users WHERE partner_id IN ",
            partners!()
        )
    };
}
macro_rules! sent_deals {
    () => {
        "(SELECT id FROM deals WHERE company_id = $1 AND number IS NOT NULL)"
    };
}
/// Whoever published, entered, paid, wrote, imported.
macro_rules! makers {
    () => {
        concat!(
            "SELECT published_by FROM form_versions WHERE company_id = $1",
            " UNION SELECT changed_by FROM form_drafts WHERE company_id = $1",
            " UNION SELECT scheduled_by FROM form_schedules WHERE company_id = $1",
            " UNION SELECT created_by FROM claims WHERE company_id = $1",
            " UNION SELECT published_by FROM offer_versions WHERE company_id = $1",
            " UNION SELECT entered_by FROM transactions WHERE company_id = $1 UNION SELECT paid_by FROM payouts WHERE company_id = $1",
            " UNION SELECT author_id FROM messages WHERE company_id = $1 UNION SELECT author_id FROM internal_notes WHERE company_id = $1",
            " UNION SELECT created_by FROM imports WHERE company_id = $1 UNION SELECT worked_by FROM imports WHERE company_id = $1",
            " UNION SELECT changed_by FROM company_answers WHERE company_id = $1"
        )
    };
}
/// The teams, and whoever did anything here: also those who left their team since.
macro_rules! people {
    () => {
        concat!(
            teams!(), " UNION ", makers!(),
            " UNION SELECT owner_id FROM deals WHERE company_id = $1 UNION SELECT created_by FROM deals WHERE company_id = $1",
            " UNION SELECT changed_by FROM deals WHERE company_id = $1 UNION SELECT created_by FROM files WHERE company_id = $1",
            " UNION SELECT user_id FROM unread_messages WHERE company_id = $1",
            " UNION SELECT user_id FROM saved_views WHERE company_id = $1"
        )
    };
}
/// Histories tell what is registered, not what partners draft.
macro_rules! told_events {
    () => {
        "company_id = $1 AND kind NOT IN ('deal_drafted', 'draft_deleted', 'file_attached', 'file_removed')"
    };
}
/// Those of them who are named in what the company sees. Who else is in a partner's team is the partner's.
macro_rules! named {
    () => {
        concat!(
            makers!(),
            " UNION SELECT owner_id FROM deals WHERE company_id = $1 AND number IS NOT NULL",
            " UNION SELECT created_by FROM deals WHERE company_id = $1 AND number IS NOT NULL",
            " UNION SELECT changed_by FROM deals WHERE company_id = $1 AND number IS NOT NULL",
            " UNION SELECT created_by FROM files WHERE company_id = $1 AND deal_id IN ",
            sent_deals!(),
            " UNION SELECT actor_id FROM events WHERE ",
            told_events!()
        )
    };
}

const USERS: &[Column] = columns![
    id Id, email Text, email_folded Text, name Text, password_hash Text, created_at Int, disabled_at Int,
];
const COMMISSIONS: &[Column] = columns![
    id Id, company_id Id, program_id Id, partner_id Id, membership_id Id, deal_id Id, offer_id Id, offer_version_id Id,
    cause Text, cause_key Text, transaction_id Id, corrects_id Id, currency Text, minor Int, calculation Text, status Text,
    state Text, payout_id Id, accrued_at Int, changed_at Int, version Int,
];

/// A table by its id, all of whose rows are the company's to see.
const fn plain(name: &'static str, columns: &'static [Column]) -> Table {
    Table {
        name,
        columns,
        key: 1,
        whole: Some(of_company!()),
        own: Some(of_company!()),
        hidden: &[],
    }
}

/// A table that its admins do not see.
const fn internal(
    name: &'static str,
    key: usize,
    columns: &'static [Column],
    whole: &'static str,
) -> Table {
    Table {
        name,
        columns,
        key,
        whole: Some(whole),
        own: None,
        hidden: &[],
    }
}

#[rustfmt::skip]
pub static TABLES: &[Table] = &[
    Table { whole: Some(concat!("id IN (", people!(), ")")), own: None, ..plain("users", USERS) },
    // The company's own people with their addresses; of others those who did something here, by name.
    Table { whole: None, own: Some("id IN (SELECT user_id FROM company_users WHERE company_id = $1)"), hidden: &["email_folded", "password_hash"], ..plain("users", USERS) },
    Table { whole: None, own: Some(concat!("id IN (", named!(), ") AND id NOT IN (SELECT user_id FROM company_users WHERE company_id = $1)")), hidden: &["email", "email_folded", "password_hash", "disabled_at"], ..plain("users", USERS) },
    Table { whole: Some("id = $1"), own: Some("id = $1"), ..plain("companies", columns![id Id, name Text, slug Text, created_at Int, version Int]) },
    Table { key: 2, ..plain("company_users", columns![company_id Id, user_id Id, role Text, created_at Int]) },
    Table { whole: Some(concat!("id IN ", partners!())), own: Some(concat!("id IN ", partners!())), ..plain("partners", columns![id Id, name Text, country Text, created_at Int, version Int]) },
    internal("partner_users", 2, columns![partner_id Id, user_id Id, role Text, created_at Int], concat!("partner_id IN ", partners!())),
    internal("notice_preferences", 3, columns![user_id Id, kind Text, channel Text, wanted Bool], concat!("user_id IN (", teams!(), ")")),
    plain("programs", columns![
        id Id, company_id Id, name Text, slug Text, summary Text, number_prefix Text, currency Text, submissions_open Bool,
        decision_hours Int, protection_days Int, extension_days Int, next_number Int, created_at Int, version Int, card_fields Text,
        pipelines Text,
    ]),
    plain("tiers", columns![id Id, company_id Id, program_id Id, name Text, position Small]),
    plain("memberships", columns![
        id Id, company_id Id, program_id Id, partner_id Id, tier_id Id, status Text, created_at Int, changed_at Int, version Int,
    ]),
    internal("saved_views", 1, columns![
        id Id, company_id Id, program_id Id, membership_id Id, user_id Id, name Text, name_folded Text, query Text, shared Bool,
        created_at Int, changed_at Int,
    ], of_company!()),
    plain("form_versions", columns![
        id Id, company_id Id, program_id Id, number Small, definition Text, published_by Id, published_at Int,
    ]),
    plain("form_drafts", columns![program_id Id, company_id Id, definition Text, changed_by Id, changed_at Int, version Int]),
    plain("form_schedules", columns![
        program_id Id, company_id Id, definition Text, effective_at Int, scheduled_by Id, scheduled_at Int, held_at Int,
    ]),
    plain("stages", columns![
        id Id, company_id Id, program_id Id, name Text, kind Text, hue Text, position Small, stuck_days Small,
        probability Small, retired_at Int, version Int, description Text, wip_hint Small, rules Text, pipeline_id Id,
    ]),
    plain("lost_reasons", columns![id Id, company_id Id, program_id Id, label Text, position Small, retired_at Int, heading Text]),
    Table { own: Some("company_id = $1 AND number IS NOT NULL"), hidden: &["submit_key", "raw_answers", "search"], ..plain("deals", columns![
        id Id, company_id Id, program_id Id, partner_id Id, membership_id Id, form_version_id Id, number Int, submit_key Text,
        answers Text, raw_answers Text, customer_name Text, customer_folded Text, customer_domain Text, contact_name Text,
        contact_email Text, value_minor Int, currency Text, close_date Text, registration Text, registration_facts Text,
        submitted_at Int, due_at Int, decided_at Int, protected_until Int, stage_id Id, stage_entered_at Int, rank Text,
        win Text, win_facts Text, lost_reason_id Id, lost_note Text, owner_id Id, search Text, created_by Id, created_at Int,
        changed_by Id, changed_at Int, version Int,
    ]) },
    Table { own: Some(concat!("company_id = $1 AND deal_id IN ", sent_deals!())), ..plain("files", columns![
        id Id, company_id Id, deal_id Id, field_key Text, name Text, mime Text, size_bytes Int, sha256 Bytes, created_by Id,
        created_at Int,
    ]) },
    internal("unique_answers", 2, columns![
        deal_id Id, field_key Text, company_id Id, program_id Id, answer Text, stands Bool,
    ], of_company!()),
    plain("company_answers", columns![deal_id Id, company_id Id, answers Text, changed_by Id, changed_at Int, version Int]),
    plain("claims", columns![
        id Id, company_id Id, customer_name Text, customer_folded Text, customer_domain Text, note Text, created_by Id,
        created_at Int,
    ]),
    plain("customers", columns![
        id Id, company_id Id, name Text, folded Text, domain Text, business_key Text, status Text, deal_id Id, created_at Int,
        version Int,
    ]),
    plain("offers", columns![id Id, company_id Id, program_id Id, created_at Int, ended_at Int]),
    plain("offer_versions", columns![
        id Id, company_id Id, offer_id Id, number Small, terms Text, published_by Id, published_at Int,
    ]),
    plain("transactions", columns![
        id Id, company_id Id, program_id Id, customer_id Id, deal_id Id, currency Text, minor Int, happened_on Text,
        reference Text, entered_by Id, entered_at Int,
    ]),
    plain("payouts", columns![
        id Id, company_id Id, program_id Id, partner_id Id, currency Text, minor Int, reference Text, paid_on Text, paid_by Id,
        paid_at Int,
    ]),
    // What others correct comes first.
    Table { whole: Some("company_id = $1 AND corrects_id IS NULL"), own: Some("company_id = $1 AND corrects_id IS NULL"), ..plain("commissions", COMMISSIONS) },
    Table { whole: Some("company_id = $1 AND corrects_id IS NOT NULL"), own: Some("company_id = $1 AND corrects_id IS NOT NULL"), ..plain("commissions", COMMISSIONS) },
    Table { key: 2, ..plain("ledger_entries", columns![
        event_id Id, account Text, company_id Id, program_id Id, commission_id Id, currency Text, minor Int, at Int,
    ]) },
    Table { own: Some("company_id = $1"), ..plain("threads", columns![
        id Id, company_id Id, program_id Id, partner_id Id, membership_id Id, deal_id Id, about_id Id, created_at Int,
        last_entry_at Int, last_message_at Int, excerpt Text, last_side Text,
    ]) },
    Table { hidden: &["send_key"], ..plain("messages", columns![
        id Id, company_id Id, thread_id Id, side Text, author_id Id, text Text, quote Text, send_key Text, created_at Int,
    ]) },
    Table { hidden: &["send_key"], ..plain("internal_notes", columns![
        id Id, company_id Id, thread_id Id, author_id Id, text Text, send_key Text, created_at Int,
    ]) },
    plain("message_files", columns![id Id, company_id Id, message_id Id, name Text, mime Text, size_bytes Int, sha256 Bytes]),
    plain("note_files", columns![id Id, company_id Id, note_id Id, name Text, mime Text, size_bytes Int, sha256 Bytes]),
    internal("unread_messages", 3, columns![
        user_id Id, thread_id Id, side Text, company_id Id, program_id Id, membership_id Id, unread Int,
    ], of_company!()),
    internal("imports", 1, columns![
        id Id, company_id Id, program_id Id, file_id Id, file_name Text, size_bytes Int, sha256 Bytes, delimiter Text,
        first_byte Int, first_line Int, headings Text, mapping Text, form_version_id Id, state Text, halted Text, worked_by Id,
        lease Int, available_at Int, position Int, at_byte Int, at_line Int, row_count Int, ready Int, faults Int, doubles Int,
        made Int, undone Int, kept Int, created_by Id, created_at Int, changed_at Int, version Int, findings Text,
    ], of_company!()),
    internal("import_rows", 2, columns![
        import_id Id, number Int, company_id Id, line Int, outcome Text, faults Text, business Text, deal_id Id, deal_version Int,
    ], of_company!()),
    Table {
        whole: Some(concat!(
            "(company_id = $1 OR (company_id IS NULL AND (partner_id IN ", partners!(),
            " OR (subject = 'user' AND subject_id IN (", people!(), ")))))"
        )),
        own: Some(told_events!()),
        ..plain("events", columns![
            seq Order, id Id, company_id Id, program_id Id, partner_id Id, subject Text, subject_id Id, subject_seq Int,
            subject_version Int, kind Text, actor_id Id, actor_side Text, at Int, payload Text, prev_hash Bytes, hash Bytes,
        ])
    },
];
