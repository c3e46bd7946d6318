//! The typed configuration. A flag beats the environment, which beats the file, which beats the default; a value that
//! cannot be used ends the start with its key, its text and where it came from.

mod file;
mod setting;
pub mod table;
mod template;
mod value;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use domain::webhooks::Network;
use store::{DbOptions, DbUrl};

pub use setting::{Doc, Fault, Faults, Found, Origin, Setting};
pub use template::template;
pub use value::{LogFormat, MailSender, PublicUrl, SmtpUrl};

/// Where the file is looked for when none is named.
const USUAL_FILE: &str = "dealboard.toml";
/// Names the file.
pub const FILE_ENV: &str = "DEALBOARD_CONFIG";

/// Everything that is set, checked.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    pub public_url: Option<PublicUrl>,
    pub trusted_proxies: Vec<IpAddr>,
    /// Bytes.
    pub max_body: usize,
    /// Bytes.
    pub max_upload: usize,
    /// Requests a minute of one API key.
    pub api_pace: u32,
    pub header_timeout: Duration,
    /// For requests that still run when the server is told to stop.
    pub grace: Duration,
    pub site: Option<PathBuf>,
    pub data: PathBuf,
    pub database: DbUrl,
    pub connections: u32,
    pub readers: u32,
    /// Not set: mail is kept and shown.
    pub mail: Option<MailConfig>,
    pub webhooks: WebhookConfig,
    pub log: String,
    pub log_format: LogFormat,
    /// Each setting with its value and origin, secrets hidden: for `config check`.
    pub lines: Vec<String>,
}

/// How mail goes out.
#[derive(Debug, Clone)]
pub struct MailConfig {
    pub url: SmtpUrl,
    pub from: MailSender,
    /// How long one mail may take.
    pub timeout: Duration,
}

/// How webhooks are called.
#[derive(Debug, Clone)]
pub struct WebhookConfig {
    /// Networks that are reached beside the internet.
    pub allowed: Vec<Network>,
    /// How long an endpoint may take to answer.
    pub timeout: Duration,
}

/// Where values are looked for. Tests hand in their own.
pub struct Sources<'s> {
    /// What was typed for a flag.
    pub flag: &'s dyn Fn(&str) -> Option<String>,
    pub env: &'s dyn Fn(&str) -> Option<String>,
    /// The file that was named; else the usual one, if it is there.
    pub file: Option<PathBuf>,
}

impl Config {
    /// Reads and checks every setting, and names every fault.
    pub fn read(sources: &Sources<'_>) -> Result<Self, Faults> {
        let mut reader = Reader::new(sources);
        let data = reader.take(&table::DATA).unwrap_or_default();
        let database = reader.take(&table::DATABASE_URL).flatten();
        let config = Some(()).and_then(|()| {
            Some(Self {
                database: database.unwrap_or_else(|| DbUrl::Sqlite(data.join("dealboard.db"))),
                data,
                listen: reader.take(&table::LISTEN)?,
                public_url: reader.take(&table::PUBLIC_URL)?,
                trusted_proxies: reader.take(&table::TRUSTED_PROXIES)?,
                max_body: reader.take(&table::MAX_BODY)?,
                max_upload: reader.take(&table::MAX_UPLOAD)?,
                api_pace: reader.take(&table::API_PACE)?,
                header_timeout: reader.take(&table::HEADER_TIMEOUT)?,
                grace: reader.take(&table::GRACE)?,
                site: reader.take(&table::SITE)?,
                connections: reader.take(&table::CONNECTIONS)?,
                readers: reader.take(&table::READERS)?,
                mail: reader.mail()?,
                webhooks: WebhookConfig {
                    allowed: reader.take(&table::WEBHOOK_NETWORKS)?,
                    timeout: reader.take(&table::WEBHOOK_TIMEOUT)?,
                },
                log: reader.take(&table::LOG)?,
                log_format: reader.take(&table::LOG_FORMAT)?,
                lines: Vec::new(),
            })
        });
        match config {
            Some(config) if reader.faults.is_empty() => Ok(Self {
                lines: reader.found,
                ..config
            }),
            _ => Err(Faults(reader.faults)),
        }
    }

    /// The limits of the database connections.
    pub fn db_options(&self) -> DbOptions {
        DbOptions {
            connections: self.connections,
            readers: self.readers,
            ..DbOptions::default()
        }
    }

    /// Where uploaded files lie: outside whatever is served as a site.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }
}

struct Reader<'s> {
    sources: &'s Sources<'s>,
    file: HashMap<&'static str, Found>,
    found: Vec<String>,
    faults: Vec<Fault>,
}

impl<'s> Reader<'s> {
    fn new(sources: &'s Sources<'s>) -> Self {
        let mut faults = Vec::new();
        let named = sources
            .file
            .clone()
            .or_else(|| (sources.env)(FILE_ENV).map(PathBuf::from));
        let usual = || Path::new(USUAL_FILE).exists().then(|| USUAL_FILE.into());
        let file = named
            .or_else(usual)
            .map(|path| file::read(&path, &mut faults))
            .unwrap_or_default();
        Self {
            sources,
            file,
            found: Vec::new(),
            faults,
        }
    }

    fn look(&self, doc: &Doc) -> Found {
        if let Some(text) = (self.sources.flag)(doc.flag) {
            let origin = Origin::Flag(doc.flag);
            return Found { text, origin };
        }
        for name in doc.env {
            // An empty variable is one that was not set: compose files pass `DATABASE_URL=` on.
            if let Some(text) = (self.sources.env)(name).filter(|text| !text.is_empty()) {
                let origin = Origin::Env(name);
                return Found { text, origin };
            }
        }
        self.file.get(doc.key).cloned().unwrap_or_else(|| Found {
            text: doc.default.to_owned(),
            origin: Origin::Default,
        })
    }

    /// Both or none: a mail server refuses mail from an address that it does not know.
    #[expect(
        clippy::option_option,
        reason = "as every value here: `None` is a fault; no mail server is none"
    )]
    fn mail(&mut self) -> Option<Option<MailConfig>> {
        let url = self.take(&table::SMTP_URL)?;
        let from = self.take(&table::MAIL_FROM)?;
        let timeout = self.take(&table::MAIL_TIMEOUT)?;
        if url.is_some() && from.is_none() {
            self.faults.push(Fault::Value {
                key: table::MAIL_FROM.doc.key,
                text: Some(String::new()),
                origin: Origin::Default,
                expected: "where mail.smtp_url is set, an address to send from is expected"
                    .to_owned(),
            });
        }
        Some(
            url.zip(from)
                .map(|(url, from)| MailConfig { url, from, timeout }),
        )
    }

    /// The value; on a fault the rest is still read, with the default in its place.
    fn take<T>(&mut self, setting: &Setting<T>) -> Option<T> {
        let doc = setting.doc;
        let found = self.look(&doc);
        let value = (setting.parse)(found.text.trim());
        let shown = if doc.secret && !found.text.is_empty() {
            "(hidden)".to_owned()
        } else {
            format!("{:?}", found.text)
        };
        self.found
            .push(format!("{} = {shown} ({})", doc.key, found.origin));
        match value {
            Ok(value) => Some(value),
            Err(expected) => {
                self.faults.push(Fault::Value {
                    key: doc.key,
                    text: (!doc.secret).then_some(found.text),
                    origin: found.origin,
                    expected,
                });
                (setting.parse)(doc.default).ok()
            }
        }
    }
}

#[cfg(test)]
mod tests;
