//! Mentorships: previewing and starting a plan, reading it, ending it.

use super::{
    facts::{days, flag, tell, told},
    tasks::who,
};
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{
        facts::cutoffs,
        moves::{self, TaskFacts},
        plan::{self, Drawn},
    },
};
use contract::{
    Code, FieldError, MentorshipId, Page, UserId,
    curriculum::TaskOwner,
    mentorship::{
        CompleteMentorship, CreateMentorship, EndMentorship, GetMenteeHome, GetMentorship, ListMentorships,
        MenteeHome, Mentorship, MentorshipSort, MentorshipStatus, NewMentorship, PlanPreview, PlanSource,
        PreviewMentorship, UpdateMentorship,
    },
    page::DEFAULT_LIMIT,
    policy::{Role, Scope},
    users::UserStatus,
};
use store::{MentorshipKey, MentorshipQuery, NewPlan, PairMember, PlanTask, TemplateItem, Within};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_mentorships).on(preview_mentorship).on(create_mentorship).on(get_mentee_home);
    routes.on(get_mentorship).on(update_mentorship).on(complete_mentorship).on(end_mentorship)
}

async fn list_mentorships(ctx: Ctx, ListMentorships { filter }: ListMentorships) -> Result<Page<Mentorship>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<MentorshipKey> = cursor(filter.cursor.as_deref())?;
    let search = filter
        .search
        .as_deref()
        .map(|text| if hangul::is_initials(text) { hangul::initials(text) } else { hangul::fold(text) });
    let mut store = ctx.store().await?;
    let days = days(&ctx, &mut store).await?;
    let sort = filter.sort.unwrap_or(MentorshipSort::Name);
    let query = MentorshipQuery {
        search: search.filter(|search| !search.is_empty()),
        status: filter.status,
        mentor_id: filter.mentor_id,
        mentee_id: filter.mentee_id,
        department_id: filter.department_id,
        risk: filter.risk.map(|risk| (risk, cutoffs(&days))),
        sort,
        skip: if after.is_some() { 0 } else { filter.skip.unwrap_or(0) },
        after,
        limit: limit + 1,
    };
    let mentorships = store.mentorships(&query, ctx.today()).await?;
    let mut page = Page::cut(mentorships, limit, |one| {
        let rank = i64::from(one.status != MentorshipStatus::Active);
        let key = match sort {
            MentorshipSort::Name => one.mentee_name.clone(),
            MentorshipSort::Mentor => one.mentor_name.clone(),
            MentorshipSort::EndOn => one.end_on.to_string(),
            MentorshipSort::StartOn => one.start_on.to_string(),
        };
        (rank, key, one.mentorship_id)
    });
    tell(&days, &mut store, &mut page.items).await?;
    Ok(page)
}

async fn get_mentorship(ctx: Ctx, GetMentorship { mentorship_id }: GetMentorship) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mentorship = found(&ctx, &mut store, mentorship_id).await?;
    told(&ctx, &mut store, mentorship).await
}

async fn found(ctx: &Ctx, store: &mut Within, mentorship_id: MentorshipId) -> Result<Mentorship> {
    store.mentorship(mentorship_id, ctx.today()).await?.ok_or_else(Error::not_found)
}

/// The same for those who guide it.
async fn guided(ctx: &Ctx, store: &mut Within, mentorship_id: MentorshipId) -> Result<Mentorship> {
    let mentorship = found(ctx, store, mentorship_id).await?;
    let who = who(ctx, mentorship.mentee_id, mentorship.mentor_id, mentorship.mentee_id);
    if who.guides { Ok(mentorship) } else { Err(Error::code(Code::Denied)) }
}

