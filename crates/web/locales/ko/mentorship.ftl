# One mentorship

mentorship-summary = 요약
mentorship-status = 상태
mentorship-look = 살펴볼 점
mentorship-dates = 기간
mentorship-week = 주차
mentorship-sources = 커리큘럼
mentorship-overdue = 밀림
mentorship-ended-why = { $date }에 중단했어요. 까닭: { $reason }
mentorship-completed-on = { $date }에 마쳤어요. 지나온 과제와 기록은 그대로 볼 수 있어요.
mentorship-all-done = 필요한 과제를 다 했어요. 이제 멘토링을 마쳐도 좋아요.
mentorship-no-tasks-title = 이 계획에는 아직 과제가 없어요
mentorship-no-tasks-text = 과제를 더하면 주차별로 여기에 모여요.

mentorship-task-action = 과제 더하기
mentorship-task-submit = 더하기
mentorship-task-title = 이름
mentorship-task-guideline = 지침
mentorship-task-markdown = 마크다운으로 쓸 수 있어요.
mentorship-task-starts = 시작하는 날
mentorship-task-due = 마감
mentorship-task-week = 주차
mentorship-task-required = 꼭 해야 하는 과제
mentorship-task-done = ‘{ $title }’ 과제를 더했어요

mentorship-complete-action = 멘토링 마치기
mentorship-complete-text = { $name } 님의 멘토링을 마쳐요. 과제와 기록은 그대로 볼 수 있지만 더는 바꿀 수 없어요.
mentorship-complete-open = 아직 끝내지 않은 필수 과제가 { $count }개 있어요.
mentorship-complete-done = { $name } 님의 멘토링을 마쳤어요

mentorship-end-action = 멘토링 중단하기
mentorship-end-text = { $name } 님의 멘토링을 예정보다 일찍 끝내요. 과제와 기록은 그대로 볼 수 있지만 더는 바꿀 수 없고, 되돌릴 수 없어요.
mentorship-end-reason = 까닭
mentorship-end-hint = 멘티와 멘토, 관리자가 볼 수 있어요.
mentorship-end-done = { $name } 님의 멘토링을 중단했어요

mentorship-hand-over-action = 다른 멘토에게 맡기기
mentorship-hand-over-text = { $mentor } 님이 맡은 { $mentee } 님의 멘토링을 다른 멘토에게 맡겨요. 멘토가 할 과제와 검토도 함께 넘어가고, 지금 멘토는 더는 볼 수 없어요.
mentorship-hand-over-mentor = 새 멘토
mentorship-hand-over-placeholder = 이름, 초성, 사번으로 찾기
mentorship-hand-over-done = { $name } 님에게 맡겼어요
mentorship-pick-mentor = 찾은 사람 가운데 한 명을 골라 주세요.

mentorship-event-nobody = 나루
mentorship-event-created = { $who } 님이 과제를 더했어요.
mentorship-event-submission = { $who } 님이 제출물을 고쳤어요.
mentorship-event-subtask-added = { $who } 님이 하위 과제를 더했어요.
mentorship-event-subtask-removed = { $who } 님이 하위 과제를 지웠어요.
mentorship-event-to-todo = { $who } 님이 진행전으로 돌렸어요.
mentorship-event-to-in-progress = { $who } 님이 진행중으로 바꿨어요.
mentorship-event-to-submitted = { $who } 님이 검토를 요청했어요.
mentorship-event-to-returned = { $who } 님이 돌려보냈어요.
mentorship-event-to-done = { $who } 님이 완료로 바꿨어요.
mentorship-event-to-skipped = { $who } 님이 건너뛰기로 했어요.
mentorship-event-starts = { $who } 님이 시작하는 날을 { JOSA($date, kind: "으로로") } 바꿨어요.
mentorship-event-due = { $who } 님이 마감을 { JOSA($date, kind: "으로로") } 바꿨어요.
mentorship-event-edited = { $who } 님이 과제를 고쳤어요.
mentorship-event-edited-title = { $who } 님이 이름을 고쳤어요.
mentorship-event-edited-guideline = { $who } 님이 지침을 고쳤어요.
mentorship-event-edited-submission = { $who } 님이 제출물을 고쳤어요.
mentorship-event-edited-priority = { $who } 님이 우선순위를 바꿨어요.
mentorship-event-edited-starts-on = { $who } 님이 시작하는 날을 바꿨어요.
mentorship-event-edited-due-on = { $who } 님이 마감을 바꿨어요.
mentorship-event-edited-is-required = { $who } 님이 필수 여부를 바꿨어요.
