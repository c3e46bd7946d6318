//! Webhooks over HTTP/1.1: one connection for each try, made to an address that was checked, without redirects and without
//! proxies. What is not wanted of a client is not there: this is hyper's connection and nothing around it.

mod connect;
mod talk;

use std::sync::Arc;
use std::time::Duration;

use domain::webhooks::Reach;
use services::webhooks::{Courier, Parcel, Reply};
use store::BoxFuture;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use crate::{cli::Failure, config::WebhookConfig};

/// Beyond the time for an answer: the first of its text, and our own noting.
const SLACK: Duration = Duration::from_secs(3);

/// Calls endpoints.
pub struct HttpCourier {
    reach: Reach,
    /// Until the head of the answer.
    patience: Duration,
    tls: TlsConnector,
}

impl HttpCourier {
    /// With Mozilla's roots, as mail has them.
    pub fn open(config: &WebhookConfig) -> Result<Self, Failure> {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        Self::with_roots(config, roots)
    }

    /// With those roots: for tests.
    pub fn with_roots(config: &WebhookConfig, roots: RootCertStore) -> Result<Self, Failure> {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error: rustls::Error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            reach: Reach {
                allowed: config.allowed.clone(),
            },
            patience: config.timeout,
            tls: TlsConnector::from(Arc::new(tls)),
        })
    }

    async fn call(&self, parcel: &Parcel) -> Result<Reply, String> {
        let late = |_| {
            let seconds = self.patience.as_secs_f32();
            format!("It did not answer within {seconds} seconds")
        };
        let (answer, _connection) = timeout(self.patience, async {
            let stream = connect::connect(&parcel.url, &self.reach).await?;
            if parcel.url.is_https() {
                let stream = connect::encrypt(&self.tls, &parcel.url, stream).await?;
                talk::ask(stream, parcel).await
            } else {
                talk::ask(stream, parcel).await
            }
        })
        .await
        .map_err(late)??;
        let status = answer.status().as_u16();
        let retry_after = talk::retry_after(answer.headers());
        let text = talk::first_of(answer.into_body()).await;
        Ok(Reply {
            status,
            text,
            retry_after,
        })
    }
}

impl Courier for HttpCourier {
    fn carry<'c>(&'c self, parcel: &'c Parcel) -> BoxFuture<'c, Result<Reply, String>> {
        Box::pin(self.call(parcel))
    }

    fn patience(&self) -> Duration {
        self.patience + SLACK
    }

    fn reach(&self) -> &Reach {
        &self.reach
    }
}
