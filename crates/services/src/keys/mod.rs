//! API keys: made and taken back by their team, and the way in for the programs that carry one (docs/adr/0015).

mod caller;
mod entry;
mod once;
mod teams;

use std::sync::Arc;

use domain::ApiKeyId;
use domain::keys::KeyScopes;
use store::keys::KeyOwner;

pub use caller::KeyCaller;
pub use entry::{Entry, KeyProgram};
pub use once::Once;
pub use teams::MakeKey;

/// The key by which an access was opened: it narrows what its maker may, and is asked again inside each write.
#[derive(Debug, Clone)]
pub(crate) struct KeyUse {
    pub id: ApiKeyId,
    pub owner: KeyOwner,
    pub scopes: Arc<KeyScopes>,
    /// The command of this request, which is carried out once.
    pub once: Option<Once>,
}
