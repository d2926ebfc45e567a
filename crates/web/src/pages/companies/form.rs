//! What a new company is made of, for the wizard and for the operator's list.

use crate::{Signed, form::blank};
use contract::{
    CompanyId,
    auth::Locale,
    companies::{FirstAdmin, NewCompany},
};
use serde::{Deserialize, Serialize};

/// The names are the API's paths, so that its errors stand at their fields.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    pub company_id: String,
    pub name: String,
    #[serde(deserialize_with = "blank")]
    pub locale: Option<Locale>,
    pub time_zone: String,
    #[serde(rename = "admin.email")]
    pub admin_email: String,
    #[serde(rename = "admin.family_name")]
    pub admin_family_name: String,
    #[serde(rename = "admin.given_name")]
    pub admin_given_name: String,
}

impl CompanyForm {
    pub fn fresh(signed: &Signed) -> Self {
        Self { locale: Some(signed.locale), time_zone: "Asia/Seoul".to_owned(), ..Self::default() }
    }

    pub fn company(&self) -> NewCompany {
        NewCompany {
            company_id: registration_number(&self.company_id),
            name: self.name.trim().to_owned(),
            locale: self.locale,
            time_zone: Some(self.time_zone.clone()).filter(|zone| !zone.is_empty()),
            admin: FirstAdmin {
                email: self.admin_email.trim().to_owned(),
                family_name: self.admin_family_name.trim().to_owned(),
                given_name: self.admin_given_name.trim().to_owned(),
            },
        }
    }
}

/// People type it with and without its hyphens.
fn registration_number(typed: &str) -> CompanyId {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_plain = typed.chars().all(|c| c.is_ascii_digit() || c == '-' || c.is_whitespace());
    if is_plain && digits.len() == 10 {
        return CompanyId(format!("{}-{}-{}", &digits[..3], &digits[3..5], &digits[5..]));
    }
    CompanyId(typed.trim().to_owned())
}

/// One choice of a select.
#[derive(Debug, Clone, Serialize)]
pub struct Zone {
    pub value: String,
    pub label: String,
}

/// The time zones that are offered, and the one that is set.
pub fn zones(set: &str) -> Vec<Zone> {
    let known = [
        "Asia/Seoul",
        "Asia/Tokyo",
        "Asia/Shanghai",
        "Asia/Ho_Chi_Minh",
        "Asia/Jakarta",
        "Asia/Singapore",
        "Asia/Kolkata",
        "Asia/Dubai",
        "Europe/London",
        "Europe/Berlin",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "America/Sao_Paulo",
        "Australia/Sydney",
        "UTC",
    ];
    let other = Some(set).filter(|set| !set.is_empty() && !known.contains(set));
    let zone = |name: &str| Zone { value: name.to_owned(), label: name.replace('_', " ") };
    known.into_iter().chain(other).map(zone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_number_may_be_typed_with_or_without_hyphens() {
        for typed in ["2208162517", "220-81-62517", " 220 81 62517 "] {
            assert_eq!(registration_number(typed).0, "220-81-62517");
        }
        for (typed, kept) in [("220-81", "220-81"), ("abc2208162517", "abc2208162517"), ("", "")] {
            assert_eq!(registration_number(typed).0, kept);
        }
    }

    #[test]
    fn the_zone_that_is_set_is_always_offered() {
        assert!(zones("Asia/Ulaanbaatar").iter().any(|zone| zone.value == "Asia/Ulaanbaatar"));
        assert_eq!(zones("UTC").len(), zones("").len());
    }
}
