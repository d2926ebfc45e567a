//! What an import does: each row compared with the people and departments that are there.

use super::{
    import::{Draft, Draughts, cell_error},
    people::search_key,
};
use contract::{
    DepartmentId, FieldError, UserId,
    departments::Department,
    policy::{Role, Roles},
    users::{ImportError, ImportOutcome, ImportReport, ImportRow, UserStatus},
};
use std::collections::{HashMap, HashSet};
use store::{ImportedPerson, KnownPerson};

/// The most bad cells a report names, and the most rows it shows.
pub const MOST_ERRORS: usize = 1000;
const MOST_ROWS: usize = 500;

/// What is to be done, if nothing is bad.
#[derive(Debug, Clone)]
pub struct Plan {
    pub report: ImportReport,
    pub created: Vec<ImportedPerson>,
    pub updated: Vec<ImportedPerson>,
    /// Whose tokens no longer say what is so.
    pub renewed: Vec<UserId>,
    pub suspended: Vec<UserId>,
    /// Whether the file says whom people report to.
    pub has_managers: bool,
}

/// The company's departments by what a cell may call them: a name that only one has, or the whole path.
pub struct Places {
    ids: HashMap<String, Vec<DepartmentId>>,
    names: HashMap<DepartmentId, String>,
    written: HashMap<DepartmentId, String>,
}

impl Places {
    #[must_use]
    pub fn new(departments: &[Department]) -> Self {
        let by_id: HashMap<DepartmentId, &Department> =
            departments.iter().map(|department| (department.department_id, department)).collect();
        let mut ids: HashMap<String, Vec<DepartmentId>> = HashMap::new();
        let mut paths = HashMap::new();
        for department in departments {
            let id = department.department_id;
            let mut line = vec![department.name.as_str()];
            let mut above = department.parent_id.and_then(|parent| by_id.get(&parent));
            while let Some(parent) = above.filter(|_| line.len() < 32) {
                line.insert(0, &parent.name);
                above = parent.parent_id.and_then(|parent| by_id.get(&parent));
            }
            let path = line.join(" > ");
            ids.entry(hangul::fold(&department.name)).or_default().push(id);
            if line.len() > 1 {
                ids.entry(hangul::fold(&path)).or_default().push(id);
            }
            paths.insert(id, path);
        }
        let written = |department: &Department| {
            let is_only = ids.get(&hangul::fold(&department.name)).is_some_and(|same| same.len() == 1);
            let path = paths.get(&department.department_id).cloned().unwrap_or_default();
            (department.department_id, if is_only { department.name.clone() } else { path })
        };
        Self {
            written: departments.iter().map(written).collect(),
            names: departments.iter().map(|d| (d.department_id, d.name.clone())).collect(),
            ids,
        }
    }

    /// As a cell may call it and find it again.
    #[must_use]
    pub fn written(&self, department_id: DepartmentId) -> &str {
        self.written.get(&department_id).map_or("", String::as_str)
    }

    fn find(&self, cell: &str) -> Result<DepartmentId, FieldError> {
        let key = hangul::fold(cell);
        match self.ids.get(&key).map(Vec::as_slice) {
            Some([only]) => Ok(*only),
            Some(_) => Err(FieldError::new(
                "department",
                "ambiguous",
                "Several departments are called that; write the path: A > B.",
            )),
            None => Err(match self.nearest(&key) {
                Some(name) => {
                    let message = format!("There is no such department. Is it {name}?");
                    FieldError::new("department", "not_found", message).with("suggestion", name)
                }
                None => FieldError::new("department", "not_found", "There is no such department."),
            }),
        }
    }

    /// The name that differs least, if it differs by less than half.
    fn nearest(&self, key: &str) -> Option<&str> {
        let near = |name: &&String| (distance(key, &hangul::fold(name)), (*name).clone());
        let name = self.names.values().min_by_key(near)?;
        (distance(key, &hangul::fold(name)) * 2 <= key.chars().count()).then_some(name)
    }
}

/// Levenshtein's.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

struct Known<'a> {
    /// The addresses of the file itself.
    in_file: HashSet<&'a str>,
    by_email: HashMap<&'a str, &'a KnownPerson>,
    by_number: HashMap<&'a str, &'a KnownPerson>,
}

