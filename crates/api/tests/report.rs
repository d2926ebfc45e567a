//! The final evaluation: each writes and signs, the other reads what is signed, both lock it, an admin opens it again.

mod plan_stage;

use chrono::Duration;
use contract::{
    Code, MentorshipId,
    agreement::Side,
    auth::Locale,
    mentorship::{CompleteMentorship, EndMentorship, EndReason},
    report::{
        DocumentLanguage, GetCertificate, GetReport, GetReportPdf, ReopenReason, ReopenReport, Report,
        ReportPatch, Scores, SignReport, UpdateReport,
    },
    tasks::TaskStatus,
    timeline::{GetTimeline, TimelineFilter, Topic},
};
use plan_stage::{Running, again, go};
use testkit::{Person, bad_fields, on_both_engines, refused};

async fn write(
    person: &Person,
    mentorship_id: MentorshipId,
    text: &str,
    if_match: Option<i64>,
) -> Result<Report, client::CallError> {
    let scores = Scores { growth: Some(5), quality: Some(4), ..Scores::default() };
    let patch = ReportPatch { text: Some(text.into()), scores: Some(scores) };
    person.call(UpdateReport { mentorship_id, patch, if_match }).await
}

async fn read(person: &Person, mentorship_id: MentorshipId) -> Report {
    person.call(GetReport { mentorship_id, if_match: None }).await.expect("a report")
}

async fn sign(person: &Person, mentorship_id: MentorshipId) -> Result<Report, client::CallError> {
    person.call(SignReport { mentorship_id, if_match: None }).await
}

