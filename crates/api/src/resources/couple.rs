//! The two of a mentorship as those see them who handle what they do together.

use crate::{
    Ctx, Error, Result,
    outside::letters::{Letter, MeetingChange, MeetingLetter, Says},
    rules::ics::{self, Attendee, Event, When},
};
use chrono::Duration;
use contract::{
    Code, MentorshipId, agreement::Side, auth::Locale, meetings::Meeting, mentorship::MentorshipStatus,
    users::UserStatus,
};
use store::{Couple, Within};

/// The mentorship, if it is within reach.
pub async fn found(store: &mut Within, mentorship_id: MentorshipId) -> Result<Couple> {
    store.couple(mentorship_id).await?.ok_or_else(Error::not_found)
}

/// Which of the two the caller is.
pub fn side(ctx: &Ctx, couple: &Couple) -> Option<Side> {
    match ctx.caller.user_id {
        me if me == couple.mentor_id => Some(Side::Mentor),
        me if me == couple.mentee_id => Some(Side::Mentee),
        _ => None,
    }
}

/// The same where nobody else may do it.
pub fn own_side(ctx: &Ctx, couple: &Couple) -> Result<Side> {
    side(ctx, couple).ok_or_else(|| Error::code(Code::Denied))
}

/// Whether the two are still at it; a pause does not keep them from talking.
pub const fn runs(couple: &Couple) -> bool {
    matches!(couple.mentorship_status, MentorshipStatus::Active | MentorshipStatus::Paused)
}

/// One of the two, while it runs.
pub fn own_side_of_running(ctx: &Ctx, couple: &Couple) -> Result<Side> {
    let side = own_side(ctx, couple)?;
    if runs(couple) { Ok(side) } else { Err(Error::because(Code::Conflict, "The mentorship is not active.")) }
}

/// The letters to both about a meeting, with what their calendars read.
pub fn meeting_letters(
    ctx: &Ctx,
    couple: &Couple,
    (meeting, uid): (&Meeting, &str),
    change: MeetingChange,
) -> Result<Vec<serde_json::Value>> {
    let people = [
        (
            &couple.mentor_name,
            &couple.mentor_email,
            couple.mentor_locale,
            couple.mentor_status,
            &couple.mentee_name,
        ),
        (
            &couple.mentee_name,
            &couple.mentee_email,
            couple.mentee_locale,
            couple.mentee_status,
            &couple.mentor_name,
        ),
    ];
    let link = format!(
        "{}/mentorships/{}/meetings/{}",
        ctx.app.config.public_url, meeting.mentorship_id, meeting.meeting_id
    );
    let attendee = |name: &String, email: &String| Attendee { name: name.clone(), email: email.clone() };
    let is_cancelled = change == MeetingChange::Cancelled;
    let active = people.into_iter().filter(|(_, _, _, status, _)| *status == UserStatus::Active);
    let letters = active.map(|(name, email, locale, _, with)| {
        let event = Event {
            uid: uid.to_owned(),
            sequence: meeting.sequence,
            stamp: ctx.now(),
            when: When::Time(meeting.starts_at, meeting.starts_at + Duration::minutes(meeting.minutes)),
            summary: meeting_title(locale, &couple.mentor_name, &couple.mentee_name),
            location: meeting.place.clone(),
            url: link.clone(),
            organizer: Some(attendee(&couple.mentor_name, &couple.mentor_email)),
            attendees: people.iter().map(|(name, email, ..)| attendee(name, email)).collect(),
            is_cancelled,
        };
        let meeting = MeetingLetter {
            change,
            with: with.clone(),
            starts_at: meeting.starts_at,
            minutes: meeting.minutes,
            place: meeting.place.clone(),
            time_zone: ctx.caller.time_zone.clone(),
            link: link.clone(),
            calendar: ics::calendar(None, Some(change.method()), &[event]),
        };
        let says = Says::Meeting(Box::new(meeting));
        serde_json::to_value(Letter { to: email.clone(), name: name.clone(), locale, says })
            .map_err(Error::fault)
    });
    letters.collect()
}

fn meeting_title(locale: Locale, mentor: &str, mentee: &str) -> String {
    match locale {
        Locale::Ko => format!("1:1 {mentor} · {mentee}"),
        Locale::En => format!("1:1 {mentor} / {mentee}"),
    }
}
