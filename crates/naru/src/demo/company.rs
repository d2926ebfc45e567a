//! One company: its departments, people and curricula, and then what happened in it.

use super::{
    Person,
    file::{self, Company, Mentorship, User},
    progress,
    stage::Stage,
    texts::Picker,
};
use anyhow::Context;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use contract::{
    DepartmentId, File, UserId, VersionId,
    companies::{
        CompanyPatch, CreateCompany, FirstAdmin, NewCompany, OwnHoliday, OwnHolidays, SetHolidays,
        UpdateCompany,
    },
    curriculum::{
        CurriculumPatch, FileOptions, ImportCurriculum, Publication, PublishCurriculum, UpdateCurriculum,
    },
    departments::{CreateDepartment, NewDepartment},
    mentorship::{CreateMentorship, MentorshipStatus, NewMentorship},
    mentorship_life::{NewProposal, ProposeMentorship},
    policy::{Role, Roles},
    users::{CreateUser, NewUser, UpdateUser, UserPatch, UserStatus},
};
use std::collections::HashMap;

/// What the steps look up while a company is built.
pub struct Built<'c> {
    pub company: &'c Company,
    pub zone: Tz,
    pub today: NaiveDate,
    pub ids: HashMap<&'c str, UserId>,
    versions: HashMap<&'c str, VersionId>,
}

impl Built<'_> {
    /// An instant of a day in the company.
    pub fn at(&self, day: NaiveDate, minutes: i64) -> DateTime<Utc> {
        let local = day.and_time(NaiveTime::MIN) + Duration::minutes(minutes);
        self.zone
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// A day from the number of days before today; from a day off to the next weekday.
    pub fn day(&self, days_ago: i64) -> NaiveDate {
        use chrono::Datelike;
        let mut day = self.today - Duration::days(days_ago);
        while !self.company.working_days.contains(&day.weekday().number_from_monday()) {
            day += Duration::days(1);
        }
        day
    }
}

pub async fn build(stage: &mut Stage, company: &Company) -> anyhow::Result<Vec<Person>> {
    let zone: Tz = company.time_zone.parse().context("time_zone")?;
    let today = stage.now.with_timezone(&zone).date_naive();
    let mut built = Built { company, zone, today, ids: HashMap::new(), versions: HashMap::new() };
    let (admins, others): (Vec<&User>, Vec<&User>) =
        company.users.iter().partition(|user| user.roles.contains(&Role::Admin));
    let first = admins.first().context("no admin")?;
    stage.begin();
    let mut people = found(stage, &mut built, first).await?;
    let departments = departments(stage, company, &first.email).await?;
    stage
        .call(
            &first.email,
            UpdateUser {
                user_id: built.ids[first.email.as_str()],
                patch: details(first, &departments, &built)?,
            },
        )
        .await?;
    stage.sign_in_again(people.first().context("no admin")?).await?;
    for user in admins.iter().skip(1).chain(&others) {
        let made =
            stage.call(&first.email, CreateUser { user: newcomer(user, &departments, &built)? }).await?;
        built.ids.insert(&user.email, made.user_id);
        if user.status != UserStatus::Invited {
            people.push(stage.join(user).await?.1);
        }
    }
    curricula(stage, &mut built, &departments, &first.email).await?;

    let mut texts = Picker::new(&company.texts);
    let mut mentorships: Vec<&Mentorship> = company.mentorships.iter().collect();
    mentorships.sort_by_key(|mentorship| std::cmp::Reverse(mentorship.started_days_ago));
    for mentorship in mentorships {
        run(stage, &built, mentorship, &mut texts, &first.email)
            .await
            .with_context(|| mentorship.title.clone())?;
    }
    stage.set_clock(built.at(built.day(30), 11 * 60));
    for user in company.users.iter().filter(|user| user.status == UserStatus::Suspended) {
        let patch = UserPatch { status: Some(UserStatus::Suspended), ..UserPatch::default() };
        stage.call(&first.email, UpdateUser { user_id: built.ids[user.email.as_str()], patch }).await?;
        people.retain(|person| person.email != user.email);
    }
    // In the file's order: the people one wants to be come first.
    people.sort_by_key(|person| company.users.iter().position(|user| user.email == person.email));
    Ok(people)
}

async fn found<'c>(stage: &mut Stage, built: &mut Built<'c>, first: &'c User) -> anyhow::Result<Vec<Person>> {
    let company = built.company;
    let admin = FirstAdmin {
        email: first.email.clone(),
        family_name: first.family_name.clone(),
        given_name: first.given_name.clone(),
    };
    let company_id = company.company_id.clone();
    let operator = file::read()?.operator.email;
    stage
        .call(
            &operator,
            CreateCompany {
                company: NewCompany {
                    company_id: company_id.clone(),
                    name: company.name.clone(),
                    locale: Some(company.locale),
                    time_zone: Some(company.time_zone.clone()),
                    admin,
                },
            },
        )
        .await?;
    let (user_id, person) = stage.join(first).await?;
    built.ids.insert(&first.email, user_id);
    let working_days = company.working_days.iter().map(|day| 1_i64 << (day - 1)).sum();
    let patch = CompanyPatch { working_days: Some(working_days), ..CompanyPatch::default() };
    stage.call(&first.email, UpdateCompany { company_id: company_id.clone(), patch }).await?;
    let own = company
        .extra_holidays
        .iter()
        .map(|holiday| OwnHoliday { date: built.day(-holiday.in_days), name: holiday.name.clone() });
    let holidays = OwnHolidays { own: own.collect() };
    stage.call(&first.email, SetHolidays { company_id, holidays }).await?;
    Ok(vec![person])
}

