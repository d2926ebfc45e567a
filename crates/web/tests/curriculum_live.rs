//! The live editor's answers, over the real API: small edits, what others changed, who is here; and blocks as pages.

mod support;

use http::StatusCode;
use serde_json::{Value, json};
use support::{Answer, Browser, on_both_transports};

async fn make(browser: &mut Browser, title: &str) -> String {
    let form = [("title", title), ("description", ""), ("department_id", "")];
    browser.submit("/curricula/new", "/curricula/new", &form).await.location().to_owned()
}

async fn draft(browser: &mut Browser, at: &str, query: &str) -> Value {
    serde_json::from_str(&browser.get(&format!("{at}/draft{query}")).await.body).expect("a draft as JSON")
}

/// Sends edits as the page's script does.
async fn edit(browser: &mut Browser, at: &str, base: &Value, once: &str, edits: Value) -> Answer {
    let csrf = support::csrf_of(&browser.get(at).await.body);
    let (base, edits) = (base.to_string(), edits.to_string());
    let form = [("csrf", csrf.as_str()), ("base", &base), ("edits", &edits), ("once", once)];
    browser.post_with(&format!("{at}/edits"), &form, &[("hx-request", "true")]).await
}

fn add(key: &str, title: &str, depends_on: &[&str]) -> Value {
    json!({ "op": "add", "task": {
        "key": key, "week": 1, "title": title, "guideline": "", "submission_form": "", "priority": "medium",
        "starts_after": 0, "duration": 1, "kind": "task", "owner": "mentee", "depends_on": depends_on, "is_required": true,
    } })
}