/// Compares a file with what is there. `active_admins` is how many the company has now.
#[must_use]
pub fn plan(
    read: Draughts,
    people: &[KnownPerson],
    places: &Places,
    active_admins: i64,
    dry_run: bool,
) -> Plan {
    let ours = people.iter().filter(|person| person.is_ours);
    let has_managers = read.has.manager;
    let known = Known {
        in_file: read.drafts.iter().map(|draft| draft.email_key.as_str()).collect(),
        by_email: people.iter().map(|person| (person.email_key.as_str(), person)).collect(),
        by_number: ours.filter_map(|person| Some((person.employee_number.as_deref()?, person))).collect(),
    };
    let mut errors = read.errors.clone();
    let (mut created, mut updated, mut renewed, mut suspended) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut rows, mut same) = (Vec::with_capacity(read.drafts.len()), 0);
    let mut met: HashSet<UserId> = HashSet::new();
    let mut admins = active_admins;
    let mut last_demotion = None;
    for draft in &read.drafts {
        let before = errors.len();
        let present = match_person(draft, &known, &mut met, &mut errors);
        check_manager(draft, &known, &mut errors);
        let person = person(draft, &read, present, places, &mut errors);
        let is_bad = draft.is_bad || errors.len() > before;
        let outcome = match present {
            _ if is_bad => ImportOutcome::Bad,
            None => ImportOutcome::Create,
            Some(present) if is_same(&person, present) => ImportOutcome::Same,
            Some(_) => ImportOutcome::Update,
        };
        rows.push(ImportRow {
            line: draft.line,
            outcome,
            name: person.name.clone(),
            email: person.email.clone(),
            department: draft.department.clone(),
            roles: Roles::of(Role::ALL.iter().copied().filter(|role| person.roles & Roles::bit(*role) != 0)),
            hired_on: person.hired_on,
        });
        match (outcome, present) {
            (ImportOutcome::Create, _) => created.push(person),
            (ImportOutcome::Update, Some(present)) => {
                let was = present.status == UserStatus::Active && present.roles.has(Role::Admin);
                let is = person.status != UserStatus::Suspended
                    && present.status != UserStatus::Invited
                    && person.roles & Roles::bit(Role::Admin) != 0;
                admins += i64::from(is) - i64::from(was);
                if was && !is {
                    last_demotion = Some((rows.len() - 1, draft.line));
                }
                let ends = person.status == UserStatus::Suspended && present.status != UserStatus::Suspended;
                if ends {
                    suspended.push(present.user_id);
                }
                if changes_token(&person, present) {
                    renewed.push(present.user_id);
                }
                updated.push(person);
            }
            (ImportOutcome::Same, _) => same += 1,
            _ => {}
        }
    }
    if let Some((row, line)) = last_demotion.filter(|_| admins < 1) {
        let error = FieldError::new("admin", "last_admin", "A company keeps at least one active admin.");
        errors.push(cell_error(line, error, ""));
        rows[row].outcome = ImportOutcome::Bad;
    }
    let counts = (created.len(), updated.len(), same);
    let report = report(read, rows, errors, counts, dry_run);
    Plan { report, created, updated, renewed, suspended, has_managers }
}

fn report(
    read: Draughts,
    mut rows: Vec<ImportRow>,
    mut errors: Vec<ImportError>,
    (created, updated, same): (usize, usize, usize),
    dry_run: bool,
) -> ImportReport {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let (total, bad) = (rows.len(), rows.iter().filter(|row| row.outcome == ImportOutcome::Bad).count());
    errors.sort_by_key(|error| error.line);
    errors.truncate(MOST_ERRORS);
    rows.sort_by_key(|row| (row.outcome != ImportOutcome::Bad, row.line));
    rows.truncate(MOST_ROWS);
    ImportReport {
        dry_run,
        encoding: read.encoding.to_owned(),
        total: count(total),
        created: count(created),
        updated: count(updated),
        same: count(same),
        bad: count(bad),
        errors,
        rows,
        ignored_columns: read.ignored_columns,
    }
}

/// Whom a row is about: by e-mail, else by employee number.
fn match_person<'a>(
    draft: &Draft,
    known: &Known<'a>,
    met: &mut HashSet<UserId>,
    errors: &mut Vec<ImportError>,
) -> Option<&'a KnownPerson> {
    let by_email = known.by_email.get(draft.email_key.as_str()).copied();
    let number = draft.employee_number.as_deref();
    let by_number = number.and_then(|number| known.by_number.get(number).copied());
    if by_email.is_some_and(|person| !person.is_ours) {
        let error = FieldError::new("email", "taken", "This address belongs to somebody else.");
        errors.push(cell_error(draft.line, error, &draft.email));
        return by_number;
    }
    if let (Some(one), Some(other)) = (by_email, by_number)
        && one.user_id != other.user_id
    {
        let error =
            FieldError::new("employee_number", "taken", format!("This is the number of {}.", other.email));
        errors.push(cell_error(draft.line, error.with("email", &other.email), number.unwrap_or_default()));
    }
    let person = by_email.or(by_number)?;
    if !met.insert(person.user_id) && !draft.is_bad {
        let error = FieldError::new("", "repeated", format!("Another line is about {} too.", person.email));
        errors.push(cell_error(draft.line, error.with("email", &person.email), &draft.email));
    }
    Some(person)
}

