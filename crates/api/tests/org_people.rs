//! People as the API keeps them: found, added, changed, suspended, never without an admin.

use contract::{
    Code, DepartmentId, Page, UserId,
    auth::{Credentials, GetMe, Login},
    departments::{CreateDepartment, Department, DepartmentPatch, NewDepartment, UpdateDepartment},
    policy::{Role, Roles},
    users::{
        CreateUser, DeleteUser, GetUser, InviteUser, ListUsers, ManyUsersPatch, NewUser, UpdateUser,
        UpdateUsers, User, UserFilter, UserPatch, UserSort, UserStatus,
    },
};
use testkit::{Person, Stage, Team, bad_fields, on_both_engines, refused};

async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
}

fn person(email: &str, family_name: &str, given_name: &str) -> NewUser {
    NewUser {
        email: email.to_owned(),
        family_name: family_name.to_owned(),
        given_name: given_name.to_owned(),
        roles: Roles::of([Role::Mentee]),
        department_id: None,
        employee_number: None,
        position: None,
        job_title: None,
        tags: Vec::new(),
        hired_on: None,
        locale: None,
        invite: Some(false),
    }
}

async fn add(admin: &Person, user: NewUser) -> User {
    admin.call(CreateUser { user }).await.expect("a new person")
}

async fn department(admin: &Person, name: &str, parent_id: Option<DepartmentId>) -> Department {
    let department = NewDepartment { name: name.to_owned(), parent_id, description: String::new() };
    admin.call(CreateDepartment { department }).await.expect("a department")
}

async fn list(who: &Person, filter: UserFilter) -> Page<User> {
    who.call(ListUsers { filter }).await.expect("a list")
}

async fn found(who: &Person, search: &str) -> Vec<String> {
    let filter = UserFilter { search: Some(search.to_owned()), ..UserFilter::default() };
    list(who, filter).await.items.into_iter().map(|user| user.name).collect()
}

fn roles(roles: &[Role]) -> UserPatch {
    UserPatch { roles: Some(Roles::of(roles.iter().copied())), ..UserPatch::default() }
}

fn status(status: UserStatus) -> UserPatch {
    UserPatch { status: Some(status), ..UserPatch::default() }
}

async fn change(admin: &Person, user_id: UserId, patch: UserPatch) -> Result<User, client::CallError> {
    admin.call(UpdateUser { user_id, patch }).await
}

async fn admins(stage: &Stage, team: &Team, count: usize) -> Vec<Person> {
    let mut all = vec![team.admin.clone()];
    for number in 1..count {
        let email = format!("admin{number}@c{}.example", team.company_id.0.replace('-', ""));
        all.push(
            stage
                .person(Some(&team.company_id), None, ("정", "하나"), &email, Roles::of([Role::Admin]))
                .await,
        );
    }
    all
}

