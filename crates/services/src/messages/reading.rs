//! Reading is no verb: it takes away what is counted as unread.

use domain::people::Side;
use domain::{ThreadId, UserId};
use store::messages::unread;

use crate::{ServiceError, Services};

impl Services {
    /// The person has read the thread, and so the lines about it under their bell. Writes only when there is something to
    /// read.
    pub(super) async fn read_thread(
        &self,
        user: UserId,
        thread: ThreadId,
        side: Side,
    ) -> Result<(), ServiceError> {
        if !unread::is_any(&mut self.read().await?, user, thread, side).await? {
            return Ok(());
        }
        let now = self.now();
        self.write((), move |tx, ()| {
            Box::pin(async move { Ok(unread::read(tx, user, thread, side, now).await?) })
        })
        .await
    }
}
