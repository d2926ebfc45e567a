//! What a pair does beside its tasks: an agreement both signed, goals, 1:1s every other week, an evaluation at the end.

use super::{
    company::Built,
    file::{Mentorship as Told, Profile},
    stage::Stage,
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use contract::{
    MentorshipId,
    agreement::{AgreementPatch, Rhythm, Side, SignAgreement, UpdateAgreement},
    auth::Locale,
    goals::{CreateGoal, GoalPatch, NewGoal, UpdateGoal},
    meetings::{
        CreateAction, CreateMeeting, MeetingPatch, MeetingStatus, NewAction, NewMeeting, PointPatch,
        PointText, SuggestMeeting, UpdateMeeting, UpdatePoint,
    },
    mentorship::Mentorship,
    report::{ReportPatch, Scores, SignReport, UpdateReport},
};

/// What a pair writes, in its language.
struct Words {
    mentor_expects: &'static str,
    mentee_expects: &'static str,
    place: &'static str,
    /// Title, how one will know, a word on the way.
    goals: [(&'static str, &'static str, &'static str); 2],
    points: [&'static str; 3],
    notes: &'static str,
    action: &'static str,
    mentor_text: &'static str,
    mentee_text: &'static str,
}

const KOREAN: Words = Words {
    mentor_expects: "- 30분 넘게 막히면 **먼저 물어봐 주세요.** 무엇을 해 보았는지 함께 적어 주면 더 빨라요.\n- 검토 요청은 작게, 자주 보내 주세요.\n- 실수는 숨기지 말고 같이 봅시다.",
    mentee_expects: "- 검토는 하루 안에 첫 답을 받고 싶어요.\n- 고칠 점과 함께 **왜 그런지**도 알려 주세요.\n- 2주에 한 번은 일 이야기 말고 적응 이야기도 하고 싶어요.",
    place: "3층 나루방",
    goals: [
        (
            "도움 없이 혼자 일을 끝낼 수 있어요",
            "혼자 계획하고 검토까지 마친 과제 3개",
            "첫 과제를 혼자 계획했어요",
        ),
        ("팀의 일을 다른 사람에게 설명할 수 있어요", "팀 소개를 10분 발표하기", "발표 초안을 멘토와 봤어요"),
    ],
    points: ["지난 2주 돌아보기", "지금 막힌 것", "다음 2주에 할 것"],
    notes: "- 적응은 순조로워요. 회의에서 질문이 늘었어요.\n- 검토를 기다리는 시간이 길었던 적이 있어, 급한 것은 채팅으로 알리기로 했어요.\n- 다음에는 **일을 나누는 법**을 이야기해요.",
    action: "이번에 배운 것 한 쪽으로 정리하기",
    mentor_text: "## 잘한 것\n\n- 모르는 것을 오래 붙들지 않고, **해 본 것부터** 말하며 물었어요.\n- 돌려받은 과제를 고칠 때마다 이유를 적어, 같은 실수가 없었어요.\n\n## 더 자랄 것\n\n1. 일을 시작하기 전에 나누는 연습\n2. 끝낸 일을 팀에 먼저 알리기\n\n> 다음 분기에는 작은 일 하나를 처음부터 맡아 보면 좋겠어요.",
    mentee_text: "처음에는 질문이 어려웠는데, 1:1에서 작은 것부터 이야기하며 나아졌어요. **검토에 늘 이유를 적어 준 것**이 가장 큰 도움이 됐습니다. 다음에는 일을 나누는 법을 더 배우고 싶어요.",
};

const ENGLISH: Words = Words {
    mentor_expects: "- Stuck for half an hour? **Ask first**, and say what you tried.\n- Hand in small pieces, often.\n- Let us look at mistakes together.",
    mentee_expects: "- A first answer to a review within a day.\n- Tell me **why**, not only what to change.\n- Every other week, let us talk about settling in, too.",
    place: "Room Naru, 3rd floor",
    goals: [
        (
            "I finish a piece of work on my own",
            "Three tasks planned and reviewed without help",
            "Planned the first one alone",
        ),
        ("I can explain what the team does", "A ten-minute talk", "Went through a draft with my mentor"),
    ],
    points: ["Looking back on two weeks", "What is in the way", "The next two weeks"],
    notes: "- Settling in well; more questions in meetings.\n- One review took long: urgent ones are told in the chat from now on.\n- Next time: **how to split work**.",
    action: "Write up what was learned, one page",
    mentor_text: "## What went well\n\n- Asked early, and always **said what was tried**.\n- Wrote down why something changed; no mistake came twice.\n\n## What to grow in\n\n1. Splitting work before starting it\n2. Telling the team what is finished\n\n> Next quarter, take one small piece from its beginning.",
    mentee_text: "Asking was hard at first; our 1:1s made it easier. **That every review said why** helped most. I would like to learn more about splitting work.",
};

const fn words(language: Locale) -> &'static Words {
    match language {
        Locale::Ko => &KOREAN,
        Locale::En => &ENGLISH,
    }
}

/// While it runs: until `last_day`, on which something last happened.
pub async fn together(
    stage: &Stage,
    built: &Built<'_>,
    told: &Told,
    mentorship: &Mentorship,
    (language, last_day): (Locale, NaiveDate),
) -> anyhow::Result<()> {
    if matches!(told.profile, Profile::NotStarted | Profile::Fresh) || last_day <= mentorship.start_on {
        return Ok(());
    }
    let (words, id) = (words(language), mentorship.mentorship_id);
    let (mentor, mentee) = (told.mentor.as_str(), told.mentee.as_str());
    let first = mentorship.start_on;
    let at = |day: NaiveDate, minutes: i64| built.at(day.min(last_day), minutes).min(stage.now);
    for (by, text, minutes) in
        [(mentor, words.mentor_expects, 16 * 60), (mentee, words.mentee_expects, 16 * 60 + 25)]
    {
        stage.set_clock(at(first, minutes));
        let patch = AgreementPatch {
            expects: Some(text.to_owned()),
            rhythm: Some(Rhythm::Biweekly),
            weekday: Some(Some(3)),
            meets_at: Some("15:00".to_owned()),
            minutes: Some(30),
            place: Some(words.place.to_owned()),
        };
        stage.call(by, UpdateAgreement { mentorship_id: id, patch, if_match: None }).await?;
    }
    for (by, minutes) in [(mentee, 17 * 60), (mentor, 17 * 60 + 12)] {
        stage.set_clock(at(first, minutes));
        stage.call(by, SignAgreement { mentorship_id: id, if_match: None }).await?;
    }
    goals(stage, told, mentorship, words, last_day, at).await?;
    meetings(stage, told, mentorship, words, last_day, at).await
}

async fn goals(
    stage: &Stage,
    told: &Told,
    mentorship: &Mentorship,
    words: &Words,
    last_day: NaiveDate,
    at: impl Fn(NaiveDate, i64) -> DateTime<Utc>,
) -> anyhow::Result<()> {
    let (id, mentee) = (mentorship.mentorship_id, told.mentee.as_str());
    for ((title, measure, comment), reached) in words.goals.into_iter().zip([100, 60]) {
        stage.set_clock(at(mentorship.start_on, 17 * 60 + 20));
        let (title, measure) = (title.to_owned(), measure.to_owned());
        let goal = NewGoal { title, measure, due_on: Some(mentorship.end_on), notes: String::new() };
        let goal = stage.call(mentee, CreateGoal { mentorship_id: id, goal, if_match: None }).await?;
        let half = mentorship.start_on + Duration::days((last_day - mentorship.start_on).num_days() / 2);
        let progress = if told.profile == Profile::Finished { reached } else { reached / 2 };
        for (day, progress, comment) in
            [(half, progress / 2, None), (last_day, progress, Some(comment.to_owned()))]
        {
            stage.set_clock(at(day, 17 * 60 + 10));
            let patch = GoalPatch { progress: Some(progress), comment, ..GoalPatch::default() };
            let update = UpdateGoal { mentorship_id: id, goal_id: goal.goal_id, patch, if_match: None };
            stage.call(mentee, update).await?;
        }
    }
    Ok(())
}

async fn meetings(
    stage: &Stage,
    told: &Told,
    mentorship: &Mentorship,
    words: &Words,
    last_day: NaiveDate,
    at: impl Fn(NaiveDate, i64) -> DateTime<Utc>,
) -> anyhow::Result<()> {
    let (id, mentor, mentee) = (mentorship.mentorship_id, told.mentor.as_str(), told.mentee.as_str());
    // The Wednesday of the first week, and every other one after it.
    let mut day = mentorship.start_on + Days::new(2);
    while day < last_day {
        let starts_at = at(day, 15 * 60);
        stage.set_clock(starts_at);
        let meeting = stage.call(
            mentor,
            CreateMeeting { mentorship_id: id, meeting: planned(words, starts_at), if_match: None },
        );
        let meeting_id = meeting.await?.meeting_id;
        stage.set_clock(starts_at + Duration::minutes(34));
        let patch = MeetingPatch {
            notes: Some(words.notes.to_owned()),
            status: Some(MeetingStatus::Held),
            ..MeetingPatch::default()
        };
        stage.call(mentor, UpdateMeeting { mentorship_id: id, meeting_id, patch, if_match: None }).await?;
        for point_id in 1..=3 {
            let patch = PointPatch { text: None, is_done: Some(true) };
            let tick = UpdatePoint { mentorship_id: id, meeting_id, point_id, patch, if_match: None };
            stage.call(mentee, tick).await?;
        }
        let due_on = day + Days::new(9);
        if matches!(told.profile, Profile::OnTime | Profile::Ahead) && due_on > stage.now.date_naive() {
            let action = NewAction { title: words.action.to_owned(), owner: Side::Mentee, due_on };
            // Should that be a day off, nothing was agreed on this time.
            let _ = stage.call(mentee, CreateAction { mentorship_id: id, meeting_id, action }).await;
        }
        day = day + Days::new(14);
    }
    if !matches!(told.profile, Profile::Finished | Profile::BrokenOff | Profile::Stalled) {
        stage.set_clock(stage.now);
        let next = stage.call(mentor, SuggestMeeting { mentorship_id: id }).await?;
        if let Some(starts_at) = next.starts_at {
            let meeting = planned(words, starts_at);
            stage.call(mentor, CreateMeeting { mentorship_id: id, meeting, if_match: None }).await?;
        }
    }
    Ok(())
}

fn planned(words: &Words, starts_at: DateTime<Utc>) -> NewMeeting {
    let agenda = words.points.iter().map(|point| PointText((*point).to_owned())).collect();
    NewMeeting { starts_at, minutes: 30, place: words.place.to_owned(), agenda }
}

/// After its end: both write and sign.
pub async fn evaluate(
    stage: &Stage,
    told: &Told,
    mentorship_id: MentorshipId,
    (language, ended_at): (Locale, DateTime<Utc>),
) -> anyhow::Result<()> {
    let words = words(language);
    let sides = [
        (told.mentor.as_str(), words.mentor_text, [4, 4, 5, 5, 5]),
        (told.mentee.as_str(), words.mentee_text, [4, 3, 4, 5, 5]),
    ];
    for (hours, (by, text, [grasp, quality, initiative, communication, growth])) in (1..).zip(sides) {
        stage.set_clock((ended_at + Duration::hours(hours)).min(stage.now));
        let scores = Scores {
            grasp: Some(grasp),
            quality: Some(quality),
            initiative: Some(initiative),
            communication: Some(communication),
            growth: Some(growth),
        };
        let patch = ReportPatch { text: Some(text.to_owned()), scores: Some(scores) };
        stage.call(by, UpdateReport { mentorship_id, patch, if_match: None }).await?;
        stage.call(by, SignReport { mentorship_id, if_match: None }).await?;
    }
    Ok(())
}
