//! People in from tables, all or nothing, and out again.

use contract::{
    Code, File,
    departments::{CreateDepartment, NewDepartment},
    policy::{Role, Roles},
    users::{
        ExportOptions, ExportUsers, GetUser, ImportOptions, ImportOutcome, ImportReport, ImportUsers,
        ListUsers, SheetFormat, UpdateUser, User, UserFilter, UserPatch, UserStatus,
    },
};
use sheet::Cell;
use testkit::{Person, Team, bad_fields, on_both_engines, refused};

const PEOPLE: &[u8] = include_bytes!("../../../e2e/fixtures/people.csv");
const MENDED: &[u8] = include_bytes!("../../../e2e/fixtures/people-mended.csv");
const CP949: &[u8] = include_bytes!("../../../e2e/fixtures/people-cp949.csv");
const MISSING_COLUMN: &[u8] = include_bytes!("../../../e2e/fixtures/people-missing-column.csv");

fn file(bytes: impl Into<Vec<u8>>) -> File {
    File { media_type: "application/octet-stream".to_owned(), name: None, bytes: bytes.into().into() }
}

async fn import(
    who: &Person,
    bytes: impl Into<Vec<u8>>,
    dry_run: bool,
    invite: bool,
) -> Result<ImportReport, client::CallError> {
    let options = ImportOptions { dry_run: Some(dry_run), invite: Some(invite) };
    who.call(ImportUsers { options, file: file(bytes) }).await
}

async fn departments(admin: &Person) {
    for name in ["피플팀", "개발팀", "플랫폼팀", "영업팀"] {
        let department = NewDepartment { name: name.to_owned(), parent_id: None, description: String::new() };
        admin.call(CreateDepartment { department }).await.expect("a department");
    }
}

async fn find(who: &Person, search: &str) -> Option<User> {
    let filter = UserFilter { search: Some(search.to_owned()), ..UserFilter::default() };
    who.call(ListUsers { filter }).await.expect("a list").items.into_iter().next()
}

async fn count(team: &Team) -> usize {
    team.admin
        .call(ListUsers { filter: UserFilter { limit: Some(100), ..UserFilter::default() } })
        .await
        .unwrap()
        .items
        .len()
}

async fn export(who: &Person, format: SheetFormat) -> File {
    let options = ExportOptions { format, department_id: None, role: None, status: None };
    who.call(ExportUsers { options }).await.expect("a file")
}

fn errors(report: &ImportReport) -> Vec<String> {
    report.errors.iter().map(|error| format!("{} {} {}", error.line, error.field, error.code)).collect()
}

