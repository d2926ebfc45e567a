//! A person and a frame for tests of pages.

use super::*;
use crate::engine::Setting;
use contract::{CompanyId, DepartmentId, SessionId, UserId, auth::Locale, policy::Roles};

/// Thursday 27 August 2026, half past twelve in Seoul.
pub fn setting() -> Setting {
    Setting { now: "2026-08-27T03:30:00Z".parse().unwrap(), zone: chrono_tz::Asia::Seoul }
}

/// Somebody with every role.
pub fn me(locale: Locale) -> Me {
    let english = locale == Locale::En;
    let pick = |ko: &str, en: &str| if english { en.to_owned() } else { ko.to_owned() };
    Me {
        user_id: UserId(11),
        session_id: SessionId(1),
        company_id: Some(CompanyId("220-81-62517".into())),
        company_name: Some(pick("윤슬로보틱스", "Yunseul Robotics")),
        department_id: Some(DepartmentId(2)),
        department_name: Some(pick("플랫폼개발팀", "Platform")),
        email: "jiwoo.han@yunseul.example".into(),
        family_name: pick("한", "Han"),
        given_name: pick("지우", "Jiwoo"),
        name: pick("한지우", "Jiwoo Han"),
        position: None,
        roles: Roles::of(Role::ALL.iter().copied()),
        locale,
        theme: Theme::Dark,
        time_zone: "Asia/Seoul".into(),
    }
}

pub fn shell<P: Page>(page: &P, voice: &Voice, me: &Me) -> Shell {
    let paths = Role::ALL.iter().flat_map(|role| items(*role)).map(|(href, ..)| *href);
    let mut paths: BTreeSet<_> = paths.collect();
    paths.extend(["/search", "/notifications"]);
    let toast = ShownToast { text: "<저장>".into(), undo: Some("/undo".into()) };
    Shell { toast: Some(toast), ..around(page, me, voice, "token", &paths) }
}

#[test]
fn every_role_has_its_pages_and_nobody_a_dead_link() {
    let voice = Voice::read(Locale::Ko);
    let with = |roles: &[Role], paths: &[&'static str]| {
        let me = Me { roles: Roles::of(roles.iter().copied()), ..me(Locale::Ko) };
        nav(&me, &voice, &paths.iter().copied().collect())
    };
    let labels = |sections: &[Section]| -> Vec<String> {
        sections.iter().flat_map(|section| &section.items).map(|item| item.label.clone()).collect()
    };
    let all = [
        "/",
        "/board",
        "/plan",
        "/review",
        "/mentees",
        "/curricula",
        "/organisation",
        "/mentorships",
        "/settings",
    ];
    assert_eq!(labels(&with(&[Role::Mentee], &all)), ["대시보드", "보드", "계획"]);
    assert_eq!(labels(&with(&[Role::Mentee], &["/"])), ["대시보드"]);
    let both = with(&[Role::Mentor, Role::Admin], &all);
    assert_eq!(labels(&both), ["대시보드", "검토", "멘티", "커리큘럼", "조직", "멘토링", "설정"]);
    assert_eq!(both[1].heading.as_deref(), Some("관리자"));
    assert!(with(&[Role::Operator], &all).is_empty());
}

#[test]
fn a_face_is_the_given_name_or_initials() {
    assert_eq!(
        (face("한지우"), face("Jiwoo Han"), face("선우 은")),
        ("지우".into(), "JH".into(), "우은".into())
    );
}
