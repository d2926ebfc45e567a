//! A valid request of each endpoint, and the small world it is about.

use chrono::NaiveDate;
use contract::{
    File, Stream, TaskId,
    agreement::{AgreementPatch, UpdateAgreement},
    auth::ListSessions,
    blocks::{CreateBlock, NewBlock},
    curriculum::{
        CreateCurriculum, Draft, NewCurriculum, Publication, PublishCurriculum, SaveDraft, TemplateTask,
    },
    departments::{CreateDepartment, NewDepartment},
    files::{CreateTaskFile, NewFile},
    goals::{CreateGoal, NewGoal},
    matching::{CreateMatching, NewMatching},
    meetings::{CreateMeeting, NewMeeting, PointText},
    memo::{CreateMemo, NewMemo},
    mentorship::{CreateMentorship, NewMentorship},
    policy::{Caller, Role, Roles},
    tasks::{CreateSubtask, ListTasks, NewSubtask, TaskFilter},
    upgrades::{NewUpgrade, StartUpgrade, UpgradeChoice},
    users::{CreateUser, NewUser},
};
use serde_json::{Value, json};
use testkit::{Person, Stage, Team, template};

pub enum Payload {
    None,
    Json(Value),
    File(Vec<u8>),
}

pub struct Sample {
    path: Vec<String>,
    query: &'static str,
    pub payload: Payload,
    /// It names a row of company A: nobody elsewhere may reach it.
    pub names_an_id: bool,
    /// It names a row of the pair: unrelated colleagues may not reach it either.
    pub is_of_the_pair: bool,
    /// The role has the action, but not with this row (somebody else's memo, a curriculum of others).
    pub may_be_denied: bool,
}

impl Sample {
    pub fn uri(&self, template: &str) -> String {
        let mut values = self.path.iter();
        let path: Vec<String> =
            template
                .split('/')
                .map(|segment| {
                    if segment.starts_with('{') {
                        values.next().cloned().unwrap()
                    } else {
                        segment.to_owned()
                    }
                })
                .collect();
        format!("{}{}", path.join("/"), self.query)
    }
}

/// Two companies; in A one mentorship with a task, a sub-task and a memo.
pub struct World {
    pub a: Team,
    pub b: Team,
    pub operator: Person,
    pub suspended: Person,
    pub expired: String,
    /// Stands in A's data alone.
    pub canary: String,
    curriculum_id: i64,
    block_id: i64,
    version_id: i64,
    mentorship_id: i64,
    task_id: i64,
    subtask_id: i64,
    memo_id: i64,
    file_id: i64,
    spare_user_id: i64,
    spare_department_id: i64,
    session_id: i64,
    goal_id: i64,
    meeting_id: i64,
    matching_id: i64,
    upgrade_id: i64,
    job_id: i64,
}

fn titled(title: &str) -> TemplateTask {
    TemplateTask {
        title: title.to_owned(),
        guideline: String::new(),
        submission_form: String::new(),
        ..template("", 1)
    }
}

