//! The agreement: each writes their own part, both sign, a change of what is signed begins a new version.

mod plan_stage;

use chrono::Duration;
use contract::{
    Code, MentorshipId,
    agreement::{Agreement, AgreementPatch, GetAgreement, Rhythm, Side, SignAgreement, UpdateAgreement},
    mentorship::{EndMentorship, EndReason},
};
use plan_stage::Running;
use testkit::{Person, bad_fields, on_both_engines, refused};

fn expects(text: &str) -> AgreementPatch {
    AgreementPatch { expects: Some(text.to_owned()), ..AgreementPatch::default() }
}

async fn write(
    person: &Person,
    mentorship_id: MentorshipId,
    patch: AgreementPatch,
    if_match: Option<i64>,
) -> Result<Agreement, client::CallError> {
    person.call(UpdateAgreement { mentorship_id, patch, if_match }).await
}

async fn sign(
    person: &Person,
    mentorship_id: MentorshipId,
    seen: Option<i64>,
) -> Result<Agreement, client::CallError> {
    person.call(SignAgreement { mentorship_id, if_match: seen }).await
}

on_both_engines! {
    async fn both_sign_and_a_change_needs_both_again(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let blank = team.mentee.call(GetAgreement { mentorship_id: id, if_match: None }).await.unwrap();
        assert_eq!((blank.current.number, blank.version, blank.side, blank.can_write), (0, 0, Some(Side::Mentee), true));
        assert_eq!(bad_fields(sign(&team.mentor, id, None).await), ["expects required"]);

        let first = write(&team.mentor, id, expects("질문을 먼저 해 주세요"), Some(0)).await.unwrap();
        assert_eq!((first.current.number, first.version), (1, 1));
        assert_eq!(refused(sign(&team.mentor, id, None).await).code, Code::Conflict, "the mentee wrote nothing yet");
        assert_eq!(refused(write(&team.mentee, id, expects("늦은 글"), Some(0)).await).code, Code::Stale);
        let patch = AgreementPatch {
            rhythm: Some(Rhythm::Biweekly), weekday: Some(Some(2)), meets_at: Some("14:30".into()), minutes: Some(45),
            ..expects("리뷰는 하루 안에")
        };
        let second = write(&team.mentee, id, patch, Some(1)).await.unwrap();
        assert_eq!((second.current.mentor_expects.as_str(), second.current.mentee_expects.as_str()), ("질문을 먼저 해 주세요", "리뷰는 하루 안에"));
        assert_eq!((second.current.number, second.version, second.earlier.len()), (1, 2, 0), "nobody had signed");

        assert_eq!(refused(sign(&team.mentor, id, Some(1)).await).code, Code::Stale, "only what was read is signed");
        sign(&team.mentor, id, Some(2)).await.unwrap();
        assert_eq!(refused(sign(&team.mentor, id, None).await).code, Code::Conflict, "twice");
        stage.clock.advance(Duration::minutes(3));
        let agreed = sign(&team.mentee, id, Some(3)).await.unwrap();
        assert!(agreed.current.is_agreed());
        let signed = agreed.current.mentee_signed.clone().unwrap();
        assert_eq!((signed.user_id, signed.name.as_str(), signed.at), (team.mentee.user_id, "한지우", stage.clock.now()));

        let same = write(&team.mentee, id, expects("리뷰는 하루 안에"), None).await.unwrap();
        assert_eq!((same.current.number, same.version), (1, 4), "nothing changed, so nothing is undone");
        let changed = write(&team.mentor, id, expects("질문은 언제든"), None).await.unwrap();
        assert_eq!((changed.current.number, changed.version), (2, 5));
        assert!(changed.current.mentor_signed.is_none() && changed.current.mentee_signed.is_none());
        assert_eq!(changed.current.mentee_expects, "리뷰는 하루 안에", "what the other wrote stays");
        let read = team.admin.call(GetAgreement { mentorship_id: id, if_match: None }).await.unwrap();
        assert_eq!((read.earlier.len(), read.side, read.can_write), (1, None, false));
        assert!(read.earlier[0].is_agreed(), "the version both signed stays as it was");
        assert_eq!(read.earlier[0].mentor_expects, "질문을 먼저 해 주세요");
        assert_eq!(read.current, changed.current);
    }

    async fn only_the_pair_writes_and_only_while_it_runs(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let other = stage.team("다른회사").await;
        assert_eq!(refused(write(&team.admin, id, expects("관리자"), None).await).code, Code::Denied);
        for person in [&team.other_mentor, &team.other_mentee, &other.mentor, &other.mentee] {
            assert_eq!(refused(write(person, id, expects("남"), None).await).code, Code::NotFound);
            assert_eq!(refused(sign(person, id, None).await).code, Code::NotFound);
            let read = person.call(GetAgreement { mentorship_id: id, if_match: None }).await;
            assert_eq!(refused(read).code, Code::NotFound);
        }
        let bad = AgreementPatch { weekday: Some(Some(8)), meets_at: Some("25:00".into()), minutes: Some(1), ..expects("글") };
        assert_eq!(bad_fields(write(&team.mentor, id, bad, None).await).len(), 3);
        write(&team.mentor, id, expects("글"), None).await.unwrap();
        let reason = EndReason { reason: "부서 이동".into() };
        team.mentor.call(EndMentorship { mentorship_id: id, reason }).await.unwrap();
        assert_eq!(refused(write(&team.mentor, id, expects("나중"), None).await).code, Code::Conflict);
        let read = team.mentee.call(GetAgreement { mentorship_id: id, if_match: None }).await.unwrap();
        assert_eq!((read.current.mentor_expects.as_str(), read.can_write), ("글", false), "it stays readable");
    }
}