async fn get_mentee_home(ctx: Ctx, GetMenteeHome {}: GetMenteeHome) -> Result<MenteeHome> {
    let mut store = ctx.store().await?;
    let me = ctx.caller.user_id;
    let Some(mut mentorship) = store.mentorship_of(me, ctx.today()).await? else {
        return Ok(MenteeHome { mentorship: None, tasks: Vec::new() });
    };
    let mut tasks = store.plan_tasks(mentorship.mentorship_id).await?;
    for task in &mut tasks {
        let who = who(&ctx, task.owner_id, mentorship.mentor_id, mentorship.mentee_id);
        task.allowed = moves::allowed(&TaskFacts::of(task, None, mentorship.status), who);
    }
    let days = days(&ctx, &mut store).await?;
    flag(&days, &mut tasks, mentorship.status);
    tell(&days, &mut store, std::slice::from_mut(&mut mentorship)).await?;
    Ok(MenteeHome { mentorship: Some(mentorship), tasks })
}

/// A plan that could start, with everything it was drawn from.
struct Prepared {
    mentor_id: UserId,
    is_mentored: bool,
    title: String,
    sources: Vec<PlanSource>,
    /// By version as asked for, then week and position.
    templates: Vec<TemplateItem>,
    drawn: Drawn,
}

