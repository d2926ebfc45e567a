//! Who may do what: one exhaustive table.
//!
//! `scope` is the table; a new action or role does not build until it has its
//! row. A [`Reach`] can only be made here, and every tenant query of `store`
//! demands one: what isn't within reach isn't found.

use crate::{CompanyId, DepartmentId, SessionId, UserId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

crate::words! {
    /// What a person is in the installation. One person can have several.
    Role {
        /// Runs the installation and its companies; sees no private content.
        Operator = "operator",
        /// Runs one company.
        Admin = "admin",
        /// Guides mentees.
        Mentor = "mentor",
        /// Works through a plan.
        Mentee = "mentee",
    }
}

/// A set of roles: a list in JSON, a bit mask in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
pub struct Roles(i64);

impl Roles {
    #[must_use]
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        Self(roles.into_iter().fold(0, |mask, role| mask | Self::bit(role)))
    }

    #[must_use]
    pub const fn bit(role: Role) -> i64 {
        match role {
            Role::Operator => 1,
            Role::Admin => 2,
            Role::Mentor => 4,
            Role::Mentee => 8,
        }
    }

    #[must_use]
    pub const fn mask(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }
}

impl Serialize for Roles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Role>::deserialize(deserializer).map(Self::of)
    }
}

impl JsonSchema for Roles {
    fn schema_name() -> Cow<'static, str> {
        "Roles".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let role = generator.subschema_for::<Role>();
        json_schema!({ "type": "array", "items": role, "uniqueItems": true, "maxItems": 4 })
    }
}

/// How far a role reaches with an action, from nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Not at all: 403.
    Nobody,
    /// What is about oneself.
    Own,
    /// One's mentees, and oneself.
    Mentees,
    /// One's department, and what one made.
    Department,
    /// One's company.
    Company,
    /// The whole installation.
    Everywhere,
}

crate::words! {
    /// Everything the API can be asked to do.
    Action {
        /// Without a token: sign in, refresh, accept an invitation, reset a password, first set-up.
        SignIn = "sign_in",
        /// One's own account: facts, password, sessions, sign out.
        OwnAccount = "own_account",
        ReadCompany = "read_company",
        EditCompany = "edit_company",
        ManageCompanies = "manage_companies",
        ReadDepartments = "read_departments",
        EditDepartments = "edit_departments",
        ReadPeople = "read_people",
        EditPeople = "edit_people",
        ExportPeople = "export_people",
        ReadCurriculum = "read_curriculum",
        CreateCurriculum = "create_curriculum",
        EditCurriculum = "edit_curriculum",
        ReadMentorship = "read_mentorship",
        StartMentorship = "start_mentorship",
        EditMentorship = "edit_mentorship",
        /// What mentor and mentee do together: agreement, goals, meetings, evaluation. Nobody does it for them.
        WorkMentorship = "work_mentorship",
        /// Open a report that both have signed.
        ReopenReport = "reopen_report",
        /// Propose one to a mentor.
        ProposeMentorship = "propose_mentorship",
        /// Accept or decline a proposal to oneself.
        AnswerMentorship = "answer_mentorship",
        /// A mentor's capacity and absences.
        EditMentoring = "edit_mentoring",
        ReadTask = "read_task",
        /// What only the guiding side may change: texts, dates, priority.
        EditTask = "edit_task",
        /// What the owner may do too: write, hand in, sub-tasks.
        WorkTask = "work_task",
        ReviewTask = "review_task",
        ReadMemo = "read_memo",
        WriteMemo = "write_memo",
        /// Match a whole group of mentees with mentors.
        MatchPeople = "match_people",
        ReadAnalytics = "read_analytics",
        /// How far what one started is.
        FollowJob = "follow_job",
        /// An operator's: titles of curricula, and copies of them for another company.
        CopyBetweenCompanies = "copy_between_companies",
    }
}

impl Action {
    /// Whether it needs no token.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::SignIn)
    }
}

