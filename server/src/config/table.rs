//! The one table of settings: flags, environment, file, template and documentation are made from it.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use domain::webhooks::Network;
use store::DbUrl;

use super::{
    setting::{Doc, Setting},
    value::{self, LogFormat, MailSender, PublicUrl, SmtpUrl},
};

pub const LISTEN: Setting<SocketAddr> = Setting {
    doc: Doc {
        key: "server.listen",
        flag: "listen",
        env: &["DEALBOARD_LISTEN"],
        default: "127.0.0.1:3000",
        placeholder: "ADDRESS:PORT",
        help: "Where to listen. Only this machine reaches the default; put a reverse proxy with TLS before\n\
               anything that others reach.",
        secret: false,
    },
    parse: value::address,
};

pub const PUBLIC_URL: Setting<Option<PublicUrl>> = Setting {
    doc: Doc {
        key: "server.public_url",
        flag: "public-url",
        env: &["DEALBOARD_PUBLIC_URL"],
        default: "",
        placeholder: "URL",
        help: "The address at which people reach Dealboard, without a path: it begins the links that are printed,\n\
               and https turns on Strict-Transport-Security. Not set: http and the listening address.",
        secret: false,
    },
    parse: value::public_url,
};

pub const TRUSTED_PROXIES: Setting<Vec<IpAddr>> = Setting {
    doc: Doc {
        key: "server.trusted_proxies",
        flag: "trusted-proxies",
        env: &["DEALBOARD_TRUSTED_PROXIES"],
        default: "",
        placeholder: "IP,...",
        help: "Reverse proxies whose X-Forwarded-For is believed. From any other peer the header is ignored,\n\
               because anyone can send one.",
        secret: false,
    },
    parse: value::addresses,
};

pub const MAX_BODY: Setting<usize> = Setting {
    doc: Doc {
        key: "server.max_body",
        flag: "max-body",
        env: &["DEALBOARD_MAX_BODY"],
        default: "2 MiB",
        placeholder: "SIZE",
        help: "The largest request body, uploads apart. A form of 200 long answers is under 1 MiB.",
        secret: false,
    },
    parse: value::size,
};

pub const MAX_UPLOAD: Setting<usize> = Setting {
    doc: Doc {
        key: "server.max_upload",
        flag: "max-upload",
        env: &["DEALBOARD_MAX_UPLOAD"],
        default: "25 MiB",
        placeholder: "SIZE",
        help: "The largest file, whatever a form's field would allow.",
        secret: false,
    },
    parse: value::size,
};

pub const API_PACE: Setting<u32> = Setting {
    doc: Doc {
        key: "server.api_pace",
        flag: "api-pace",
        env: &["DEALBOARD_API_PACE"],
        default: "600",
        placeholder: "NUMBER",
        help: "Requests a minute that each API key may send; a sixth of them at once. Counted by each process.",
        secret: false,
    },
    parse: value::pace,
};

pub const HEADER_TIMEOUT: Setting<Duration> = Setting {
    doc: Doc {
        key: "server.header_timeout",
        flag: "header-timeout",
        env: &["DEALBOARD_HEADER_TIMEOUT"],
        default: "10 s",
        placeholder: "DURATION",
        help: "How long a client may take to send a request's head; then the connection is closed.",
        secret: false,
    },
    parse: value::duration,
};

pub const GRACE: Setting<Duration> = Setting {
    doc: Doc {
        key: "server.grace",
        flag: "grace",
        env: &["DEALBOARD_GRACE"],
        default: "8 s",
        placeholder: "DURATION",
        help: "How long requests that still run may take once the server is told to stop. It ends at most a second\n\
               later: keep both under the time after which your service manager kills, often 10 s.",
        secret: false,
    },
    parse: value::duration,
};

pub const SITE: Setting<Option<PathBuf>> = Setting {
    doc: Doc {
        key: "server.site",
        flag: "site",
        env: &["DEALBOARD_SITE"],
        default: "",
        placeholder: "FOLDER",
        help: "Serve the built site from this folder instead of the copy inside the program (development).",
        secret: false,
    },
    parse: value::folder,
};

pub const DATA: Setting<PathBuf> = Setting {
    doc: Doc {
        key: "data.folder",
        flag: "data",
        env: &["DEALBOARD_DATA"],
        default: "data",
        placeholder: "FOLDER",
        help: "Holds the SQLite database and the uploaded files. Made if missing.",
        secret: false,
    },
    parse: value::required_folder,
};

pub const DATABASE_URL: Setting<Option<DbUrl>> = Setting {
    doc: Doc {
        key: "database.url",
        flag: "database-url",
        env: &["DEALBOARD_DATABASE_URL", "DATABASE_URL"],
        default: "",
        placeholder: "URL",
        help: "postgres://user:password@host/database, or sqlite:path. Not set: the file dealboard.db in the\n\
               data folder. Several processes may share one Postgres.",
        secret: true,
    },
    parse: value::database,
};

