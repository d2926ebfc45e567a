//! What a meeting is about: points both add, tick off and take away.

use super::{placed, write};
use crate::{Ctx, Error, Result, mount::Routes, resources::couple::own_side_of_running};
use contract::{
    Code, MeetingId, MentorshipId,
    agreement::Side,
    meetings::{AgendaPoint, CreatePoint, DeletePoint, Meeting, UpdatePoint},
};
use store::PlacedMeeting;

/// The most points of a meeting.
const MOST_POINTS: usize = 50;

pub fn mount(routes: Routes) -> Routes {
    routes.on(create_point).on(update_point).on(delete_point)
}

/// Reads the agenda, changes it and writes it; of two at once without `If-Match` the later one tries again.
async fn changed(
    ctx: &Ctx,
    (mentorship_id, meeting_id): (MentorshipId, MeetingId),
    if_match: Option<i64>,
    change: impl Fn(&mut Vec<AgendaPoint>, &str) -> Result<()>,
) -> Result<Meeting> {
    let mut store = ctx.store().await?;
    for is_last in [false, true] {
        let PlacedMeeting { mut meeting, couple, .. } = placed(&mut store, mentorship_id, meeting_id).await?;
        let side = own_side_of_running(ctx, &couple)?;
        if if_match.is_some_and(|seen| seen != meeting.version) {
            return Err(Error::code(Code::Stale));
        }
        let name = if side == Side::Mentor { &couple.mentor_name } else { &couple.mentee_name };
        change(&mut meeting.agenda, name)?;
        match write(ctx, &mut store, &meeting).await {
            Ok(version) => {
                (meeting.version, meeting.updated_at) = (version, ctx.now());
                return Ok(meeting);
            }
            Err(error) if is_last || if_match.is_some() => return Err(error),
            Err(_) => {}
        }
    }
    Err(Error::code(Code::Stale))
}

fn written(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        Err(Error::field("text", "required", "This is needed."))
    } else {
        Ok(text.to_owned())
    }
}

async fn create_point(
    ctx: Ctx,
    CreatePoint { mentorship_id, meeting_id, point, if_match }: CreatePoint,
) -> Result<Meeting> {
    let text = written(&point.text.0)?;
    changed(&ctx, (mentorship_id, meeting_id), if_match, |agenda, name| {
        if agenda.len() >= MOST_POINTS {
            return Err(Error::because(
                Code::Conflict,
                format!("A meeting has at most {MOST_POINTS} points."),
            ));
        }
        let point_id = agenda.iter().map(|point| point.point_id).max().unwrap_or(0) + 1;
        let (added_by, added_by_name) = (ctx.caller.user_id, name.to_owned());
        agenda.push(AgendaPoint { point_id, text: text.clone(), is_done: false, added_by, added_by_name });
        Ok(())
    })
    .await
}

async fn update_point(
    ctx: Ctx,
    UpdatePoint { mentorship_id, meeting_id, point_id, patch, if_match }: UpdatePoint,
) -> Result<Meeting> {
    let text = patch.text.as_ref().map(|text| written(&text.0)).transpose()?;
    changed(&ctx, (mentorship_id, meeting_id), if_match, |agenda, _| {
        let point = agenda.iter_mut().find(|point| point.point_id == point_id);
        let point = point.ok_or_else(Error::not_found)?;
        point.is_done = patch.is_done.unwrap_or(point.is_done);
        if let Some(text) = &text {
            point.text.clone_from(text);
        }
        Ok(())
    })
    .await
}

async fn delete_point(
    ctx: Ctx,
    DeletePoint { mentorship_id, meeting_id, point_id, if_match }: DeletePoint,
) -> Result<Meeting> {
    changed(&ctx, (mentorship_id, meeting_id), if_match, |agenda, _| {
        let before = agenda.len();
        agenda.retain(|point| point.point_id != point_id);
        if agenda.len() == before { Err(Error::not_found()) } else { Ok(()) }
    })
    .await
}
