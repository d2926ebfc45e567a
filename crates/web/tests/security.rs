//! What the pages promise about cookies, sessions, forms and headers, over the real API.

mod support;

use axum::Router;
use chrono::Duration;
use contract::{
    companies::{CompanyFilter, ListCompanies},
    policy::{Role, Roles},
    users::{ListUsers, UpdateUser, UserFilter, UserPatch, UserStatus},
};
use http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use support::{Answer, Browser, csrf_of};
use testkit::{Engine, PASSWORD, Person, Stage, Team};
use web::{Clock, Kv, WebConfig};

/// The pages before an API of their own, with their store at hand.
struct Pages {
    stage: Stage,
    kv: Kv,
    router: Router,
}

impl AsRef<Router> for Pages {
    fn as_ref(&self) -> &Router {
        &self.router
    }
}

impl Pages {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut WebConfig)) -> Self {
        let stage = Stage::new(Engine::Sqlite).await.expect("SQLite is always there");
        let test_clock = stage.clock.clone();
        let clock: Clock = Arc::new(move || test_clock.now());
        let kv = Kv::memory(Arc::clone(&clock));
        let mut config = WebConfig::new(clock);
        change(&mut config);
        let router = web::router(stage.transport.clone(), kv.clone(), config);
        Self { stage, kv, router }
    }

    async fn browser_of(&self, person: &Person) -> Browser {
        let mut browser = Browser::of(self);
        let answer = browser.sign_in(&person.email, PASSWORD, "/").await;
        assert_eq!(answer.location(), "/", "{}", answer.body);
        browser
    }

    /// Who there is and which companies: what a forged form would have changed.
    async fn everything(&self, team: &Team, operator: &Person) -> String {
        let people = team.admin.call(ListUsers { filter: UserFilter::default() }).await.unwrap();
        let companies = operator.call(ListCompanies { filter: CompanyFilter::default() }).await.unwrap();
        serde_json::to_string(&(people, companies)).unwrap()
    }
}

/// Every page within reach of the links of `/`, by its path; one of each kind where paths differ only by a number.
async fn crawl(browser: &mut Browser) -> BTreeMap<String, Answer> {
    let mut pages = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    let mut waiting = vec!["/".to_owned(), "/profile".to_owned()];
    while let Some(path) = waiting.pop() {
        let kind: String = path.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        if !kinds.insert(kind) || kinds.len() > 80 {
            continue;
        }
        let answer = browser.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        if answer.status == StatusCode::SEE_OTHER {
            waiting.push(answer.location().to_owned());
        } else if answer.header("content-type").starts_with("text/html") {
            waiting.extend(attributes(&answer.body, "href=\"/").filter(|link| !link.starts_with("/static/")));
            pages.insert(path, answer);
        }
    }
    pages
}

