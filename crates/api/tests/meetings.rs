//! 1:1s: invitations, agenda of both, notes, tasks that came of them, the next by the rhythm, the calendar.

mod plan_stage;

use chrono::{DateTime, Duration, Utc};
use contract::{
    Code, MeetingId, MentorshipId,
    agreement::{AgreementPatch, Rhythm, Side, UpdateAgreement},
    calendar::{EndCalendarFeed, GetCalendar, RenewCalendarFeed},
    meetings::{
        CreateAction, CreateMeeting, CreatePoint, DeletePoint, GetMeeting, ListMeetings,
        ListUpcomingMeetings, Meeting, MeetingFilter, MeetingPatch, MeetingStatus, NewAction, NewMeeting,
        NewPoint, PointPatch, PointText, SuggestMeeting, UpdateMeeting, UpdatePoint,
    },
    mentorship::CompleteMentorship,
    tasks::{ListTaskEvents, TaskStatus},
};
use plan_stage::{Running, again, day, sql, tasks_of};
use testkit::{Person, bad_fields, on_both_engines, refused};

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+09:00").parse::<DateTime<chrono::FixedOffset>>().expect("an instant").to_utc()
}

async fn plan(
    person: &Person,
    mentorship_id: MentorshipId,
    when: &str,
) -> Result<Meeting, client::CallError> {
    let meeting = NewMeeting {
        starts_at: at(when),
        minutes: 30,
        place: "회의실 A".into(),
        agenda: vec![PointText("지난주 돌아보기".into())],
    };
    person.call(CreateMeeting { mentorship_id, meeting, if_match: None }).await
}

async fn change(
    person: &Person,
    meeting: &Meeting,
    patch: MeetingPatch,
) -> Result<Meeting, client::CallError> {
    let (mentorship_id, meeting_id) = (meeting.mentorship_id, meeting.meeting_id);
    person.call(UpdateMeeting { mentorship_id, meeting_id, patch, if_match: Some(meeting.version) }).await
}

fn to(status: MeetingStatus) -> MeetingPatch {
    MeetingPatch { status: Some(status), ..MeetingPatch::default() }
}

