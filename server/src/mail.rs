//! Mail over SMTP.

use std::time::Duration;

use domain::text::clean_line;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{Error, response::Severity},
};
use services::mail::{MailFault, Mailer, Outgoing};
use store::BoxFuture;

use crate::{cli::Failure, config::MailConfig};

/// A mail server. Each mail has a connection of its own: lettre's pool (0.11.23) takes one back that was given up in the
/// middle of a command, and the next mail waits for an answer to that.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    patience: Duration,
}

impl Smtp {
    /// Nothing is connected yet: a server that is down at the start only delays the mail.
    pub fn open(config: &MailConfig) -> Result<Self, Failure> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.secret())
            .map_err(|_| "mail.smtp_url cannot be used")?;
        Ok(Self {
            transport: builder.timeout(Some(config.timeout)).build(),
            from: config.from.clone(),
            patience: config.timeout,
        })
    }

    fn message(&self, mail: &Outgoing) -> Result<Message, MailFault> {
        let unfit = |why: String| MailFault::Refused(why);
        let to = mail
            .to
            .parse::<Address>()
            .map_err(|error| unfit(format!("{} is no address: {error}", mail.to)))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(clean_line(&mail.subject))
            // The same from try to try: who gets the mail twice can tell.
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            // No out-of-office notes, please (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                mail.html.clone(),
            ))
            .map_err(|error| unfit(error.to_string()))
    }
}

impl Mailer for Smtp {
    fn send<'m>(&'m self, mail: &'m Outgoing) -> BoxFuture<'m, Result<(), MailFault>> {
        Box::pin(async move {
            let message = self.message(mail)?;
            let sent = self.transport.send(message).await;
            sent.map(drop).map_err(|error| fault(&error, mail))
        })
    }

    fn patience(&self) -> Duration {
        self.patience
    }
}

/// A refusal of the mail itself stays one. A refused sign-in is a fault of ours or of the server's, which somebody mends.
/// An address beyond ASCII that the server does not take is not even tried, and the same every time.
fn fault(error: &Error, mail: &Outgoing) -> MailFault {
    let text = whole(error);
    let of_the_sign_in = error.status().is_some_and(|code| {
        code.severity == Severity::PermanentNegativeCompletion
            && matches!(u16::from(code), 530 | 534 | 535 | 538)
    });
    let of_the_address = error.is_client() && !mail.to.is_ascii();
    if (error.is_permanent() && !of_the_sign_in) || of_the_address {
        MailFault::Refused(text)
    } else {
        MailFault::Failed(text)
    }
}

/// The error and what it came from: "Connection error: connection refused".
fn whole(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
