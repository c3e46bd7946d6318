//! What the doors work with.

use std::{net::SocketAddr, sync::Arc};

use app::door::MaxUpload;
use axum::extract::FromRef;
use leptos::{
    config::LeptosOptions,
    prelude::{Env, provide_context},
};
use services::Services;

use crate::{
    config::{Config, PublicUrl},
    http::{limit::Limiter, stop::Stop},
    rest,
    site::{OUTPUT_NAME, Site},
};

/// Shared by all requests; clones are cheap.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub leptos: LeptosOptions,
    pub site: Site,
    pub services: Services,
    pub config: Arc<Config>,
    pub public_url: Arc<PublicUrl>,
    pub limiter: Limiter,
    pub stop: Stop,
    pub rest: rest::Shared,
}

impl AppState {
    /// For a server that listens on that address.
    pub fn new(config: Config, services: Services, site: Site, address: SocketAddr) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_pkg_dir(site.pkg_dir())
            .site_addr(address)
            .env(Env::PROD)
            .build();
        let public_url = config.public_url.clone();
        let public_url = public_url.unwrap_or_else(|| PublicUrl::of(address));
        let rest = rest::Shared::new(config.api_pace);
        Self {
            leptos,
            site,
            services,
            config: Arc::new(config),
            public_url: Arc::new(public_url),
            limiter: Limiter::default(),
            stop: Stop::default(),
            rest,
        }
    }

    /// What every page and server function may take from its context.
    pub fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let manifest = self.site.split_manifest();
        let services = self.services.clone();
        let max_upload = MaxUpload(self.config.max_upload as u64);
        move || {
            provide_context(manifest.clone());
            provide_context(services.clone());
            provide_context(max_upload);
            // The policy in the answer's head names this nonce; Leptos's own would be another.
            let nonce = leptos::prelude::use_context::<axum::http::request::Parts>()
                .and_then(|parts| parts.extensions.get::<leptos::nonce::Nonce>().cloned());
            if let Some(nonce) = nonce {
                provide_context(nonce);
            }
        }
    }
}
