//! Who is told what happened to a mentorship: those it concerns, never whoever did it.

use crate::{
    Ctx, Error, Result,
    outside::{letters::Says, mentorship_letters::MentorshipNews},
};
use contract::{UserId, mentorship::Mentorship, mentorship_events::MentorshipEventKind};
use store::Within;

/// Something that happened, to be told.
#[derive(Debug, Clone, Copy)]
pub struct News<'a> {
    pub kind: MentorshipEventKind,
    pub comment: Option<&'a str>,
    /// Somebody more whom it concerns: the mentor before.
    pub also: Option<UserId>,
}

impl News<'_> {
    #[must_use]
    pub const fn of(kind: MentorshipEventKind) -> Self {
        Self { kind, comment: None, also: None }
    }
}

/// Whom it concerns.
fn concerned(mentorship: &Mentorship, news: &News<'_>) -> Vec<UserId> {
    use MentorshipEventKind::*;
    let (mentor, mentee, proposer) = (mentorship.mentor_id, mentorship.mentee_id, mentorship.proposed_by);
    let people = match news.kind {
        Proposed | Withdrawn => vec![Some(mentor)],
        Accepted | Declined => vec![proposer],
        // Who proposed it hears of the acceptance.
        Started | Paused | Resumed | Shifted | EndMoved | Completed | Ended => {
            vec![Some(mentor), Some(mentee)]
        }
        HandedOver => vec![Some(mentor), Some(mentee), news.also],
        _ => Vec::new(),
    };
    people.into_iter().flatten().collect()
}

/// Writes a mail to each of those it concerns.
///
/// # Errors
/// When the store refuses.
pub async fn send_news(ctx: &Ctx, store: &mut Within, mentorship: &Mentorship, news: News<'_>) -> Result<()> {
    let address = &ctx.app.config.public_url;
    let mut told = Vec::new();
    for user_id in concerned(mentorship, &news) {
        if user_id == ctx.caller.user_id || told.iter().any(|news: &store::News| news.user_id == user_id) {
            continue;
        }
        let letter = MentorshipNews {
            kind: news.kind,
            is_mentee: user_id == mentorship.mentee_id,
            mentor: mentorship.mentor_name.clone(),
            mentee: mentorship.mentee_name.clone(),
            title: mentorship.title.clone(),
            start_on: mentorship.start_on,
            end_on: mentorship.end_on,
            comment: news.comment.map(str::to_owned),
            link: format!("{address}/mentorships/{}", mentorship.mentorship_id),
        };
        let says = serde_json::to_value(Says::Mentorship(Box::new(letter))).map_err(Error::fault)?;
        told.push(store::News { user_id, says });
    }
    Ok(store.tell(&told, ctx.now()).await?)
}
