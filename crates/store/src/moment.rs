//! Many answers of one moment, whatever others write meanwhile.

use std::ops::{Deref, DerefMut};

use sqlx::query;

use crate::conn::{Conn, sql};
use crate::{Dialect, StoreError};

/// A connection whose answers are all of one moment, until [`Moment::end`].
///
/// The driver knows nothing of the transaction that holds the moment, and would hand the connection on inside it: readers
/// after it would see the database as it was then, for ever. So one that is dropped before its end, which is what happens to
/// whoever asked and went away, closes its connection.
pub struct Moment {
    conn: Conn,
    ended: bool,
}

impl Moment {
    /// The moment is that of the first question.
    pub async fn begin(conn: Conn) -> Result<Self, StoreError> {
        // The guard comes first: it may be given up while it begins.
        let mut moment = Self { conn, ended: false };
        let conn = &mut moment.conn;
        let text = match conn.dialect() {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        sql!(conn.execute, query(text))?;
        Ok(moment)
    }

    /// Lets go of the moment; the connection is as good as before.
    pub async fn end(mut self) -> Result<(), StoreError> {
        let conn = &mut self.conn;
        sql!(conn.execute, query("ROLLBACK"))?;
        self.ended = true;
        Ok(())
    }
}

impl Drop for Moment {
    fn drop(&mut self) {
        if !self.ended {
            self.conn.close_on_drop();
        }
    }
}

impl Deref for Moment {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Moment {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