async fn departments<'c>(
    stage: &Stage,
    company: &'c Company,
    admin: &str,
) -> anyhow::Result<HashMap<&'c str, DepartmentId>> {
    let mut departments = HashMap::new();
    for department in &company.departments {
        let parent_id = find(&departments, department.parent.as_deref())?;
        let (name, description) = (department.name.clone(), department.description.clone());
        let made = stage
            .call(admin, CreateDepartment { department: NewDepartment { name, parent_id, description } })
            .await?;
        departments.insert(department.name.as_str(), made.department_id);
    }
    Ok(departments)
}

fn find(
    departments: &HashMap<&str, DepartmentId>,
    name: Option<&str>,
) -> anyhow::Result<Option<DepartmentId>> {
    name.map(|name| departments.get(name).copied().with_context(|| format!("no department {name}")))
        .transpose()
}

fn newcomer(
    user: &User,
    departments: &HashMap<&str, DepartmentId>,
    built: &Built<'_>,
) -> anyhow::Result<NewUser> {
    Ok(NewUser {
        email: user.email.clone(),
        family_name: user.family_name.clone(),
        given_name: user.given_name.clone(),
        roles: Roles::of(user.roles.iter().copied()),
        department_id: find(departments, user.department.as_deref())?,
        employee_number: user.employee_number.clone(),
        position: user.position.clone(),
        job_title: user.job_title.clone(),
        tags: user.tags.clone(),
        hired_on: Some(built.day(user.hired_days_ago)),
        locale: Some(user.locale),
        invite: Some(user.status == UserStatus::Invited),
    })
}

/// What the invitation of the first admin left out.
fn details(
    user: &User,
    departments: &HashMap<&str, DepartmentId>,
    built: &Built<'_>,
) -> anyhow::Result<UserPatch> {
    Ok(UserPatch {
        roles: Some(Roles::of(user.roles.iter().copied())),
        department_id: Some(find(departments, user.department.as_deref())?),
        employee_number: Some(user.employee_number.clone()),
        position: Some(user.position.clone()),
        job_title: Some(user.job_title.clone()),
        tags: Some(user.tags.clone()),
        hired_on: Some(Some(built.day(user.hired_days_ago))),
        ..UserPatch::default()
    })
}

async fn curricula<'c>(
    stage: &Stage,
    built: &mut Built<'c>,
    departments: &HashMap<&str, DepartmentId>,
    admin: &str,
) -> anyhow::Result<()> {
    for curriculum in &built.company.curricula {
        let text = file::library(&curriculum.library)?;
        let file = File {
            media_type: "application/yaml".to_owned(),
            name: Some(format!("{}.yaml", curriculum.library)),
            bytes: text.as_bytes().to_vec().into(),
        };
        let made = stage
            .call(admin, ImportCurriculum { options: FileOptions::default(), file })
            .await
            .with_context(|| curriculum.library.clone())?
            .curriculum;
        let curriculum_id = made.curriculum_id;
        if let Some(department_id) = find(departments, curriculum.department.as_deref())? {
            let patch =
                CurriculumPatch { department_id: Some(Some(department_id)), ..CurriculumPatch::default() };
            stage.call(admin, UpdateCurriculum { curriculum_id, patch, if_match: None }).await?;
        }
        let publication = Publication { note: curriculum.note.clone() };
        let version = stage.call(admin, PublishCurriculum { curriculum_id, publication }).await?;
        built.versions.insert(&curriculum.library, version.version_id);
    }
    Ok(())
}

async fn run(
    stage: &Stage,
    built: &Built<'_>,
    mentorship: &Mentorship,
    texts: &mut Picker<'_>,
    admin: &str,
) -> anyhow::Result<()> {
    let start_on = built.day(mentorship.started_days_ago);
    // Agreed on the afternoon before, or today when it starts later.
    stage.set_clock(built.at(start_on - Duration::days(1), 15 * 60).min(stage.now - Duration::hours(3)));
    let version_ids = mentorship.curricula.iter().map(|name| {
        built.versions.get(name.as_str()).copied().with_context(|| format!("no curriculum {name}"))
    });
    let new = NewMentorship {
        mentee_id: built.ids[mentorship.mentee.as_str()],
        mentor_id: Some(built.ids[mentorship.mentor.as_str()]),
        version_ids: version_ids.collect::<anyhow::Result<_>>()?,
        start_on,
        title: mentorship.title.clone(),
    };
    if mentorship.status == MentorshipStatus::Proposed {
        let NewMentorship { mentee_id, version_ids, start_on, title, .. } = new;
        let mentor_id = built.ids[mentorship.mentor.as_str()];
        let note = mentorship.reason.clone().unwrap_or_default();
        let proposal = NewProposal { mentee_id, mentor_id, version_ids, start_on, title, note };
        stage.call(admin, ProposeMentorship { proposal }).await?;
        return Ok(());
    }
    let made = stage.call(admin, CreateMentorship { mentorship: new }).await?;
    progress::work_through(stage, built, mentorship, &made, texts, admin).await
}