/// Whom they report to is somebody of the company or of the file, and not themselves.
fn check_manager(draft: &Draft, known: &Known<'_>, errors: &mut Vec<ImportError>) {
    let Some(key) = draft.manager_key.as_deref().filter(|key| key.contains('@')) else { return };
    let is_ours = known.by_email.get(key).is_some_and(|person| person.is_ours) || known.in_file.contains(key);
    let error = if key == draft.email_key {
        FieldError::new("manager", "same_person", "Nobody reports to themselves.")
    } else if is_ours {
        return;
    } else {
        FieldError::new("manager", "not_found", "There is no such person in the company.")
    };
    errors.push(cell_error(draft.line, error, key));
}

/// The person as the row leaves them; a field without a column stays.
fn person(
    draft: &Draft,
    read: &Draughts,
    present: Option<&KnownPerson>,
    places: &Places,
    errors: &mut Vec<ImportError>,
) -> ImportedPerson {
    let kept = |has: bool, said: &Option<String>, kept: Option<&Option<String>>| {
        if has { said.clone() } else { kept.cloned().flatten() }
    };
    let mut department_id = present.and_then(|present| present.department_id);
    if read.has.department {
        department_id = None;
        if !draft.department.is_empty() {
            match places.find(&draft.department) {
                Ok(found) => department_id = Some(found),
                Err(error) => errors.push(cell_error(draft.line, error, &draft.department)),
            }
        }
    }
    let present_roles = present.map_or(Roles::default(), |present| present.roles);
    let roles = roles(draft, present_roles);
    if roles.is_empty() && !draft.has_bad_role {
        errors.push(cell_error(draft.line, FieldError::new("role", "required", "This is needed."), ""));
    }
    let is_enabled =
        draft.is_active.unwrap_or(present.is_none_or(|present| present.status != UserStatus::Suspended));
    let status = match (is_enabled, present) {
        (false, _) => UserStatus::Suspended,
        (true, Some(present)) if present.status != UserStatus::Suspended => present.status,
        (true, Some(_)) => UserStatus::Active,
        (true, None) => UserStatus::Invited,
    };
    let employee_number = kept(
        read.has.employee_number,
        &draft.employee_number,
        present.map(|present| &present.employee_number),
    );
    let position = kept(read.has.position, &draft.position, present.map(|present| &present.position));
    let job_title = kept(read.has.job_title, &draft.job_title, present.map(|present| &present.job_title));
    let hired_on =
        if read.has.hired_on { draft.hired_on } else { present.and_then(|present| present.hired_on) };
    let department = department_id.and_then(|id| places.names.get(&id)).map(String::as_str);
    let others =
        [employee_number.as_deref(), Some(draft.email.as_str()), position.as_deref(), job_title.as_deref()];
    ImportedPerson {
        user_id: present.map_or(0, |present| present.user_id.0),
        department_id,
        email: draft.email.clone(),
        email_key: draft.email_key.clone(),
        name: hangul::display_name(&draft.family_name, &draft.given_name, hangul::Locale::En),
        search_key: search_key(&draft.family_name, &draft.given_name, others, department),
        family_name: draft.family_name.clone(),
        given_name: draft.given_name.clone(),
        roles: roles.mask(),
        employee_number,
        position,
        job_title,
        hired_on,
        status,
        manager_key: if read.has.manager {
            draft.manager_key.clone()
        } else {
            present.and_then(|present| present.manager_key.clone())
        },
    }
}

/// The admin's column decides about admin alone; without it, nobody stops being one.
fn roles(draft: &Draft, present: Roles) -> Roles {
    let said = draft.roles.unwrap_or(present);
    let was_or_said = said.has(Role::Admin) || present.has(Role::Admin);
    let is_admin = draft.is_admin.unwrap_or(was_or_said);
    let others = said.iter().filter(|role| *role != Role::Admin);
    Roles::of(others.chain(is_admin.then_some(Role::Admin)))
}

fn is_same(person: &ImportedPerson, present: &KnownPerson) -> bool {
    person.department_id == present.department_id
        && person.employee_number == present.employee_number
        && person.email == present.email
        && person.family_name == present.family_name
        && person.given_name == present.given_name
        && person.roles == present.roles.mask()
        && person.position == present.position
        && person.job_title == present.job_title
        && person.hired_on == present.hired_on
        && person.status == present.status
        && person.manager_key == present.manager_key
}

fn changes_token(person: &ImportedPerson, present: &KnownPerson) -> bool {
    person.roles != present.roles.mask()
        || person.status != present.status
        || person.department_id != present.department_id
        || person.email != present.email
}