pub const CONNECTIONS: Setting<u32> = Setting {
    doc: Doc {
        key: "database.connections",
        flag: "database-connections",
        env: &["DEALBOARD_DATABASE_CONNECTIONS"],
        default: "16",
        placeholder: "NUMBER",
        help: "Postgres connections of this process, one of which listens for news of the others.",
        secret: false,
    },
    parse: value::connections,
};

pub const READERS: Setting<u32> = Setting {
    doc: Doc {
        key: "database.readers",
        flag: "database-readers",
        env: &["DEALBOARD_DATABASE_READERS"],
        default: "4",
        placeholder: "NUMBER",
        help: "SQLite connections that read; one more writes.",
        secret: false,
    },
    parse: value::readers,
};

pub const SMTP_URL: Setting<Option<SmtpUrl>> = Setting {
    doc: Doc {
        key: "mail.smtp_url",
        flag: "smtp-url",
        env: &["DEALBOARD_SMTP_URL"],
        default: "",
        placeholder: "URL",
        help: "The mail server: smtps://user:password@host for TLS from the start (port 465),\n\
               smtp://user:password@host?tls=required for STARTTLS (port 587), smtp://localhost for a relay on this\n\
               machine (port 25). Not set: mail is kept, shown in the company's outbox, and not sent.",
        secret: true,
    },
    parse: value::smtp,
};

pub const MAIL_FROM: Setting<Option<MailSender>> = Setting {
    doc: Doc {
        key: "mail.from",
        flag: "mail-from",
        env: &["DEALBOARD_MAIL_FROM"],
        default: "",
        placeholder: "ADDRESS",
        help: "From whom mail comes: Dealboard <deals@example.com>. Must be set where mail.smtp_url is; the mail\n\
               server must know the address.",
        secret: false,
    },
    parse: value::sender,
};

pub const MAIL_TIMEOUT: Setting<Duration> = Setting {
    doc: Doc {
        key: "mail.timeout",
        flag: "mail-timeout",
        env: &["DEALBOARD_MAIL_TIMEOUT"],
        default: "30 s",
        placeholder: "DURATION",
        help: "How long handing one mail to the mail server may take before it is tried again later.",
        secret: false,
    },
    parse: value::duration,
};

pub const WEBHOOK_NETWORKS: Setting<Vec<Network>> = Setting {
    doc: Doc {
        key: "webhooks.allow_private",
        flag: "webhooks-allow-private",
        env: &["DEALBOARD_WEBHOOKS_ALLOW_PRIVATE"],
        default: "",
        placeholder: "NETWORK,...",
        help: "Networks that webhooks may reach beside the internet, such as 10.1.0.0/16: also without TLS. Every admin\n\
               of a company can then call what listens there. Not set: no private, local or reserved address.",
        secret: false,
    },
    parse: value::networks,
};

pub const WEBHOOK_TIMEOUT: Setting<Duration> = Setting {
    doc: Doc {
        key: "webhooks.timeout",
        flag: "webhooks-timeout",
        env: &["DEALBOARD_WEBHOOKS_TIMEOUT"],
        default: "10 s",
        placeholder: "DURATION",
        help: "How long an endpoint may take to answer a webhook before it is tried again later.",
        secret: false,
    },
    parse: value::duration,
};

pub const LOG: Setting<String> = Setting {
    doc: Doc {
        key: "log.filter",
        flag: "log",
        env: &["DEALBOARD_LOG"],
        default: "info",
        placeholder: "FILTER",
        help: "error, warn, info, debug or trace; or one per module: info,sqlx=warn.",
        secret: false,
    },
    parse: value::filter,
};

pub const LOG_FORMAT: Setting<LogFormat> = Setting {
    doc: Doc {
        key: "log.format",
        flag: "log-format",
        env: &["DEALBOARD_LOG_FORMAT"],
        default: "pretty",
        placeholder: "FORMAT",
        help: "pretty for people, json for machines: one object per line on standard error.",
        secret: false,
    },
    parse: value::log_format,
};

/// Every setting, in the order of the template. Settings of one section stand together.
pub const ALL: &[Doc] = &[
    LISTEN.doc,
    PUBLIC_URL.doc,
    TRUSTED_PROXIES.doc,
    MAX_BODY.doc,
    MAX_UPLOAD.doc,
    API_PACE.doc,
    HEADER_TIMEOUT.doc,
    GRACE.doc,
    SITE.doc,
    DATA.doc,
    DATABASE_URL.doc,
    CONNECTIONS.doc,
    READERS.doc,
    SMTP_URL.doc,
    MAIL_FROM.doc,
    MAIL_TIMEOUT.doc,
    WEBHOOK_NETWORKS.doc,
    WEBHOOK_TIMEOUT.doc,
    LOG.doc,
    LOG_FORMAT.doc,
];
