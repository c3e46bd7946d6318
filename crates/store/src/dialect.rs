//! Where the two engines honestly differ. Everything else is one SQL text.

use crate::{
    conn::{Conn, Engine, Tx, not_run},
    deals::Scope,
    error::StoreError,
    statement::Statement,
};
use sqlx::query;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Tells the other nodes at commit. `SQLite` has no other node.
pub(crate) async fn notify(tx: &mut Tx, payload: &str) -> Result<(), StoreError> {
    let outcome = match tx.engine() {
        Engine::Sqlite(_) => Ok(()),
        Engine::Postgres(engine) => query("SELECT pg_notify('dealboard', $1)")
            .bind(payload)
            .execute(engine)
            .await
            .map(|_| ()),
        Engine::Failed => not_run(),
    };
    tx.checked(outcome)
}

/// The clause that keeps a chosen row from others until this transaction ends, for workers that share a queue.
/// `SQLite` has one writer anyway.
pub fn for_update_skip_locked(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// The clause that keeps a chosen row as it is until this transaction ends, while others may do the same.
pub fn for_share(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR SHARE",
    }
}

/// The clause that keeps others from changing a chosen row until this transaction ends.
pub fn for_update(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR NO KEY UPDATE",
    }
}

/// Asks the index of texts for the deals of which each of these words may be a part, all of three letters or more: rather too
/// many than too few. Gives their ids as `deal_id`.
pub(crate) fn push_texts(
    statement: &mut Statement,
    dialect: Dialect,
    scope: Scope,
    words: &[String],
) {
    match dialect {
        Dialect::Sqlite => {
            statement
                .push("SELECT t.deal_id FROM deal_grams CROSS JOIN deal_texts t ON t.place = deal_grams.rowid WHERE deal_grams MATCH ")
                .bind(every_piece(words));
        }
        Dialect::Postgres => {
            statement.push("SELECT t.deal_id FROM deal_texts t WHERE search_grams(t.program_id, t.searched) @> search_grams(");
            match scope {
                Scope::Membership(membership) => statement
                    .push("(SELECT m.program_id FROM memberships m WHERE m.id = ")
                    .bind(membership.0)
                    .push(")"),
                Scope::Program(_, program) => statement.bind(program.0),
            };
            statement.push(", ").bind(words.join(" ")).push(")");
        }
    }
}

/// The words' pieces of three letters, all of which a text must have, as the full-text index wants to be asked.
fn every_piece(words: &[String]) -> String {
    let mut pieces = Vec::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.windows(3) {
            let piece: String = piece.iter().collect();
            pieces.push(format!("\"{}\"", piece.replace('"', "\"\"")));
        }
    }
    pieces.join(" AND ")
}

/// How deals `d` are read whose ids stand in `found`, and nothing else of the table.
pub(crate) struct FoundDeals {
    pub from: &'static str,
    /// Followed by more of them.
    pub condition: &'static str,
}

/// `SQLite` keeps to the order of a CROSS JOIN; what Postgres thinks of `found` it would rather not know, because it may then
/// read all deals to meet them.
pub(crate) fn found_deals(dialect: Dialect) -> FoundDeals {
    match dialect {
        Dialect::Sqlite => FoundDeals {
            from: " FROM found CROSS JOIN deals d",
            condition: " d.id = found.deal_id AND",
        },
        Dialect::Postgres => FoundDeals {
            from: " FROM deals d",
            condition: " d.id = ANY (ARRAY(SELECT deal_id FROM found)) AND",
        },
    }
}

/// What is never deleted, as its migrations say: for each engine how that is lifted and put back.
struct AppendOnly {
    sqlite: Change,
    postgres: Change,
}

/// How it is lifted, and how it is put back.
type Change = (&'static str, &'static str);

const APPEND_ONLY: [AppendOnly; 4] = [
    AppendOnly {
        sqlite: (
            "DROP TRIGGER events_no_delete",
            "CREATE TRIGGER events_no_delete BEFORE DELETE ON events
             BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE events DISABLE TRIGGER events_no_change",
            "ALTER TABLE events ENABLE TRIGGER events_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER ledger_entries_no_delete",
            "CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
             BEGIN SELECT RAISE(ABORT, 'ledger_entries are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_no_change",
            "ALTER TABLE ledger_entries ENABLE TRIGGER ledger_entries_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER commissions_no_delete",
            "CREATE TRIGGER commissions_no_delete BEFORE DELETE ON commissions
             BEGIN SELECT RAISE(ABORT, 'commissions are never deleted'); END",
        ),
        postgres: (
            "ALTER TABLE commissions DISABLE TRIGGER commissions_no_change",
            "ALTER TABLE commissions ENABLE TRIGGER commissions_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER offer_versions_no_delete",
            "CREATE TRIGGER offer_versions_no_delete BEFORE DELETE ON offer_versions
             BEGIN SELECT RAISE(ABORT, 'offer_versions are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE offer_versions DISABLE TRIGGER offer_versions_no_change",
            "ALTER TABLE offer_versions ENABLE TRIGGER offer_versions_no_change",
        ),
    },
];

/// Lets history and books be deleted until [`restore_append_only`], within this transaction. Only `maintenance` may.
pub(crate) async fn lift_append_only(tx: &mut Tx) -> Result<(), StoreError> {
    for AppendOnly { sqlite, postgres } in APPEND_ONLY {
        run(tx, sqlite.0, postgres.0).await?;
    }
    Ok(())
}

pub(crate) async fn restore_append_only(tx: &mut Tx) -> Result<(), StoreError> {
    for AppendOnly { sqlite, postgres } in APPEND_ONLY {
        run(tx, sqlite.1, postgres.1).await?;
    }
    Ok(())
}

async fn run(tx: &mut Tx, sqlite: &'static str, postgres: &'static str) -> Result<(), StoreError> {
    let outcome = match tx.engine() {
        Engine::Sqlite(engine) => query(sqlite).execute(engine).await.map(|_| ()),
        Engine::Postgres(engine) => query(postgres).execute(engine).await.map(|_| ()),
        Engine::Failed => not_run(),
    };
    tx.checked(outcome)
}

#[cfg(test)]
mod tests {
    use super::every_piece;

    #[test]
    fn a_word_is_asked_for_by_all_of_its_pieces_and_nothing_in_it_is_syntax() {
        let asked = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            every_piece(&words)
        };
        assert_eq!(asked(&["acme", "ulm"]), r#""acm" AND "cme" AND "ulm""#);
        assert_eq!(asked(&["\u{e9}\"*"]), "\"\u{e9}\"\"*\"");
    }
}
