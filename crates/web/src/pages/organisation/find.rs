//! What the list of people is asked for, as it stands in the URL.
//!
//! Lists only go forward; `trail` holds the cursors passed on the way, so that a page knows the one before it.

use contract::{
    DepartmentId,
    policy::Role,
    users::{UserFilter, UserSort, UserStatus},
};
use serde::{Deserialize, Serialize};

/// The longest search the API takes.
const LONGEST: usize = 100;
/// Pages one can go back; before them lies the first.
const LONGEST_TRAIL: usize = 20;
/// The first page's place in the trail: it has no cursor.
const FIRST: &str = "-";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Find {
    pub q: String,
    pub department: Option<DepartmentId>,
    pub role: Option<Role>,
    pub status: Option<UserStatus>,
    pub sort: Option<UserSort>,
    pub cursor: Option<String>,
    pub trail: String,
}

impl Find {
    pub fn filter(&self) -> UserFilter {
        let search: String = self.q.trim().chars().take(LONGEST).collect();
        UserFilter {
            search: Some(search).filter(|search| !search.is_empty()),
            department_id: self.department,
            subtree: self.department.map(|_| true),
            role: self.role,
            status: self.status,
            sort: self.sort,
            cursor: self.cursor.clone(),
            ..UserFilter::default()
        }
    }

    /// Whether anything but a department narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.q.trim().is_empty() || self.role.is_some() || self.status.is_some()
    }

    pub fn url(&self) -> String {
        let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
        let pairs = [
            ("q", self.q.clone()),
            ("department", self.department.map(|id| id.to_string()).unwrap_or_default()),
            ("role", word(self.role.map(Role::as_str))),
            ("status", word(self.status.map(UserStatus::as_str))),
            ("sort", word(self.sort.map(UserSort::as_str))),
            ("cursor", self.cursor.clone().unwrap_or_default()),
            ("trail", self.trail.clone()),
        ];
        let said: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_html_form::to_string(&said) {
            Ok(query) if !query.is_empty() => format!("/organisation?{query}"),
            _ => "/organisation".to_owned(),
        }
    }

    /// The same from its first page.
    pub fn from_start(&self) -> Self {
        Self { cursor: None, trail: String::new(), ..self.clone() }
    }

    /// Everybody of the same department.
    pub fn cleared(&self) -> Self {
        Self { department: self.department, sort: self.sort, ..Self::default() }
    }

    pub fn of_department(&self, department: Option<DepartmentId>) -> Self {
        Self { department, q: String::new(), ..self.from_start() }
    }

    pub fn next(&self, cursor: String) -> Self {
        let mut trail: Vec<&str> = self.trail.split('.').filter(|step| !step.is_empty()).collect();
        trail.push(self.cursor.as_deref().unwrap_or(FIRST));
        let trail = trail[trail.len().saturating_sub(LONGEST_TRAIL)..].join(".");
        Self { cursor: Some(cursor), trail, ..self.clone() }
    }

    /// `None` on the first page.
    pub fn previous(&self) -> Option<Self> {
        self.cursor.as_ref()?;
        let (trail, last) = self.trail.rsplit_once('.').unwrap_or(("", &self.trail));
        let cursor = Some(last).filter(|last| !last.is_empty() && *last != FIRST).map(str::to_owned);
        Some(Self { cursor, trail: trail.to_owned(), ..self.clone() })
    }

    /// A column's head: how it is sorted now, and where a click leads.
    pub fn head(&self, up: UserSort, down: UserSort) -> Head {
        let now = self.sort.unwrap_or(UserSort::Name);
        let sorted = if now == up {
            "ascending"
        } else if now == down {
            "descending"
        } else {
            ""
        };
        let turned = if now == up { down } else { up };
        Head { sorted, href: Self { sort: Some(turned), ..self.from_start() }.url() }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// `aria-sort`, or "".
    pub sorted: &'static str,
    pub href: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_forward_and_back_to_the_first() {
        let first = Find { q: "ㅎㅈ".into(), ..Find::default() };
        assert!(first.previous().is_none());
        let third = first.next("b".into()).next("c".into());
        assert_eq!((third.cursor.as_deref(), third.trail.as_str()), (Some("c"), "-.b"));
        let second = third.previous().unwrap();
        assert_eq!((second.cursor.as_deref(), second.trail.as_str()), (Some("b"), "-"));
        assert_eq!(second.previous().unwrap().url(), first.url());
    }

    #[test]
    fn a_long_way_back_ends_at_the_first_page() {
        let mut find = Find::default();
        for step in 0..40 {
            find = find.next(format!("c{step}"));
        }
        let mut back = 0;
        while let Some(before) = find.previous() {
            (find, back) = (before, back + 1);
        }
        assert_eq!((back, find.url().as_str()), (LONGEST_TRAIL + 1, "/organisation"));
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let find = Find::default();
        let name = find.head(UserSort::Name, UserSort::NameDown);
        assert_eq!((name.sorted, name.href.as_str()), ("ascending", "/organisation?sort=-name"));
        let hired = find.head(UserSort::HiredOn, UserSort::HiredOnDown);
        assert_eq!((hired.sorted, hired.href.as_str()), ("", "/organisation?sort=hired_on"));
    }
}
