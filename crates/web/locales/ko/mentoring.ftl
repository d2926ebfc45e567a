# A person as a mentor: capacity and absences

mentoring-title = 멘토 활동
mentoring-title-of = { $name } 님의 멘토 활동
mentoring-load = 지금 멘토링 { $count }개를 맡고 있어요.
mentoring-load-of = 지금 멘토링 { $count }개를 맡고 있어요. 한 번에 { $capacity }개까지 맡아요.
mentoring-over = 맡을 수 있는 수보다 { $count }개 더 맡고 있어요.
mentoring-capacity = 맡을 수 있는 수
mentoring-capacity-label = 한 번에 맡는 멘토링
mentoring-capacity-company = 비우면 회사 기본값 { $capacity }개를 따라요.
mentoring-capacity-none = 비우면 정해진 수가 없어요.
mentoring-saved = 저장했어요
mentoring-absences = 자리를 비우는 날
mentoring-absences-text = 적어 두면 이 기간에 멘토가 필요한 과제를 미리보기에서 알려 줘요.
mentoring-no-absences = 앞으로 비우는 날이 없어요.
mentoring-absence-tasks = 멘토가 필요한 과제 { $count }개
mentoring-remove = { $date }부터 비우는 날 지우기
mentoring-removed = 지웠어요
mentoring-from = 첫날
mentoring-to = 마지막 날
mentoring-reason = 까닭
mentoring-reason-hint = 본인과 관리자만 볼 수 있어요.
mentoring-add = 더하기
mentoring-added = 비우는 날을 적었어요
mentoring-added-tasks = 비우는 날을 적었어요. 이 기간에 멘토가 필요한 과제가 { $count }개 있어요.
