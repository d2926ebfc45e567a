//! A report nobody began, one that is written, one half signed, one that is locked.

use super::ReportPage;
use crate::pages::{
    mentorships::samples::{day, moment},
    pair::Pair,
};
use contract::{
    MentorshipId, UserId,
    agreement::Signature,
    mentorship::{Mentorship, MentorshipStatus},
    report::{Evaluation, Figures, Report, Scores},
};

pub fn all() -> Vec<ReportPage> {
    let [mentor, mentee, reader] = Pair::samples();
    let figures = Figures {
        required: 6,
        done: 5,
        skipped: 1,
        on_time: Some(80),
        task_days: Some(2.5),
        review_days: Some(0.5),
        returned: 2,
        meetings_held: 4,
        goals: 3,
        goals_reached: 1,
    };
    let signature =
        |name: &str| Some(Signature { user_id: UserId(3), name: name.into(), at: moment(day(40)) });
    let written = |signed| Evaluation {
        text: "## 잘한 것\n- **질문** <b>".into(),
        scores: Scores {
            grasp: Some(4),
            quality: Some(5),
            initiative: None,
            communication: Some(3),
            growth: Some(5),
        },
        signed,
        is_hidden: false,
    };
    let hidden = Evaluation { is_hidden: true, ..Evaluation::default() };
    let blank = Report {
        mentorship_id: MentorshipId(1),
        figures: Figures::default(),
        mentor: Evaluation::default(),
        mentee: hidden.clone(),
        is_locked: false,
        side: None,
        can_write: true,
        can_sign: false,
        can_reopen: false,
        has_certificate: false,
        version: 0,
    };
    let draft = Report { figures: figures.clone(), mentor: written(None), version: 3, ..blank.clone() };
    let over = |pair: &Pair| Pair {
        mentorship: Mentorship {
            status: MentorshipStatus::Completed,
            ended_at: Some(moment(day(39))),
            ..pair.mentorship.clone()
        },
        can_write: false,
        ..pair.clone()
    };
    let to_sign = Report {
        can_sign: true,
        has_certificate: true,
        mentor: written(signature("박서연")),
        mentee: Evaluation::default(),
        ..draft.clone()
    };
    let locked = Report {
        is_locked: true,
        can_write: false,
        can_sign: false,
        has_certificate: true,
        mentor: written(signature("박서연")),
        mentee: written(signature("한지우")),
        ..draft.clone()
    };
    let unread = Report {
        can_write: false,
        mentor: Evaluation::default(),
        mentee: Evaluation::default(),
        ..blank.clone()
    };
    vec![
        ReportPage::of(mentor.clone(), blank),
        ReportPage::of(mentor.clone(), draft),
        ReportPage::of(over(&mentee), to_sign.clone()),
        ReportPage::of(over(&mentor), Report { can_sign: false, mentee: hidden, ..to_sign }),
        ReportPage::of(over(&mentee), locked.clone()),
        ReportPage::of(reader.clone(), Report { can_reopen: true, ..locked }),
        ReportPage::of(reader, unread),
    ]
}