/// The values of an attribute, `/` put back in front, without a fragment.
fn attributes(html: &str, beginning: &str) -> impl Iterator<Item = String> {
    html.split(beginning).skip(1).filter_map(|rest| {
        let value = rest.split(['"', '#']).next()?;
        Some(format!("/{}", value.replace("&amp;", "&").replace("&#x2f;", "/")))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_session_is_a_host_cookie_that_no_script_reads() {
    let pages = Pages::with(|config| {
        config.secure_cookies = true;
        config.public_url = Some("https://naru.test".to_owned());
    })
    .await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let mut browser = Browser::of(&pages);
    let answer = browser.sign_in(&team.mentee.email, PASSWORD, "/").await;
    let cookie = answer.header("set-cookie");
    let (pair, flags) = cookie.split_once("; ").unwrap();
    let id = pair.strip_prefix("__Host-naru=").expect("bound to this host");
    assert!(id.len() >= 43, "256 bits: {id}");
    let flags: BTreeSet<_> = flags.split("; ").collect();
    assert_eq!(flags, BTreeSet::from(["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_gives_a_new_id_and_the_one_before_is_worth_nothing() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let mut browser = Browser::of(&pages);
    browser.cookies.insert("naru".to_owned(), "chosen-by-somebody-else".to_owned());
    browser.sign_in(&team.mentee.email, PASSWORD, "/").await;
    let first = browser.cookies["naru"].clone();
    assert_ne!(first, "chosen-by-somebody-else");
    browser.sign_in(&team.mentee.email, PASSWORD, "/").await;
    assert_ne!(browser.cookies["naru"], first);
    assert_eq!(browser.get("/profile").await.status, StatusCode::OK);
    browser.cookies.insert("naru".to_owned(), first);
    assert_eq!(browser.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_visitors_leave_no_session() {
    let pages = Pages::new().await;
    for number in 0..1_000 {
        let path = ["/sign-in", "/forgot", "/invitation", "/reset", "/nothing-here", "/profile"][number % 6];
        assert!(!Browser::of(&pages).get(path).await.status.is_server_error(), "{path}");
    }
    assert_eq!(pages.kv.len().await.unwrap(), 1, "only the key that signs their forms");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_form_changes_nothing_whichever_form_it_is() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let operator = pages.stage.operator().await;
    let mut stranger = pages.browser_of(&team.other_mentee).await;
    let strange = csrf_of(&stranger.get("/profile").await.body);
    let mut browsers = Vec::new();
    for person in [&team.mentee, &team.mentor, &team.admin, &operator] {
        browsers.push(pages.browser_of(person).await);
    }
    let before = pages.everything(&team, &operator).await;
    let mut tried = BTreeSet::new();
    for mut browser in browsers {
        let own = csrf_of(&browser.get("/profile").await.body);
        let mut actions: BTreeSet<String> = BTreeSet::new();
        for page in crawl(&mut browser).await.values() {
            for form in page.body.split("<form").skip(1).filter(|form| form.contains("method=\"post\"")) {
                actions.extend(attributes(form.split('>').next().unwrap(), "action=\"/"));
            }
        }
        assert!(actions.contains("/logout") && actions.contains("/profile/password"), "{actions:?}");
        for action in actions {
            let with = |token| [("csrf", token), ("locale", "en"), ("name", "forged")];
            for (form, header) in [
                (&with(&own)[1..], None),
                (&with("")[..], None),
                (&with(&strange)[..], None),
                (&with(&own)[..], Some(("origin", "https://evil.example"))),
                (&with(&own)[..], Some(("origin", "null"))),
                (&with(&own)[..], Some(("sec-fetch-site", "cross-site"))),
                (&with(&own)[..], Some(("sec-fetch-site", "same-site"))),
            ] {
                let headers: Vec<_> = header.into_iter().collect();
                let answer = browser.post_with(&action, form, &headers).await;
                assert!(
                    answer.status == StatusCode::FORBIDDEN || is_another_body(&action, answer.status),
                    "{action} with {form:?} and {headers:?}: {}",
                    answer.status
                );
            }
            tried.insert(action);
        }
        assert_eq!(browser.get("/profile").await.status, StatusCode::OK, "still signed in");
    }
    assert!(tried.len() >= 8, "{tried:?}");
    assert_eq!(pages.everything(&team, &operator).await, before);
}

/// A form with a file is no urlencoded one: refused before its token is looked at.
fn is_another_body(action: &str, status: StatusCode) -> bool {
    action.ends_with("/import") && status == StatusCode::BAD_REQUEST
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_keeps_tokens_to_itself_and_carries_the_headers() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let operator = pages.stage.operator().await;
    for person in [&team.mentee, &team.mentor, &team.admin, &operator] {
        let mut browser = pages.browser_of(person).await;
        let session = browser.cookies["naru"].clone();
        let seen = crawl(&mut browser).await;
        assert!(seen.contains_key("/profile"), "{:?}", seen.keys());
        for (path, answer) in &seen {
            assert!(!answer.body.contains("eyJ"), "{path} holds a token");
            assert!(!answer.body.contains(&session), "{path} holds the session's id");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            let policy = answer.header("content-security-policy");
            for part in
                ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
            {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            for name in ["x-content-type-options", "referrer-policy", "cross-origin-opener-policy"] {
                assert!(!answer.header(name).is_empty(), "{path} lacks {name}");
            }
            for inline in [" style=", " onclick=", " onload=", "<style", "<script>", "javascript:"] {
                assert!(!answer.body.contains(inline), "{path} has {inline}");
            }
            let calls: u32 = answer.header("x-api-calls").parse().unwrap_or(0);
            assert!(calls <= 3, "{path} asks the API {calls} times");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_signing_out_the_old_cookie_leads_to_the_sign_in_page() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let mut browser = pages.browser_of(&team.mentee).await;
    let old = browser.cookies.clone();
    let kept = pages.kv.len().await.unwrap();
    let answer = browser.submit("/profile", "/logout", &[]).await;
    assert_eq!(answer.location(), "/sign-in");
    assert!(!answer.header("clear-site-data").is_empty());
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(pages.kv.len().await.unwrap(), kept - 1);
    browser.cookies = old;
    assert_eq!(browser.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_fragments_at_once_after_the_access_token_ended_all_come() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let browser = pages.browser_of(&team.mentee).await;
    for round in 0..3 {
        pages.stage.clock.advance(Duration::minutes(11));
        let fragments = (0..20).map(|_| {
            let mut browser = browser.clone();
            async move { browser.get_with("/profile", &[("hx-request", "true")]).await.status }
        });
        let answers = futures_util::future::join_all(fragments).await;
        assert!(answers.iter().all(|status| *status == StatusCode::OK), "round {round}: {answers:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_ends_when_idle_and_after_a_day_however_busy() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let status_after = async |browser: &mut Browser, minutes| {
        pages.stage.clock.advance(Duration::minutes(minutes));
        browser.get("/profile").await.status
    };
    let mut mentee = pages.browser_of(&team.mentee).await;
    let mut admin = pages.browser_of(&team.admin).await;
    assert_eq!(status_after(&mut admin, 29).await, StatusCode::OK);
    assert_eq!(status_after(&mut admin, 31).await, StatusCode::SEE_OTHER, "half an hour for an admin");
    let mut busy = pages.browser_of(&team.mentee).await;
    assert_eq!(mentee.get("/profile").await.status, StatusCode::OK, "an hour for a mentee");
    assert_eq!(status_after(&mut mentee, 61).await, StatusCode::SEE_OTHER);
    let mut turns = 0;
    // The hour above was idle for this one, too.
    if busy.get("/profile").await.status == StatusCode::SEE_OTHER {
        busy = pages.browser_of(&team.mentee).await;
    }
    while status_after(&mut busy, 50).await == StatusCode::OK {
        turns += 1;
        assert!(turns < 40, "it never ends");
    }
    assert_eq!(turns, 28, "24 hours of 50 minutes each");
}

/// Asks until the answer is as wanted, a second at most.
async fn within_a_second(browser: &mut Browser, path: &str, wanted: StatusCode) {
    for _ in 0..20 {
        if browser.get(path).await.status == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{path} is not {wanted} after a second");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_roles_and_a_suspension_hold_within_a_second() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    let mut browser = pages.browser_of(&team.mentor).await;
    assert_eq!(browser.get("/welcome").await.status, StatusCode::FORBIDDEN);
    let change = async |patch: UserPatch| {
        team.admin.call(UpdateUser { user_id: team.mentor.user_id, patch }).await.unwrap();
    };
    let roles = |roles: &[Role]| Some(Roles::of(roles.iter().copied()));
    change(UserPatch { roles: roles(&[Role::Mentor, Role::Admin]), ..UserPatch::default() }).await;
    within_a_second(&mut browser, "/profile", StatusCode::OK).await;
    within_a_second(&mut browser, "/welcome", StatusCode::OK).await;
    change(UserPatch { roles: roles(&[Role::Mentor]), ..UserPatch::default() }).await;
    within_a_second(&mut browser, "/welcome", StatusCode::FORBIDDEN).await;
    change(UserPatch { status: Some(UserStatus::Suspended), ..UserPatch::default() }).await;
    within_a_second(&mut browser, "/profile", StatusCode::SEE_OTHER).await;
    let answer = browser.sign_in(&team.mentor.email, PASSWORD, "/").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn next_never_leads_away() {
    let pages = Pages::new().await;
    let team = pages.stage.team("윤슬로보틱스").await;
    for next in [
        "//e.example",
        "/\\e.example",
        "\\\\e.example",
        "\t//e.example",
        "/\t/e.example",
        "/\n/e.example",
        "https:e",
        "https://e.example",
        "javascript:alert(1)",
        " //e.example",
        "///e.example",
        "/%0d%0aset-cookie:a=b\r\nx",
    ] {
        let mut browser = Browser::of(&pages);
        let answer = browser.sign_in(&team.mentee.email, PASSWORD, next).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{next:?}");
    }
}