on_both_engines! {
    async fn both_write_sign_and_lock_it_and_an_admin_opens_it_again(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let (first, skipped) = (run.task("개발 환경 준비"), run.task("첫 배포"));
        go(&team.mentee, first, TaskStatus::InProgress, "").await.unwrap();
        stage.clock.advance(Duration::days(2));
        let (mentor, mentee, admin) = (again(stage, &team.mentor).await, again(stage, &team.mentee).await, again(stage, &team.admin).await);
        go(&mentee, first, TaskStatus::Submitted, "").await.unwrap();
        go(&mentor, first, TaskStatus::Returned, "한 번 더").await.unwrap();
        go(&mentee, first, TaskStatus::Submitted, "").await.unwrap();
        stage.clock.advance(Duration::minutes(5));
        go(&mentor, first, TaskStatus::Done, "").await.unwrap();
        go(&mentor, skipped, TaskStatus::Skipped, "다음에").await.unwrap();

        let draft = write(&mentor, id, "**잘** 했어요", Some(0)).await.unwrap();
        assert_eq!((draft.version, draft.side, draft.can_write, draft.can_sign), (1, Some(Side::Mentor), true, false));
        assert_eq!(refused(sign(&mentor, id).await).code, Code::Conflict, "not before the end");
        let seen = read(&mentee, id).await;
        assert!(seen.mentor.is_hidden && seen.mentor.text.is_empty() && seen.mentor.scores == Scores::default(), "a draft is its writer's");
        assert_eq!(read(&admin, id).await.mentor.text, "**잘** 했어요");
        assert_eq!(refused(write(&mentee, id, "늦은 글", Some(0)).await).code, Code::Stale);
        let figures = seen.figures;
        assert_eq!((figures.required, figures.done, figures.skipped, figures.returned), (2, 1, 1, 1));
        assert_eq!((figures.on_time, figures.task_days, figures.review_days), (Some(100), Some(2.0), Some(0.0)));

        mentor.call(CompleteMentorship { mentorship_id: id }).await.unwrap();
        assert_eq!(bad_fields(sign(&mentee, id).await), ["text required"]);
        let signed = sign(&mentor, id).await.unwrap();
        assert_eq!(signed.mentor.signed.as_ref().map(|signed| signed.name.as_str()), Some("박서연"));
        assert_eq!(refused(sign(&mentor, id).await).code, Code::Conflict);
        assert_eq!(read(&mentee, id).await.mentor.text, "**잘** 했어요", "signed, so shown");
        let changed = write(&mentor, id, "**정말** 잘 했어요", None).await.unwrap();
        assert!(changed.mentor.signed.is_none(), "a change withdraws the signature");
        sign(&mentor, id).await.unwrap();
        write(&mentee, id, "고맙습니다", None).await.unwrap();
        let locked = sign(&mentee, id).await.unwrap();
        assert!(locked.is_locked && !locked.can_write && !locked.can_sign);
        for person in [&mentor, &mentee] {
            assert_eq!(refused(write(person, id, "나중", None).await).code, Code::Conflict);
            let reopen = ReopenReport { mentorship_id: id, reason: ReopenReason { reason: "오타".into() }, if_match: None };
            assert_eq!(refused(person.call(reopen).await).code, Code::Denied);
        }
        let before = read(&admin, id).await;
        assert!(before.can_reopen && before.is_locked);
        let reopen = |reason: &str| ReopenReport { mentorship_id: id, reason: ReopenReason { reason: reason.into() }, if_match: Some(before.version) };
        assert_eq!(bad_fields(admin.call(reopen("  ")).await), ["reason required"]);
        let open = admin.call(reopen("오타가 있어요")).await.unwrap();
        assert!(!open.is_locked && open.mentor.signed.is_none() && open.mentee.signed.is_none());
        assert_eq!(refused(admin.call(reopen("또")).await).code, Code::Stale);
        let filter = TimelineFilter { topic: Some(Topic::Report), ..TimelineFilter::default() };
        let entries = mentee.call(GetTimeline { mentorship_id: id, filter }).await.unwrap().items;
        let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, ["report_reopened", "report_locked", "report_signed", "report_signed"]);
        assert_eq!(entries[0].comment.as_deref(), Some("오타가 있어요"));
    }

    async fn the_documents_are_pdf_in_both_languages_and_hide_what_is_hidden(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        write(&team.mentor, id, "아직 초안입니다", None).await.unwrap();
        let pdf = |locale| GetReportPdf { mentorship_id: id, language: DocumentLanguage { locale } };
        for locale in [None, Some(Locale::En)] {
            let file = team.mentor.call(pdf(locale)).await.unwrap();
            assert!(file.bytes.starts_with(b"%PDF-") && file.bytes.len() > 5_000, "{} bytes", file.bytes.len());
            assert_eq!(file.media_type, "application/pdf");
        }
        let (own, others) = (team.mentor.call(pdf(None)).await.unwrap(), team.mentee.call(pdf(None)).await.unwrap());
        assert_ne!(own.bytes, others.bytes, "the mentee's has no draft of the mentor in it");
        let certificate = || GetCertificate { mentorship_id: id, language: DocumentLanguage::default() };
        assert_eq!(refused(team.mentee.call(certificate()).await).code, Code::Conflict, "not before it is completed");
        let other = stage.team("다른회사").await;
        for person in [&team.other_mentor, &team.other_mentee, &other.admin] {
            assert_eq!(refused(person.call(pdf(None)).await).code, Code::NotFound);
            assert_eq!(refused(person.call(certificate()).await).code, Code::NotFound);
            assert_eq!(refused(person.call(GetReport { mentorship_id: id, if_match: None }).await).code, Code::NotFound);
        }
        team.mentor.call(CompleteMentorship { mentorship_id: id }).await.unwrap();
        for person in [&team.mentor, &team.mentee, &team.admin] {
            assert!(person.call(certificate()).await.unwrap().bytes.starts_with(b"%PDF-"));
        }
    }

    async fn what_ended_early_is_evaluated_but_not_certified(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let reason = EndReason { reason: "부서 이동".into() };
        team.mentor.call(EndMentorship { mentorship_id: id, reason }).await.unwrap();
        write(&team.mentor, id, "짧았지만", None).await.unwrap();
        assert!(sign(&team.mentor, id).await.unwrap().mentor.signed.is_some());
        let certificate = GetCertificate { mentorship_id: id, language: DocumentLanguage::default() };
        assert_eq!(refused(team.mentee.call(certificate).await).code, Code::Conflict);
        assert_eq!(refused(write(&team.admin, id, "관리자", None).await).code, Code::Denied);
        let bad = ReportPatch { text: None, scores: Some(Scores { grasp: Some(6), ..Scores::default() }) };
        assert_eq!(bad_fields(team.mentor.call(UpdateReport { mentorship_id: id, patch: bad, if_match: None }).await).len(), 1);
    }
}
