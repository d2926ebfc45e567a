//! Departments as a tree to walk and as a list to choose from.

use contract::{DepartmentId, departments::Department};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A tree larger than this begins closed.
const OPEN_UP_TO: usize = 30;

#[derive(Debug, Clone, Serialize)]
pub struct Node {
    pub department_id: DepartmentId,
    pub name: String,
    /// Everybody in it and below.
    pub people: i64,
    pub is_current: bool,
    pub is_open: bool,
    pub href: String,
    pub children: Vec<Node>,
}

/// An option of a `<select>`: the way to the department as its label.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: i64,
    pub label: String,
}

/// The tree; `current` and everything above it is open.
pub fn tree(
    departments: &[Department],
    current: Option<DepartmentId>,
    href: &impl Fn(DepartmentId) -> String,
) -> Vec<Node> {
    let mut below: BTreeMap<Option<DepartmentId>, Vec<&Department>> = BTreeMap::new();
    for department in departments {
        below.entry(department.parent_id).or_default().push(department);
    }
    branch(&mut below, None, current, departments.len() <= OPEN_UP_TO, href)
}

fn branch(
    below: &mut BTreeMap<Option<DepartmentId>, Vec<&Department>>,
    parent: Option<DepartmentId>,
    current: Option<DepartmentId>,
    is_small: bool,
    href: &impl Fn(DepartmentId) -> String,
) -> Vec<Node> {
    // Taken out, so that a cycle ends.
    let level = below.remove(&parent).unwrap_or_default();
    let node = |department: &Department| {
        let id = department.department_id;
        let children = branch(below, Some(id), current, is_small, href);
        Node {
            department_id: id,
            name: department.name.clone(),
            people: department.people + children.iter().map(|child| child.people).sum::<i64>(),
            is_current: current == Some(id),
            is_open: is_small || children.iter().any(|child| child.is_current || child.is_open),
            href: href(id),
            children,
        }
    };
    level.into_iter().map(node).collect()
}

/// Every department by its whole way, `without` that one and those below it.
pub fn choices(departments: &[Department], without: Option<DepartmentId>) -> Vec<Choice> {
    let mut ways: BTreeMap<DepartmentId, String> = BTreeMap::new();
    let mut left_out: BTreeSet<DepartmentId> = without.into_iter().collect();
    let mut choices = Vec::new();
    for department in departments {
        let id = department.department_id;
        let way = match department.parent_id.and_then(|parent| ways.get(&parent)) {
            Some(above) => format!("{above} › {}", department.name),
            None => department.name.clone(),
        };
        ways.insert(id, way.clone());
        if department.parent_id.is_some_and(|parent| left_out.contains(&parent)) {
            left_out.insert(id);
        }
        if !left_out.contains(&id) {
            choices.push(Choice { value: id.0, label: way });
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::organisation::samples::departments;

    #[test]
    fn counts_add_up_and_the_way_to_the_current_department_is_open() {
        let all = departments();
        let nodes = tree(&all, Some(DepartmentId(3)), &|id| id.to_string());
        assert_eq!(nodes.len(), 2);
        assert_eq!((nodes[0].people, nodes[0].is_open, nodes[0].children.len()), (30, true, 2));
        assert!(nodes[0].children[0].is_current);
    }

    #[test]
    fn a_department_is_not_offered_below_itself() {
        let all = departments();
        let labels: Vec<String> = choices(&all, None).into_iter().map(|choice| choice.label).collect();
        assert!(labels.contains(&"로봇기술본부 › 플랫폼개발팀".to_owned()), "{labels:?}");
        let left: Vec<i64> =
            choices(&all, Some(DepartmentId(1))).into_iter().map(|choice| choice.value).collect();
        assert_eq!(left, [4]);
    }
}
