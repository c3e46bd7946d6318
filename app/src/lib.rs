//! The pages, rendered on the server and taken over in the browser.

// A page is one type as deep as its elements nest; rustc's default of 128 ends in the middle of one.
#![recursion_limit = "256"]

pub mod account;
pub mod amounts;
pub mod auth;
pub mod boards;
pub mod calculation;
pub mod combo;
pub mod commissions;
pub mod currencies;
pub mod customers;
pub mod deals;
#[cfg(feature = "ssr")]
pub mod door;
pub mod drag;
pub mod entry;
pub mod error;
pub mod fault;
pub mod fields;
pub mod forms;
pub mod frames;
pub mod gates;
pub mod home;
pub mod imports;
pub mod invitations;
pub mod keys;
pub mod lasting;
pub mod layout;
pub mod live;
pub mod locale;
pub mod mail;
pub mod messages;
pub mod notices;
pub mod offers;
pub mod place;
pub mod presence;
pub mod problem;
pub mod programs;
#[cfg(feature = "ssr")]
pub mod refusal;
#[cfg(feature = "ssr")]
pub mod request;
pub mod reviews;
mod routes;
pub mod sent;
pub mod stages;
pub mod summary;
pub mod teams;
pub mod thread;
mod title;
pub mod ui;
pub mod upload;
pub mod viewer;
pub mod webhooks;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{Router, Routes};

use routes::{CompanyRoutes, EntryRoutes, HomeRoutes, PartnerRoutes};

/// The HTML document around the app; rendered on the server only.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=layout::chosen_theme().word() data-locale=locale::asked_locale().tag()>
            <head>
                {looks(&options)}
                {live::seen_mark()}
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// How a document looks: what the head of each holds first.
fn looks(options: &LeptosOptions) -> impl IntoView + use<> {
    let styles = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="preload" href="/fonts/inter-latin-wght-normal.woff2" r#as="font" type="font/woff2" crossorigin="anonymous" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        <link rel="manifest" href="/site.webmanifest" />
        <link rel="stylesheet" href=styles />
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    locale::provide_locale();
    // Here, not in the shell: what is said outlives the page that it was said on.
    provide_context(ui::Toasts::default());
    fault::provide_fault();
    thread::provide_refused();
    deals::provide_refused_amendment();
    deals::provide_refused_answers();
    entry::provide_refused_entry();
    view! {
        <Title formatter=|page: String| title::written(&page) text=title::of_document()/>
        <Router>
            <Routes fallback=NotFound>
                <EntryRoutes/>
                <PartnerRoutes/>
                <CompanyRoutes/>
                <HomeRoutes/>
            </Routes>
        </Router>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <main id="main">
            <problem::Problem error=error::ActionError::new(domain::ErrorCode::NotFound)/>
        </main>
    }
}
