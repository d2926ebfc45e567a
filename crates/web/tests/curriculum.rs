//! Curricula through the pages, over the real API: made, filled, ordered, edited, published, and two people at once.

mod support;

use http::StatusCode;
use support::{Answer, Browser, on_both_transports};

/// The revision that the page's forms carry.
fn revision(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"revision\" value=\"").expect("a form with a revision");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The keys of the cards as they lie on the page: by week, then in order.
fn keys(page: &str) -> Vec<String> {
    let parts = page.split("name=\"key\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap_or_default().to_owned()).collect()
}

/// Week and title of each card, in order.
fn cards(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // The script's templates come after the cards, and hold none.
    let page = page.split("<template").next().unwrap_or_default();
    for part in page.split("data-week=\"").skip(1) {
        let week = part.split('"').next().unwrap_or_default();
        for card in part.split("class=\"title\">").skip(1) {
            found.push((week.to_owned(), card.split('<').next().unwrap_or_default().to_owned()));
        }
    }
    found
}

fn laid(cards: &[(&str, &str)]) -> Vec<(String, String)> {
    cards.iter().map(|(week, title)| ((*week).to_owned(), (*title).to_owned())).collect()
}

async fn make(browser: &mut Browser, title: &str) -> String {
    let form = [("title", title), ("description", ""), ("department_id", "")];
    let made = browser.submit("/curricula/new", "/curricula/new", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.location().to_owned()
}

/// Sends a form with the revision of the page as it is now.
async fn now(browser: &mut Browser, at: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    let revision = revision(&browser.get(at).await.body);
    let form = [&[("revision", revision.as_str())], form].concat();
    browser.submit(at, &format!("{at}{path}"), &form).await
}

const FIELDS: [(&str, &str); 6] = [
    ("kind", "reading"),
    ("owner", "mentee"),
    ("priority", "high"),
    ("week", "1"),
    ("starts_after", "0"),
    ("is_required", "true"),
];

on_both_transports! {
    async fn a_curriculum_is_made_filled_ordered_edited_and_published(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.mentor).await;
        assert!(browser.get("/curricula").await.body.contains("아직 커리큘럼이 없어요"));
        let at = make(&mut browser, "백엔드 온보딩").await;
        let empty = browser.get(&at).await;
        assert!(empty.body.contains("아직 발행하지 않았어요") && empty.body.contains("백엔드 온보딩을 만들었어요"));
        assert_eq!(empty.header("x-api-calls"), "1");
        let refused = browser.submit(&at, &format!("{at}/publish"), &[("note", "처음"), ("revision", &revision(&empty.body))]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("과제가 하나는 있어야") && refused.body.contains("처음"));

        for (week, title) in [("1", "팀 소개"), ("1", "용어집 읽기"), ("2", "첫 배포")] {
            let added = now(&mut browser, &at, "/tasks", &[("week", week), ("title", title)]).await;
            assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        }
        let page = browser.get(&at).await.body;
        assert_eq!(cards(&page), laid(&[("1", "팀 소개"), ("1", "용어집 읽기"), ("2", "첫 배포")]));
        let blank = now(&mut browser, &at, "/tasks", &[("week", "2"), ("title", "  ")]).await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(blank.body.contains("id=\"add-error\""), "{}", blank.body);

        // As a drag sends it: all cards, and the page's figures come back.
        let keys = keys(&page);
        let order = [
            ("key", keys[2].as_str()), ("week", "1"), ("position", "1"),
            ("key", keys[0].as_str()), ("week", "1"), ("position", "2"),
            ("key", keys[1].as_str()), ("week", "2"), ("position", "1"),
        ];
        let csrf = support::csrf_of(&page);
        let before = revision(&page);
        let form = [&[("csrf", csrf.as_str()), ("revision", before.as_str())], order.as_slice()].concat();
        let dragged = browser.post_with(&format!("{at}/order"), &form, &[("hx-request", "true")]).await;
        assert_eq!(dragged.status, StatusCode::OK, "{}", dragged.body);
        assert_ne!(revision(&dragged.body), before);
        let expected = laid(&[("1", "첫 배포"), ("1", "팀 소개"), ("2", "용어집 읽기")]);
        assert_eq!(cards(&browser.get(&at).await.body), expected);
        let again = browser.post_with(&format!("{at}/order"), &form, &[("hx-request", "true")]).await;
        assert_eq!(again.status, StatusCode::PRECONDITION_FAILED, "the page that sent it is old");
        // By the card's menu, without a script.
        let step = format!("later:{}", keys[0]);
        let moved = now(&mut browser, &at, "/order", &[("move", &step)]).await;
        assert_eq!(moved.location(), format!("{at}#task-{}", keys[0]));
        let expected = laid(&[("1", "첫 배포"), ("2", "용어집 읽기"), ("2", "팀 소개")]);
        assert_eq!(cards(&browser.get(&at).await.body), expected);

        let task = format!("{at}/tasks/{}", keys[2]);
        let edit = [&FIELDS[..], &[("title", "첫 배포를 해요"), ("duration", "7"), ("depends_on", keys[1].as_str()), ("guideline", "## 먼저\n읽어요")]].concat();
        let saved = now(&mut browser, &task, "", &edit).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = browser.get(&at).await.body;
        assert!(page.contains("먼저: 용어집 읽기") && page.contains("1주차가 2일 넘쳐요"), "{page}");
        let other = format!("{at}/tasks/{}", keys[1]);
        let circle = [&FIELDS[..], &[("title", "용어집"), ("duration", "many"), ("depends_on", keys[2].as_str())]].concat();
        let wrong = now(&mut browser, &other, "", &circle).await;
        assert!(wrong.body.contains("id=\"duration-error\"") && wrong.body.contains("value=\"many\""));
        let circle = [&FIELDS[..], &[("title", "용어집"), ("duration", "1"), ("depends_on", keys[2].as_str())]].concat();
        let wrong = now(&mut browser, &other, "", &circle).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("서로를 기다리는 과제가 있어요"), "{}", wrong.body);

        now(&mut browser, &at, "/weeks", &[]).await;
        now(&mut browser, &at, "/weeks/3/note", &[("note", "마무리해요")]).await;
        assert!(browser.get(&at).await.body.contains("마무리해요"));

        let published = now(&mut browser, &at, "/publish", &[("note", "첫 버전")]).await;
        assert_eq!(published.location(), at, "{}", published.body);
        assert!(browser.get(&at).await.body.contains("v1을 발행했어요"));
        let unchanged = now(&mut browser, &at, "/publish", &[("note", "")]).await;
        assert!(unchanged.body.contains("바뀐 곳이 없어요"), "{}", unchanged.body);
        let versions = browser.get(&format!("{at}/versions")).await;
        assert!(versions.body.contains("첫 버전") && versions.body.contains(&team.mentor.name));
        let version = browser.get(&format!("{at}/versions/1")).await.body;
        assert!(version.contains("첫 배포를 해요") && !version.contains("data-curriculum"));
        let read = browser.get(&format!("{at}/versions/1/tasks/{}", keys[2])).await;
        assert!(read.body.contains("<h2>먼저</h2>"), "{}", read.body);

        let gone = now(&mut browser, &other, "/delete", &[("title", "용어집 읽기")]).await;
        assert_eq!(gone.location(), at);
        let page = browser.get(&at).await.body;
        assert!(!page.contains("먼저: 용어집 읽기") && page.contains("v2로 발행"), "{page}");
        let list = browser.get("/curricula?state=published").await.body;
        assert!(list.contains("백엔드 온보딩") && list.contains("v1"));
        assert!(browser.get("/curricula?state=archived").await.body.contains("찾는 커리큘럼이 없어요"));
        let file = browser.get(&format!("{at}/export")).await;
        assert!(file.header("content-disposition").contains("UTF-8''") && file.body.contains("첫 배포를 해요"));
        let copy = browser.submit(&at, &format!("{at}/copy"), &[]).await;
        assert_ne!(copy.location(), at);
        browser.submit("/curricula", &format!("{at}/archive"), &[]).await;
        assert!(browser.get(&at).await.body.contains("보관된 커리큘럼이에요"));
    }

    async fn what_was_typed_survives_somebody_elses_change(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let (mut first, mut second) =
            (site.browser_of(&team.mentor).await, site.browser_of(&team.admin).await);
        let at = make(&mut first, "함께 고치기").await;
        now(&mut first, &at, "/tasks", &[("week", "1"), ("title", "처음 과제")]).await;
        let page = first.get(&at).await.body;
        let (old, key) = (revision(&page), keys(&page).remove(0));
        now(&mut second, &at, "/tasks", &[("week", "1"), ("title", "둘째 과제")]).await;

        let typed = [("revision", old.as_str()), ("week", "1"), ("title", "내가 쓰던 이름")];
        let stale = first.submit(&at, &format!("{at}/tasks"), &typed).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        assert!(stale.body.contains("value=\"내가 쓰던 이름\"") && stale.body.contains("둘째 과제"));
        assert!(stale.body.contains("그사이 다른 사람이"), "{}", stale.body);

        let edit = [&FIELDS[..], &[("revision", old.as_str()), ("title", "고친 이름"), ("duration", "2"), ("guideline", "길게 쓴 지침")]].concat();
        let task = format!("{at}/tasks/{key}");
        let stale = first.submit(&task, &task, &edit).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        assert!(stale.body.contains("길게 쓴 지침") && stale.body.contains("value=\"고친 이름\""));
        let fresh = revision(&stale.body);
        assert_ne!(fresh, old);
        let edit: Vec<_> = edit.into_iter().filter(|(name, _)| *name != "revision").chain([("revision", fresh.as_str())]).collect();
        assert_eq!(first.submit(&task, &task, &edit).await.status, StatusCode::SEE_OTHER);
        let expected = laid(&[("1", "고친 이름"), ("1", "둘째 과제")]);
        assert_eq!(cards(&second.get(&at).await.body), expected);
    }

    async fn others_read_and_mentees_see_nothing(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut admin = site.browser_of(&team.admin).await;
        let at = make(&mut admin, "공용 과정").await;
        now(&mut admin, &at, "/tasks", &[("week", "1"), ("title", "읽을 것")]).await;
        let page = admin.get(&at).await.body;
        let key = keys(&page).remove(0);
        let mut mentor = site.browser_of(&team.other_mentor).await;
        mentor.submit("/profile", "/locale", &[("locale", "en")]).await;
        let seen = mentor.get(&at).await.body;
        assert!(seen.contains("You can read it, not change it") && seen.contains("읽을 것"), "{seen}");
        assert!(!seen.contains("name=\"revision\"") && !seen.contains("/publish"));
        let read = mentor.get(&format!("{at}/tasks/{key}")).await.body;
        assert!(!read.contains("name=\"title\"") && read.contains("<dt>Kind</dt>"));
        let form = [("revision", "1"), ("week", "1"), ("title", "x")];
        assert_eq!(mentor.submit(&at, &format!("{at}/tasks"), &form).await.status, StatusCode::FORBIDDEN);
        let mut mentee = site.browser_of(&team.mentee).await;
        assert_eq!(mentee.get("/curricula").await.status, StatusCode::FORBIDDEN);
        assert_eq!(mentee.get("/curricula/new").await.status, StatusCode::FORBIDDEN);
    }
}
