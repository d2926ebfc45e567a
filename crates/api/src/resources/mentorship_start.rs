//! Starting a mentorship: what is checked, how the plan is drawn, and that the preview is what starts.

use super::{
    facts::told,
    mentorship::{found, shown},
    mentorship_news::{News, send_news},
};
use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::{
        dates::needs_absent_mentor,
        plan::{self, Drawn},
    },
};
use contract::{
    Code, FieldError, MentorshipId, UserId,
    curriculum::TaskOwner,
    mentorship::{CreateMentorship, Mentorship, NewMentorship, PlanPreview, PlanSource, PreviewMentorship},
    mentorship_dates::DateConflict,
    mentorship_events::MentorshipEventKind,
    policy::{Role, Scope},
    users::UserStatus,
};
use store::{MentorDays, NewPlan, PairMember, PlanTask, Planned, TemplateItem, Within};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(preview_mentorship).on(create_mentorship)
}

/// A plan that could start, with everything it was drawn from.
pub struct Prepared {
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub is_mentored: bool,
    pub is_proposed: bool,
    /// The mentee has not set a password yet.
    pub is_invited: bool,
    pub title: String,
    pub sources: Vec<PlanSource>,
    pub start_on: chrono::NaiveDate,
    /// By version as asked for, then week and position.
    templates: Vec<TemplateItem>,
    pub drawn: Drawn,
}