on_both_engines! {
    async fn both_are_invited_and_told_of_every_change(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let before = stage.mails().await.len();
        let meeting = plan(&team.mentor, id, "2026-09-08T10:00").await.unwrap();
        let mails = stage.mails().await.split_off(before);
        assert_eq!(mails.len(), 2);
        for mail in &mails {
            let ics = mail.replace("\r\n ", "");
            for part in ["text/calendar; charset=utf-8; method=REQUEST", "METHOD:REQUEST", "SEQUENCE:0", "DTSTART:20260908T010000Z",
                "DTEND:20260908T013000Z", "LOCATION:회의실 A", "SUMMARY:1:1 박서연 · 한지우", "STATUS:CONFIRMED", "9월 8일 (화) 10:00–10:30"] {
                assert!(ics.contains(part), "{part} in\n{ics}");
            }
            assert_eq!(ics.matches("\r\nATTENDEE;").count(), 2, "{ics}");
        }
        let uid = |mail: &str| mail.lines().find_map(|line| line.trim().strip_prefix("UID:").map(str::to_owned)).expect("a UID");
        assert_eq!(uid(&mails[0]), uid(&mails[1]), "one meeting in both calendars");

        let notes = MeetingPatch { notes: Some("적어 둡니다".into()), ..MeetingPatch::default() };
        let meeting = change(&team.mentee, &meeting, notes).await.unwrap();
        assert_eq!(stage.mails().await.len(), before + 2, "notes concern no calendar");
        let moved = MeetingPatch { starts_at: Some(at("2026-09-09T11:00")), ..MeetingPatch::default() };
        let meeting = change(&team.mentee, &meeting, moved).await.unwrap();
        assert_eq!((meeting.sequence, meeting.version), (1, 3));
        let cancelled = change(&team.mentor, &meeting, to(MeetingStatus::Cancelled)).await.unwrap();
        let mails = stage.mails().await.split_off(before + 2);
        assert_eq!(mails.len(), 4);
        let with = |part: &str| mails.iter().filter(|mail| mail.replace("\r\n ", "").contains(part)).count();
        assert_eq!((with("SEQUENCE:1"), with("SEQUENCE:2"), with("METHOD:CANCEL"), with("STATUS:CANCELLED")), (2, 2, 2, 2));
        assert!(mails.iter().all(|mail| uid(mail) == uid(&mails[0])));
        change(&team.mentor, &cancelled, to(MeetingStatus::Planned)).await.unwrap();
        assert_eq!(stage.mails().await.len(), before + 8, "planned again");

        sql(stage, "UPDATE users SET status = 'suspended' WHERE user_id = $1", team.mentee.user_id.0).await;
        plan(&team.mentor, id, "2026-09-15T10:00").await.unwrap();
        plan(&team.mentor, id, "2026-08-25T10:00").await.unwrap();
        assert_eq!(stage.mails().await.len(), before + 9, "only who is active, and nothing about the past");
    }

    async fn both_fill_the_agenda_and_an_action_is_a_task_of_the_plan(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let meeting = plan(&team.mentor, id, "2026-09-08T10:00").await.unwrap();
        let meeting_id = meeting.meeting_id;
        let point = |text: &str| CreatePoint { mentorship_id: id, meeting_id, point: NewPoint { text: PointText(text.into()) }, if_match: None };
        team.mentee.call(point("배포 준비")).await.unwrap();
        assert_eq!(bad_fields(team.mentee.call(point("  ")).await), ["text required"]);
        let patch = PointPatch { text: None, is_done: Some(true) };
        team.mentor.call(UpdatePoint { mentorship_id: id, meeting_id, point_id: 2, patch, if_match: None }).await.unwrap();
        team.mentor.call(DeletePoint { mentorship_id: id, meeting_id, point_id: 1, if_match: None }).await.unwrap();
        let gone = team.mentor.call(DeletePoint { mentorship_id: id, meeting_id, point_id: 1, if_match: None }).await;
        assert_eq!(refused(gone).code, Code::NotFound);

        let figures_before = run.mentorship.required;
        let action = |owner, due_on: &str| CreateAction {
            mentorship_id: id, meeting_id, action: NewAction { title: "런북 고치기".into(), owner, due_on: day(due_on) },
        };
        let made = team.mentee.call(action(Side::Mentee, "2026-09-11")).await.unwrap();
        assert_eq!((made.owner_name.as_str(), made.status), ("한지우", TaskStatus::Todo));
        let own = team.mentee.call(action(Side::Mentor, "2026-09-10")).await.unwrap();
        assert_eq!(own.owner_id, team.mentor.user_id);
        assert_eq!(bad_fields(team.mentor.call(action(Side::Mentee, "2026-09-12")).await), ["due_on not_working_day"]);
        assert!(bad_fields(team.mentor.call(action(Side::Mentee, "2026-08-28")).await).contains(&"due_on too_early".to_owned()));

        let tasks = tasks_of(&team.mentee, id).await;
        let task = tasks.iter().find(|task| task.task_id == made.task_id).expect("in the plan");
        assert_eq!((task.title.as_str(), task.due_on, task.week, task.is_required), ("런북 고치기", day("2026-09-11"), 1, false));
        assert_eq!((task.starts_on, task.owner_id), (day("2026-09-01"), team.mentee.user_id));
        let events = team.mentor.call(ListTaskEvents { task_id: made.task_id }).await.unwrap().items;
        assert_eq!((events[0].field.as_deref(), events[0].new_value.clone()), (Some("meeting"), Some(meeting_id.to_string())), "linked back");
        let detail = team.admin.call(GetMeeting { mentorship_id: id, meeting_id, if_match: None }).await.unwrap();
        assert_eq!(detail.actions.iter().map(|action| action.task_id).collect::<Vec<_>>(), [made.task_id, own.task_id]);
        assert_eq!((detail.meeting.agenda.len(), detail.meeting.agenda[0].is_done, detail.can_write), (1, true, false));
        assert_eq!(detail.meeting.agenda[0].added_by_name, "한지우");
        let now = team.mentee.call(contract::mentorship::GetMentorship { mentorship_id: id }).await.unwrap();
        assert_eq!(now.required, figures_before, "it does not count as required");
    }

    async fn the_next_meeting_follows_the_rhythm_over_days_off(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let suggested = async || team.mentee.call(SuggestMeeting { mentorship_id: id }).await.unwrap().starts_at;
        let patch = AgreementPatch {
            rhythm: Some(Rhythm::Weekly), weekday: Some(Some(4)), meets_at: Some("15:00".into()), ..AgreementPatch::default()
        };
        team.mentor.call(UpdateAgreement { mentorship_id: id, patch, if_match: None }).await.unwrap();
        assert_eq!(suggested().await, Some(at("2026-09-10T15:00")), "the first Thursday of the plan");
        plan(&team.mentor, id, "2026-09-17T15:00").await.unwrap();
        assert_eq!(suggested().await, Some(at("2026-09-28T15:00")), "Chuseok, its second day and the weekend are passed over");
        let off = AgreementPatch { rhythm: Some(Rhythm::AsNeeded), ..AgreementPatch::default() };
        team.mentor.call(UpdateAgreement { mentorship_id: id, patch: off, if_match: None }).await.unwrap();
        assert_eq!(suggested().await, None);
    }

    async fn meetings_are_listed_by_time_and_told_on_both_homes(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let mut meetings = Vec::new();
        for when in ["2026-09-08T10:00", "2026-09-22T10:00", "2026-09-15T10:00"] {
            meetings.push(plan(&team.mentor, id, when).await.unwrap());
        }
        change(&team.mentor, &meetings[0], to(MeetingStatus::Cancelled)).await.unwrap();
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let filter = MeetingFilter { limit: Some(1), cursor };
            let page = team.admin.call(ListMeetings { mentorship_id: id, filter }).await.unwrap();
            seen.extend(page.items.iter().map(|meeting| meeting.meeting_id));
            cursor = page.next;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, [meetings[1].meeting_id, meetings[2].meeting_id, meetings[0].meeting_id]);
        for (person, with) in [(&team.mentor, "한지우"), (&team.mentee, "박서연")] {
            let ahead = person.call(ListUpcomingMeetings {}).await.unwrap().items;
            let shown: Vec<_> = ahead.iter().map(|one| (one.meeting_id, one.with_name.as_str())).collect();
            assert_eq!(shown, [(meetings[2].meeting_id, with), (meetings[1].meeting_id, with)]);
        }
        for person in [&team.other_mentor, &team.admin] {
            assert!(person.call(ListUpcomingMeetings {}).await.unwrap().items.is_empty());
        }
        assert_eq!(bad_fields(plan(&team.mentor, id, "2029-09-08T10:00").await), ["starts_at too_late"]);
    }

    async fn strangers_see_nothing_and_what_is_over_stays(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let meeting = plan(&team.mentor, id, "2026-09-08T10:00").await.unwrap();
        let other = stage.team("다른회사").await;
        let read = |meeting_id: MeetingId| GetMeeting { mentorship_id: id, meeting_id, if_match: None };
        for person in [&team.other_mentor, &team.other_mentee, &other.mentor, &other.mentee] {
            assert_eq!(refused(person.call(read(meeting.meeting_id)).await).code, Code::NotFound);
            assert_eq!(refused(plan(person, id, "2026-09-08T10:00").await).code, Code::NotFound);
            assert_eq!(refused(change(person, &meeting, to(MeetingStatus::Held)).await).code, Code::NotFound);
        }
        assert_eq!(refused(change(&team.admin, &meeting, to(MeetingStatus::Held)).await).code, Code::Denied);
        let held = change(&team.mentor, &meeting, to(MeetingStatus::Held)).await.unwrap();
        team.mentor.call(CompleteMentorship { mentorship_id: id }).await.unwrap();
        let late = MeetingPatch { notes: Some("늦게".into()), ..MeetingPatch::default() };
        assert_eq!(refused(change(&team.mentor, &held, late).await).code, Code::Conflict);
        let kept = team.mentee.call(read(meeting.meeting_id)).await.unwrap();
        assert_eq!((kept.meeting.status, kept.can_write), (MeetingStatus::Held, false));
    }

    async fn a_calendar_is_read_by_its_secret_until_it_is_taken_back(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        plan(&team.mentor, id, "2026-09-08T10:00").await.unwrap();
        let cancelled = plan(&team.mentor, id, "2026-09-15T10:00").await.unwrap();
        change(&team.mentor, &cancelled, to(MeetingStatus::Cancelled)).await.unwrap();
        let url = team.mentee.call(RenewCalendarFeed {}).await.unwrap().url;
        let token = url.rsplit('/').next().unwrap().to_owned();
        assert!(token.ends_with(".ics") && token.len() > 40, "{token}");
        let read = async |token: &str| stage.nobody.call(GetCalendar { token: token.to_owned() }).await;
        let file = read(&token).await.unwrap();
        assert_eq!(file.media_type, "text/calendar; charset=utf-8");
        stage.clock.advance(Duration::minutes(20));
        assert_eq!(read(&token).await.unwrap().bytes, file.bytes, "time alone changes nothing");
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        let whole = text.replace("\r\n ", "");
        assert_eq!(whole.matches("BEGIN:VEVENT").count(), 4, "one meeting, three own tasks\n{whole}");
        for part in ["SUMMARY:박서연 님과 1:1", "SUMMARY:마감: 첫 배포", "DTSTART;VALUE=DATE:20260929", "DTSTART:20260908T010000Z", "X-WR-CALNAME:나루 · 한지우"] {
            assert!(whole.contains(part), "{part} in\n{whole}");
        }
        assert!(!whole.contains("팀 소개"), "the mentor's task is the mentor's");
        let mentee = again(stage, &team.mentee).await;
        plan(&mentee, id, "2026-09-21T10:00").await.unwrap();
        assert_ne!(read(&token).await.unwrap().bytes, file.bytes, "a new meeting");

        assert_eq!(refused(read("nonsense.ics").await).code, Code::NotFound);
        let renewed = mentee.call(RenewCalendarFeed {}).await.unwrap().url;
        let renewed = renewed.rsplit('/').next().unwrap().to_owned();
        assert_eq!(refused(read(&token).await).code, Code::NotFound, "the one before stops working");
        assert!(read(&renewed).await.is_ok());
        sql(stage, "UPDATE users SET status = 'suspended' WHERE user_id = $1", mentee.user_id.0).await;
        assert_eq!(refused(read(&renewed).await).code, Code::NotFound, "nobody reads for the suspended");
        sql(stage, "UPDATE users SET status = 'active' WHERE user_id = $1", mentee.user_id.0).await;
        mentee.call(EndCalendarFeed {}).await.unwrap();
        assert_eq!(refused(read(&renewed).await).code, Code::NotFound);
    }
}
