//! What stands round every page: the shell with its header and tabs, the columns that pages stand in, and the pages for
//! who is not signed in or asks for what is not there. Layout fetches nothing: features hand it names, links and views.
//!
//! | component | props |
//! |---|---|
//! | `Shell` | `tabs: Vec<TabItem>`, children; slots `context`? (program name or company), `search`?, `bell`?, `programs`?, `user`? |
//! | `UserMenu` | `name`, `email`; `links`?, `sign_out`? (address of the form post) |
//! | `Page` | children; `width`? (`"narrow"`, `"full"`) |
//! | `FormPage` | children |
//! | `PageHeader` | `title` (the h1 and the page's title); `lead`?, `back`? (`BackLink`), children? (actions) |
//! | `Split` | `side` (facts), children (story) |
//! | `Entry` | `title`, children; `lead`?, `foot`? |
//! | `ProblemPage` | `title`, `text`; `request_id`?, children? (actions) |

mod entry;
mod page;
mod shell;
mod tab_bar;
mod theme;
mod user_menu;

pub use entry::{Entry, ProblemPage};
pub use page::{BackLink, FormPage, Page, PageHeader, Split};
pub use shell::{Brand, Shell};
pub use tab_bar::{TabBar, TabItem};
pub use theme::{Theme, chosen_theme};
pub use user_menu::{UserLink, UserMenu};
