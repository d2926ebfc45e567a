//! Where a task stands in the review queue, and what comes before and after it.

use contract::{TaskId, tasks::ReviewItem};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// From 1 on; 0 when it does not wait any more.
    pub number: usize,
    pub waiting: usize,
    pub has_more: bool,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Where a decision leads: the next one, else the first, else the queue itself.
    pub then: String,
}

fn link(item: &ReviewItem) -> String {
    format!("/tasks/{}?queue=1", item.task_id)
}

impl Place {
    /// `None` when nothing waits, not even this one.
    pub fn of(items: &[ReviewItem], has_more: bool, task_id: TaskId) -> Option<Self> {
        let at = items.iter().position(|item| item.task_id == task_id);
        let other = |at: Option<usize>| at.and_then(|at| items.get(at)).map(link);
        let previous = other(at.and_then(|at| at.checked_sub(1)));
        // One that has been decided has all that wait after it.
        let next = other(Some(at.map_or(0, |at| at + 1)));
        let first = items.iter().find(|item| item.task_id != task_id).map(link);
        let then = next.clone().or(first).unwrap_or_else(|| "/review".to_owned());
        let number = at.map_or(0, |at| at + 1);
        (!items.is_empty()).then_some(Self { number, waiting: items.len(), has_more, previous, next, then })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::review::samples;

    #[test]
    fn a_place_knows_its_neighbours_and_where_a_decision_leads() {
        let items: Vec<ReviewItem> =
            samples::waiting().into_iter().take(3).map(|waiting| waiting.item).collect();
        let place = |id| Place::of(&items, false, TaskId(id)).expect("a queue");
        let url = |id| format!("/tasks/{id}?queue=1");
        assert_eq!((place(1).number, place(1).previous, place(1).next), (1, None, Some(url(2))));
        assert_eq!((place(3).number, place(3).next, place(3).then), (3, None, url(1)), "round to the first");
        assert_eq!((place(9).number, place(9).next, place(9).then), (0, Some(url(1)), url(1)));
        assert_eq!(Place::of(&items[..1], false, TaskId(1)).expect("one").then, "/review");
        assert_eq!(Place::of(&[], false, TaskId(1)), None);
    }
}