impl World {
    pub async fn new(stage: &Stage) -> Self {
        let (a, b) = (stage.team("카나리아A").await, stage.team("다른회사").await);
        let operator = stage.operator().await;
        let suspended = stage
            .person(
                Some(&a.company_id),
                None,
                ("황", "재이"),
                "gone@a.example",
                Roles::of([Role::Admin, Role::Mentor, Role::Mentee]),
            )
            .await;
        let mut tx = stage.db.write().await.unwrap();
        tx.query("UPDATE users SET status = 'suspended' WHERE user_id = $1")
            .bind(suspended.user_id)
            .execute()
            .await
            .unwrap();
        store::Unscoped::new(&mut tx)
            .renew_generation(&[suspended.user_id], stage.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage.app.revoked.renew(&stage.app).await.unwrap();

        let draft = a
            .mentor
            .call(CreateCurriculum {
                curriculum: NewCurriculum {
                    title: "카나리아 과정".into(),
                    description: String::new(),
                    department_id: None,
                },
                if_match: None,
            })
            .await
            .unwrap();
        let curriculum_id = draft.curriculum.curriculum_id;
        a.mentor
            .call(SaveDraft {
                curriculum_id,
                draft: Draft {
                    week_notes: vec![],
                    tasks: vec![titled("카나리아 과제"), titled("카나리아 둘째")],
                },
                if_match: Some(draft.revision),
            })
            .await
            .unwrap();
        let block = NewBlock {
            name: "카나리아 묶음".into(),
            department_id: None,
            tasks: vec![titled("카나리아 과제")],
        };
        let block = a.mentor.call(CreateBlock { block }).await.unwrap();
        let version = a
            .mentor
            .call(PublishCurriculum { curriculum_id, publication: Publication::default() })
            .await
            .unwrap();
        let mentorship = a
            .mentor
            .call(CreateMentorship {
                mentorship: NewMentorship {
                    mentee_id: a.mentee.user_id,
                    mentor_id: None,
                    version_ids: vec![version.version_id],
                    start_on: NaiveDate::from_ymd_opt(2026, 9, 7).unwrap(),
                    title: String::new(),
                },
            })
            .await
            .unwrap();
        let filter = TaskFilter { mentorship_id: Some(mentorship.mentorship_id), ..TaskFilter::default() };
        let task_id: TaskId = a.mentor.call(ListTasks { filter }).await.unwrap().items[0].task_id;
        let subtask = a
            .mentee
            .call(CreateSubtask {
                task_id,
                subtask: NewSubtask { title: "카나리아 하위".into() },
                if_match: None,
            })
            .await
            .unwrap();
        let memo = a
            .mentee
            .call(CreateMemo {
                memo: NewMemo { task_id, body: "카나리아 메모".into(), mentor_only: false }
            })
            .await
            .unwrap();
        let file = a
            .mentee
            .call(CreateTaskFile {
                task_id,
                options: NewFile { name: "카나리아.txt".into() },
                file: Stream::of(File {
                    media_type: "text/plain".into(),
                    name: None,
                    bytes: "카나리아".into(),
                }),
            })
            .await
            .unwrap();
        let spare = a
            .admin
            .call(CreateUser {
                user: NewUser {
                    email: "spare@a.example".into(),
                    family_name: "카".into(),
                    given_name: "나리아".into(),
                    roles: Roles::of([Role::Mentee]),
                    department_id: None,
                    employee_number: None,
                    position: None,
                    job_title: None,
                    tags: vec![],
                    hired_on: None,
                    locale: None,
                    invite: Some(true),
                },
            })
            .await
            .unwrap();
        let department = a
            .admin
            .call(CreateDepartment {
                department: NewDepartment {
                    name: "카나리아 빈 부서".into(),
                    parent_id: None,
                    description: String::new(),
                },
            })
            .await
            .unwrap();
        let session_id = a.mentee.call(ListSessions {}).await.unwrap().items[0].session_id.0;

        let mentorship_id = mentorship.mentorship_id;
        let goal = NewGoal {
            title: "카나리아 목표".into(),
            measure: String::new(),
            due_on: None,
            notes: String::new(),
        };
        let goal = a.mentee.call(CreateGoal { mentorship_id, goal, if_match: None }).await.unwrap();
        let meeting = NewMeeting {
            starts_at: stage.clock.now() + chrono::Duration::days(3),
            minutes: 30,
            place: "카나리아 방".into(),
            agenda: vec![PointText("카나리아 안건".into())],
        };
        let meeting = a.mentor.call(CreateMeeting { mentorship_id, meeting, if_match: None }).await.unwrap();
        for person in [&a.mentor, &a.mentee] {
            let patch = AgreementPatch { expects: Some("카나리아".into()), ..AgreementPatch::default() };
            person.call(UpdateAgreement { mentorship_id, patch, if_match: None }).await.unwrap();
        }
        let matching = a
            .admin
            .call(CreateMatching {
                matching: NewMatching {
                    title: "카나리아 매칭".into(),
                    mentee_ids: vec![a.other_mentee.user_id],
                    mentor_ids: vec![a.other_mentor.user_id],
                    version_ids: vec![version.version_id],
                    start_on: NaiveDate::from_ymd_opt(2026, 9, 7).unwrap(),
                },
            })
            .await
            .unwrap();
        let tasks = vec![titled("카나리아 과제"), titled("카나리아 셋째")];
        a.mentor
            .call(SaveDraft { curriculum_id, draft: Draft { week_notes: vec![], tasks }, if_match: None })
            .await
            .unwrap();
        let publish = PublishCurriculum { curriculum_id, publication: Publication::default() };
        let number = a.mentor.call(publish).await.unwrap().number;
        let upgrade = NewUpgrade {
            number,
            choice: UpgradeChoice::Named,
            mentorship_ids: vec![mentorship.mentorship_id],
        };
        let upgrade = a.mentor.call(StartUpgrade { curriculum_id, upgrade }).await.unwrap();

        let caller = Caller {
            user_id: a.admin.user_id,
            session_id: contract::SessionId(1),
            company_id: Some(a.company_id.clone()),
            department_id: None,
            roles: Roles::of([Role::Admin, Role::Mentor, Role::Mentee]),
            time_zone: "Asia/Seoul".into(),
            locale: "ko".into(),
        };
        let expired =
            stage.app.tokens.issue(&caller, 0, stage.clock.now() - chrono::Duration::minutes(11)).unwrap();
        Self {
            operator,
            suspended,
            expired,
            canary: "카나리아".to_owned(),
            curriculum_id: curriculum_id.0,
            block_id: block.block.block_id.0,
            version_id: version.version_id.0,
            mentorship_id: mentorship.mentorship_id.0,
            task_id: task_id.0,
            subtask_id: subtask.task_id.0,
            memo_id: memo.memo_id.0,
            file_id: file.file_id.0,
            spare_user_id: spare.user_id.0,
            spare_department_id: department.department_id.0,
            session_id,
            goal_id: goal.goal_id.0,
            meeting_id: meeting.meeting_id.0,
            matching_id: matching.matching_id.0,
            upgrade_id: upgrade.upgrade_id.0,
            job_id: upgrade.job_id.unwrap().0,
            a,
            b,
        }
    }
}

/// The endpoints that have a sample.
pub const NAMES: &[&str] = &[
    "Logout",
    "GetMe",
    "UpdateMe",
    "CheckToken",
    "ChangePassword",
    "ListSessions",
    "EndSession",
    "EndOtherSessions",
    "ListCompanies",
    "CreateCompany",
    "GetCompany",
    "UpdateCompany",
    "DeleteCompany",
    "GetHolidays",
    "SetHolidays",
    "ListDepartments",
    "CreateDepartment",
    "GetDepartment",
    "UpdateDepartment",
    "DeleteDepartment",
    "ListUsers",
    "CreateUser",
    "UpdateUsers",
    "GetUser",
    "UpdateUser",
    "DeleteUser",
    "InviteUser",
    "ImportUsers",
    "ExportUsers",
    "ListCurricula",
    "CreateCurriculum",
    "GetCurriculum",
    "UpdateCurriculum",
    "DeleteCurriculum",
    "SaveDraft",
    "CopyCurriculum",
    "PublishCurriculum",
    "ListVersions",
    "GetVersion",
    "ImportCurriculum",
    "GetDraftChanges",
    "EditDraft",
    "ListBlocks",
    "CreateBlock",
    "GetBlock",
    "UpdateBlock",
    "DeleteBlock",
    "ExportCurriculum",
    "DiffCurriculum",
    "RestoreVersion",
    "GetKeptDraft",
    "RestoreKeptDraft",
    "ListLibrary",
    "GetReady",
    "TakeReadyCurriculum",
    "ListCurriculumTitles",
    "CopyToCompany",
    "GetCurriculumUse",
    "PreviewUpgrade",
    "StartUpgrade",
    "GetUpgrade",
    "UndoUpgrade",
    "GetJob",
    "ListMentorships",
    "PreviewMentorship",
    "CreateMentorship",
    "GetMenteeHome",
    "GetMentorship",
    "UpdateMentorship",
    "CompleteMentorship",
    "EndMentorship",
    "GetTimeline",
    "GetAgreement",
    "UpdateAgreement",
    "SignAgreement",
    "ListGoals",
    "CreateGoal",
    "UpdateGoal",
    "DeleteGoal",
    "ListUpcomingMeetings",
    "ListMeetings",
    "CreateMeeting",
    "SuggestMeeting",
    "GetMeeting",
    "UpdateMeeting",
    "CreatePoint",
    "UpdatePoint",
    "DeletePoint",
    "CreateAction",
    "GetReport",
    "UpdateReport",
    "SignReport",
    "ReopenReport",
    "GetReportPdf",
    "GetCertificate",
    "GetCalendarFeed",
    "RenewCalendarFeed",
    "EndCalendarFeed",
    "ListSuggestions",
    "ListMatchings",
    "CreateMatching",
    "GetMatching",
    "UpdateMatching",
    "AssignMatching",
    "PublishMatching",
    "DeleteMatching",
    "GetAnalytics",
    "GetCurriculumFigures",
    "ExportAnalytics",
    "ListMentors",
    "ProposeMentorship",
    "AcceptMentorship",
    "DeclineMentorship",
    "WithdrawMentorship",
    "ListMentorshipEvents",
    "ShiftMentorship",
    "PauseMentorship",
    "ResumeMentorship",
    "EditPlan",
    "UndoPlanChange",
    "GetMentoring",
    "UpdateMentoring",
    "CreateAbsence",
    "DeleteAbsence",
    "ListTasks",
    "CreateTask",
    "ListReviewQueue",
    "GetTask",
    "UpdateTask",
    "DeleteTask",
    "MoveTask",
    "CreateSubtask",
    "ListTaskEvents",
    "ApproveTasks",
    "CheckItem",
    "CreateTaskFile",
    "GetTaskFile",
    "DeleteTaskFile",
    "GetMentorHome",
    "GetOverview",
    "ListMemos",
    "ListMentionable",
    "ListMemoEdits",
    "CreateMemo",
    "GetMemo",
    "UpdateMemo",
    "DeleteMemo",
];

#[expect(clippy::too_many_lines, reason = "one line an endpoint")]
pub fn sample(name: &str, world: &World) -> Sample {
    let company = || vec![world.a.company_id.0.clone()];
    let id = |id: i64| vec![id.to_string()];
    // (path values, query, payload)
    let none = || Payload::None;
    let json = Payload::Json;
    let list = |query: &'static str| (vec![], query, none());
    let pair = |id: i64| vec![world.mentorship_id.to_string(), id.to_string()];
    let point = || vec![world.mentorship_id.to_string(), world.meeting_id.to_string(), "1".to_owned()];
    let new_mentorship = json!({
        "mentee_id": world.a.other_mentee.user_id, "mentor_id": world.a.mentor.user_id,
        "version_ids": [world.version_id], "start_on": "2026-09-07",
    });
    let (path, query, payload) = match name {
        "Logout"
        | "GetMe"
        | "CheckToken"
        | "ListSessions"
        | "EndOtherSessions"
        | "ListCompanies"
        | "ListDepartments"
        | "ListUsers"
        | "ListCurricula"
        | "ListMentorships"
        | "GetMenteeHome"
        | "ListTasks"
        | "ListReviewQueue"
        | "GetMentorHome"
        | "GetOverview"
        | "ListUpcomingMeetings"
        | "GetCalendarFeed"
        | "RenewCalendarFeed"
        | "EndCalendarFeed"
        | "ListMatchings"
        | "ListMentors"
        | "GetAnalytics" => list(""),
        "UpdateMe" => (vec![], "", json(json!({ "locale": "ko" }))),
        "ChangePassword" => (
            vec![],
            "",
            json(json!({ "current_password": "wrong", "new_password": "새벽 첫 배를 기다리는 갈매기" })),
        ),
        "EndSession" => (id(world.session_id), "", none()),
        "CreateCompany" => (
            vec![],
            "",
            json(json!({
                "company_id": "124-81-00998", "name": "새 회사",
                "admin": { "email": "first@new.example", "family_name": "김", "given_name": "하나" },
            })),
        ),
        "GetCompany" | "DeleteCompany" | "GetHolidays" => (company(), "", none()),
        "UpdateCompany" => (company(), "", json(json!({ "locale": "ko" }))),
        "SetHolidays" => {
            (company(), "", json(json!({ "own": [{ "date": "2026-09-15", "name": "카나리아 창립일" }] })))
        }
        "CreateDepartment" => (vec![], "", json(json!({ "name": "새 부서" }))),
        "GetDepartment" => (id(world.a.department_id.0), "", none()),
        "UpdateDepartment" => (id(world.a.department_id.0), "", json(json!({ "description": "카나리아" }))),
        "DeleteDepartment" => (id(world.spare_department_id), "", none()),
        "CreateUser" => (
            vec![],
            "",
            json(json!({
                "email": "new@a.example", "family_name": "새", "given_name": "사람", "roles": ["mentee"], "department_id": world.a.department_id,
            })),
        ),
        "UpdateUsers" => (
            vec![],
            "",
            json(json!({ "user_ids": [world.spare_user_id], "department_id": world.a.department_id })),
        ),
        "GetUser" | "DeleteUser" | "InviteUser" => (id(world.spare_user_id), "", none()),
        "UpdateUser" => (id(world.spare_user_id), "", json(json!({ "position": "카나리아" }))),
        "ImportUsers" => (
            vec![],
            "?dry_run=true",
            Payload::File("email,family_name,given_name,role\nq@a.example,김,하나,mentee\n".into()),
        ),
        "ExportUsers" => list("?format=csv"),
        "CreateCurriculum" => (vec![], "", json(json!({ "title": "새 과정" }))),
        "GetCurriculum" | "DeleteCurriculum" | "CopyCurriculum" | "ListVersions" | "ExportCurriculum"
        | "DiffCurriculum" | "GetKeptDraft" | "RestoreKeptDraft" | "GetCurriculumUse" | "PreviewUpgrade" => {
            (id(world.curriculum_id), "", none())
        }
        "UpdateCurriculum" => (id(world.curriculum_id), "", json(json!({ "description": "카나리아" }))),
        "SaveDraft" => (
            id(world.curriculum_id),
            "",
            json(json!({ "tasks": [{
            "week": 1, "title": "카나리아", "priority": "high", "duration": 1, "kind": "task", "owner": "mentee", "is_required": true,
        }] })),
        ),
        "GetDraftChanges" => (id(world.curriculum_id), "?since=1", none()),
        "EditDraft" => (
            id(world.curriculum_id),
            "",
            json(json!({ "base": 2, "edits": [{ "op": "note", "week": 1, "note": "카나리아" }] })),
        ),
        "ListBlocks" => list(""),
        "CreateBlock" => (
            vec![],
            "",
            json(json!({ "name": "새 묶음", "tasks": [{
            "week": 1, "title": "처음", "priority": "high", "duration": 1, "kind": "task", "owner": "mentee", "is_required": true,
        }] })),
        ),
        "GetBlock" | "DeleteBlock" => (id(world.block_id), "", none()),
        "UpdateBlock" => (id(world.block_id), "", json(json!({ "name": "카나리아 새 묶음" }))),
        "PublishCurriculum" => (id(world.curriculum_id), "", json(json!({ "note": "" }))),
        "ListLibrary" => list("?job=backend"),
        "GetReady" => (vec!["ko-remote".to_owned()], "", none()),
        "TakeReadyCurriculum" => (vec!["ko-remote".to_owned()], "", json(json!({}))),
        "ListCurriculumTitles" => (company(), "", none()),
        "CopyToCompany" => (
            vec![world.b.company_id.0.clone()],
            "",
            json(json!({ "from_company_id": world.a.company_id, "curriculum_id": world.curriculum_id })),
        ),
        "StartUpgrade" => {
            let upgrade = json!({ "number": 2, "choice": "named", "mentorship_ids": [world.mentorship_id] });
            (id(world.curriculum_id), "", json(upgrade))
        }
        "GetUpgrade" | "UndoUpgrade" => (id(world.upgrade_id), "", none()),
        "GetJob" => (id(world.job_id), "", none()),
        "RestoreVersion" => (id(world.curriculum_id), "", json(json!({ "number": 1 }))),
        "GetVersion" => (vec![world.curriculum_id.to_string(), "1".to_owned()], "", none()),
        "ImportCurriculum" => {
            (vec![], "", Payload::File(include_bytes!("../../../../library/ko-remote.yaml").to_vec()))
        }
        "PreviewMentorship" | "CreateMentorship" => (vec![], "", json(new_mentorship)),
        "GetMentorship" | "CompleteMentorship" | "GetTimeline" => (id(world.mentorship_id), "", none()),
        "ListMentorshipEvents" | "WithdrawMentorship" | "UndoPlanChange" => {
            (id(world.mentorship_id), "", none())
        }
        "ProposeMentorship" => (vec![], "", json(new_mentorship)),
        "AcceptMentorship" => (id(world.mentorship_id), "", json(json!({}))),
        "DeclineMentorship" | "PauseMentorship" => {
            (id(world.mentorship_id), "", json(json!({ "reason": "카나리아" })))
        }
        "ShiftMentorship" => (id(world.mentorship_id), "", json(json!({ "start_on": "2026-09-14" }))),
        "ResumeMentorship" => (id(world.mentorship_id), "", json(json!({}))),
        "EditPlan" => (
            id(world.mentorship_id),
            "",
            json(json!({ "moves": [{ "task_id": world.task_id, "week": 2, "position": 1 }] })),
        ),
        "GetMentoring" => (id(world.a.mentor.user_id.0), "", none()),
        "UpdateMentoring" => (id(world.a.mentor.user_id.0), "", json(json!({ "capacity": 3 }))),
        "CreateAbsence" => (
            id(world.a.mentor.user_id.0),
            "",
            json(json!({ "starts_on": "2026-09-08", "ends_on": "2026-09-09", "reason": "카나리아" })),
        ),
        "DeleteAbsence" => (vec![world.a.mentor.user_id.0.to_string(), "1".to_owned()], "", none()),
        "UpdateMentorship" => (id(world.mentorship_id), "", json(json!({ "title": "카나리아 온보딩" }))),
        "EndMentorship" => (id(world.mentorship_id), "", json(json!({ "reason": "카나리아" }))),
        "GetAgreement" | "SignAgreement" | "ListGoals" | "ListMeetings" | "SuggestMeeting" | "GetReport"
        | "SignReport" | "GetReportPdf" | "GetCertificate" => (id(world.mentorship_id), "", none()),
        "UpdateAgreement" => (id(world.mentorship_id), "", json(json!({ "expects": "카나리아 둘" }))),
        "CreateGoal" => (id(world.mentorship_id), "", json(json!({ "title": "카나리아" }))),
        "UpdateGoal" => (pair(world.goal_id), "", json(json!({ "progress": 40 }))),
        "DeleteGoal" => (pair(world.goal_id), "", none()),
        "CreateMeeting" => (
            id(world.mentorship_id),
            "",
            json(json!({ "starts_at": "2026-09-15T01:00:00Z", "minutes": 30, "agenda": ["카나리아"] })),
        ),
        "GetMeeting" => (pair(world.meeting_id), "", none()),
        "UpdateMeeting" => {
            (pair(world.meeting_id), "", json(json!({ "place": "카나리아 둘", "minutes": 45 })))
        }
        "CreatePoint" => (pair(world.meeting_id), "", json(json!({ "text": "카나리아" }))),
        "UpdatePoint" => (point(), "", json(json!({ "is_done": true }))),
        "DeletePoint" => (point(), "", none()),
        "CreateAction" => (
            pair(world.meeting_id),
            "",
            json(json!({ "title": "카나리아", "owner": "mentee", "due_on": "2026-09-16" })),
        ),
        "UpdateReport" => {
            (id(world.mentorship_id), "", json(json!({ "text": "카나리아", "scores": { "growth": 4 } })))
        }
        "ReopenReport" => (id(world.mentorship_id), "", json(json!({ "reason": "카나리아" }))),
        "ListSuggestions" => {
            let query = format!("?mentee_id={}&hidden=true", world.a.other_mentee.user_id);
            return Sample {
                path: vec![],
                query: Box::leak(query.into_boxed_str()),
                payload: Payload::None,
                names_an_id: true,
                is_of_the_pair: false,
                may_be_denied: false,
            };
        }
        "CreateMatching" => (
            vec![],
            "",
            json(json!({
                "mentee_ids": [world.a.other_mentee.user_id], "mentor_ids": [world.a.mentor.user_id], "start_on": "2026-09-07",
            })),
        ),
        "GetMatching" | "AssignMatching" | "PublishMatching" | "DeleteMatching" => {
            (id(world.matching_id), "", none())
        }
        "UpdateMatching" => (
            id(world.matching_id),
            "",
            json(
                json!({ "title": "카나리아", "pairs": [{ "mentee_id": world.a.other_mentee.user_id, "is_locked": true }] }),
            ),
        ),
        "GetCurriculumFigures" => (id(world.curriculum_id), "?from=2026-08-01&to=2026-12-31", none()),
        "ExportAnalytics" => list("?table=tasks&format=csv&from=2026-08-01&to=2026-12-31"),
        "CreateTask" => (
            vec![],
            "",
            json(json!({
                "mentorship_id": world.mentorship_id, "title": "카나리아", "week": 1, "priority": "low", "starts_on": "2026-09-08", "due_on": "2026-09-09",
            })),
        ),
        "GetTask" | "ListTaskEvents" => (id(world.task_id), "", none()),
        "UpdateTask" => (id(world.task_id), "", json(json!({ "submission": "카나리아" }))),
        "DeleteTask" => (id(world.subtask_id), "", none()),
        "MoveTask" => (id(world.task_id), "", json(json!({ "status": "in_progress" }))),
        "CreateSubtask" => (id(world.task_id), "", json(json!({ "title": "카나리아" }))),
        "ApproveTasks" => (vec![], "", json(json!({ "task_ids": [world.task_id] }))),
        "CheckItem" => (id(world.task_id), "", json(json!({ "item": "카나리아", "checked": true }))),
        "CreateTaskFile" => (id(world.task_id), "?name=canary.txt", Payload::File("카나리아".into())),
        "GetTaskFile" | "DeleteTaskFile" => {
            (vec![world.task_id.to_string(), world.file_id.to_string()], "", none())
        }
        "ListMemos" | "ListMentionable" => {
            return Sample {
                path: vec![],
                query: Box::leak(format!("?task_id={}", world.task_id).into_boxed_str()),
                payload: Payload::None,
                names_an_id: true,
                is_of_the_pair: true,
                may_be_denied: false,
            };
        }
        "CreateMemo" => (vec![], "", json(json!({ "task_id": world.task_id, "body": "카나리아" }))),
        "GetMemo" | "DeleteMemo" | "ListMemoEdits" => (id(world.memo_id), "", none()),
        "UpdateMemo" => (id(world.memo_id), "", json(json!({ "body": "카나리아" }))),
        other => panic!("{other} has no sample: add one in tests/samples"),
    };
    let names_an_id = (!path.is_empty() && !matches!(name, "GetReady" | "TakeReadyCurriculum"))
        || matches!(
            name,
            "CreateUser"
                | "UpdateUsers"
                | "PreviewMentorship"
                | "CreateMentorship"
                | "ProposeMentorship"
                | "CreateTask"
                | "CreateMemo"
                | "CreateMatching"
        );
    let is_of_the_pair = matches!(
        name,
        "GetMentorship"
            | "UpdateMentorship"
            | "CompleteMentorship"
            | "EndMentorship"
            | "GetTimeline"
            | "GetAgreement"
            | "UpdateAgreement"
            | "SignAgreement"
            | "ListGoals"
            | "CreateGoal"
            | "UpdateGoal"
            | "DeleteGoal"
            | "ListMeetings"
            | "CreateMeeting"
            | "SuggestMeeting"
            | "GetMeeting"
            | "UpdateMeeting"
            | "CreatePoint"
            | "UpdatePoint"
            | "DeletePoint"
            | "CreateAction"
            | "GetReport"
            | "UpdateReport"
            | "SignReport"
            | "GetReportPdf"
            | "GetCertificate"
            | "AcceptMentorship"
            | "DeclineMentorship"
            | "WithdrawMentorship"
            | "ListMentorshipEvents"
            | "ShiftMentorship"
            | "PauseMentorship"
            | "ResumeMentorship"
            | "EditPlan"
            | "UndoPlanChange"
            | "GetMentoring"
            | "UpdateMentoring"
            | "CreateAbsence"
            | "DeleteAbsence"
            | "CreateTask"
            | "GetTask"
            | "UpdateTask"
            | "DeleteTask"
            | "MoveTask"
            | "CreateSubtask"
            | "ListTaskEvents"
            | "CreateMemo"
            | "GetMemo"
            | "UpdateMemo"
            | "DeleteMemo"
            | "ListMemoEdits"
            | "CheckItem"
            | "CreateTaskFile"
            | "GetTaskFile"
            | "DeleteTaskFile"
            | "GetUpgrade"
            | "UndoUpgrade"
            | "GetJob"
    );
    let may_be_denied = matches!(
        name,
        "UpdateMemo" | "DeleteMemo" | "UpdateMentorship" | "CheckItem" | "CreateTaskFile" | "DeleteTaskFile"
    );
    Sample { path, query, payload, names_an_id, is_of_the_pair, may_be_denied }
}
