//! Meetings of every kind.

use crate::pages::mentorships::samples::{day, moment};
use contract::{
    MeetingId, MentorshipId, UserId,
    meetings::{AgendaPoint, Meeting, MeetingStatus, UpcomingMeeting},
};

pub fn meeting(id: i64, after: u64, status: MeetingStatus) -> Meeting {
    let point = |point_id, text: &str, is_done| AgendaPoint {
        point_id,
        text: text.into(),
        is_done,
        added_by: UserId(3),
        added_by_name: "박서연".into(),
    };
    Meeting {
        meeting_id: MeetingId(id),
        mentorship_id: MentorshipId(1),
        starts_at: moment(day(after)),
        minutes: 30,
        place: if id % 2 == 0 { "https://meet.example/<ji>".into() } else { "회의실 A".into() },
        agenda: vec![point(1, "지난주 <돌아보기>", true), point(2, "배포 준비", false)],
        notes: if id == 2 { "**잘** 되고 있어요. <script>".into() } else { String::new() },
        status,
        sequence: 0,
        updated_at: moment(day(1)),
        version: 2,
        actions: if id == 2 { 2 } else { 0 },
    }
}

pub fn meetings() -> Vec<Meeting> {
    vec![
        meeting(5, 24, MeetingStatus::Planned),
        meeting(4, 17, MeetingStatus::Planned),
        meeting(3, 9, MeetingStatus::Planned),
        meeting(2, 8, MeetingStatus::Held),
        meeting(1, 2, MeetingStatus::Cancelled),
    ]
}

pub fn upcoming() -> Vec<UpcomingMeeting> {
    let one = |id, after, place: &str| UpcomingMeeting {
        meeting_id: MeetingId(id),
        mentorship_id: MentorshipId(1),
        starts_at: moment(day(after)),
        minutes: 30,
        place: place.into(),
        with_id: UserId(3),
        with_name: "박서연".into(),
    };
    vec![one(1, 24, "회의실 <A>"), one(2, 31, "")]
}
