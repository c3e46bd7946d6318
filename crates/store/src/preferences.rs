//! What people chose to be told, by which channel.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    statement::Statement,
};
use domain::UserId;
use domain::notices::{Channel, NoticeChoices, NoticeKind};
use sqlx::{query, query_as};
use std::collections::BTreeMap;

/// What one person chose.
pub async fn get(conn: &mut Conn, user: UserId) -> Result<NoticeChoices, StoreError> {
    let rows: Vec<(NoticeKind, Channel, bool)> = sql!(
        conn.fetch_all,
        query_as("SELECT kind, channel, wanted FROM notice_preferences WHERE user_id = $1")
            .bind(user)
    )?;
    let mut choices = NoticeChoices::default();
    for (kind, channel, wanted) in rows {
        choices.set(kind, channel, wanted);
    }
    Ok(choices)
}

/// A person who may be told by mail, and what they chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub choices: NoticeChoices,
}

/// A person, with one of their choices if there is one.
type ListenerRow = (UserId, String, String, Option<Channel>, Option<bool>);

/// Those people with what they chose of that kind; without those whose account is shut.
pub async fn list_listeners(
    conn: &mut Conn,
    users: &[UserId],
    kind: NoticeKind,
) -> Result<Vec<Listener>, StoreError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new(
        "SELECT u.id, u.name, u.email, p.channel, p.wanted FROM users u
         LEFT JOIN notice_preferences p ON p.user_id = u.id AND p.kind = ",
    );
    statement
        .bind(kind.as_str())
        .push(" WHERE u.disabled_at IS NULL AND u.id IN ")
        .bind_all(users.iter().map(|user| user.0));
    let rows: Vec<ListenerRow> = statement.fetch_all(conn).await?;
    let mut found: BTreeMap<UserId, Listener> = BTreeMap::new();
    for (user, name, email, channel, wanted) in rows {
        let listener = found.entry(user).or_insert_with(|| Listener {
            user,
            name,
            email,
            choices: NoticeChoices::default(),
        });
        if let Some((channel, wanted)) = channel.zip(wanted) {
            listener.choices.set(kind, channel, wanted);
        }
    }
    Ok(found.into_values().collect())
}

pub async fn save(
    conn: &mut Conn,
    user: UserId,
    kind: NoticeKind,
    channel: Channel,
    wanted: bool,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO notice_preferences (user_id, kind, channel, wanted) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, kind, channel) DO UPDATE SET wanted = excluded.wanted"
        )
        .bind(user)
        .bind(kind)
        .bind(channel)
        .bind(wanted)
    )?;
    Ok(())
}
