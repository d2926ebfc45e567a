//! Curricula that pass on: as a table, to another department, from the library, between companies.

use crate::{create, department, get, outsider, published, save, three_tasks};
use contract::curriculum::{
    CopyCurriculum, CopyTarget, ExportCurriculum, FileFormat, FileOptions, ImportCurriculum,
};
use contract::curriculum_library::{
    CompanyCopy, CopyToCompany, GetReady, LibraryFilter, ListCurriculumTitles, ListLibrary, ReadyJob,
    TakeReady, TakeReadyCurriculum,
};
use contract::{Code, CurriculumId, File, auth::Locale};
use testkit::{bad_fields, on_both_engines, refused};

fn table(options: FileOptions, text: impl Into<bytes::Bytes>) -> ImportCurriculum {
    ImportCurriculum { options, file: File { bytes: text.into(), ..File::default() } }
}

fn csv() -> FileOptions {
    FileOptions { format: Some(FileFormat::Csv) }
}

on_both_engines! {
    async fn a_table_that_was_exported_is_imported_again_to_the_letter(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for ready in api::library() {
            let made = team.mentor.call(table(FileOptions::default(), ready.yaml.as_bytes())).await.unwrap();
            let curriculum_id = made.curriculum.curriculum_id;
            let file = team.admin.call(ExportCurriculum { curriculum_id, options: csv() }).await.unwrap();
            assert!(file.name.as_deref().is_some_and(|name| name.ends_with(".csv")));
            let again = team.admin.call(table(csv(), file.bytes)).await.unwrap();
            assert_eq!((again.curriculum.title, again.curriculum.description), (made.curriculum.title, made.curriculum.description));
            assert_eq!((again.tasks, again.week_notes), (made.tasks, made.week_notes));
        }
    }

    async fn a_fault_in_a_table_says_its_line_column_and_cell(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let text = "행,주차,제목,종류,하는사람,우선순위,기간\ncurriculum,,온보딩,,,,\n,1,첫 과제,task,mentee,high,2\n,둘,둘째,work,mentee,high,0\n";
        let problem = refused(team.mentor.call(table(csv(), text)).await);
        let found: Vec<_> = problem
            .errors
            .iter()
            .map(|error| (error.field.as_str(), error.code.as_str(), error.params["line"].as_str(), error.params["column"].as_str(), error.params["quote"].as_str()))
            .collect();
        assert_eq!(
            found,
            [("week", "wrong_type", "4", "2", "둘"), ("duration", "too_small", "4", "7", "0"), ("kind", "unknown_word", "4", "4", "work")]
        );
        let missing = "week,kind\n1,task\n";
        assert_eq!(
            bad_fields(team.mentor.call(table(csv(), missing)).await),
            ["title missing_column", "owner missing_column", "priority missing_column", "duration missing_column"]
        );
        let open = "week,title,kind,owner,priority,duration\n1,\"첫 과제,task,mentee,high,1\n";
        let problem = refused(team.mentor.call(table(csv(), open)).await);
        assert_eq!((problem.errors[0].code.as_str(), problem.errors[0].params["line"].as_str()), ("unclosed_quote", "2"));
        let circle = "row,week,key,title,kind,owner,priority,duration,depends_on\ncurriculum,,,온보딩,,,,,\n,1,a,가,task,mentee,low,1,b\n,1,b,나,task,mentee,low,1,a\n";
        let problem = refused(team.mentor.call(table(csv(), circle)).await);
        assert_eq!((problem.errors[0].code.as_str(), problem.errors[0].params["line"].as_str()), ("cycle", "3"));
    }

    async fn a_fault_in_yaml_is_told_by_its_kind_with_the_line_as_it_stands(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let yaml = "format: naru-curriculum/1\nlanguage: fr\ntitle: 가\nweeks: []\n";
        let error = refused(team.mentor.call(table(FileOptions::default(), yaml)).await).errors.remove(0);
        assert_eq!((error.field.as_str(), error.code.as_str()), ("file", "yaml_unknown_word"));
        assert_eq!((error.params["line"].as_str(), error.params["quote"].as_str()), ("2", "language: fr"));
        assert_eq!((error.params["name"].as_str(), error.params["words"].as_str()), ("fr", "ko, en"));
        let yaml = "format: naru-curriculum/1\nlanguage: ko\ntitle: 가\nweeks: []\ncolour: red\n";
        let error = refused(team.mentor.call(table(FileOptions::default(), yaml)).await).errors.remove(0);
        assert_eq!((error.code.as_str(), error.params["name"].as_str()), ("yaml_unknown_field", "colour"));
        let yaml = "format: naru-curriculum/1\nlanguage: ko\nweeks: []\n";
        let error = refused(team.mentor.call(table(FileOptions::default(), yaml)).await).errors.remove(0);
        assert_eq!((error.code.as_str(), error.params["name"].as_str()), ("yaml_missing_field", "title"));
    }

    async fn a_copy_goes_where_its_maker_may_put_it(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.admin, "온보딩").await;
        let other = department(&team, "디자인팀").await;
        let copy = |department_id, is_common| CopyCurriculum {
            curriculum_id: id,
            target: CopyTarget { department_id, is_common },
        };
        let made = team.admin.call(copy(Some(other), None)).await.unwrap();
        assert_eq!(made.curriculum.department_name.as_deref(), Some("디자인팀"));
        assert_eq!(made.tasks, team.admin.call(get(id)).await.unwrap().tasks);
        let own = team.mentor.call(copy(Some(team.department_id), None)).await.unwrap();
        assert_eq!(own.curriculum.department_id, Some(team.department_id));
        let common = team.admin.call(copy(None, Some(true))).await.unwrap();
        assert_eq!(common.curriculum.department_id, None);
        assert_eq!(bad_fields(team.mentor.call(copy(Some(other), None)).await), ["department_id not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(copy(Some(other), Some(true))).await), ["is_common not_allowed"]);
        let outsider = outsider(stage, &team).await;
        assert!(outsider.call(copy(None, Some(true))).await.unwrap().curriculum.can_edit);
    }

    async fn the_library_is_looked_at_and_taken(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let list = |filter| ListLibrary { filter };
        let all = team.mentor.call(list(LibraryFilter::default())).await.unwrap().items;
        assert_eq!(all.len(), api::library().len());
        for job in ReadyJob::ALL {
            assert!(all.iter().any(|ready| ready.job == *job && ready.language == Locale::Ko), "{job} in Korean");
        }
        assert!(all.iter().any(|ready| ready.title.contains("수습 90일")));
        let english = LibraryFilter { language: Some(Locale::En), job: Some(ReadyJob::Backend), search: None };
        assert_eq!(team.mentor.call(list(english)).await.unwrap().items[0].key, "en-backend");
        let searched = LibraryFilter { search: Some("수습".to_owned()), ..LibraryFilter::default() };
        assert!(team.mentor.call(list(searched)).await.unwrap().items.iter().any(|ready| ready.key == "ko-general-90"));
        let ready = team.mentor.call(GetReady { key: "ko-remote".to_owned() }).await.unwrap();
        let take = TakeReadyCurriculum { key: "ko-remote".to_owned(), take: TakeReady { department_id: Some(team.department_id) } };
        let taken = team.mentor.call(take).await.unwrap();
        assert_eq!((&taken.tasks, taken.curriculum.department_id), (&ready.tasks, Some(team.department_id)));
        assert_eq!(refused(team.mentor.call(GetReady { key: "nothing".to_owned() }).await).code, Code::NotFound);
    }

    async fn an_operator_brings_a_curriculum_to_another_company_and_sees_titles_only(stage: Stage) {
        let (from, to) = (stage.team("윤슬로보틱스").await, stage.team("다른회사").await);
        let operator = stage.operator().await;
        let id = published(&from.admin, "온보딩").await;
        create(&from.admin, "초안", None).await;
        let titles = operator.call(ListCurriculumTitles { company_id: from.company_id.clone() }).await.unwrap().items;
        assert_eq!(titles.iter().map(|title| title.title.as_str()).collect::<Vec<_>>(), ["온보딩"]);
        from.admin.call(save(id, contract::curriculum::Draft { week_notes: vec![], tasks: vec![] }, None)).await.unwrap();
        let copy = |curriculum_id| CopyToCompany {
            company_id: to.company_id.clone(),
            copy: CompanyCopy { from_company_id: from.company_id.clone(), curriculum_id },
        };
        let copied = operator.call(copy(id)).await.unwrap();
        let there = to.admin.call(get(copied.curriculum_id)).await.unwrap();
        assert_eq!(there.curriculum.title, "온보딩");
        let keys: Vec<_> = there.tasks.iter().map(|task| task.key.as_str()).collect();
        assert_eq!((keys, there.week_notes.len()), (vec!["a", "b", "c"], three_tasks().week_notes.len()));
        assert_eq!(refused(from.admin.call(get(copied.curriculum_id)).await).code, Code::NotFound);
        assert_eq!(bad_fields(operator.call(copy(CurriculumId(999_999))).await), ["curriculum_id not_found"]);
        assert_eq!(refused(from.admin.call(copy(id)).await).code, Code::Denied);
        let titles = ListCurriculumTitles { company_id: contract::CompanyId("124-81-00998".to_owned()) };
        assert_eq!(refused(operator.call(titles).await).code, Code::NotFound);
    }
}
