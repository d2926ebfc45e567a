//! Organisation, people, import and settings over the real API.

mod support;

use axum::body::Body;
use contract::{
    UserId,
    departments::{CreateDepartment, Department, ListDepartments, NewDepartment},
    users::{ListUsers, UserFilter},
};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use support::{Answer, Browser, Site, csrf_of, hidden, on_both_transports};
use testkit::{Person, Team};
use tower::ServiceExt;

const PEOPLE: &[u8] = include_bytes!("../../../e2e/fixtures/people.csv");
const CP949: &[u8] = include_bytes!("../../../e2e/fixtures/people-cp949.csv");
const MISSING: &[u8] = include_bytes!("../../../e2e/fixtures/people-missing-column.csv");
const IMPORT: &str = "/organisation/import";

/// What a browser sends when a file was chosen; the status and where it leads.
async fn upload(
    site: &Site,
    browser: &mut Browser,
    name: &str,
    bytes: &[u8],
) -> (StatusCode, String, String) {
    let csrf = csrf_of(&browser.get(IMPORT).await.body);
    let mut body = Vec::new();
    body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n").bytes());
    body.extend(
        format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n").bytes(),
    );
    body.extend(b"content-type: text/csv\r\n\r\n");
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let cookies: Vec<String> =
        browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post(IMPORT)
        .header(header::HOST, "naru.test")
        .header(header::COOKIE, cookies.join("; "))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    let router: &axum::Router = site.as_ref();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, to, String::from_utf8_lossy(&bytes).into_owned())
}

async fn department(admin: &Person, name: &str) -> Department {
    let department = NewDepartment { name: name.into(), parent_id: None, description: String::new() };
    admin.call(CreateDepartment { department }).await.unwrap()
}

async fn with_departments(site: &Site) -> (Team, Browser) {
    let team = site.stage.team("윤슬로보틱스").await;
    for name in ["개발팀", "영업팀", "플랫폼팀", "피플팀"] {
        department(&team.admin, name).await;
    }
    let browser = site.browser_of(&team.admin).await;
    (team, browser)
}

async fn count(admin: &Person) -> usize {
    let filter = UserFilter { limit: Some(100), ..UserFilter::default() };
    admin.call(ListUsers { filter }).await.unwrap().items.len()
}

fn calls(answer: &Answer) -> u32 {
    answer.header("x-api-calls").parse().unwrap()
}

