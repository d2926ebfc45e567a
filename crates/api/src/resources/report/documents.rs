//! The report and the certificate as PDF.

use super::{evaluation, figures_of, kept};
use crate::{Ctx, Error, Result, mount::Routes};
use ::report as pdf;
use contract::{
    Code, File,
    agreement::Side,
    auth::Locale,
    mentorship::MentorshipStatus,
    report::{DocumentLanguage, Evaluation, GetCertificate, GetReportPdf},
};
use store::Couple;

pub fn mount(routes: Routes) -> Routes {
    routes.on(get_report_pdf).on(get_certificate)
}

fn language(ctx: &Ctx, wanted: &DocumentLanguage) -> pdf::Language {
    let own = ctx.caller.locale.parse().unwrap_or(Locale::Ko);
    match wanted.locale.unwrap_or(own) {
        Locale::Ko => pdf::Language::Korean,
        Locale::En => pdf::Language::English,
    }
}

/// Setting type takes tens of milliseconds, which other requests need not wait for.
async fn drawn(
    name: String,
    draw: impl FnOnce() -> std::result::Result<Vec<u8>, pdf::Error> + Send + 'static,
) -> Result<File> {
    let bytes = tokio::task::spawn_blocking(draw).await.map_err(Error::fault)?.map_err(Error::fault)?;
    Ok(File { media_type: "application/pdf".to_owned(), name: Some(name), bytes: bytes.into() })
}

fn notes(parts: [Option<&String>; 2]) -> String {
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

async fn get_report_pdf(
    ctx: Ctx,
    GetReportPdf { mentorship_id, language: wanted }: GetReportPdf,
) -> Result<File> {
    let mut store = ctx.store().await?;
    let kept = kept(&mut store, mentorship_id).await?;
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    let goals = store.goals(mentorship_id).await?;
    drop(store);
    let view = |of: Side| {
        let Evaluation { text, scores, signed, .. } = evaluation(&ctx, &kept, of);
        pdf::View {
            text,
            scores: scores.all().map(|(_, score)| score),
            signed: signed.map(|signed| pdf::Signature { name: signed.name, on: ctx.day_of(signed.at) }),
        }
    };
    let couple = &kept.couple;
    let goals = goals.into_iter().map(|goal| pdf::GoalLine {
        title: goal.title,
        measure: goal.measure,
        due_on: goal.due_on,
        progress: goal.progress,
    });
    let document = pdf::Report {
        language: language(&ctx, &wanted),
        company: couple.company_name.clone(),
        title: couple.mentorship_title.clone(),
        mentee: pdf::Person {
            name: couple.mentee_name.clone(),
            note: notes([couple.mentee_department.as_ref(), couple.mentee_position.as_ref()]),
        },
        mentor: pdf::Person {
            name: couple.mentor_name.clone(),
            note: notes([couple.mentor_position.as_ref(), None]),
        },
        start_on: couple.start_on,
        end_on: couple.ended_at.map_or(couple.end_on, |at| ctx.day_of(at)),
        weeks: couple.total_weeks,
        curricula: couple
            .sources
            .iter()
            .map(|source| format!("{} v{}", source.title, source.number))
            .collect(),
        completed: match couple.mentorship_status {
            MentorshipStatus::Completed => Some(true),
            MentorshipStatus::Ended => Some(false),
            _ => None,
        },
        figures: pdf::Figures {
            required: figures.required,
            done: figures.done,
            on_time: figures.on_time,
            task_days: figures.task_days,
            review_days: figures.review_days,
            returned: figures.returned,
            skipped: figures.skipped,
            meetings: figures.meetings_held,
            goals: figures.goals,
            goals_reached: figures.goals_reached,
        },
        goals: goals.collect(),
        mentor_view: view(Side::Mentor),
        mentee_view: view(Side::Mentee),
    };
    let name = file_name(document.language, "멘토링 평가서", "Mentorship report", couple);
    drawn(name, move || pdf::report(&document)).await
}

async fn get_certificate(
    ctx: Ctx,
    GetCertificate { mentorship_id, language: wanted }: GetCertificate,
) -> Result<File> {
    let mut store = ctx.store().await?;
    let kept = kept(&mut store, mentorship_id).await?;
    let couple = &kept.couple;
    let not_completed = || Error::because(Code::Conflict, "The mentorship was not completed.");
    let completed = couple.ended_at.filter(|_| couple.mentorship_status == MentorshipStatus::Completed);
    let completed_on = ctx.day_of(completed.ok_or_else(not_completed)?);
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    drop(store);
    let document = pdf::Certificate {
        language: language(&ctx, &wanted),
        company: couple.company_name.clone(),
        number: format!("{}-{mentorship_id}", completed_on.format("%Y")),
        mentee: couple.mentee_name.clone(),
        mentee_note: notes([couple.mentee_department.as_ref(), couple.mentee_position.as_ref()]),
        mentor: couple.mentor_name.clone(),
        title: couple.mentorship_title.clone(),
        start_on: couple.start_on,
        end_on: completed_on.max(couple.start_on),
        weeks: couple.total_weeks,
        tasks: figures.done,
        completed_on,
    };
    let name = file_name(document.language, "수료증", "Certificate", couple);
    drawn(name, move || pdf::certificate(&document)).await
}

fn file_name(language: pdf::Language, korean: &str, english: &str, couple: &Couple) -> String {
    let what = if language == pdf::Language::Korean { korean } else { english };
    format!("{what} - {}.pdf", couple.mentee_name)
}
