# One department

departments-new = 새 부서
departments-summary = 바로 아래 사람 { $people }명, 하위 부서 { $below }개
departments-name = 이름
departments-parent = 상위 부서
departments-top = 없음 (맨 위)
departments-description = 설명
departments-delete = 부서 지우기
departments-delete-text = 비어 있는 부서라서 바로 지울 수 있어요. 되돌릴 수는 없어요.
departments-not-empty = 사람 { $people }명과 하위 부서 { $below }개가 있어서 지울 수 없어요. 먼저 다른 부서로 옮겨 주세요.
departments-see-people = 이 부서 사람 보기
departments-added = { JOSA($name, kind: "을를") } 추가했어요
departments-saved = 부서를 저장했어요
departments-deleted = 부서를 지웠어요
