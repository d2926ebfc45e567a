//! Mail: to an SMTP server, or, when none is configured, to a folder of `.eml` files.

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, SinglePart, header::ContentType},
};
use std::{path::PathBuf, time::Duration};

#[derive(Debug, Clone)]
pub struct MailConfig {
    /// Who mails come from: `나루 <naru@company.example>`.
    pub from: String,
    /// `smtp://user:password@host:587?tls=required`; none = the folder.
    pub smtp_url: Option<String>,
    pub folder: PathBuf,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

pub struct Mailer {
    transport: Transport,
    from: Mailbox,
}

/// An invitation for calendars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart {
    /// `REQUEST` or `CANCEL`.
    pub method: &'static str,
    pub text: String,
}

/// Why a mail was not sent.
#[derive(Debug)]
pub struct Undelivered {
    pub reason: String,
    /// The server said that trying again is of no use.
    pub is_permanent: bool,
}

impl Mailer {
    /// # Errors
    /// When the configuration can't be used; the text says which part.
    pub fn new(config: &MailConfig) -> Result<Self, String> {
        let from = config.from.parse().map_err(|error| format!("mail.from: {error}"))?;
        let transport = match &config.smtp_url {
            Some(url) => Transport::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|_| "mail.smtp_url can't be understood".to_owned())?
                    .timeout(Some(Duration::from_secs(30)))
                    .build(),
            ),
            None => {
                std::fs::create_dir_all(&config.folder)
                    .map_err(|error| format!("mail folder {}: {error}", config.folder.display()))?;
                Transport::Folder(AsyncFileTransport::new(&config.folder))
            }
        };
        Ok(Self { transport, from })
    }

    /// Sends one mail. The address and names are parsed, never pasted: no header can be smuggled in.
    ///
    /// # Errors
    /// [`Undelivered`]
    pub async fn send(
        &self,
        to: &str,
        name: &str,
        subject: &str,
        text: &str,
        calendar: Option<&CalendarPart>,
    ) -> Result<(), Undelivered> {
        let permanent = |reason: String| Undelivered { reason, is_permanent: true };
        let address = to.parse().map_err(|error| permanent(format!("the address: {error}")))?;
        let clean: String = name.chars().filter(|character| !character.is_control()).collect();
        let mail = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(clean), address))
            .subject(subject.replace(['\r', '\n'], " "));
        let mail = match calendar {
            None => mail.header(ContentType::TEXT_PLAIN).body(text.to_owned()),
            // Mail programs offer to accept what comes as an alternative to the text (RFC 6047).
            Some(part) => {
                let kind = format!("text/calendar; charset=utf-8; method={}", part.method);
                let kind = ContentType::parse(&kind).map_err(|error| permanent(error.to_string()))?;
                mail.multipart(
                    MultiPart::alternative()
                        .singlepart(SinglePart::plain(text.to_owned()))
                        .singlepart(SinglePart::builder().header(kind).body(part.text.clone())),
                )
            }
        };
        let mail = mail.map_err(|error| permanent(error.to_string()))?;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(mail).await.map(drop).map_err(|error| Undelivered {
                is_permanent: error.is_permanent(),
                reason: error.to_string(),
            }),
            Transport::Folder(folder) => folder
                .send(mail)
                .await
                .map(drop)
                .map_err(|error| Undelivered { is_permanent: false, reason: error.to_string() }),
        }
    }
}
