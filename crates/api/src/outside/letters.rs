//! What mails say, in both languages.

use contract::auth::Locale;
use serde::{Deserialize, Serialize};

/// A mail to be written when it is sent. It waits in the outbox as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub name: String,
    pub locale: Locale,
    pub says: Says,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// You are invited; the link holds for 72 hours.
    Invitation { company: String, link: String },
    /// Set a new password; the link holds for an hour.
    PasswordReset { link: String },
    /// A refresh token was used twice: all sign-ins of that device were ended.
    TokenReused,
}

impl Letter {
    /// Subject and text.
    #[must_use]
    pub fn write(&self) -> (String, String) {
        let name = &self.name;
        match (&self.says, self.locale) {
            (Says::Invitation { company, link }, Locale::Ko) => (
                format!("{company}에서 나루로 초대했어요"),
                format!(
                    "{name} 님, 안녕하세요.\n\n{company}에서 나루로 초대했어요. 아래 링크에서 비밀번호를 만들면 바로 시작할 수 있어요.\n\n{link}\n\n링크는 72시간 동안 쓸 수 있어요. 시간이 지났다면 관리자에게 초대를 다시 보내 달라고 해 주세요.\n\n나루\n"
                ),
            ),
            (Says::Invitation { company, link }, Locale::En) => (
                format!("{company} invites you to Naru"),
                format!(
                    "Hello {name},\n\n{company} invites you to Naru. Set your password here and you can begin:\n\n{link}\n\nThe link works for 72 hours. After that, ask your admin to send the invitation again.\n\nNaru\n"
                ),
            ),
            (Says::PasswordReset { link }, Locale::Ko) => (
                "비밀번호를 새로 만들어 주세요".to_owned(),
                format!(
                    "{name} 님,\n\n아래 링크에서 비밀번호를 새로 만들 수 있어요.\n\n{link}\n\n링크는 한 시간 동안 한 번만 쓸 수 있어요. 요청한 적이 없다면 이 메일은 지워도 괜찮아요.\n\n나루\n"
                ),
            ),
            (Says::PasswordReset { link }, Locale::En) => (
                "Set a new password".to_owned(),
                format!(
                    "Hello {name},\n\nyou can set a new password here:\n\n{link}\n\nThe link works once, for one hour. If you didn't ask for it, ignore this mail.\n\nNaru\n"
                ),
            ),
            (Says::TokenReused, Locale::Ko) => (
                "로그인 하나를 끝냈어요".to_owned(),
                format!(
                    "{name} 님,\n\n이미 쓴 로그인 토큰이 다시 쓰여서, 안전을 위해 그 기기의 로그인을 끝냈어요. 다시 로그인해 주세요. 낯선 일이라면 비밀번호를 바꾸고 관리자에게 알려 주세요.\n\n나루\n"
                ),
            ),
            (Says::TokenReused, Locale::En) => (
                "One of your sign-ins was ended".to_owned(),
                format!(
                    "Hello {name},\n\na sign-in token that had been used before was used again, so we ended the sign-in of that device. Please sign in again. If this surprises you, change your password and tell your admin.\n\nNaru\n"
                ),
            ),
        }
    }
}