on_both_engines! {
    async fn a_person_is_found_by_name_in_either_order_initials_number_address_and_department(stage: Stage) {
        let (team, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let place = department(&team.admin, "피플팀", None).await;
        let mut user = person("Nayul.Kim@haneul.example", "김", "나율");
        user.employee_number = Some("H-0009".to_owned());
        user.position = Some("책임".to_owned());
        user.job_title = Some("백엔드 개발자".to_owned());
        user.department_id = Some(place.department_id);
        add(&team.admin, user).await;
        for search in ["김나율", "나율 김", "나율", "ㄱㄴㅇ", "ㄴㅇ", "h-0009", "nayul.kim@", "책임", "백엔드", "피플", "ＮＡＹＵＬ"] {
            assert_eq!(found(&team.mentor, search).await, ["김나율"], "{search}");
            assert!(found(&other.admin, search).await.is_empty(), "{search} in another company");
        }
        for search in ["%", "_", "김%율", "없는 사람", "\\"] {
            assert!(found(&team.admin, search).await.is_empty(), "{search}");
        }
        let patch = DepartmentPatch { name: Some("사람과문화팀".to_owned()), ..DepartmentPatch::default() };
        team.admin.call(UpdateDepartment { department_id: place.department_id, patch }).await.unwrap();
        assert_eq!(found(&team.admin, "사람과문화").await, ["김나율"], "under the department's new name");
        assert!(found(&team.admin, "피플").await.is_empty(), "and not under the old one");
    }

    async fn every_order_walks_through_everybody_once_and_backwards_the_same(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for number in 0..23_u32 {
            let mut user = person(&format!("p{number}@c.example"), "김", ["가온", "나율", "다온"][number as usize % 3]);
            user.employee_number = (number % 4 > 0).then(|| format!("N{:03}", number / 2 * 2 + number % 2));
            user.hired_on = (number % 5 > 0).then(|| format!("2026-01-{:02}", number % 7 + 1).parse().unwrap());
            add(&team.admin, user).await;
        }
        for pair in [
            [UserSort::Name, UserSort::NameDown],
            [UserSort::EmployeeNumber, UserSort::EmployeeNumberDown],
            [UserSort::HiredOn, UserSort::HiredOnDown],
            [UserSort::LastLogin, UserSort::LastLoginDown],
        ] {
            let mut walks: Vec<Vec<UserId>> = Vec::new();
            for sort in pair {
                let (mut walk, mut cursor) = (Vec::new(), None);
                loop {
                    let filter = UserFilter { sort: Some(sort), limit: Some(5), cursor, ..UserFilter::default() };
                    let page = list(&team.admin, filter).await;
                    walk.extend(page.items.iter().map(|user| user.user_id));
                    cursor = page.next;
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(walk.len(), 28, "{sort}");
                let skipped = list(&team.admin, UserFilter { sort: Some(sort), skip: Some(20), limit: Some(3), ..UserFilter::default() }).await;
                assert_eq!(skipped.items.iter().map(|user| user.user_id).collect::<Vec<_>>(), walk[20..23], "{sort}");
                walks.push(walk);
            }
            walks[1].reverse();
            assert_eq!(walks[0], walks[1]);
        }
        let page = list(&team.admin, UserFilter { limit: Some(2), ..UserFilter::default() }).await;
        let filter = UserFilter { sort: Some(UserSort::HiredOn), cursor: page.next, ..UserFilter::default() };
        assert_eq!(bad_fields(team.admin.call(ListUsers { filter }).await), ["cursor bad_format"]);
    }

    async fn filters_narrow_and_a_subtree_counts_whole(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let below = department(&team.admin, "하위팀", Some(team.department_id)).await;
        let mut user = person("below@c.example", "임", "다온");
        user.department_id = Some(below.department_id);
        add(&team.admin, user).await;
        let count = async |filter: UserFilter| list(&team.admin, filter).await.items.len();
        let here = UserFilter { department_id: Some(team.department_id), ..UserFilter::default() };
        assert_eq!(count(here.clone()).await, 5);
        assert_eq!(count(UserFilter { subtree: Some(true), ..here }).await, 6);
        assert_eq!(count(UserFilter { role: Some(Role::Mentor), ..UserFilter::default() }).await, 2);
        assert_eq!(count(UserFilter { status: Some(UserStatus::Invited), ..UserFilter::default() }).await, 1);
        assert_eq!(count(UserFilter { unmentored: Some(true), role: Some(Role::Mentee), ..UserFilter::default() }).await, 3);
    }

    async fn a_mentee_sees_no_one_else_and_another_company_nobody(stage: Stage) {
        let (team, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let seen = list(&team.mentee, UserFilter::default()).await.items;
        assert_eq!(seen.iter().map(|user| user.user_id).collect::<Vec<_>>(), [team.mentee.user_id]);
        let hidden = team.mentee.call(GetUser { user_id: team.mentor.user_id }).await;
        assert_eq!(refused(hidden).code, Code::NotFound);
        for foreign in [other.mentee.user_id, UserId(999_999)] {
            assert_eq!(refused(team.admin.call(GetUser { user_id: foreign }).await).code, Code::NotFound);
            assert_eq!(refused(change(&team.admin, foreign, UserPatch::default()).await).code, Code::NotFound);
            assert_eq!(refused(team.admin.call(DeleteUser { user_id: foreign }).await).code, Code::NotFound);
            assert_eq!(refused(team.admin.call(InviteUser { user_id: foreign }).await).code, Code::NotFound);
        }
        let operator = stage.operator().await;
        assert_eq!(refused(operator.call(ListUsers { filter: UserFilter::default() }).await).code, Code::Denied);
    }

    async fn a_new_person_is_invited_and_every_bad_field_is_named(stage: Stage) {
        let (team, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let mut user = person("taerin.lee@haneul.example", "이", " 태린 ");
        user.invite = None;
        user.employee_number = Some("H1".to_owned());
        let made = add(&team.admin, user.clone()).await;
        assert_eq!((made.name.as_str(), made.status, made.roles), ("이태린", UserStatus::Invited, Roles::of([Role::Mentee])));
        assert!(stage.mails().await.iter().any(|mail| mail.contains("taerin.lee@haneul.example") && mail.contains("/invitation#")));
        user.email = "TAERIN.lee@haneul.example".to_owned();
        user.department_id = Some(other.department_id);
        user.family_name = "  ".to_owned();
        user.roles = Roles::of([Role::Operator]);
        let fields = bad_fields(team.admin.call(CreateUser { user: user.clone() }).await);
        assert_eq!(fields, [
            "family_name required", "roles not_allowed", "email taken", "employee_number taken", "department_id not_found",
        ]);
        user.email = "tаerin.lee@haneul.example".to_owned();
        assert!(bad_fields(team.admin.call(CreateUser { user }).await).contains(&"email bad_email".to_owned()), "a Cyrillic а");
    }

    async fn what_a_patch_does_not_name_stays_and_null_clears(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let mut user = person("a@c.example", "이", "태린");
        user.position = Some("선임".to_owned());
        user.department_id = Some(team.department_id);
        user.tags = vec!["신입".to_owned()];
        let made = add(&team.admin, user).await;
        let patch = UserPatch { given_name: Some("태영".to_owned()), position: Some(None), ..UserPatch::default() };
        let changed = change(&team.admin, made.user_id, patch).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.position.as_deref()), ("이태영", None));
        assert_eq!((changed.department_name.as_deref(), changed.tags.as_slice()), (Some("플랫폼개발팀"), ["신입".to_owned()].as_slice()));
        assert_eq!(changed, team.admin.call(GetUser { user_id: made.user_id }).await.unwrap());
        assert_eq!(found(&team.admin, "태영").await, ["이태영"]);
        let invited = change(&team.admin, made.user_id, status(UserStatus::Invited)).await;
        assert_eq!(bad_fields(invited), ["status not_allowed"]);
    }

    async fn roles_and_suspension_take_effect_at_once(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        change(&team.admin, team.mentor.user_id, roles(&[Role::Mentee])).await.unwrap();
        change(&team.admin, team.mentee.user_id, status(UserStatus::Suspended)).await.unwrap();
        settle().await;
        assert_eq!(refused(team.mentor.call(GetMe {}).await).code, Code::TokenExpired);
        assert_eq!(refused(team.mentee.call(GetMe {}).await).code, Code::TokenExpired);
        let login = Login { credentials: Credentials { email: team.mentee.email.clone(), password: "harbour lights and 42 boats".to_owned() } };
        assert_eq!(refused(stage.nobody.call(login).await).code, Code::WrongCredentials);
        let back = change(&team.admin, team.mentee.user_id, status(UserStatus::Active)).await.unwrap();
        assert_eq!(back.status, UserStatus::Active);
    }

    async fn the_last_admin_stays_one(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let me = team.admin.user_id;
        for patch in [roles(&[Role::Mentor]), status(UserStatus::Suspended)] {
            assert_eq!(refused(change(&team.admin, me, patch).await).code, Code::LastAdmin);
        }
        assert_eq!(refused(team.admin.call(DeleteUser { user_id: me }).await).code, Code::LastAdmin);
        let many = ManyUsersPatch { user_ids: vec![me, team.mentee.user_id], department_id: None, status: Some(UserStatus::Suspended) };
        assert_eq!(refused(team.admin.call(UpdateUsers { patch: many }).await).code, Code::LastAdmin);
        assert_eq!(team.admin.call(GetUser { user_id: team.mentee.user_id }).await.unwrap().status, UserStatus::Active, "rolled back");
        let invited = add(&team.admin, NewUser { roles: Roles::of([Role::Admin]), ..person("i@c.example", "정", "하나") }).await;
        assert_eq!(refused(change(&team.admin, me, roles(&[Role::Mentor])).await).code, Code::LastAdmin, "an invited one can't run it yet");
        change(&team.admin, invited.user_id, roles(&[Role::Mentor])).await.unwrap();
        change(&team.admin, me, roles(&[Role::Admin, Role::Mentor])).await.unwrap();
    }

    async fn ten_admins_who_demote_each_other_at_once_leave_one(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let admins = admins(stage, &team, 10).await;
        let demotions: Vec<_> = (0..10)
            .map(|index| {
                let (who, whom) = (admins[index].clone(), admins[(index + 1) % 10].user_id);
                tokio::spawn(async move { change(&who, whom, roles(&[Role::Mentor])).await.is_ok() })
            })
            .collect();
        let mut done = 0;
        for demotion in demotions {
            done += usize::from(demotion.await.unwrap());
        }
        let filter = UserFilter { role: Some(Role::Admin), ..UserFilter::default() };
        let mentor = stage.person(Some(&team.company_id), None, ("문", "가온"), "look@c.example", Roles::of([Role::Mentor])).await;
        let left = list(&mentor, filter).await.items.len();
        assert!(left >= 1 && left + done == 10, "{left} are left after {done}");
    }

    async fn a_person_with_a_history_is_not_deleted_and_one_without_is(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let mut tx = stage.db.write().await.unwrap();
        tx.query("INSERT INTO curricula (company_id, title, description, is_archived, created_by, revision, created_at, updated_at)
                  VALUES ($1, '백엔드', '', FALSE, $2, 1, $3, $3)")
            .bind(team.company_id.clone()).bind(team.mentor.user_id).bind(stage.clock.now()).execute().await.unwrap();
        tx.commit().await.unwrap();
        let problem = refused(team.admin.call(DeleteUser { user_id: team.mentor.user_id }).await);
        assert_eq!((problem.code, problem.detail.as_deref()), (Code::InUse, Some("curricula 1")));
        team.admin.call(DeleteUser { user_id: team.mentee.user_id }).await.unwrap();
        settle().await;
        assert_eq!(refused(team.mentee.call(GetMe {}).await).code, Code::TokenExpired);
        assert_eq!(refused(team.admin.call(GetUser { user_id: team.mentee.user_id }).await).code, Code::NotFound);
    }

    async fn many_people_move_and_stop_at_once_and_foreign_ones_are_named(stage: Stage) {
        let (team, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let place = department(&team.admin, "영업팀", None).await;
        let patch = ManyUsersPatch {
            user_ids: vec![team.mentor.user_id, team.mentee.user_id],
            department_id: Some(Some(place.department_id)),
            status: Some(UserStatus::Suspended),
        };
        assert_eq!(team.admin.call(UpdateUsers { patch: patch.clone() }).await.unwrap().changed, 2);
        assert_eq!(found(&team.admin, "영업팀").await, ["박서연", "한지우"]);
        assert_eq!(team.admin.call(GetUser { user_id: team.mentee.user_id }).await.unwrap().status, UserStatus::Suspended);
        settle().await;
        assert_eq!(refused(team.mentee.call(GetMe {}).await).code, Code::TokenExpired);
        let foreign = ManyUsersPatch {
            user_ids: vec![team.mentor.user_id, other.mentee.user_id],
            department_id: Some(Some(other.department_id)),
            ..patch
        };
        assert_eq!(bad_fields(team.admin.call(UpdateUsers { patch: foreign }).await), ["user_ids.1 not_found", "department_id not_found"]);
    }

    async fn only_who_has_no_password_yet_is_invited_again(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = add(&team.admin, person("new@c.example", "이", "태린")).await;
        assert!(stage.mails().await.is_empty());
        team.admin.call(InviteUser { user_id: made.user_id }).await.unwrap();
        assert_eq!(stage.mails().await.len(), 1);
        assert_eq!(refused(team.admin.call(InviteUser { user_id: team.mentee.user_id }).await).code, Code::Conflict);
    }
}