on_both_transports! {
    async fn edits_go_in_and_come_to_everybody_else(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let (mut mentor, mut admin) = (site.browser_of(&team.mentor).await, site.browser_of(&team.admin).await);
        let at = make(&mut mentor, "함께 쓰는 과정").await;
        let page = mentor.get(&at).await.body;
        assert!(page.contains("data-template=\"card\"") && page.contains("js/curriculum.js"), "{page}");
        let empty = draft(&mut mentor, &at, "").await;
        assert_eq!((&empty["since"], &empty["here"]), (&Value::Null, &json!([])));

        let added = edit(&mut mentor, &at, &empty["revision"], "once-1", json!([add("a", "팀 소개", &[]), add("b", "용어집", &["a"])])).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.body);
        let again = edit(&mut mentor, &at, &empty["revision"], "once-1", json!([add("a", "팀 소개", &[]), add("b", "용어집", &["a"])])).await;
        assert_eq!(again.body, added.body, "sent again with the same word it is done once");
        let seen = draft(&mut admin, &at, "?since=1").await;
        assert_eq!(seen["order"].as_array().map(Vec::len), Some(2));
        assert_eq!(seen["edited_by"], json!([team.mentor.name]));
        assert_eq!(seen["here"][0]["name"], team.mentor.name.as_str());

        // Nothing new and nobody else: no body.
        let path = format!("{at}/draft?since={}", seen["revision"]);
        let tag = admin.get(&path).await.header("etag").to_owned();
        let unchanged = admin.get_with(&path, &[("if-none-match", &tag)]).await;
        assert_eq!((unchanged.status, unchanged.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        site.stage.clock.advance(chrono::Duration::seconds(30));
        let alone = admin.get_with(&path, &[("if-none-match", &tag)]).await;
        assert_eq!(alone.status, StatusCode::OK, "the mentor has left");
        assert_eq!(serde_json::from_str::<Value>(&alone.body).unwrap()["here"], json!([]));

        let rename = |title: &str| json!([{ "op": "change", "key": "a", "fields": { "title": title } }]);
        edit(&mut admin, &at, &seen["revision"], "once-2", rename("관리자의 이름")).await;
        let met = edit(&mut mentor, &at, &seen["revision"], "once-3", rename("멘토의 이름")).await;
        let met: Value = serde_json::from_str(&met.body).unwrap();
        assert_eq!((&met["conflicts"][0]["kind"], &met["conflicts"][0]["theirs"]), (&json!("same_field"), &json!("관리자의 이름")));

        let circle = json!([{ "op": "change", "key": "a", "fields": { "depends_on": ["b"] } }]);
        let refused = edit(&mut mentor, &at, &met["revision"], "once-4", circle).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused: Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!((&refused[0]["edit"], &refused[0]["field"]), (&json!(0), &json!("depends_on")));
        assert!(refused[0]["text"].as_str().is_some_and(|text| text.contains("멘토의 이름 → 용어집 → 멘토의 이름")), "{refused}");
        let nonsense = edit(&mut mentor, &at, &met["revision"], "once-5", json!([{ "op": "dance" }])).await;
        assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);

        let mut reader = site.browser_of(&team.other_mentor).await;
        assert_eq!(draft(&mut reader, &at, "").await["curriculum"]["can_edit"], json!(false));
        draft(&mut mentor, &at, "").await;
        assert_eq!(draft(&mut admin, &at, "").await["here"].as_array().map(Vec::len), Some(1), "who only reads is not shown");
        assert!(reader.get(&format!("{at}?view=list")).await.body.contains("data-view=\"list\""));
        let mut mentee = site.browser_of(&team.mentee).await;
        assert_eq!(mentee.get(&format!("{at}/draft")).await.status, StatusCode::FORBIDDEN);
    }

    async fn blocks_are_kept_put_in_renamed_and_deleted_without_a_script(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut mentor = site.browser_of(&team.mentor).await;
        assert!(mentor.get("/curricula/blocks").await.body.contains("아직 묶음이 없어요"));
        let at = make(&mut mentor, "묶음의 고향").await;
        let empty = draft(&mut mentor, &at, "").await;
        edit(&mut mentor, &at, &empty["revision"], "w1", json!([add("a", "보안 서약", &[]), add("b", "보안 교육", &["a"]), add("c", "점심", &[])])).await;

        let blocks = format!("{at}/blocks");
        let none = mentor.submit(&blocks, &blocks, &[("name", "보안")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was ticked");
        assert!(none.body.contains("value=\"보안\""), "{}", none.body);
        let kept = mentor.submit(&blocks, &blocks, &[("name", "보안"), ("key", "a"), ("key", "b")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let list: Value = serde_json::from_str(&mentor.get("/curricula/blocks/list").await.body).unwrap();
        assert_eq!((&list[0]["name"], &list[0]["task_count"]), (&json!("보안"), &json!(2)));
        let id = list[0]["block_id"].to_string();
        let tasks: Value = serde_json::from_str(&mentor.get(&format!("/curricula/blocks/{id}/tasks")).await.body).unwrap();
        assert_eq!(tasks[1]["depends_on"], json!(["a"]));

        let other = make(&mut mentor, "다른 곳").await;
        let into = format!("/curricula/blocks?into={}", other.trim_start_matches("/curricula/"));
        assert!(mentor.get(&into).await.body.contains("다른 곳"));
        let put = mentor.submit(&into, &format!("{other}/blocks/{id}"), &[("week", "2")]).await;
        assert_eq!(put.location(), format!("{other}#week-2"), "{}", put.body);
        let there = draft(&mut mentor, &other, "").await;
        assert_eq!((&there["order"][0]["week"], &there["tasks"][1]["depends_on"][0]), (&json!(2), &there["tasks"][0]["key"]));
        assert_ne!(there["tasks"][0]["key"], json!("a"));

        let mut colleague = site.browser_of(&team.other_mentor).await;
        assert!(!colleague.get("/curricula/blocks").await.body.contains(&format!("/blocks/{id}/delete")));
        let blank = mentor.submit("/curricula/blocks", &format!("/curricula/blocks/{id}"), &[("name", " ")]).await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        mentor.submit("/curricula/blocks", &format!("/curricula/blocks/{id}"), &[("name", "보안 기본")]).await;
        assert!(mentor.get("/curricula/blocks").await.body.contains("보안 기본"));
        let gone = mentor.submit("/curricula/blocks", &format!("/curricula/blocks/{id}/delete"), &[("name", "보안 기본")]).await;
        assert_eq!(gone.location(), "/curricula/blocks");
        assert!(mentor.get("/curricula/blocks").await.body.contains("아직 묶음이 없어요"));
        let mut mentee = site.browser_of(&team.mentee).await;
        assert_eq!(mentee.get("/curricula/blocks").await.status, StatusCode::FORBIDDEN);
    }
}
