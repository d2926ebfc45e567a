//! A mentorship that began on Monday 2026-08-31 from a published curriculum, all of it through the API.

use super::Site;
use contract::{
    curriculum::{
        CreateCurriculum, Draft, NewCurriculum, Priority, Publication, PublishCurriculum, SaveDraft,
        TemplateTask,
    },
    mentorship::{CreateMentorship, GetMenteeHome, Mentorship, NewMentorship},
    tasks::Task,
};
use testkit::{Team, template};

pub struct Started {
    pub team: Team,
    pub mentorship: Mentorship,
    /// As the mentee sees them, by week.
    pub tasks: Vec<Task>,
}

fn titled(title: &str, week: i64, guideline: &str) -> TemplateTask {
    TemplateTask {
        title: title.to_owned(),
        guideline: guideline.to_owned(),
        submission_form: "## 한 일\n".to_owned(),
        priority: Priority::High,
        duration: 5,
        ..template("", week)
    }
}

/// A team whose mentee has three tasks in two weeks; the first one's guideline tries to run a script.
pub async fn started(site: &Site) -> Started {
    let team = site.stage.team("윤슬로보틱스").await;
    let curriculum =
        NewCurriculum {
            title: "플랫폼 온보딩".to_owned(), description: String::new(), department_id: None
        };
    let made = team.admin.call(CreateCurriculum { curriculum, if_match: None }).await.expect("a curriculum");
    let curriculum_id = made.curriculum.curriculum_id;
    let draft = Draft {
        week_notes: Vec::new(),
        tasks: vec![
            titled(
                "관제 서버 띄우기",
                1,
                "**먼저** 읽어요 <script>alert(1)</script> [글](javascript:alert(1))",
            ),
            titled("런북 요약하기", 1, "짧게 써요"),
            titled("회고 쓰기", 2, ""),
        ],
    };
    team.admin
        .call(SaveDraft { curriculum_id, draft, if_match: Some(made.revision) })
        .await
        .expect("a saved draft");
    let publication = Publication::default();
    let version =
        team.admin.call(PublishCurriculum { curriculum_id, publication }).await.expect("a published version");
    let mentorship = NewMentorship {
        mentee_id: team.mentee.user_id,
        mentor_id: Some(team.mentor.user_id),
        version_ids: vec![version.version_id],
        start_on: "2026-08-31".parse().expect("a day"),
        title: String::new(),
    };
    let mentorship = team.admin.call(CreateMentorship { mentorship }).await.expect("a mentorship");
    let tasks = team.mentee.call(GetMenteeHome {}).await.expect("a home").tasks;
    Started { team, mentorship, tasks }
}
