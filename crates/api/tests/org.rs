//! Companies, departments and people as the API keeps them.

use contract::{
    Code, CompanyId, DepartmentId,
    auth::Locale,
    companies::{
        CompanyFilter, CompanyPatch, CreateCompany, DeleteCompany, FirstAdmin, GetCompany, GetHolidays,
        ListCompanies, NewCompany, OwnHoliday, OwnHolidays, SetHolidays, UpdateCompany,
    },
    departments::{
        CreateDepartment, DeleteDepartment, Department, DepartmentPatch, GetDepartment, ListDepartments,
        NewDepartment, UpdateDepartment,
    },
};
use testkit::{Person, bad_fields, on_both_engines, refused};

/// Revocations are polled.
async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
}

fn company(number: &str, email: &str) -> NewCompany {
    NewCompany {
        company_id: CompanyId(number.to_owned()),
        name: "하늘소프트".to_owned(),
        locale: Some(Locale::Ko),
        time_zone: None,
        admin: FirstAdmin {
            email: email.to_owned(),
            family_name: "피".to_owned(),
            given_name: "은재".to_owned(),
        },
    }
}

async fn department(admin: &Person, name: &str, parent_id: Option<DepartmentId>) -> Department {
    let department = NewDepartment { name: name.to_owned(), parent_id, description: String::new() };
    admin.call(CreateDepartment { department }).await.expect("a department")
}

fn renamed(name: &str) -> DepartmentPatch {
    DepartmentPatch { name: Some(name.to_owned()), ..DepartmentPatch::default() }
}

fn moved(parent_id: Option<DepartmentId>) -> DepartmentPatch {
    DepartmentPatch { parent_id: Some(parent_id), ..DepartmentPatch::default() }
}

