//! Analytics as tables to take along: the figures the pages draw, under headings in the caller's language.

use super::{MOST_TASKS, by_mentor, groups, line, of_kind, scope, spans};
use crate::{Ctx, Error, Result};
use contract::{
    File,
    analytics::{AnalyticsTable, ExportAnalytics, Group, GroupKind, MentorReviews, ReviewSpan, TaskFigures},
    users::SheetFormat,
};
use sheet::Cell;

/// A heading in Korean and in English.
type Heading = (&'static str, &'static str);

const GROUP: [Heading; 9] = [
    ("멘토링", "Mentorships"),
    ("끝까지 마침", "Finished"),
    ("필수 과제", "Required tasks"),
    ("마친 필수 과제", "Required tasks done"),
    ("진행률(%)", "Progress (%)"),
    ("마감된 과제", "Tasks due"),
    ("제때 마친 과제", "Tasks on time"),
    ("밀린 과제", "Overdue tasks"),
    ("검토를 기다리는 과제", "Tasks waiting for review"),
];
const STEP: [Heading; 2] = [("단계", "Step"), ("사람", "People")];
const STEPS: [Heading; 5] = [
    ("멘토링 시작", "Mentorship started"),
    ("첫 로그인", "First sign-in"),
    ("첫 과제 완료", "First task done"),
    ("절반 넘음", "Half done"),
    ("끝까지 마침", "Finished"),
];
const REVIEWS: [Heading; 4] = [
    ("부터", "From"),
    ("멘토", "Mentor"),
    ("검토", "Reviews"),
    ("검토 시간 중앙값(시간)", "Median review time (hours)"),
];
const TASKS: [Heading; 15] = [
    ("커리큘럼", "Curriculum"),
    ("버전", "Version"),
    ("주차", "Week"),
    ("과제", "Task"),
    ("받은 사람", "People"),
    ("제출", "Handed in"),
    ("완료", "Done"),
    ("반려", "Sent back"),
    ("건너뜀", "Skipped"),
    ("밀림", "Overdue"),
    ("시작까지(일, 중앙값)", "Days until begun (median)"),
    ("제출까지(일, 중앙값)", "Days until handed in (median)"),
    ("검토까지(일, 중앙값)", "Days until approved (median)"),
    ("밀린 날 합계", "Days late, in all"),
    ("반려율(%)", "Sent back (%)"),
];

/// A table ready to be written.
struct Sheet {
    header: Vec<Heading>,
    rows: Vec<Vec<Cell<'static>>>,
}

pub(super) async fn export_analytics(ctx: Ctx, ExportAnalytics { export }: ExportAnalytics) -> Result<File> {
    let scope = scope(&ctx, &export.filter())?;
    let english = ctx.caller.locale == "en";
    let mut store = ctx.store().await?;
    let sheet = match export.table {
        AnalyticsTable::Departments => {
            by_group(("부서", "Department"), &groups(&mut store, &scope).await?, GroupKind::Department)
        }
        AnalyticsTable::Mentors => {
            by_group(("멘토", "Mentor"), &groups(&mut store, &scope).await?, GroupKind::Mentor)
        }
        AnalyticsTable::StartMonths => {
            by_group(("시작한 달", "Started in"), &groups(&mut store, &scope).await?, GroupKind::StartMonth)
        }
        AnalyticsTable::HiredMonths => {
            by_group(("입사한 달", "Hired in"), &groups(&mut store, &scope).await?, GroupKind::HiredMonth)
        }
        AnalyticsTable::Funnel => funnel(&groups(&mut store, &scope).await?, english),
        AnalyticsTable::Reviews => {
            let (spans, firsts) = spans(&scope);
            let rows = store.review_times(&scope, spans).await?;
            reviews(&line(&rows, &firsts), by_mentor(&rows))
        }
        AnalyticsTable::Tasks => tasks(store.task_figures(&scope, MOST_TASKS).await?),
    };
    drop(store);
    let format = export.format;
    let name = format!("{}-{}-{}.{format}", export.table, scope.from, scope.to).replace('_', "-");
    let written = tokio::task::spawn_blocking(move || {
        let header: Vec<&str> = sheet.header.iter().map(|(ko, en)| if english { *en } else { *ko }).collect();
        match format {
            SheetFormat::Csv => Ok(sheet::write_csv(&header, sheet.rows)),
            SheetFormat::Xlsx => sheet::write_xlsx("analytics", &header, sheet.rows),
        }
    });
    let bytes = written.await.map_err(Error::fault)?.map_err(Error::fault)?;
    let media_type = match format {
        SheetFormat::Csv => "text/csv; charset=utf-8",
        SheetFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    Ok(File { media_type: media_type.to_owned(), name: Some(name), bytes: bytes.into() })
}

fn by_group(first: Heading, groups: &[Group], kind: GroupKind) -> Sheet {
    let row = |group: Group| -> Vec<Cell<'static>> {
        vec![
            group.name.clone().into(),
            group.mentorships.into(),
            group.finished.into(),
            group.required.into(),
            group.done.into(),
            group.done_percent().into(),
            group.due.into(),
            group.on_time.into(),
            group.overdue.into(),
            group.waiting.into(),
        ]
    };
    let header = std::iter::once(first).chain(GROUP).collect();
    Sheet { header, rows: of_kind(groups, kind).into_iter().map(row).collect() }
}

