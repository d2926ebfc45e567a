//! Ways in and one's own account over the real API: invitation, reset, profile, the first run, companies.

mod support;

use contract::auth::{GetMe, ListSessions};
use http::StatusCode;
use support::{Browser, csrf_of, on_both_transports};
use testkit::PASSWORD;

const NEW_PASSWORD: &str = "seven quiet ferries at dawn";

/// The first admin's form, with a registration number that holds.
fn company(number: &str) -> [(&str, &str); 7] {
    [
        ("company_id", number),
        ("name", "윤슬로보틱스"),
        ("locale", "ko"),
        ("time_zone", "Asia/Seoul"),
        ("admin.email", "minjae@yunseul.example"),
        ("admin.family_name", "정"),
        ("admin.given_name", "민재"),
    ]
}

on_both_transports! {
    async fn an_operator_makes_a_company_and_its_admin_comes_in_by_the_invitation(site: Site) {
        let operator = site.stage.operator().await;
        let mut browser = site.browser_of(&operator).await;
        let wrong = browser.submit("/companies/new", "/companies/new", &company("2208162518")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("마지막 숫자가"), "{}", wrong.body);
        assert!(wrong.body.contains("value=\"minjae@yunseul.example\""), "what was typed is kept");
        let made = browser.submit("/companies/new", "/companies/new", &company("2208162517")).await;
        assert_eq!(made.location(), "/companies/220-81-62517", "{}", made.body);
        let page = browser.get(made.location()).await;
        assert!(page.body.contains("윤슬로보틱스") && page.body.contains("초대를 보냈어요"), "{}", page.body);
        assert!(browser.get("/companies").await.body.contains("220-81-62517"));

        let token = site.stage.link_token("invitation").await;
        let mut admin = Browser::of(site);
        let asked = admin.submit("/invitation", "/invitation", &[("token", &token)]).await;
        assert!(asked.body.contains("윤슬로보틱스") && asked.body.contains("minjae@yunseul.example"));
        let csrf = csrf_of(&asked.body);
        let weak = [("csrf", csrf.as_str()), ("token", &token), ("new_password", "yunseulrobotics")];
        let weak = admin.post("/invitation/accept", &weak).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.body.contains("new_password-error") && !weak.body.contains("yunseulrobotics"));
        let good = [("csrf", csrf.as_str()), ("token", &token), ("new_password", NEW_PASSWORD)];
        let good = admin.post("/invitation/accept", &good).await;
        assert_eq!((good.status, good.location()), (StatusCode::SEE_OTHER, "/"));
        let home = admin.get("/").await;
        assert!(home.body.contains("환영해요"), "{}", home.body);
        assert!(home.body.contains("부서 만들기"), "the first steps: {}", home.body);
        assert!(!admin.get("/welcome").await.body.contains("환영해요"), "said once");
        assert_eq!(admin.get("/companies").await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.get("/installation").await.status, StatusCode::FORBIDDEN);

        let used = Browser::of(site).submit("/invitation", "/invitation", &[("token", &token)]).await;
        assert_eq!(used.status, StatusCode::GONE);
        assert!(used.body.contains("href=\"/sign-in\""), "a way out");
        let health = browser.get("/installation").await;
        assert!(health.body.contains("답해요") && !health.body.contains("답하지 않아요"), "{}", health.body);
    }

    async fn suspending_a_company_puts_its_people_out_until_it_is_resumed(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let operator = site.stage.operator().await;
        let mut person = site.browser_of(&team.mentee).await;
        let mut browser = site.browser_of(&operator).await;
        let page = format!("/companies/{}", team.company_id);
        let refused = browser.submit(&page, &format!("{page}/delete"), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("쓰고 있어서"), "{}", refused.body);
        browser.submit(&page, &format!("{page}/suspend"), &[]).await;
        for _ in 0..20 {
            if person.get("/profile").await.status == StatusCode::SEE_OTHER {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(person.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
        assert_eq!(person.sign_in(&team.mentee.email, PASSWORD, "/").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.submit(&page, &format!("{page}/resume"), &[]).await;
        assert_eq!(person.sign_in(&team.mentee.email, PASSWORD, "/").await.location(), "/");
        let edit = [("name", "윤슬"), ("time_zone", "Asia/Tokyo"), ("locale", "en"), ("days", "1"), ("days", "64")];
        let saved = browser.submit(&page, &page, &edit).await;
        assert_eq!(saved.location(), page, "{}", saved.body);
        let shown = browser.get(&page).await.body;
        assert!(shown.contains("value=\"64\" checked") && !shown.contains("value=\"32\" checked"), "{shown}");
        let none = browser.submit(&page, &page, &[("name", ""), ("time_zone", "Asia/Seoul")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("name-error") && none.body.contains("하루는 골라"), "{}", none.body);
    }

    async fn a_forgotten_password_has_one_answer_and_a_link_that_works_once(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = Browser::of(site);
        let mut answers = Vec::new();
        for email in ["nobody@yunseul.example", team.mentee.email.as_str()] {
            let answer = browser.submit("/forgot", "/forgot", &[("email", email)]).await;
            answers.push((answer.status, answer.body.replace(email, "")));
        }
        assert_eq!(answers[0], answers[1]);
        let token = site.stage.link_token("reset").await;
        let pasted = format!("https://naru.example/reset#{token}");
        let weak = browser.submit("/reset", "/reset", &[("token", &pasted), ("new_password", "1234567890")]).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.body.contains("new_password-error"), "{}", weak.body);
        let form = [("token", token.as_str()), ("new_password", NEW_PASSWORD)];
        let done = browser.submit("/reset", "/reset", &form).await;
        assert_eq!(done.location(), "/sign-in?after=reset");
        assert!(browser.get(done.location()).await.body.contains("비밀번호를 바꿨어요"));
        assert_eq!(browser.submit("/reset", "/reset", &form).await.status, StatusCode::GONE);
        assert_eq!(browser.sign_in(&team.mentee.email, NEW_PASSWORD, "/").await.location(), "/");
    }

    async fn one_sees_ones_devices_and_ends_them(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut here = site.browser_of(&team.mentee).await;
        let mut there = site.browser_of(&team.mentee).await;
        let page = here.get("/profile").await;
        assert_eq!(page.header("x-api-calls"), "2");
        assert!(page.body.contains("이 기기"), "{}", page.body);
        let sessions = team.mentee.call(ListSessions {}).await.unwrap().items;
        assert_eq!(sessions.len(), 3, "the two browsers and the test's own");
        assert_eq!(here.submit("/profile", "/profile/devices/end-others", &[]).await.location(), "/profile");
        for _ in 0..20 {
            if there.get("/profile").await.status == StatusCode::SEE_OTHER {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(there.get("/profile").await.status, StatusCode::SEE_OTHER);
        let page = here.get("/profile").await;
        assert!(page.body.contains("모두 로그아웃했어요") && !page.body.contains("end-others"), "{}", page.body);

        there.sign_in(&team.mentee.email, PASSWORD, "/").await;
        let body = here.get("/profile").await.body;
        let (_, rest) = body.split_once("action=\"/profile/devices/").expect("the other device");
        let path = format!("/profile/devices/{}", rest.split('"').next().unwrap());
        assert_eq!(here.submit("/profile", &path, &[]).await.location(), "/profile");
        assert_eq!(here.submit("/profile", &path, &[]).await.location(), "/profile", "gone is gone");
        assert!(!here.get("/profile").await.body.contains("end-others"));
    }

    async fn a_password_change_needs_the_present_one_and_says_what_is_wrong_where(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.mentee).await;
        let change = async |browser: &mut Browser, old: &str, new: &str| {
            let form = [("current_password", old), ("new_password", new)];
            browser.submit("/profile", "/profile/password", &form).await
        };
        let wrong = change(&mut browser, "not my password", NEW_PASSWORD).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("id=\"current_password-error\""), "{}", wrong.body);
        let weak = change(&mut browser, PASSWORD, "short").await;
        assert!(weak.body.contains("id=\"new_password-error\""), "{}", weak.body);
        let done = change(&mut browser, PASSWORD, NEW_PASSWORD).await;
        assert_eq!(done.location(), "/profile", "{}", done.body);
        assert_eq!(browser.get("/profile").await.status, StatusCode::OK, "this device stays");
        assert_eq!(Browser::of(site).sign_in(&team.mentee.email, NEW_PASSWORD, "/").await.location(), "/");
    }

    async fn an_empty_installation_is_set_up_once_with_the_printed_token(site: Site) {
        let mut browser = Browser::of(site);
        assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK, "nothing is to be set up");
        assert_eq!(browser.get("/setup").await.location(), "/sign-in");

        let site = &support::Site::in_process().await;
        let mut tx = site.stage.db.write().await.unwrap();
        tx.query("INSERT INTO installation (name, value) VALUES ('setup_token', $1)")
            .bind(api::secret::digest("printed-token"))
            .execute()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::of(site);
        assert_eq!(browser.get("/").await.location(), "/sign-in");
        assert_eq!(browser.get("/sign-in").await.location(), "/setup");
        let with = |token: &'static str, password: &'static str| {
            [
                ("token", token),
                ("email", "operator@naru.example"),
                ("family_name", "운"),
                ("given_name", "영자"),
                ("password", password),
            ]
        };
        let wrong = browser.submit("/setup", "/setup", &with("another", NEW_PASSWORD)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("token-error") && wrong.body.contains("value=\"operator@naru.example\""));
        assert!(!wrong.body.contains(NEW_PASSWORD));
        let right = browser.submit("/setup", "/setup", &with("printed-token", NEW_PASSWORD)).await;
        assert_eq!(right.location(), "/setup/company", "{}", right.body);
        let made = browser.submit("/setup/company", "/setup/company", &company("220-81-62517")).await;
        assert_eq!(made.location(), "/setup/done?company=220-81-62517", "{}", made.body);
        assert!(browser.get(made.location()).await.body.contains("초대를 보냈어요"));
        assert_eq!(Browser::of(site).get("/setup").await.location(), "/sign-in");
        let again = Browser::of(site).get("/sign-in").await;
        assert_eq!(again.status, StatusCode::OK);
    }

    async fn language_and_theme_are_kept_with_the_person(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.mentor).await;
        assert_eq!(browser.submit("/profile", "/locale", &[("locale", "en")]).await.location(), "/profile");
        browser.submit("/profile", "/theme", &[("theme", "dark")]).await;
        let page = browser.get("/profile").await;
        assert!(page.body.contains("My account") && page.body.contains("data-theme=\"dark\""), "{}", page.body);
        let me = team.mentor.call(GetMe {}).await.unwrap();
        assert_eq!((me.locale.as_str(), me.theme.as_str()), ("en", "dark"));
    }
}
