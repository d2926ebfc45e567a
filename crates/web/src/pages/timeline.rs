//! Everything that happened in a mentorship, by time; filters are in the URL.

use super::{Routes, pair::Pair};
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    MentorshipId, UserId,
    timeline::{GetTimeline, TimelineEntry, TimelineFilter, Topic},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/mentorships/{mentorship_id}/timeline", show)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    topic: Option<Topic>,
    person: Option<UserId>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct TimelinePage {
    pair: Pair,
    ask: Ask,
    is_filtered: bool,
    entries: Vec<TimelineEntry>,
    next_url: Option<String>,
}

async fn show(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    let pair = Pair::load(&signed, mentorship_id).await?;
    let filter =
        TimelineFilter { topic: ask.topic, person_id: ask.person, limit: None, cursor: ask.cursor.clone() };
    let page = signed.call(GetTimeline { mentorship_id, filter }).await?;
    signed.page(&TimelinePage::of(pair, ask, page.items, page.next)).await
}

impl TimelinePage {
    fn of(pair: Pair, ask: Ask, entries: Vec<TimelineEntry>, next: Option<String>) -> Self {
        let next_url = next.map(|next| {
            let mut url = format!("{}?", pair.path("timeline"));
            if let Some(topic) = ask.topic {
                url.push_str(&format!("topic={topic}&"));
            }
            if let Some(person) = ask.person {
                url.push_str(&format!("person={person}&"));
            }
            url + "cursor=" + &crate::signed::encoded(&next)
        });
        let is_filtered = ask.topic.is_some() || ask.person.is_some();
        Self { pair, is_filtered, ask, entries, next_url }
    }
}

impl Page for TimelinePage {
    const TEMPLATE: &'static str = "pages/timeline.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "pair-timeline")
    }

    fn samples() -> Vec<Self> {
        let [mentor, mentee, reader] = Pair::samples();
        let filtered = Ask { topic: Some(Topic::Meeting), person: Some(UserId(3)), cursor: None };
        vec![
            Self::of(mentor, Ask::default(), samples::entries(), Some("a+b/c".into())),
            Self::of(mentee, Ask::default(), Vec::new(), None),
            Self::of(reader, filtered.clone(), Vec::new(), None),
            Self::of(Pair::samples()[1].clone(), filtered, samples::entries(), Some("x".into())),
        ]
    }
}

mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<TimelinePage>();
    }

    #[test]
    fn the_next_page_keeps_the_filter() {
        let next = TimelinePage::samples()[3].next_url.clone().unwrap();
        assert_eq!(next, "/mentorships/1/timeline?topic=meeting&person=3&cursor=x");
    }

    #[test]
    fn every_kind_of_event_has_its_words() {
        use contract::{auth::Locale, mentorship_events::MentorshipEventKind};
        for locale in Locale::ALL {
            let voice = Voice::read(*locale);
            for kind in MentorshipEventKind::ALL {
                let key = format!("timeline-event-{}", kind.as_str().replace('_', "-"));
                let args =
                    [("who", ""), ("title", ""), ("date", ""), ("from", ""), ("to", ""), ("number", "")];
                assert!(voice.try_tr(&key, &args).is_some(), "{key} in {locale}");
            }
        }
    }
}
