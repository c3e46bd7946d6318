//! Windows that have the same thing open: how long they count, and how others see them.

use domain::UserId;
use domain::forms::FieldKey;
use domain::views::OtherEditor;
use store::Conn;
use store::open_windows::OpenWindow;

use crate::ServiceError;

/// How long a window counts as open after it last said so.
pub(crate) const LEASE_SECONDS: i64 = 30;

/// The windows but that one, which is `own.1` of the person `own.0`.
pub(crate) async fn others(
    conn: &mut Conn,
    mut rows: Vec<OpenWindow>,
    own: (UserId, &str),
) -> Result<Vec<OtherEditor>, ServiceError> {
    rows.retain(|row| row.window_key != own.1);
    let people: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
    let names = store::accounts::users::list_names(conn, people).await?;
    let other = |row: OpenWindow| OtherEditor {
        who: names.get(&row.user_id).cloned().unwrap_or_default(),
        own: row.user_id == own.0,
        field: FieldKey::parse(&row.field).ok(),
    };
    Ok(rows.into_iter().map(other).collect())
}

/// Windows make their keys themselves.
pub(crate) fn check_window(window: &str) -> Result<(), ServiceError> {
    let fits = (1..=40).contains(&window.len());
    if fits && window.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        Err(ServiceError::input(
            "window",
            "Use 1 to 40 letters and digits",
        ))
    }
}