on_both_transports! {
    async fn people_are_found_filtered_sorted_and_marked_in_three_calls(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.admin).await;
        let page = browser.get("/organisation").await;
        assert_eq!((page.status, calls(&page)), (StatusCode::OK, 3));
        for name in ["정민재", "박서연", "한지우"] {
            assert!(page.body.contains(name), "{name} is listed");
        }
        let page = browser.get("/organisation?q=%E3%85%8E%E3%85%88").await;
        assert!(page.body.contains("<mark>한지</mark>우") && !page.body.contains("박서연"), "{}", page.body);
        let page = browser.get("/organisation?role=mentor&sort=-name").await;
        assert!(page.body.contains("aria-sort=\"descending\"") && !page.body.contains("정</mark>민재"));
        assert!(page.body.find("허지안") < page.body.find("박서연"), "the order is turned round");
        let page = browser.get("/organisation?q=zzz").await;
        assert!(page.body.contains("찾는 사람이 없어요") && calls(&page) <= 3);
        let list = browser
            .get_with("/organisation?q=%ED%95%9C%EC%A7%80", &[("hx-request", "true"), ("hx-target", "people-list")])
            .await;
        assert!(!list.body.contains("<main") && list.body.contains("aria-sort"), "htmx gets the list alone");
    }

    async fn the_list_goes_on_and_back(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let text: String = (0..60).map(|n| format!("가람{n:02},g{n:02}@x.example,멘티\n")).collect();
        let file = format!("이름,이메일,역할\n{text}");
        let (_, to, _) = upload(site, &mut browser, "many.csv", file.as_bytes()).await;
        let page = browser.get(&to).await;
        let version = hidden(&page.body, "version");
        browser.submit(&to, &to, &[("version", &version)]).await;
        assert_eq!(count(&team.admin).await, 65);
        let first = browser.get("/organisation").await;
        let next = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = browser.get(&next.replace("&amp;", "&")).await;
        assert!(second.body.contains("rel=\"prev\" href=\"/organisation\"") && !second.body.contains("rel=\"next\""));
        assert_eq!(first.body.matches("name=\"user\"").count() + second.body.matches("name=\"user\"").count(), 65);
    }

    async fn many_are_moved_and_suspended_and_it_can_be_taken_back(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let sales = department(&team.admin, "해외영업팀").await.department_id;
        let picked = format!("{}.{}.active", team.mentee.user_id, team.department_id);
        let form = [("user", picked.as_str()), ("act", "move"), ("department", &sales.to_string())];
        let answer = browser.submit("/organisation", "/organisation/bulk", &form).await;
        assert_eq!(answer.location(), "/organisation");
        let page = browser.get("/organisation").await;
        let undo = format!("/organisation/undo?d={}%3A{}", team.department_id, team.mentee.user_id);
        assert!(page.body.contains("1명을 옮겼어요") && page.body.contains(&undo), "{}", page.body);
        let there = browser.get(&format!("/organisation?department={sales}")).await;
        assert!(there.body.contains("한지우"));
        browser.submit("/organisation", &undo, &[]).await;
        let there = browser.get(&format!("/organisation?department={sales}")).await;
        assert!(!there.body.contains("한지우"), "the move is taken back");

        let form = [("user", picked.as_str()), ("act", "suspended")];
        browser.submit("/organisation", "/organisation/bulk", &form).await;
        let page = browser.get("/organisation?status=suspended").await;
        assert!(page.body.contains("한지우") && page.body.contains("1명을 정지했어요"));
        let all = format!("{}.0.active", team.admin.user_id);
        browser.submit("/organisation", "/organisation/bulk", &[("user", &all), ("act", "suspended")]).await;
        let page = browser.get("/organisation").await;
        assert!(page.body.contains("관리자가 한 명은 있어야"), "the last admin stays");
    }

    async fn a_person_is_added_changed_suspended_and_deleted(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let page = browser.get("/organisation/people/new").await;
        assert_eq!((page.status, calls(&page)), (StatusCode::OK, 1));
        let wrong = [("family_name", "노"), ("given_name", ""), ("email", "nope"), ("position", "사원")];
        let answer = browser.submit("/organisation/people/new", "/organisation/people", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for id in ["given_name-error", "roles-error"] {
            assert!(answer.body.contains(id), "{id}: {}", answer.body);
        }
        assert!(answer.body.contains("value=\"사원\""), "what was typed stays");
        let right = [
            ("family_name", "노"),
            ("given_name", "은결"),
            ("email", "noh@x.example"),
            ("roles", "mentee"),
            ("roles", "mentor"),
            ("tags", "리눅스, 데이터"),
            ("hired_on", "2026-09-01"),
            ("invite", "true"),
        ];
        let answer = browser.submit("/organisation/people/new", "/organisation/people", &right).await;
        let person = answer.location().to_owned();
        let page = browser.get(&person).await;
        assert!(page.body.contains("초대 메일을 보냈어요") && page.body.contains("리눅스, 데이터"), "{}", page.body);
        assert!(calls(&page) <= 3);
        browser.submit(&person, &format!("{person}/invite"), &[]).await;
        let mails = site.stage.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.contains("noh@x.example")).count(), 2);
        let taken = [&right[..2], &[("email", team.mentor.email.as_str()), ("roles", "mentee")]].concat();
        let answer = browser.submit(&person, &person, &taken).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("email-error"));
        browser.submit(&person, &format!("{person}/status"), &[("status", "suspended")]).await;
        assert!(browser.get(&person).await.body.contains("정지했어요"));
        let answer = browser.submit(&person, &format!("{person}/delete"), &[]).await;
        assert_eq!(answer.location(), "/organisation");
        assert_eq!(browser.get(&person).await.status, StatusCode::NOT_FOUND);
    }

    async fn whom_somebody_reports_to_is_found_among_all_people(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.admin).await;
        // 박서연, then 한지우 by initial consonants: a mentor and a mentee.
        for (q, name, other) in [("%EB%B0%95%EC%84%9C%EC%97%B0", "박서연", "한지우"), ("%E3%85%8E%E3%85%88%E3%85%87", "한지우", "박서연")] {
            let found = browser.get(&format!("/organisation/people/find?q={q}")).await;
            assert_eq!((found.status, calls(&found)), (StatusCode::OK, 1), "{}", found.body);
            assert!(found.body.contains("role=\"option\"") && found.body.contains(name), "{}", found.body);
            assert!(!found.body.contains(other) && !found.body.contains("<main"), "{}", found.body);
        }
        let nobody = browser.get("/organisation/people/find?q=zzz").await;
        assert!(nobody.status == StatusCode::OK && !nobody.body.contains("role=\"option\""), "{}", nobody.body);
        let mut mentor = site.browser_of(&team.mentor).await;
        assert_eq!(mentor.get("/organisation/people/find?q=zzz").await.status, StatusCode::FORBIDDEN);
    }

    async fn departments_are_added_renamed_and_deleted_only_when_empty(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.admin).await;
        let new = "/organisation/departments/new";
        let parent = team.department_id.to_string();
        let form = [("name", "관측팀"), ("parent_id", parent.as_str())];
        let answer = browser.submit(new, "/organisation/departments", &form).await;
        assert!(answer.location().starts_with("/organisation?department="), "{}", answer.body);
        let page = browser.get(answer.location()).await;
        assert!(page.body.contains("<details open>") && page.body.contains("관측팀"));
        let again = browser.submit(new, "/organisation/departments", &form).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("name-error"));
        let departments = team.admin.call(ListDepartments {}).await.unwrap().items;
        let child = departments.iter().find(|one| one.name == "관측팀").unwrap().department_id;
        let above = format!("/organisation/departments/{parent}");
        let cycle = [("name", "플랫폼개발팀"), ("parent_id", &child.to_string())];
        let answer = browser.submit(&above, &above, &cycle).await;
        assert!(answer.body.contains("parent_id-error"), "a cycle is refused at its field");
        let answer = browser.submit(&above, &format!("{above}/delete"), &[]).await;
        assert!(answer.body.contains("하위 부서 1개") && answer.status == StatusCode::UNPROCESSABLE_ENTITY);
        let below = format!("/organisation/departments/{child}");
        let answer = browser.submit(&below, &format!("{below}/delete"), &[]).await;
        assert_eq!(answer.location(), "/organisation");
    }

    async fn bad_rows_are_mended_in_place_and_the_very_file_is_imported(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let (status, to, body) = upload(site, &mut browser, "people.csv", PEOPLE).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        let page = browser.get(&to).await;
        assert!(calls(&page) <= 3 && page.body.contains("고칠 줄이 2개"), "{}", page.body);
        assert!(page.body.contains("name=\"cell.12.email\"") && page.body.contains("name=\"cell.27.email\""));
        assert!(page.body.contains("value=\"12.email.eungyeol.noh@haneul.example\""), "an address is offered");
        assert_eq!(count(&team.admin).await, 5, "nothing has changed");
        let bad = browser.get(&format!("{to}/to-mend.csv")).await;
        assert!(bad.header("content-disposition").contains("people-to-mend.csv"));
        assert_eq!(bad.body.trim_end().lines().count(), 3);
        assert!(bad.body.contains("고칠 곳") && bad.body.contains("이메일: "), "{}", bad.body);

        let mend = format!("{to}/mend");
        let version = hidden(&page.body, "version");
        let take = [("version", version.as_str()), ("take", "12.email.eungyeol.noh@haneul.example")];
        browser.submit(&to, &mend, &take).await;
        let page = browser.get(&to).await;
        assert!(page.body.contains("고칠 줄이 1개") && !page.body.contains("cell.12."));
        browser.submit(&to, &mend, &take).await;
        assert!(browser.get(&to).await.body.contains("그사이 파일이 바뀌었어요"), "an old page changes nothing");
        let version = hidden(&page.body, "version");
        let cell = [("version", version.as_str()), ("cell.27.email", "hajun.yoo@haneul.example")];
        browser.submit(&to, &mend, &cell).await;
        let page = browser.get(&to).await;
        assert!(page.body.contains("모두 가져올 수 있어요"), "{}", page.body);
        let (version, once) = (hidden(&page.body, "version"), hidden(&page.body, "once"));
        let form = [("version", version.as_str()), ("once", &once)];
        for _ in 0..2 {
            assert_eq!(browser.submit(&to, &to, &form).await.location(), to, "a second press does nothing more");
        }
        let page = browser.get(&to).await;
        assert!(page.body.contains("40명을 가져왔어요"), "{}", page.body);
        assert_eq!(count(&team.admin).await, 45);
        assert!(site.stage.mails().await.is_empty(), "nobody was invited unasked");
    }

    async fn good_rows_are_imported_without_the_bad_and_new_people_are_invited(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let (_, to, _) = upload(site, &mut browser, "people.csv", PEOPLE).await;
        let page = browser.get(&to).await;
        let version = hidden(&page.body, "version");
        let form = [("version", version.as_str()), ("leave_out", "true"), ("invite", "true")];
        browser.submit(&to, &to, &form).await;
        let page = browser.get(&to).await;
        assert!(page.body.contains("38명을 가져왔어요") && page.body.contains("초대 메일"), "{}", page.body);
        assert_eq!(count(&team.admin).await, 43);
        let (_, again, _) = upload(site, &mut browser, "people.csv", CP949).await;
        assert!(browser.get(&again).await.body.contains("고칠 줄이") || browser.get(&again).await.body.contains("가져올 수"));
    }

    async fn a_file_that_cannot_be_read_says_why_and_what_to_do(site: Site) {
        let (_team, mut browser) = with_departments(site).await;
        let (status, _, body) = upload(site, &mut browser, "missing.csv", MISSING).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("‘이메일’ 열이 없어요") && body.contains("e-mail address"), "{body}");
        let (_, _, body) = upload(site, &mut browser, "x.pdf", b"%PDF-1.7").await;
        assert!(body.contains("XLSX로 다시 저장"), "{body}");
        let (_, _, body) = upload(site, &mut browser, "x.csv", "이름,이메일\n가,나,다\n".as_bytes()).await;
        assert!(body.contains("2번째 줄은 칸이 3개인데"), "{body}");
        let (status, _, body) = upload(site, &mut browser, "", b"").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("파일을 골라 주세요"));
    }

    async fn a_kept_file_is_gone_after_half_an_hour_and_never_another_persons(site: Site) {
        let (team, mut browser) = with_departments(site).await;
        let (_, to, _) = upload(site, &mut browser, "people.csv", PEOPLE).await;
        let other = site.stage.team("다른회사").await;
        let mut stranger = site.browser_of(&other.admin).await;
        assert_eq!(stranger.get(&to).await.location(), IMPORT);
        let mut mentor = site.browser_of(&team.mentor).await;
        assert_eq!(mentor.get(IMPORT).await.status, StatusCode::FORBIDDEN);
        site.stage.clock.advance(chrono::Duration::minutes(20));
        assert_eq!(browser.get(&to).await.status, StatusCode::OK);
        site.stage.clock.advance(chrono::Duration::minutes(11));
        assert_eq!(browser.get(&to).await.location(), IMPORT);
        assert!(browser.get(IMPORT).await.body.contains("30분 동안만"));
    }

    async fn exports_stream_a_file_and_settings_are_kept(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.admin).await;
        let file = browser.get("/organisation/export?format=csv&role=mentor").await;
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"people-"));
        assert!(file.body.contains(&team.mentor.email) && !file.body.contains(&team.mentee.email));
        let file = browser.get("/organisation/export?format=xlsx").await;
        assert!(file.body.starts_with("PK") && file.header("content-type").contains("spreadsheetml"));

        let page = browser.get("/settings").await;
        assert_eq!((page.status, calls(&page)), (StatusCode::OK, 2));
        let wrong = [("name", ""), ("time_zone", "Mars/Base"), ("working_days", "1"), ("locale", "ko")];
        let answer = browser.submit("/settings", "/settings", &wrong).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("name-error"));
        let none = [("name", "새 이름"), ("time_zone", "Asia/Seoul"), ("locale", "ko")];
        let answer = browser.submit("/settings", "/settings", &none).await;
        assert!(answer.body.contains("하루는 골라 주세요"));
        let right = [&none[..], &[("working_days", "1"), ("working_days", "32")]].concat();
        browser.submit("/settings", "/settings", &right).await;
        let page = browser.get("/settings").await;
        assert!(page.body.contains("저장했어요") && page.body.contains("value=\"32\" checked"), "{}", page.body);
        assert!(page.body.contains("<b>새 이름</b>"), "the sidebar says the new name");
        let day = [("date", "2026-05-04"), ("holiday_name", "창립 기념일")];
        let answer = browser.submit("/settings", "/settings/holidays", &day).await;
        assert_eq!(answer.location(), "/settings?year=2026#holidays");
        let page = browser.get("/settings?year=2026").await;
        assert!(page.body.contains("창립 기념일") && page.body.contains("추석"));
        let answer = browser.submit("/settings", "/settings/holidays", &day).await;
        assert!(answer.body.contains("이미 휴일인 날"));
        browser.submit("/settings", "/settings/holidays/remove", &day[..1]).await;
        let page = browser.get("/settings?year=2026").await;
        assert!(page.body.contains("휴일을 지웠어요") && page.body.contains("회사만의 휴일이 없어요"));
        let mut mentor = site.browser_of(&team.mentor).await;
        assert_eq!(mentor.get("/settings").await.status, StatusCode::FORBIDDEN);
        let list = mentor.get("/organisation").await;
        assert!(list.status == StatusCode::OK && !list.body.contains("name=\"user\""), "a mentor reads only");
        let unknown = format!("/organisation/people/{}", UserId(999_999));
        assert_eq!(browser.get(&unknown).await.status, StatusCode::NOT_FOUND);
    }
}
