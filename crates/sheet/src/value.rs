//! Reads the values of cells as people in Korea write them. A value that could mean two things is an error,
//! never a guess.

use chrono::NaiveDate;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// A cell that is not what its column holds; the words are for the log, the code for the person's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadValue {
    #[error("not a date like 2026-09-01")]
    Date,
    #[error("not o or x")]
    OxBool,
}

impl BadValue {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Date => "bad_date",
            Self::OxBool => "bad_ox",
        }
    }
}

/// `2026-09-01`, `2026.9.1`, `2026. 9. 1.`, `2026/09/01`, `20260901`, `2026년 9월 1일`; an empty cell is none.
/// The year has four digits and lies in 1900–2199, so that a slip of the finger is not taken for a date.
pub fn parse_date(text: &str) -> Result<Option<NaiveDate>, BadValue> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    date(&plain).map(Some).ok_or(BadValue::Date)
}

fn date(plain: &str) -> Option<NaiveDate> {
    let (year, month, day) = if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        (&plain[..4], &plain[4..6], &plain[6..])
    } else if let Some((year, rest)) = plain.split_once('년') {
        let (month, rest) = rest.split_once('월')?;
        (year, month, rest.strip_suffix('일')?)
    } else {
        let separator = ['-', '.', '/'].into_iter().find(|c| plain.contains(*c))?;
        let body = if separator == '.' { plain.strip_suffix('.').unwrap_or(plain) } else { plain };
        let mut parts = body.split(separator);
        let three = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        three
    };
    let number = |digits: &str, most: usize| -> Option<u32> {
        let plausible =
            !digits.is_empty() && digits.len() <= most && digits.bytes().all(|b| b.is_ascii_digit());
        plausible.then(|| digits.parse().ok()).flatten()
    };
    let year = number(year, 4).filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year as i32, number(month, 2)?, number(day, 2)?)
}

/// `o`/`x` in any of the ways they are typed (`ㅇ`, `○`, `×`), yes/no, y/n, true/false, 1/0, 예/아니오; an
/// empty cell is none.
pub fn parse_bool_ox(text: &str) -> Result<Option<bool>, BadValue> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match plain.as_str() {
        "" => Ok(None),
        // NFKC turns the ㅇ of the keyboard into the leading consonant U+110B.
        "o" | "\u{110b}" | "○" | "◯" | "yes" | "y" | "true" | "1" | "예" | "네" => Ok(Some(true)),
        "x" | "×" | "✕" | "no" | "n" | "false" | "0" | "아니오" | "아니요" => Ok(Some(false)),
        _ => Err(BadValue::OxBool),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 1);
        for text in [
            "2026-09-01",
            "2026-9-1",
            "2026.9.1",
            "2026. 9. 1.",
            "2026.09.01",
            "2026/09/01",
            "20260901",
            "2026년 9월 1일",
            "2026년9월1일",
            "２０２６-０９-０１",
            " 2026-09-01 ",
        ] {
            assert_eq!(parse_date(text), Ok(day), "{text}");
        }
        assert_eq!(parse_date("  "), Ok(None));
        assert_eq!(parse_date("2024-02-29"), Ok(NaiveDate::from_ymd_opt(2024, 2, 29)));
    }

    #[test]
    fn what_is_no_plain_date_is_an_error() {
        for text in [
            "26.9.1",
            "9/1/2026",
            "2026-02-29",
            "2026-13-01",
            "2026-9",
            "2026-9-1-1",
            "2026.9/1",
            "202691",
            "0026-09-01",
            "2026-+9-01",
            "2026년 9월",
            "내일",
            "2026--1",
            "1026-09-01",
            "46266",
            "2026-09-01..",
        ] {
            assert_eq!(parse_date(text), Err(BadValue::Date), "{text}");
        }
    }

    #[test]
    fn ox_in_every_spelling() {
        for text in ["o", "O", "ㅇ", "Ｏ", "○", "yes", "Y", "TRUE", "1", "예", " o "] {
            assert_eq!(parse_bool_ox(text), Ok(Some(true)), "{text}");
        }
        for text in ["x", "X", "×", "no", "N", "false", "0", "아니오", "아니요"] {
            assert_eq!(parse_bool_ox(text), Ok(Some(false)), "{text}");
        }
        assert_eq!(parse_bool_ox(" "), Ok(None));
        for text in ["ok", "2", "ox", "?"] {
            assert_eq!(parse_bool_ox(text), Err(BadValue::OxBool), "{text}");
        }
    }
}
