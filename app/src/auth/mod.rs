//! Coming in and going out: set-up, invitation, sign in, reset.

#[cfg(feature = "ssr")]
mod cookie;
mod invite;
mod reset;
mod return_path;
pub mod server_fns;
mod setup;
mod signin;

#[cfg(feature = "ssr")]
pub use cookie::{
    DEVICE_COOKIE, SESSION_COOKIE, device_cookie, no_session_cookie, session_cookie, session_token,
};
pub use invite::InvitePage;
pub use reset::{ResetAskPage, ResetPage};
pub use return_path::{safe_return, signin_path};
pub use setup::SetupPage;
pub use signin::SignInPage;