on_both_engines! {
    async fn an_operator_makes_a_company_and_its_first_admin_is_invited(stage: Stage) {
        let operator = stage.operator().await;
        let made = operator.call(CreateCompany { company: company("220-81-62517", "eunjae.pi@haneul.example") }).await.unwrap();
        assert_eq!((made.people, made.departments, made.is_active), (1, 0, true));
        assert_eq!((made.time_zone.as_str(), made.working_days, made.country.as_str()), ("Asia/Seoul", 31, "KR"));
        assert!(stage.mails().await.iter().any(|mail| mail.contains("/invitation#") && mail.contains("하늘소프트")));
        let twice = operator.call(CreateCompany { company: company("220-81-62517", "Eunjae.Pi@haneul.example") }).await;
        assert_eq!(bad_fields(twice), ["company_id taken", "admin.email taken"]);
    }

    async fn a_company_number_needs_its_checksum_and_every_bad_field_is_named(stage: Stage) {
        let operator = stage.operator().await;
        let mut wrong = company("220-81-62518", "nobody");
        wrong.name = "  ".to_owned();
        wrong.time_zone = Some("Asia/Naru".to_owned());
        wrong.admin.family_name = " ".to_owned();
        let fields = bad_fields(operator.call(CreateCompany { company: wrong }).await);
        assert_eq!(fields, [
            "company_id bad_checksum", "name required", "time_zone bad_time_zone", "admin.email bad_email",
            "admin.family_name required",
        ]);
    }

    async fn a_company_sees_itself_alone_and_an_operator_sees_all(stage: Stage) {
        let (one, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let operator = stage.operator().await;
        let list = || ListCompanies { filter: CompanyFilter::default() };
        let names = |page: contract::Page<contract::companies::Company>| -> Vec<String> {
            page.items.into_iter().map(|company| company.name).collect()
        };
        assert_eq!(names(one.mentee.call(list()).await.unwrap()), ["윤슬로보틱스"]);
        assert_eq!(names(operator.call(list()).await.unwrap()), ["가온물산", "윤슬로보틱스"]);
        let foreign = one.admin.call(GetCompany { company_id: other.company_id.clone() }).await;
        assert_eq!(refused(foreign).code, Code::NotFound);
        let patch = CompanyPatch { name: Some("남의 회사".to_owned()), ..CompanyPatch::default() };
        let foreign = one.admin.call(UpdateCompany { company_id: other.company_id.clone(), patch }).await;
        assert_eq!(refused(foreign).code, Code::NotFound);
        let first = operator.call(ListCompanies { filter: CompanyFilter { limit: Some(1), ..CompanyFilter::default() } }).await.unwrap();
        let next = CompanyFilter { limit: Some(1), cursor: first.next, ..CompanyFilter::default() };
        assert_eq!(names(operator.call(ListCompanies { filter: next }).await.unwrap()), ["윤슬로보틱스"]);
        let search = CompanyFilter { search: Some("로보".to_owned()), ..CompanyFilter::default() };
        assert_eq!(names(operator.call(ListCompanies { filter: search }).await.unwrap()), ["윤슬로보틱스"]);
    }

    async fn only_an_operator_suspends_a_company_and_then_nobody_is_in(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let operator = stage.operator().await;
        let suspend = || UpdateCompany {
            company_id: team.company_id.clone(),
            patch: CompanyPatch { is_active: Some(false), ..CompanyPatch::default() },
        };
        assert_eq!(refused(team.admin.call(suspend()).await).code, Code::Denied);
        assert!(!operator.call(suspend()).await.unwrap().is_active);
        settle().await;
        let list = team.mentee.call(ListDepartments {}).await;
        assert_eq!(refused(list).code, Code::TokenExpired);
    }

    async fn an_admin_changes_what_is_named_and_the_rest_stays(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let update = |patch| UpdateCompany { company_id: team.company_id.clone(), patch };
        let patch = CompanyPatch { working_days: Some(63), locale: Some(Locale::En), ..CompanyPatch::default() };
        let changed = team.admin.call(update(patch)).await.unwrap();
        assert_eq!((changed.working_days, changed.locale, changed.name.as_str()), (63, Locale::En, "윤슬로보틱스"));
        let wrong = CompanyPatch { time_zone: Some("Seoul/Asia".to_owned()), name: Some(" ".to_owned()), ..CompanyPatch::default() };
        assert_eq!(bad_fields(team.admin.call(update(wrong)).await), ["name required", "time_zone bad_time_zone"]);
        assert_eq!(refused(team.mentor.call(update(CompanyPatch::default())).await).code, Code::Denied);
    }

    async fn a_used_company_is_not_deleted(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let operator = stage.operator().await;
        let used = operator.call(DeleteCompany { company_id: team.company_id.clone() }).await;
        assert_eq!(refused(used).code, Code::InUse);
        let fresh = CompanyId("220-81-62517".to_owned());
        operator.call(CreateCompany { company: company(&fresh.0, "eunjae.pi@haneul.example") }).await.unwrap();
        operator.call(DeleteCompany { company_id: fresh.clone() }).await.unwrap();
        assert_eq!(refused(operator.call(GetCompany { company_id: fresh }).await).code, Code::NotFound);
        assert_eq!(refused(team.admin.call(DeleteCompany { company_id: team.company_id.clone() }).await).code, Code::Denied);
    }

    async fn own_holidays_are_replaced_as_a_whole_and_stand_beside_the_public_ones(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let day = |date: &str, name: &str| OwnHoliday { date: date.parse().unwrap(), name: name.to_owned() };
        let set = |own: Vec<OwnHoliday>| SetHolidays { company_id: team.company_id.clone(), holidays: OwnHolidays { own } };
        let two = vec![day("2026-12-31", "종무일"), day("2026-05-04", "창립 기념일")];
        let holidays = team.admin.call(set(two)).await.unwrap();
        assert_eq!(holidays.own.iter().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["창립 기념일", "종무일"]);
        assert!(holidays.public.iter().any(|public| public.date == "2026-09-25".parse().unwrap() && public.name_ko == "추석"));
        assert!(holidays.public.iter().all(|public| public.name_ko != "종무일"));
        team.admin.call(set(vec![day("2026-12-31", "종무일")])).await.unwrap();
        let read = team.mentee.call(GetHolidays { company_id: team.company_id.clone() }).await.unwrap();
        assert_eq!(read.own, [day("2026-12-31", "종무일")]);
        let twice = team.admin.call(set(vec![day("2026-12-31", "종무일"), day("2026-12-31", " ")])).await;
        assert_eq!(bad_fields(twice), ["own.1.date repeated", "own.1.name required"]);
    }

    async fn departments_come_as_a_tree(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let base = department(&team.admin, "기술본부", None).await;
        department(&team.admin, "플랫폼팀", Some(base.department_id)).await;
        department(&team.admin, "개발팀", Some(base.department_id)).await;
        let page = team.mentee.call(ListDepartments {}).await.unwrap();
        let names: Vec<&str> = page.items.iter().map(|department| department.name.as_str()).collect();
        assert_eq!(names, ["기술본부", "개발팀", "플랫폼팀", "플랫폼개발팀"]);
        assert_eq!(page.items.iter().map(|department| department.people).sum::<i64>(), 5);
        let patch = moved(Some(base.department_id));
        let update = UpdateDepartment { department_id: team.department_id, patch };
        assert_eq!(team.admin.call(update).await.unwrap().parent_id, Some(base.department_id));
        let back = UpdateDepartment { department_id: team.department_id, patch: moved(None) };
        assert_eq!(team.admin.call(back).await.unwrap().parent_id, None);
    }

    async fn a_cycle_a_taken_name_and_a_foreign_parent_are_refused(stage: Stage) {
        let (team, other) = (stage.team("윤슬로보틱스").await, stage.team("가온물산").await);
        let top = department(&team.admin, "본부", None).await;
        let below = department(&team.admin, "팀", Some(top.department_id)).await;
        let update = |department_id, patch| team.admin.call(UpdateDepartment { department_id, patch });
        assert_eq!(bad_fields(update(top.department_id, moved(Some(below.department_id))).await), ["parent_id cycle"]);
        assert_eq!(bad_fields(update(top.department_id, moved(Some(other.department_id))).await), ["parent_id not_found"]);
        assert_eq!(bad_fields(update(top.department_id, renamed("플랫폼개발팀")).await), ["name taken"]);
        assert_eq!(refused(update(other.department_id, renamed("남의 부서")).await).code, Code::NotFound);
        let foreign = NewDepartment { name: " ".to_owned(), parent_id: Some(other.department_id), description: String::new() };
        assert_eq!(bad_fields(team.admin.call(CreateDepartment { department: foreign }).await), ["name required", "parent_id not_found"]);
        assert_eq!(refused(team.admin.call(GetDepartment { department_id: other.department_id }).await).code, Code::NotFound);
    }

    async fn a_department_in_use_says_what_hangs_on_it(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let below = department(&team.admin, "하위팀", Some(team.department_id)).await;
        let problem = refused(team.admin.call(DeleteDepartment { department_id: team.department_id }).await);
        assert_eq!(problem.code, Code::InUse);
        assert_eq!(problem.detail.as_deref(), Some("people 5, departments 1, curricula 0"));
        team.admin.call(DeleteDepartment { department_id: below.department_id }).await.unwrap();
        let gone = team.admin.call(DeleteDepartment { department_id: below.department_id }).await;
        assert_eq!(refused(gone).code, Code::NotFound);
        assert_eq!(refused(team.mentor.call(DeleteDepartment { department_id: team.department_id }).await).code, Code::Denied);
    }
}