fn funnel(groups: &[Group], english: bool) -> Sheet {
    let steps = groups
        .iter()
        .find(|group| group.kind == GroupKind::All)
        .map(|all| [all.mentorships, all.signed_in, all.begun, all.half, all.finished]);
    let rows = STEPS.iter().zip(steps.unwrap_or_default());
    let rows =
        rows.map(|((ko, en), people)| vec![Cell::from(if english { *en } else { *ko }), people.into()]);
    Sheet { header: STEP.to_vec(), rows: rows.collect() }
}

fn hours(seconds: Option<i64>) -> Cell<'static> {
    rounded(seconds, 3600)
}

fn days(seconds: Option<i64>) -> Cell<'static> {
    rounded(seconds, 86_400)
}

/// To a tenth.
fn rounded(seconds: Option<i64>, unit: i64) -> Cell<'static> {
    let tenths = seconds.map(|seconds| (seconds.max(0) * 10 + unit / 2) / unit);
    tenths.and_then(|tenths| i32::try_from(tenths).ok()).map(|tenths| f64::from(tenths) / 10.0).into()
}

fn reviews(spans: &[ReviewSpan], mentors: Vec<MentorReviews>) -> Sheet {
    let of_span = |span: &ReviewSpan| -> Vec<Cell<'static>> {
        vec![span.from.into(), Cell::Empty, span.reviews.into(), hours(span.median)]
    };
    let of_mentor = |mentor: MentorReviews| -> Vec<Cell<'static>> {
        vec![Cell::Empty, mentor.name.into(), mentor.reviews.into(), hours(mentor.median)]
    };
    let rows = spans.iter().map(of_span).chain(mentors.into_iter().map(of_mentor)).collect();
    Sheet { header: REVIEWS.to_vec(), rows }
}

fn tasks(tasks: Vec<TaskFigures>) -> Sheet {
    let row = |task: TaskFigures| -> Vec<Cell<'static>> {
        let returned = (task.handed_in > 0).then(|| task.returned * 100 / task.handed_in);
        vec![
            task.curriculum_title.into(),
            task.number.into(),
            task.week.into(),
            task.title.into(),
            task.tasks.into(),
            task.handed_in.into(),
            task.done.into(),
            task.returned.into(),
            task.skipped.into(),
            task.overdue.into(),
            days(task.wait),
            days(task.work),
            days(task.review),
            task.late_days.into(),
            returned.into(),
        ]
    };
    Sheet { header: TASKS.to_vec(), rows: tasks.into_iter().map(row).collect() }
}