/// The table.
#[must_use]
pub const fn scope(role: Role, action: Action) -> Scope {
    use Action::*;
    use Role::*;
    use Scope::*;
    match (action, role) {
        (SignIn, _) => Own,
        (OwnAccount, _) => Own,

        (ReadCompany | EditCompany | ManageCompanies, Operator) => Everywhere,
        (ReadCompany, Admin | Mentor | Mentee) => Company,
        (EditCompany, Admin) => Company,
        (EditCompany, Mentor | Mentee) => Nobody,
        (ManageCompanies, Admin | Mentor | Mentee) => Nobody,

        (ReadDepartments, Admin | Mentor | Mentee) => Company,
        (ReadDepartments, Operator) => Nobody,
        (EditDepartments, Admin) => Company,
        (EditDepartments, Operator | Mentor | Mentee) => Nobody,

        (ReadPeople, Admin | Mentor) => Company,
        (ReadPeople, Mentee) => Own,
        (ReadPeople, Operator) => Nobody,
        (EditPeople | ExportPeople, Admin) => Company,
        (EditPeople | ExportPeople, Operator | Mentor | Mentee) => Nobody,

        (ReadCurriculum | CreateCurriculum, Admin | Mentor) => Company,
        (EditCurriculum, Admin) => Company,
        (EditCurriculum, Mentor) => Department,
        (ReadCurriculum | CreateCurriculum | EditCurriculum, Operator | Mentee) => Nobody,

        (FollowJob, Admin) => Company,
        (FollowJob, Mentor) => Own,
        (FollowJob, Operator | Mentee) => Nobody,
        (CopyBetweenCompanies, Operator) => Everywhere,
        (CopyBetweenCompanies, Admin | Mentor | Mentee) => Nobody,

        (ReadMentorship, Admin) => Company,
        (ReadMentorship, Mentor) => Mentees,
        (ReadMentorship, Mentee) => Own,
        (StartMentorship | EditMentorship, Admin) => Company,
        (StartMentorship | EditMentorship, Mentor) => Mentees,
        (StartMentorship | EditMentorship, Mentee) => Nobody,
        (ReadMentorship | StartMentorship | EditMentorship, Operator) => Nobody,
        (ProposeMentorship, Admin) => Company,
        (ProposeMentorship, Operator | Mentor | Mentee) => Nobody,
        (AnswerMentorship, Mentor) => Mentees,
        (AnswerMentorship, Operator | Admin | Mentee) => Nobody,
        (EditMentoring, Admin) => Company,
        (EditMentoring, Mentor) => Own,
        (EditMentoring, Operator | Mentee) => Nobody,

        (WorkMentorship, Mentor) => Mentees,
        (WorkMentorship, Mentee) => Own,
        (WorkMentorship, Operator | Admin) => Nobody,
        (ReopenReport, Admin) => Company,
        (ReopenReport, Operator | Mentor | Mentee) => Nobody,

        (ReadTask | WorkTask | ReadMemo | WriteMemo, Admin) => Company,
        (ReadTask | WorkTask | ReadMemo | WriteMemo, Mentor) => Mentees,
        (ReadTask | WorkTask | ReadMemo | WriteMemo, Mentee) => Own,
        (EditTask | ReviewTask, Admin) => Company,
        (EditTask | ReviewTask, Mentor) => Mentees,
        (EditTask | ReviewTask, Mentee) => Nobody,
        (ReadTask | EditTask | WorkTask | ReviewTask | ReadMemo | WriteMemo, Operator) => Nobody,

        (MatchPeople, Admin) => Company,
        (MatchPeople, Operator | Mentor | Mentee) => Nobody,
        (ReadAnalytics, Admin) => Company,
        (ReadAnalytics, Mentor) => Mentees,
        (ReadAnalytics, Operator | Mentee) => Nobody,
    }
}

/// The widest scope of a set of roles.
#[must_use]
pub fn widest(roles: Roles, action: Action) -> Scope {
    roles.iter().map(|role| scope(role, action)).max().unwrap_or(Scope::Nobody)
}

/// Who is calling, as the token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user_id: UserId,
    pub session_id: SessionId,
    /// `None` for operators.
    pub company_id: Option<CompanyId>,
    pub department_id: Option<DepartmentId>,
    pub roles: Roles,
    /// The company's IANA time zone: what "today" is.
    pub time_zone: String,
    /// `ko` or `en`.
    pub locale: String,
}

/// What a caller may reach with one action. Only [`reach`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    company_id: Option<CompanyId>,
    user_id: UserId,
    department_id: Option<DepartmentId>,
    scope: Scope,
}

/// The caller's roles do not have the action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied;

/// What `caller` may reach with `action`.
///
/// # Errors
/// [`Denied`] when none of the caller's roles has the action.
pub fn reach(caller: &Caller, action: Action) -> Result<Reach, Denied> {
    let scope = widest(caller.roles, action);
    if scope == Scope::Nobody {
        return Err(Denied);
    }
    // Below "everywhere" a company is needed; one's own account is there without one.
    if scope != Scope::Everywhere && caller.company_id.is_none() && action != Action::OwnAccount {
        return Err(Denied);
    }
    Ok(Reach {
        company_id: caller.company_id.clone(),
        user_id: caller.user_id,
        department_id: caller.department_id,
        scope,
    })
}

impl Reach {
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The company every tenant query is limited to. Matches nothing for those who have none.
    #[must_use]
    pub fn company(&self) -> &str {
        self.company_id.as_ref().map_or("", |company| company.0.as_str())
    }

    /// The company, or `None` when the whole installation is within reach.
    #[must_use]
    pub fn company_or_everywhere(&self) -> Option<&str> {
        if self.scope == Scope::Everywhere { None } else { Some(self.company()) }
    }

    /// The person the query is limited to, or `None` when it is the company.
    #[must_use]
    pub fn person(&self) -> Option<UserId> {
        (self.scope < Scope::Company).then_some(self.user_id)
    }

    /// The mentor whose mentees are within reach too.
    #[must_use]
    pub fn mentor(&self) -> Option<UserId> {
        (self.scope == Scope::Mentees).then_some(self.user_id)
    }

    /// The department that is within reach beside what the person made.
    #[must_use]
    pub fn department(&self) -> Option<DepartmentId> {
        if self.scope == Scope::Department { self.department_id } else { None }
    }
}
