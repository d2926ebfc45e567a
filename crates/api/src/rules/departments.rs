//! The tree of departments: its order, its depth, what would make it no tree.

use contract::{DepartmentId, FieldError, departments::Department};
use std::collections::HashMap;

/// The most levels a tree may have.
pub const MAX_DEPTH: usize = 10;

/// Parents before children, each level by name.
#[must_use]
pub fn in_tree_order(departments: Vec<Department>) -> Vec<Department> {
    let mut below: HashMap<Option<DepartmentId>, Vec<Department>> = HashMap::new();
    for department in departments {
        below.entry(department.parent_id).or_default().push(department);
    }
    for level in below.values_mut() {
        // From the last to the first, because they are taken from the end.
        level.sort_by(|one, other| {
            other.name.cmp(&one.name).then(other.department_id.cmp(&one.department_id))
        });
    }
    let mut ordered = Vec::new();
    let mut waiting = below.remove(&None).unwrap_or_default();
    while let Some(department) = waiting.pop() {
        waiting.extend(below.remove(&Some(department.department_id)).unwrap_or_default());
        ordered.push(department);
    }
    ordered
}

/// What is wrong with having `name` under `parent_id`; `moved` is the department it is about, if it is there.
#[must_use]
pub fn problems(
    all: &[Department],
    moved: Option<DepartmentId>,
    parent_id: Option<DepartmentId>,
    name: &str,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let parents: HashMap<DepartmentId, Option<DepartmentId>> =
        all.iter().map(|department| (department.department_id, department.parent_id)).collect();
    if name.is_empty() {
        errors.push(FieldError::new("name", "required", "This is needed."));
    }
    let key = hangul::fold(name);
    let is_sibling = |other: &&Department| other.parent_id == parent_id && Some(other.department_id) != moved;
    if all.iter().filter(is_sibling).any(|other| hangul::fold(&other.name) == key) {
        errors.push(FieldError::new("name", "taken", "There is a department of this name beside it."));
    }
    let Some(parent_id) = parent_id else { return errors };
    if !parents.contains_key(&parent_id) {
        errors.push(FieldError::new("parent_id", "not_found", "There is no such department."));
        return errors;
    }
    let above = line_above(&parents, parent_id);
    if moved.is_some_and(|moved| above.contains(&moved)) {
        errors.push(FieldError::new("parent_id", "cycle", "A department can't be below itself."));
        return errors;
    }
    let height = moved.map_or(1, |moved| {
        let own = line_above(&parents, moved).len();
        all.iter()
            .map(|other| line_above(&parents, other.department_id))
            .filter(|line| line.contains(&moved))
            .map(|line| line.len() - own + 1)
            .max()
            .unwrap_or(1)
    });
    if above.len() + height > MAX_DEPTH {
        let error = FieldError::new("parent_id", "too_deep", format!("At most {MAX_DEPTH} levels."));
        errors.push(error.with("max", MAX_DEPTH));
    }
    errors
}

/// A department and all that it is in.
fn line_above(
    parents: &HashMap<DepartmentId, Option<DepartmentId>>,
    from: DepartmentId,
) -> Vec<DepartmentId> {
    let mut line = vec![from];
    while let Some(Some(parent)) = line.last().and_then(|last| parents.get(last)) {
        if line.contains(parent) {
            break;
        }
        line.push(*parent);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::CompanyId;

    fn department(id: i64, parent: Option<i64>, name: &str) -> Department {
        Department {
            department_id: DepartmentId(id),
            company_id: CompanyId("220-81-62517".to_owned()),
            parent_id: parent.map(DepartmentId),
            name: name.to_owned(),
            description: String::new(),
            is_active: true,
            people: 0,
        }
    }

    fn codes(errors: &[FieldError]) -> Vec<(&str, &str)> {
        errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect()
    }

    #[test]
    fn parents_come_before_children_and_siblings_by_name() {
        let all = vec![
            department(4, Some(2), "플랫폼팀"),
            department(3, Some(2), "개발팀"),
            department(2, None, "기술본부"),
            department(5, None, "경영본부"),
            department(6, Some(5), "피플팀"),
        ];
        let names: Vec<String> = in_tree_order(all).into_iter().map(|department| department.name).collect();
        assert_eq!(names, ["경영본부", "피플팀", "기술본부", "개발팀", "플랫폼팀"]);
    }

    #[test]
    fn a_department_never_hangs_on_itself_or_on_what_hangs_on_it() {
        let all = [department(1, None, "가"), department(2, Some(1), "나"), department(3, Some(2), "다")];
        for parent in [1, 2, 3] {
            let errors = problems(&all, Some(DepartmentId(1)), Some(DepartmentId(parent)), "가");
            assert_eq!(codes(&errors), [("parent_id", "cycle")], "{parent}");
        }
        assert!(problems(&all, Some(DepartmentId(3)), Some(DepartmentId(1)), "다").is_empty());
    }

    #[test]
    fn ten_levels_are_the_most_also_for_what_is_moved_with_its_children() {
        let mut all: Vec<Department> =
            (1..=10).map(|id| department(id, (id > 1).then_some(id - 1), &format!("층{id}"))).collect();
        assert_eq!(codes(&problems(&all, None, Some(DepartmentId(10)), "지하")), [("parent_id", "too_deep")]);
        assert!(problems(&all, None, Some(DepartmentId(9)), "지하").is_empty());
        all.push(department(20, None, "위"));
        all.push(department(21, Some(20), "아래"));
        let errors = problems(&all, Some(DepartmentId(20)), Some(DepartmentId(9)), "위");
        assert_eq!(codes(&errors), [("parent_id", "too_deep")]);
        assert!(problems(&all, Some(DepartmentId(20)), Some(DepartmentId(8)), "위").is_empty());
    }

    #[test]
    fn siblings_differ_in_more_than_case_and_width() {
        let all = [department(1, None, "R&D"), department(2, Some(1), "개발팀")];
        assert_eq!(codes(&problems(&all, None, None, "ｒ&d")), [("name", "taken")]);
        assert!(problems(&all, None, None, "개발팀").is_empty());
        assert!(problems(&all, Some(DepartmentId(1)), None, "r&d").is_empty());
    }
}
