# A task's page

task-week = { $week }주차
task-parent = 위 과제
task-guideline = 지침
task-no-guideline = 적힌 지침이 없어요. 무엇을 하면 좋을지 멘토에게 물어보세요.
task-not-required = 선택
task-copy-link = 링크 복사
task-edit = 과제 고치기
task-skip = 건너뛰기
task-delete = 과제 지우기
task-delete-text = 이 과제가 계획에서 사라져요. 되돌릴 수 없어요.
task-deleted = 과제를 지웠어요
task-comment = 멘토의 말
task-returned-by = { $name } 님이 돌려보냈어요
task-skipped-because = 건너뛴 까닭

## Moves: from, to

task-do-todo-in-progress = 시작하기
task-do-todo-done = 완료하기
task-do-todo-skipped = 건너뛰기
task-do-in-progress-todo = 진행전으로 되돌리기
task-do-in-progress-submitted = 검토 요청
task-do-in-progress-done = 완료하기
task-do-in-progress-skipped = 건너뛰기
task-do-submitted-in-progress = 요청 거두기
task-do-submitted-done = 승인하기
task-do-submitted-returned = 돌려보내기
task-do-submitted-skipped = 건너뛰기
task-do-returned-in-progress = 다시 시작하기
task-do-returned-submitted = 다시 검토 요청
task-do-returned-skipped = 건너뛰기
task-do-done-todo = 진행전으로 되돌리기
task-do-done-in-progress = 다시 열기
task-do-skipped-todo = 다시 계획에 넣기
task-moved-todo = ‘{ $title }’ → 진행전
task-moved-in-progress = ‘{ $title }’ → 진행중
task-moved-submitted = ‘{ $title }’ 검토를 요청했어요
task-moved-returned = ‘{ $title }’ 돌려보냈어요
task-moved-done = ‘{ $title }’ → 완료
task-moved-skipped = ‘{ $title }’ 건너뛰었어요
task-undone = 되돌렸어요

## Reasons

task-review = 검토
task-return-why = 무엇을 더 하면 될까요?
task-return-hint = 멘티에게 그대로 보여요. 승인할 때는 쓰지 않아도 돼요.
task-skip-why = 왜 건너뛰나요?
task-skip-hint = 건너뛴 과제는 진행률에 들어가지 않아요.
task-reopen-why = 왜 다시 여나요?
task-reopen-hint = 멘티가 이어서 고칠 수 있게 진행중이 돼요.

## Sub-tasks

task-subtasks = 하위 과제
task-subtask-title = 하위 과제 이름
task-subtask-add = 추가
task-subtask-delete = ‘{ $title }’ 지우기
task-subtask-deleted = ‘{ $title }’ 지웠어요

## Submission

task-submission = 제출물
task-no-submission = 아직 낸 것이 없어요.
task-submission-placeholder = 한 일과 그렇게 한 까닭을 적어 주세요.
task-submission-saved = 저장했어요
task-saved-text = 지금 저장되어 있는 글

## Memos

task-memos = 메모
task-memos-more = 다음 메모 보기
task-memo-none = 아직 메모가 없어요. 궁금한 것이나 알려 줄 것을 남겨 보세요.
task-memo-write = 메모 쓰기
task-memo-placeholder = 메모 쓰기. @로 사람을 부를 수 있어요
task-memo-add = 남기기
task-memo-edit = 고치기
task-memo-edited = 고침
task-memo-delete = 지우기
task-memo-delete-text = 이 메모를 지울까요? 되돌릴 수 없어요.
task-memo-deleted = 메모를 지웠어요
task-memo-hidden = 멘티에게 안 보여요
task-memo-only = 멘티에게 보이지 않게

## Facts

task-facts = 과제 정보
task-title = 제목
task-state = 상태
task-starts = 시작
task-due = 마감
task-kind = 종류
task-owner = 담당
task-reviewer = 검토
task-curriculum = 계획
task-required = 꼭 해야 하는 과제
task-required-hint = 꼭 해야 하는 과제만 진행률에 들어가요.
task-saved = 과제를 고쳤어요
task-overtaken = 쓰는 동안 다른 사람이 먼저 고쳤어요. 쓰던 것은 아래에 그대로 있고, 저장하면 이것으로 바뀌어요. 지금 저장된 것:
task-overtaken-guideline = 지금 저장된 지침

## The record

task-history = 기록
task-history-more = 지난 기록 { $count }개 더 보기
task-event-created = 계획에 넣었어요
task-event-from-meeting = 1:1에서 하기로 해 계획에 넣었어요
task-event-edited = 고쳤어요
task-event-title = 제목을 ‘{ $old }’에서 ‘{ $new }’로 바꿨어요
task-event-guideline = 지침을 고쳤어요
task-event-submission = 제출물을 썼어요
task-event-priority = 우선순위를 바꿨어요: { $old } → { $new }
task-event-starts-on = 시작을 옮겼어요: { $old } → { $new }
task-event-due-on = 마감을 옮겼어요: { $old } → { $new }
task-event-required = 꼭 해야 하는 과제로 바꿨어요
task-event-not-required = 선택 과제로 바꿨어요
task-event-subtask-added = 하위 과제 ‘{ $name }’ 추가했어요
task-event-subtask-removed = 하위 과제 ‘{ $name }’ 지웠어요
task-event-subtask-done = 하위 과제 ‘{ $name }’ 끝냈어요
task-event-subtask-opened = 하위 과제 ‘{ $name }’ 다시 열었어요
task-event-started = 시작했어요
task-event-reset = 진행전으로 되돌렸어요
task-event-submitted = 검토를 요청했어요
task-event-taken-back = 검토 요청을 거두었어요
task-event-returned = 돌려보냈어요
task-event-resumed = 다시 시작했어요
task-event-approved = 승인했어요
task-event-finished = 끝냈어요
task-event-reopened = 다시 열었어요
task-event-skipped = 건너뛰었어요
task-event-unskipped = 다시 계획에 넣었어요
task-event-file-added = 파일을 올렸어요: { $name }
task-event-file-removed = 파일을 지웠어요: { $name }

## Files and checklist

task-files = 파일
task-file-add = 파일 올리기
task-file-send = 보내기
task-file-hint = 여기에 끌어다 놓아도 돼요. 문서, 표, 그림, 압축 파일을 20개까지.
task-file-remove = ‘{ $name }’ 지우기
task-file-removed = ‘{ $name }’ 파일을 지웠어요
task-file-failed = 올리지 못했어요. 다시 해 주세요.
task-checklist = 체크리스트
task-checked = 했어요
task-unchecked = 아직이에요

## Memos that were changed

task-memo-edits = 고친 기록
task-memo-edits-lead = { $name } 님의 메모가 어떻게 바뀌었는지 보여요.
task-memo-now = 지금
task-memo-until = { $when }까지
task-memo-no-edits = 고친 적이 없어요.
task-memo-back = 메모로 돌아가기

## Going through the queue

task-queue = 검토 차례
task-queue-place = { $count }개 중 { $number }번째
task-queue-previous = 앞 과제
task-queue-next = 다음 과제
task-keys = 단축키
task-review-tabs = 보기
task-evidence = 제출한 내용
