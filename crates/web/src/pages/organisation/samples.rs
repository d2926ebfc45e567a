//! People and departments for the tests of these pages: full, searched, of one department, empty.

use super::{Find, Organisation};
use chrono::NaiveDate;
use contract::{
    CompanyId, DepartmentId, Page, UserId,
    auth::Locale,
    departments::Department,
    policy::{Role, Roles},
    users::{User, UserStatus},
};

pub fn departments() -> Vec<Department> {
    let department = |id: i64, parent: Option<i64>, name: &str, people: i64| Department {
        department_id: DepartmentId(id),
        company_id: CompanyId("220-81-62517".into()),
        parent_id: parent.map(DepartmentId),
        name: name.into(),
        description: String::new(),
        is_active: true,
        people,
    };
    vec![
        department(1, None, "로봇기술본부", 2),
        department(3, Some(1), "로봇제어팀", 14),
        department(2, Some(1), "플랫폼개발팀", 14),
        department(4, None, "경영지원실", 5),
    ]
}

pub fn user(id: i64, status: UserStatus) -> User {
    User {
        user_id: UserId(id),
        company_id: Some(CompanyId("220-81-62517".into())),
        company_name: Some("윤슬로보틱스".into()),
        department_id: Some(DepartmentId(2)),
        department_name: Some("플랫폼개발팀".into()),
        employee_number: Some(format!("R-{id:04}")),
        email: "jiwoo.han@yunseul.example".into(),
        family_name: "한".into(),
        given_name: "지우".into(),
        name: "한지우".into(),
        roles: Roles::of([Role::Mentor, Role::Admin]),
        position: Some("책임".into()),
        job_title: Some("SRE".into()),
        tags: vec!["리눅스".into()],
        hired_on: NaiveDate::from_ymd_opt(2026, 8, 3),
        manager_id: (id == 3).then_some(UserId(7)),
        manager_name: (id == 3).then(|| "박서연".into()),
        status,
        locale: Locale::Ko,
        last_login_at: (status == UserStatus::Active).then(chrono::DateTime::default),
        created_at: chrono::DateTime::default(),
    }
}

pub(super) fn organisations() -> Vec<Organisation> {
    let all = departments();
    let company = || ("윤슬로보틱스".to_owned(), 84);
    let bare = User {
        department_id: None,
        department_name: None,
        employee_number: None,
        position: None,
        job_title: None,
        hired_on: None,
        ..user(4, UserStatus::Active)
    };
    let people =
        vec![user(1, UserStatus::Active), user(2, UserStatus::Invited), user(3, UserStatus::Suspended), bare];
    let more = Page { items: people.clone(), next: Some("c".into()), total: None };
    let searched = Find { q: "ㅎㅈ".into(), cursor: Some("b".into()), ..Find::default() };
    let in_department = Find { department: Some(DepartmentId(2)), ..Find::default() };
    vec![
        Organisation::of(Find::default(), &all, more, company()),
        Organisation::of(searched.clone(), &all, Page::whole(people), company()),
        Organisation::of(Find { cursor: None, ..searched }, &all, Page::whole(Vec::new()), company()),
        Organisation::of(in_department, &all, Page::whole(Vec::new()), company()),
        Organisation::of(Find::default(), &[], Page::whole(Vec::new()), ("윤슬로보틱스".to_owned(), 0)),
    ]
}