on_both_engines! {
    async fn a_dry_run_names_every_bad_row_and_writes_nothing(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        departments(&team.admin).await;
        let report = import(&team.admin, PEOPLE, true, true).await.unwrap();
        assert_eq!((report.total, report.created, report.bad, report.encoding.as_str()), (40, 38, 2, "utf-8"));
        assert_eq!(errors(&report), ["12 email bad_email", "27 email repeated"]);
        assert_eq!(report.errors[1].params.get("line").map(String::as_str), Some("11"));
        assert_eq!(report.errors[1].value, "taerin.lee@haneul.example");
        assert_eq!(report.rows[0].outcome, ImportOutcome::Bad);
        assert_eq!(count(&team).await, 5);
        let fields = bad_fields(import(&team.admin, PEOPLE, false, true).await);
        assert_eq!(fields, ["rows.12.email bad_email", "rows.27.email repeated"]);
        assert_eq!(count(&team).await, 5, "all or nothing");
    }

    async fn the_mended_file_comes_in_whole_and_again_changes_nothing(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        departments(&team.admin).await;
        let report = import(&team.admin, MENDED, false, true).await.unwrap();
        assert_eq!((report.created, report.updated, report.same, report.bad), (40, 0, 0, 0));
        let hr = find(&team.admin, "eunjae.pi").await.unwrap();
        assert_eq!((hr.name.as_str(), hr.roles, hr.status), ("피은재", Roles::of([Role::Admin, Role::Mentor]), UserStatus::Invited));
        assert_eq!((hr.department_name.as_deref(), hr.hired_on), (Some("피플팀"), "2019-03-04".parse().ok()));
        assert_eq!(find(&team.admin, "남궁혁").await.unwrap().family_name, "남궁");
        assert_eq!(find(&team.admin, "탁보미").await.unwrap().status, UserStatus::Suspended);
        assert_eq!(stage.mails().await.len(), 38, "the two who are suspended are not invited");
        let token = stage.link_token("invitation").await;
        stage.nobody.call(contract::auth::ShowInvitation { link: contract::auth::LinkToken { token } }).await.unwrap();
        let again = import(&team.admin, CP949, true, true).await.unwrap();
        assert_eq!(again.encoding, "cp949");
        let again = import(&team.admin, MENDED, false, true).await.unwrap();
        assert_eq!((again.created, again.updated, again.same), (0, 0, 40));
    }

    async fn a_file_that_cannot_be_read_says_why(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let problem = refused(import(&team.admin, MISSING_COLUMN, true, true).await);
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].code.as_str()), ("file", "missing_column"));
        assert_eq!(problem.errors[0].params.get("column").map(String::as_str), Some("이메일"));
        assert_eq!(bad_fields(import(&team.admin, "", true, true).await), ["file empty"]);
        assert_eq!(bad_fields(import(&team.admin, b"%PDF-1.7".to_vec(), true, true).await), ["file not_a_sheet"]);
        assert_eq!(bad_fields(import(&team.admin, b"\xff\xff\xfe,a\n".to_vec(), true, true).await), ["file bad_encoding"]);
        assert_eq!(bad_fields(import(&team.admin, "email,name,이메일\n", true, true).await), ["file duplicate_column"]);
        assert_eq!(bad_fields(import(&team.admin, "email,name\na@b.example,한지우,extra\n", true, true).await), ["file ragged_row"]);
        assert_eq!(refused(import(&team.mentor, MENDED, true, true).await).code, Code::Denied);
    }

    async fn every_bad_cell_of_a_row_is_named_with_what_stood_there(stage: Stage) {
        let (team, other) = (stage.team("하늘소프트").await, stage.team("가온물산").await);
        let text = format!(
            "성,이름,이메일,부서,mentee/mentor,입사일,관리자여부(o/x),혈액형\n\
             ,별,nobody,플랫폼개발,teacher,내일,maybe,A\n\
             한,별,{},,mentee,,,B\n\
             {},별,byeol@c.example,,,,,O\n",
            other.mentee.email,
            "가".repeat(51),
        );
        let report = import(&team.admin, text, true, true).await.unwrap();
        assert_eq!(errors(&report), [
            "2 family_name required", "2 email bad_email", "2 role bad_role", "2 hired_on bad_date", "2 admin bad_ox",
            "2 department not_found", "3 email taken", "4 family_name too_long", "4 role required",
        ]);
        assert_eq!(report.errors[3].value, "내일");
        assert_eq!(report.errors[5].params.get("suggestion").map(String::as_str), Some("플랫폼개발팀"));
        assert_eq!(report.ignored_columns, ["혈액형"]);
    }

    async fn full_names_are_split_and_only_named_columns_change(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let text = "이름,이메일,역할,직급\n남궁혁,h@c.example,멘토/멘티,책임\n남궁,n@c.example,멘티,\nJiwoo Han,j@c.example,mentee,\n";
        import(&team.admin, text, false, false).await.unwrap();
        let name = async |email: &str| {
            let user = find(&team.admin, email).await.unwrap();
            (user.family_name, user.given_name, user.name)
        };
        let three = |family: &str, given: &str, name: &str| (family.to_owned(), given.to_owned(), name.to_owned());
        assert_eq!(name("h@c.example").await, three("남궁", "혁", "남궁혁"));
        assert_eq!(name("n@c.example").await, three("남", "궁", "남궁"));
        assert_eq!(name("j@c.example").await, three("Han", "Jiwoo", "Jiwoo Han"));
        let report = import(&team.admin, "이름,이메일\n남궁현,H@c.example\n", false, false).await.unwrap();
        assert_eq!((report.created, report.updated), (0, 1));
        let changed = find(&team.admin, "남궁현").await.unwrap();
        assert_eq!((changed.position.as_deref(), changed.roles), (Some("책임"), Roles::of([Role::Mentor, Role::Mentee])));
        assert!(stage.mails().await.is_empty(), "nobody was to be invited");
    }

    async fn whom_people_report_to_comes_with_the_file(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let text = "이름,이메일,역할,상급자\n남궁혁,h@c.example,멘토,\n강물,n@c.example,멘티,H@c.example\n";
        assert_eq!(import(&team.admin, text, false, false).await.unwrap().created, 2);
        let boss = find(&team.admin, "h@c.example").await.unwrap();
        let person = find(&team.admin, "n@c.example").await.unwrap();
        assert_eq!((person.manager_id, person.manager_name.as_deref()), (Some(boss.user_id), Some("남궁혁")));
        assert_eq!(import(&team.admin, text, false, false).await.unwrap().same, 2);
        let bad = "이름,이메일,역할,상급자\n남궁혁,h@c.example,멘토,h@c.example\n강물,n@c.example,멘티,x@c.example\n강산,s@c.example,멘티,그 사람\n";
        let report = import(&team.admin, bad, true, false).await.unwrap();
        assert_eq!(errors(&report), ["2 manager same_person", "3 manager not_found", "4 manager bad_email"]);
        // Without the column nobody's is changed; an empty cell clears.
        import(&team.admin, "이름,이메일\n강물,n@c.example\n", false, false).await.unwrap();
        assert_eq!(find(&team.admin, "n@c.example").await.unwrap().manager_id, Some(boss.user_id));
        import(&team.admin, "이름,이메일,상급자\n강물,n@c.example,\n", false, false).await.unwrap();
        assert_eq!(find(&team.admin, "n@c.example").await.unwrap().manager_id, None);
    }

    async fn a_person_is_matched_by_number_when_the_address_changed(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let one = "사번,성,이름,이메일,역할\nN1,한,지우,old@c.example,멘티\nN2,홍,준서,other@c.example,멘티\n";
        import(&team.admin, one, false, false).await.unwrap();
        import(&team.admin, "사번,성,이름,이메일,역할\nN1,한,지우,new@c.example,멘티\n", false, false).await.unwrap();
        assert!(find(&team.admin, "old@c.example").await.is_none());
        assert_eq!(find(&team.admin, "new@c.example").await.unwrap().employee_number.as_deref(), Some("N1"));
        let clash = import(&team.admin, "사번,성,이름,이메일,역할\nN2,한,지우,new@c.example,멘티\n", true, false).await.unwrap();
        assert_eq!(errors(&clash), ["2 employee_number taken"]);
        let both = "사번,성,이름,이메일,역할\nN9,한,지우,new@c.example,멘티\nN1,한,지우,newer@c.example,멘티\n";
        let both = import(&team.admin, both, true, false).await.unwrap();
        assert_eq!(errors(&both), ["3  repeated"]);
    }

    async fn an_import_never_takes_the_last_admin_away(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let text = format!("성,이름,이메일,역할,관리자여부\n정,민재,{},멘토,x\n", team.admin.email);
        let report = import(&team.admin, text.clone(), true, false).await.unwrap();
        assert_eq!((errors(&report), report.bad), (vec!["2 admin last_admin".to_owned()], 1));
        assert_eq!(bad_fields(import(&team.admin, text, false, false).await), ["rows.2.admin last_admin"]);
        let exchange = format!(
            "성,이름,이메일,역할,관리자여부\n정,민재,{},멘토,x\n박,서연,{},멘토,o\n",
            team.admin.email, team.mentor.email,
        );
        import(&team.admin, exchange, false, false).await.unwrap();
        let mentor = team.other_mentor.call(GetUser { user_id: team.mentor.user_id }).await.unwrap();
        assert!(mentor.roles.has(Role::Admin));
    }

    async fn what_is_exported_comes_back_as_the_same(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        departments(&team.admin).await;
        import(&team.admin, MENDED, false, false).await.unwrap();
        for format in [SheetFormat::Csv, SheetFormat::Xlsx] {
            let file = export(&team.admin, format).await;
            assert_eq!(file.name.as_deref(), Some(format!("people-{}.{format}", stage.clock.now().with_timezone(&chrono_tz::Asia::Seoul).date_naive()).as_str()));
            let report = import(&team.admin, file.bytes.to_vec(), true, false).await.unwrap();
            assert_eq!((report.total, report.same), (45, 45), "{format}: {:?}", report.errors);
        }
    }

    async fn nothing_exported_is_a_formula(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let patch = UserPatch { job_title: Some(Some("=HYPERLINK(\"http://evil\")".to_owned())), ..UserPatch::default() };
        team.admin.call(UpdateUser { user_id: team.mentee.user_id, patch }).await.unwrap();
        let csv = export(&team.admin, SheetFormat::Csv).await;
        let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("\"'=HYPERLINK(\"\"http"), "{text}");
        assert_eq!(refused(team.mentor.call(ExportUsers { options: ExportOptions { format: SheetFormat::Csv, department_id: None, role: None, status: None } }).await).code, Code::Denied);
    }

    async fn an_xlsx_file_is_read_as_well(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let day: chrono::NaiveDate = "2026-09-01".parse().unwrap();
        let rows = vec![vec![Cell::from("한"), Cell::from("별"), Cell::from("byeol@c.example"), Cell::from("mentee"), Cell::from(day)]];
        let book = sheet::write_xlsx("people", &["성", "이름", "이메일", "mentee/mentor", "입사일"], rows).unwrap();
        let report = import(&team.admin, book, false, false).await.unwrap();
        assert_eq!((report.encoding.as_str(), report.created), ("xlsx", 1));
        assert_eq!(find(&team.admin, "byeol@").await.unwrap().hired_on, Some(day));
    }

    async fn fifty_thousand_people_come_in_at_once(stage: Stage) {
        let team = stage.team("하늘소프트").await;
        let mut text = String::from("사번,성,이름,이메일,부서,직급,mentee/mentor,입사일\n");
        for number in 0..50_000 {
            let given = ["가온", "나율", "다온", "라온", "마루"][number % 5];
            text += &format!("N{number},김,{given},p{number}@big.example,플랫폼개발팀,사원,mentee,2026-09-01\n");
        }
        let started = std::time::Instant::now();
        let report = import(&team.admin, text, false, true).await.unwrap();
        println!("50,000 rows took {:?}", started.elapsed());
        assert_eq!((report.created, report.rows.len()), (50_000, 500));
        assert_eq!(find(&team.admin, "p49999@big").await.unwrap().name, "김마루");
    }
}
