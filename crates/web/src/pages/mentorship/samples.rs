//! A running mentorship with each kind of task, one that ended, one without tasks.

use super::{MentorshipPage, TaskForm, life::Life};
use crate::{
    engine::Setting,
    pages::mentorships::{
        row::Row,
        samples::{day, mentorship, moment},
    },
};
use contract::{
    CompanyId, MentorshipId, TaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    mentorship::{Mentorship, MentorshipStatus},
    mentorship_life::MentorshipStep,
    tasks::{Task, TaskStatus},
    users::UserStatus,
};

fn task(id: i64, week: i64, status: TaskStatus) -> Task {
    let first = u64::try_from(week - 1).unwrap_or(0) * 7;
    Task {
        task_id: TaskId(id),
        company_id: CompanyId("220-81-62517".into()),
        mentorship_id: MentorshipId(1),
        parent_id: None,
        template_key: Some(format!("t{id}")),
        title: format!("관제 API 오류 응답 <정리> {id}"),
        guideline: String::new(),
        submission: String::new(),
        week,
        position: id,
        priority: Priority::High,
        kind: if id == 3 { TaskKind::Meeting } else { TaskKind::Task },
        owner: TaskOwner::Mentee,
        owner_id: UserId(11),
        is_required: id != 4,
        starts_on: day(first),
        due_on: day(first + 4),
        started_at: None,
        submitted_at: None,
        completed_at: None,
        status,
        status_comment: (status == TaskStatus::Returned).then(|| "3단계가 빠졌어요".into()),
        version: 1,
        updated_at: moment(day(first)),
        subtasks: 4,
        subtasks_done: 3,
        memos: 2,
        files: 0,
        returns: 0,
        flags: Vec::new(),
        depends_on: Vec::new(),
        waits_for: Vec::new(),
        allowed: Vec::new(),
    }
}

fn tasks() -> Vec<Task> {
    use TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo};
    vec![
        task(1, 1, Done),
        task(2, 1, Skipped),
        task(3, 2, Submitted),
        task(4, 2, Returned),
        task(5, 3, InProgress),
        task(6, 3, Todo),
    ]
}

fn setting() -> Setting {
    Setting { now: moment(day(24)), zone: chrono_tz::Asia::Seoul }
}

fn page(mentorship: Mentorship, tasks: Vec<Task>) -> MentorshipPage {
    MentorshipPage {
        can_guide: true,
        can_hand_over: true,
        life: Life::of(&mentorship),
        way: "mentees",
        tasks,
        next_url: None,
        new_task: TaskForm::begin(&mentorship, day(24)),
        row: Row::of(mentorship, setting()),
    }
}

pub fn all() -> Vec<MentorshipPage> {
    let reader =
        |page: MentorshipPage| MentorshipPage { can_guide: false, can_hand_over: false, way: "plan", ..page };
    let ended = Mentorship {
        status: MentorshipStatus::Ended,
        end_reason: Some("부서 <이동>".into()),
        ended_at: Some(moment(day(20))),
        ..mentorship(1)
    };
    let completed = Mentorship {
        status: MentorshipStatus::Completed,
        ended_at: Some(moment(day(20))),
        sources: Vec::new(),
        ..mentorship(2)
    };
    let proposed = |allowed| Mentorship {
        status: MentorshipStatus::Proposed,
        started_at: None,
        allowed,
        ..mentorship(3)
    };
    let declined = |end_reason| Mentorship { end_reason, started_at: None, ..ended.clone() };
    let everything = Mentorship { allowed: MentorshipStep::ALL.to_vec(), ..mentorship(4) };
    let paused = Mentorship {
        status: MentorshipStatus::Paused,
        paused_on: Some(day(10)),
        mentee_status: UserStatus::Suspended,
        mentor_status: UserStatus::Suspended,
        ..everything.clone()
    };
    let invited = Mentorship { mentee_status: UserStatus::Invited, ..everything.clone() };
    let next_url = Some("?cursor=a".to_owned());
    vec![
        page(everything, tasks()),
        page(paused, tasks()),
        page(invited, tasks()),
        page(proposed(vec![MentorshipStep::Accept]), Vec::new()),
        page(proposed(vec![MentorshipStep::Withdraw]), Vec::new()),
        page(declined(Some("<바빠요>".into())), Vec::new()),
        page(declined(None), Vec::new()),
        page(mentorship(1), tasks()),
        MentorshipPage { next_url, ..page(mentorship(2), tasks()) },
        page(mentorship(1), Vec::new()),
        reader(page(ended, tasks())),
        reader(page(completed, tasks())),
    ]
}