/// Checks what a mentorship is to be started with and dates its plan: the same for the preview and the start.
///
/// # Errors
/// Every bad field, or what stands in the way.
pub async fn prepare(ctx: &Ctx, store: &mut Within, new: &NewMentorship) -> Result<Prepared> {
    let mut problems = Vec::new();
    let mentor_id = mentor_of(ctx, new, &mut problems);
    if let Some((code, message)) = plan::start_problem(ctx.today(), new.start_on) {
        problems.push(FieldError::new("start_on", code, message));
    }
    let mut seen = std::collections::HashSet::new();
    for (index, version) in new.version_ids.iter().enumerate() {
        if !seen.insert(*version) {
            let field = format!("version_ids.{index}");
            problems.push(FieldError::new(field, "repeated", "This version stands twice."));
        }
    }

    let members = store.pair_members(mentor_id, new.mentee_id).await?;
    let member = |user_id: UserId| members.iter().find(|member| member.user_id == user_id);
    if mentor_id == new.mentee_id {
        problems.push(FieldError::new("mentee_id", "same_person", "Nobody is their own mentor."));
    } else {
        let mentee = member(new.mentee_id);
        problems.extend(member_problem("mentee_id", mentee, Role::Mentee));
        if problems.iter().all(|problem| problem.field != "mentor_id") {
            problems.extend(member_problem("mentor_id", member(mentor_id), Role::Mentor));
        }
    }

    let mut versions = store.plan_versions(&new.version_ids).await?;
    let (mut sources, mut templates) = (Vec::new(), Vec::new());
    let (mut weeks, mut archived) = (1, None);
    for (index, wanted) in new.version_ids.iter().enumerate() {
        let Some(version) = versions.iter_mut().find(|version| version.version_id == *wanted) else {
            let field = format!("version_ids.{index}");
            problems.push(FieldError::new(field, "not_found", "There is no such published version."));
            continue;
        };
        weeks = weeks.max(version.total_weeks);
        templates.append(&mut version.items);
        archived = archived.or(version.is_archived.then(|| version.title.clone()));
        sources.push(PlanSource {
            curriculum_id: version.curriculum_id,
            version_id: version.version_id,
            number: version.number,
            title: version.title.clone(),
        });
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    if let Some(title) = archived {
        return Err(Error::because(Code::Archived, format!("The curriculum \"{title}\" is archived.")));
    }

    let calendar = plan::work_calendar(store.company_days().await?);
    let drawn = plan::draw(&calendar, new.start_on, ctx.today(), weeks, &templates)
        .map_err(|error| Error::field("start_on", "no_working_day", &plan::sentence(&error)))?;
    let mentee = member(new.mentee_id);
    Ok(Prepared {
        mentor_id,
        mentee_id: new.mentee_id,
        is_mentored: mentee.is_some_and(|mentee| mentee.is_mentored),
        is_proposed: mentee.is_some_and(|mentee| mentee.is_proposed),
        is_invited: mentee.is_some_and(|mentee| mentee.status == UserStatus::Invited),
        title: title(new, &sources),
        sources,
        start_on: new.start_on,
        templates,
        drawn,
    })
}

/// Who the mentor is to be. Mentors start their own mentorships only; an admin who is none names one.
fn mentor_of(ctx: &Ctx, new: &NewMentorship, problems: &mut Vec<FieldError>) -> UserId {
    let me = ctx.caller.user_id;
    let Some(mentor_id) = new.mentor_id else {
        if !ctx.caller.roles.has(Role::Mentor) {
            problems.push(FieldError::new("mentor_id", "required", "Name a mentor."));
        }
        return me;
    };
    if mentor_id != me && ctx.reach().scope() < Scope::Company {
        problems.push(FieldError::new("mentor_id", "not_allowed", "Mentors start their own mentorships."));
    }
    mentor_id
}

/// What keeps a person from being the one or the other. A mentee may be invited and not here yet: the plan waits.
pub fn member_problem(field: &str, member: Option<&PairMember>, role: Role) -> Option<FieldError> {
    let Some(member) = member else {
        return Some(FieldError::new(field, "not_found", "There is no such person in the company."));
    };
    let is_expected = role == Role::Mentee && member.status == UserStatus::Invited;
    if member.status != UserStatus::Active && !is_expected {
        return Some(FieldError::new(field, "not_active", "This person is not active."));
    }
    let wrong = || FieldError::new(field, "wrong_role", format!("This person is no {role}."));
    (!member.roles.has(role)).then(wrong)
}

/// The title as given, or the curricula's joined, each once.
fn title(new: &NewMentorship, sources: &[PlanSource]) -> String {
    let given = new.title.trim();
    if !given.is_empty() {
        return given.to_owned();
    }
    let mut titles: Vec<&str> = Vec::new();
    for source in sources {
        if !titles.contains(&source.title.as_str()) {
            titles.push(&source.title);
        }
    }
    titles.join(" + ").chars().take(200).collect()
}

impl Prepared {
    /// The tasks to make. An admin's task is `admin_id`'s.
    #[must_use]
    pub fn tasks(&self, admin_id: UserId) -> Vec<PlanTask> {
        let owner_id = |owner| match owner {
            TaskOwner::Mentee => self.mentee_id,
            TaskOwner::Mentor => self.mentor_id,
            TaskOwner::Admin => admin_id,
        };
        (0..)
            .zip(self.templates.iter().zip(&self.drawn.dates))
            .map(|(position, (template, dated))| PlanTask {
                template_task_id: template.template_task_id,
                position,
                owner_id: owner_id(template.owner),
                planned: Some(Planned {
                    from: self.start_on,
                    week: template.week,
                    starts_after: template.starts_after,
                    duration: template.duration,
                }),
                starts_on: dated.starts_on,
                due_on: dated.due_on,
            })
            .collect()
    }

    #[must_use]
    pub fn plan<'a>(&'a self, tasks: &'a [PlanTask]) -> NewPlan<'a> {
        NewPlan {
            mentor_id: self.mentor_id,
            mentee_id: self.mentee_id,
            title: &self.title,
            start_on: self.start_on,
            end_on: self.drawn.end_on,
            total_weeks: self.drawn.total_weeks,
            sources: &self.sources,
            tasks,
        }
    }

    /// What is kept of the start in the record.
    #[must_use]
    pub fn details(&self) -> serde_json::Value {
        serde_json::json!({
            "start_on": self.start_on, "end_on": self.drawn.end_on, "tasks": self.templates.len(),
        })
    }

    /// The preview: every date, what speaks against it, and what is worth knowing.
    fn shown(self, today: chrono::NaiveDate, mentor: &MentorDays) -> PlanPreview {
        let mut tasks = plan::planned(&self.templates, &self.drawn.dates);
        for task in &mut tasks {
            if task.due_on < today {
                task.conflicts.push(DateConflict::DueBeforeToday);
            }
            if needs_absent_mentor((task.owner, task.kind), task.starts_on, task.due_on, &mentor.absences) {
                task.conflicts.push(DateConflict::OnAbsence);
            }
        }
        let is_away = tasks.iter().any(|task| task.conflicts.contains(&DateConflict::OnAbsence));
        let is_full = mentor.capacity.is_some_and(|capacity| mentor.load >= capacity);
        let known = [
            ("already_mentored", self.is_mentored),
            ("already_proposed", self.is_proposed),
            ("mentee_invited", self.is_invited),
            ("mentor_overloaded", is_full),
            ("mentor_away", is_away),
        ];
        let known = known.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code);
        PlanPreview {
            title: self.title,
            start_on: self.start_on,
            end_on: self.drawn.end_on,
            total_weeks: self.drawn.total_weeks,
            working_days: self.drawn.working_days,
            tasks,
            days_off: self.drawn.days_off,
            mentor_load: mentor.load,
            mentor_capacity: mentor.capacity,
            warnings: known.chain(self.drawn.warnings).map(str::to_owned).collect(),
        }
    }
}