/// Checks what a mentorship is to be started with and dates its plan: the same for the preview and the start.
async fn prepare(ctx: &Ctx, store: &mut Within, new: &NewMentorship) -> Result<Prepared> {
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
    let is_mentored = member(new.mentee_id).is_some_and(|mentee| mentee.is_mentored);
    Ok(Prepared { mentor_id, is_mentored, title: title(new, &sources), sources, templates, drawn })
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

fn member_problem(field: &str, member: Option<&PairMember>, role: Role) -> Option<FieldError> {
    let Some(member) = member else {
        return Some(FieldError::new(field, "not_found", "There is no such person in the company."));
    };
    if member.status != UserStatus::Active {
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

async fn preview_mentorship(
    ctx: Ctx,
    PreviewMentorship { mentorship }: PreviewMentorship,
) -> Result<PlanPreview> {
    let mut store = ctx.store().await?;
    let prepared = prepare(&ctx, &mut store, &mentorship).await?;
    let drawn = prepared.drawn;
    let mentor_load = store.mentor_load(prepared.mentor_id, mentorship.start_on, drawn.end_on).await?;
    let already = prepared.is_mentored.then_some("already_mentored");
    let warnings = already.into_iter().chain(drawn.warnings).map(str::to_owned).collect();
    Ok(PlanPreview {
        title: prepared.title,
        start_on: mentorship.start_on,
        end_on: drawn.end_on,
        total_weeks: drawn.total_weeks,
        working_days: drawn.working_days,
        tasks: plan::planned(&prepared.templates, &drawn.dates),
        days_off: drawn.days_off,
        mentor_load,
        warnings,
    })
}

async fn create_mentorship(
    ctx: Ctx,
    CreateMentorship { mentorship: new }: CreateMentorship,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mentorship_id = start(&ctx, &mut store, &new).await?;
    let created = found(&ctx, &mut store, mentorship_id).await?;
    told(&ctx, &mut store, created).await
}

/// Checks and starts one mentorship.
pub(super) async fn start(ctx: &Ctx, store: &mut Within, new: &NewMentorship) -> Result<MentorshipId> {
    let prepared = prepare(ctx, store, new).await?;
    let already = || Error::code(Code::AlreadyMentored);
    if prepared.is_mentored {
        return Err(already());
    }
    // An admin's task is the admin's who starts the mentorship; when a mentor starts it, the mentor takes it on.
    let admin_id =
        if ctx.reach().scope() >= Scope::Company { ctx.caller.user_id } else { prepared.mentor_id };
    let owner_id = |owner| match owner {
        TaskOwner::Mentee => new.mentee_id,
        TaskOwner::Mentor => prepared.mentor_id,
        TaskOwner::Admin => admin_id,
    };
    let tasks: Vec<PlanTask> = (0..)
        .zip(prepared.templates.iter().zip(&prepared.drawn.dates))
        .map(|(position, (template, dated))| PlanTask {
            template_task_id: template.template_task_id,
            position,
            owner_id: owner_id(template.owner),
            starts_on: dated.starts_on,
            due_on: dated.due_on,
        })
        .collect();
    let plan = NewPlan {
        mentor_id: prepared.mentor_id,
        mentee_id: new.mentee_id,
        title: &prepared.title,
        start_on: new.start_on,
        end_on: prepared.drawn.end_on,
        total_weeks: prepared.drawn.total_weeks,
        sources: &prepared.sources,
        tasks: &tasks,
    };
    // Two at once: the index lets one through.
    let created = store.create_mentorship(&plan, ctx.caller.user_id, ctx.now()).await;
    created.map_err(|error| match error {
        store::Error::Taken => already(),
        other => other.into(),
    })
}

async fn update_mentorship(
    ctx: Ctx,
    UpdateMentorship { mentorship_id, patch }: UpdateMentorship,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mut mentorship = guided(&ctx, &mut store, mentorship_id).await?;
    if let Some(title) = patch.title.as_deref().map(str::trim) {
        if title.is_empty() {
            return Err(Error::field("title", "required", "This is needed."));
        }
        store.set_mentorship_title(mentorship_id, title).await?;
        title.clone_into(&mut mentorship.title);
    }
    if let Some(mentor_id) = patch.mentor_id.filter(|mentor_id| *mentor_id != mentorship.mentor_id) {
        hand_over(&ctx, &mut store, &mut mentorship, mentor_id).await?;
    }
    told(&ctx, &mut store, mentorship).await
}

async fn hand_over(
    ctx: &Ctx,
    store: &mut Within,
    mentorship: &mut Mentorship,
    mentor_id: UserId,
) -> Result<()> {
    if ctx.reach().scope() < Scope::Company {
        return Err(Error::code(Code::Denied));
    }
    if mentor_id == mentorship.mentee_id {
        return Err(Error::field("mentor_id", "same_person", "Nobody is their own mentor."));
    }
    let members = store.pair_members(mentor_id, mentorship.mentee_id).await?;
    let mentor = members.into_iter().find(|member| member.user_id == mentor_id);
    if let Some(problem) = member_problem("mentor_id", mentor.as_ref(), Role::Mentor) {
        return Err(Error::invalid(vec![problem]));
    }
    if !store.hand_over(mentorship.mentorship_id, mentorship.mentor_id, mentor_id, ctx.now()).await? {
        return Err(not_active());
    }
    if let Some(mentor) = mentor {
        mentorship.mentor_id = mentor_id;
        mentorship.mentor_name = mentor.name;
        mentorship.mentor_position = mentor.position;
    }
    Ok(())
}

fn not_active() -> Error {
    Error::because(Code::Conflict, "The mentorship is not active.")
}

async fn complete_mentorship(
    ctx: Ctx,
    CompleteMentorship { mentorship_id }: CompleteMentorship,
) -> Result<Mentorship> {
    end(&ctx, mentorship_id, MentorshipStatus::Completed, None).await
}

async fn end_mentorship(
    ctx: Ctx,
    EndMentorship { mentorship_id, reason }: EndMentorship,
) -> Result<Mentorship> {
    let text = reason.reason.trim();
    if text.is_empty() {
        return Err(Error::field("reason", "required", "Say why."));
    }
    end(&ctx, mentorship_id, MentorshipStatus::Ended, Some(text)).await
}

async fn end(
    ctx: &Ctx,
    mentorship_id: MentorshipId,
    status: MentorshipStatus,
    reason: Option<&str>,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mut mentorship = guided(ctx, &mut store, mentorship_id).await?;
    if !store.end_mentorship(mentorship_id, status, reason, ctx.now()).await? {
        return Err(not_active());
    }
    mentorship.status = status;
    mentorship.end_reason = reason.map(str::to_owned);
    mentorship.ended_at = Some(ctx.now());
    Ok(mentorship)
}
