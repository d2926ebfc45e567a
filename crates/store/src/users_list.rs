//! Lists of people: filtered, searched, in eight orders, each by its own keyset.
//!
//! Each order has texts with and without a cursor, so that the server can walk the order's index from where the
//! page begins. Rows are chosen first and joined then: skipping costs index entries only.

use crate::{Result, Within, bulk::Worded, users::people};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use contract::{
    DepartmentId, UserId,
    policy::{Role, Roles},
    users::{User, UserSort, UserStatus},
};
use serde::{Deserialize, Serialize};

/// Which people.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// A pattern for `LIKE` on what they are found by.
    pub search: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub subtree: bool,
    pub role: Option<Role>,
    pub status: Option<UserStatus>,
    pub unmentored: bool,
    pub limit: i64,
    pub skip: i64,
}

/// Where a page ended, in the order it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleKey {
    Text(String, UserId),
    Day(Option<NaiveDate>, UserId),
    Instant(Option<DateTime<Utc>>, UserId),
}

impl PeopleKey {
    /// The key of a person in an order.
    #[must_use]
    pub fn of(user: &User, sort: UserSort) -> Self {
        match sort {
            UserSort::Name | UserSort::NameDown => Self::Text(user.name.clone(), user.user_id),
            UserSort::EmployeeNumber | UserSort::EmployeeNumberDown => {
                Self::Text(user.employee_number.clone().unwrap_or_default(), user.user_id)
            }
            UserSort::HiredOn | UserSort::HiredOnDown => Self::Day(user.hired_on, user.user_id),
            UserSort::LastLogin | UserSort::LastLoginDown => Self::Instant(user.last_login_at, user.user_id),
        }
    }

    /// Whether it can be a key of this order.
    #[must_use]
    pub const fn fits(&self, sort: UserSort) -> bool {
        matches!(
            (self, sort),
            (
                Self::Text(..),
                UserSort::Name | UserSort::NameDown | UserSort::EmployeeNumber | UserSort::EmployeeNumberDown
            ) | (Self::Day(..), UserSort::HiredOn | UserSort::HiredOnDown)
                | (Self::Instant(..), UserSort::LastLogin | UserSort::LastLoginDown)
        )
    }
}

/// `$1` company, `$2` limit, `$3` skip, then what `$which` needs. PostgreSQL can't tell how few rows a bound limit leaves:
/// it gets them first, and what belongs to them after. SQLite would only keep them twice, unless there are rows to skip.
macro_rules! list {
    ($key:literal, $way:literal, $($which:expr),*) => {
        Worded {
            postgres: people!(
                concat!(
                    "(SELECT u.* FROM users u WHERE u.company_id = $1",
                    $($which,)*
                    " ORDER BY ", $key, $way, ", u.user_id", $way, " LIMIT $2 OFFSET $3)"
                ),
                concat!("ORDER BY ", $key, $way, ", u.user_id", $way)
            ),
            sqlite: people!(
                "users",
                concat!(
                    "WHERE u.company_id = $1",
                    $($which,)*
                    " ORDER BY ", $key, $way, ", u.user_id", $way, " LIMIT $2 OFFSET $3"
                )
            ),
        }
    };
}

/// `$4` the person it is limited to, `$5`–`$10` the filter: each null when nothing is asked.
macro_rules! filters {
    () => {
        " AND ($4 IS NULL OR u.user_id = $4)
          AND ($5 IS NULL OR u.search_key LIKE $5 ESCAPE '\\')
          AND ($6 IS NULL OR u.department_id = $6
               OR ($7 AND u.department_id IN (
                   WITH RECURSIVE below AS (
                       SELECT b.department_id FROM departments b WHERE b.company_id = $1 AND b.parent_id = $6
                       UNION
                       SELECT b.department_id FROM departments b JOIN below ON b.parent_id = below.department_id
                   ) SELECT department_id FROM below)))
          AND ($8 IS NULL OR (u.roles & $8) <> 0)
          AND ($9 IS NULL OR u.status = $9)
          AND (NOT $10 OR NOT EXISTS (SELECT 1 FROM mentorships m
                                      WHERE m.mentee_id = u.user_id AND m.status IN ('active', 'paused')))"
    };
}

/// The texts of an order: everybody's first page and those after a cursor, and the same of some people.
struct Texts {
    all: [Worded; 2],
    some: [Worded; 2],
}

macro_rules! order {
    ($key:literal, $way:literal, $beyond:literal) => {
        Texts {
            all: [
                list!($key, $way,),
                list!($key, $way, concat!(" AND (", $key, ", u.user_id)", $beyond, "($4, $5)")),
            ],
            some: [
                list!($key, $way, filters!()),
                list!($key, $way, filters!(), concat!(" AND (", $key, ", u.user_id)", $beyond, "($11, $12)")),
            ],
        }
    };
}

const fn texts(sort: UserSort) -> Texts {
    match sort {
        UserSort::Name => order!("u.name", "", " > "),
        UserSort::NameDown => order!("u.name", " DESC", " < "),
        UserSort::EmployeeNumber => order!("coalesce(u.employee_number, '')", "", " > "),
        UserSort::EmployeeNumberDown => order!("coalesce(u.employee_number, '')", " DESC", " < "),
        UserSort::HiredOn => order!("coalesce(u.hired_on, '0001-01-01')", "", " > "),
        UserSort::HiredOnDown => order!("coalesce(u.hired_on, '0001-01-01')", " DESC", " < "),
        UserSort::LastLogin => order!("coalesce(u.last_login_at, '0001-01-01T00:00:00+00:00')", "", " > "),
        UserSort::LastLoginDown => {
            order!("coalesce(u.last_login_at, '0001-01-01T00:00:00+00:00')", " DESC", " < ")
        }
    }
}

/// What stands for "never" in the order: before every day.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()
}

impl Within {
    /// People within reach, after `after` when it is a key of this order.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn users(
        &mut self,
        filter: PeopleFilter,
        sort: UserSort,
        after: Option<PeopleKey>,
    ) -> Result<Vec<User>> {
        let texts = texts(sort);
        let after = after.filter(|key| key.fits(sort));
        let person = self.reach().person();
        let page = usize::from(after.is_some());
        let is_all = person.is_none()
            && filter.search.is_none()
            && filter.department_id.is_none()
            && filter.role.is_none()
            && filter.status.is_none()
            && !filter.unmentored;
        // Everybody is listed by one plan for all companies; with a filter the server must see what it is: it takes
        // `IS NULL OR` for a narrow one and sorts the company.
        let text = if is_all { texts.all[page] } else { texts.some[page] };
        let text = if filter.skip > 0 { Worded { sqlite: text.postgres, ..text } } else { text };
        let query = self.by_engine(text).bind(filter.limit).bind(filter.skip);
        let query = if is_all {
            query
        } else {
            query
                .planned_anew()
                .bind(person)
                .bind(filter.search)
                .bind(filter.department_id)
                .bind(filter.subtree)
                .bind(filter.role.map(|role| Roles::of([role])))
                .bind(filter.status)
                .bind(filter.unmentored)
        };
        let query = match after {
            None => query,
            Some(PeopleKey::Text(text, user_id)) => query.bind(text).bind(user_id),
            Some(PeopleKey::Day(day, user_id)) => query.bind(day.unwrap_or_else(first_day)).bind(user_id),
            Some(PeopleKey::Instant(instant, user_id)) => query
                .bind(instant.unwrap_or_else(|| first_day().and_time(NaiveTime::MIN).and_utc()))
                .bind(user_id),
        };
        query.all().await
    }
}