async fn preview_mentorship(
    ctx: Ctx,
    PreviewMentorship { mentorship }: PreviewMentorship,
) -> Result<PlanPreview> {
    let mut store = ctx.store().await?;
    let prepared = prepare(&ctx, &mut store, &mentorship).await?;
    let mentor = store.mentor_days(prepared.mentor_id, mentorship.start_on, prepared.drawn.end_on).await?;
    Ok(prepared.shown(ctx.today(), &mentor))
}

/// The mentee has one already; also what the index says when two start at once.
pub fn already_mentored() -> Error {
    Error::code(Code::AlreadyMentored)
}

pub fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Taken => already_mentored(),
        other => other.into(),
    }
}

async fn create_mentorship(
    ctx: Ctx,
    CreateMentorship { mentorship }: CreateMentorship,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let started = begin(&ctx, &mut store, &mentorship).await?;
    Ok(shown(&ctx, told(&ctx, &mut store, started).await?))
}

/// Checks and starts one mentorship.
///
/// # Errors
/// Every bad field, or what stands in the way.
pub async fn start(ctx: &Ctx, store: &mut Within, new: &NewMentorship) -> Result<MentorshipId> {
    Ok(begin(ctx, store, new).await?.mentorship_id)
}

async fn begin(ctx: &Ctx, store: &mut Within, new: &NewMentorship) -> Result<Mentorship> {
    let prepared = prepare(ctx, store, new).await?;
    if prepared.is_mentored {
        return Err(already_mentored());
    }
    // An admin's task is the admin's who starts the mentorship; when a mentor starts it, the mentor takes it on.
    let me = ctx.caller.user_id;
    let admin_id = if ctx.reach().scope() >= Scope::Company { me } else { prepared.mentor_id };
    let tasks = prepared.tasks(admin_id);
    let mentorship_id =
        store.create_mentorship(&prepared.plan(&tasks), me, ctx.now()).await.map_err(taken)?;
    let kind = MentorshipEventKind::Started;
    store.record_mentorship_event(mentorship_id, kind, prepared.details(), None, me, ctx.now()).await?;
    let mentorship = found(ctx, store, mentorship_id).await?;
    send_news(ctx, store, &mentorship, News::of(kind)).await?;
    Ok(mentorship)
}
