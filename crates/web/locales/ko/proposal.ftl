# A proposed mentorship and its answer

proposal-title = 멘토링 제안
proposal-heading = { $name } 님의 멘토가 되어 주시겠어요?
proposal-since = 제안한 때:
proposal-accept = 멘토 맡기
proposal-decline = 사양하기
proposal-reason = 까닭
proposal-reason-hint = 제안한 관리자가 볼 수 있어요.
proposal-waiting = { $name } 님의 답을 기다리고 있어요.
proposal-withdraw = 제안 취소하기
proposal-accepted = { $name } 님의 멘토가 됐어요. 과제와 날짜를 만들었어요.
proposal-declined = { $name } 님의 멘토 제안을 사양했어요
proposal-withdrawn = { $name } 님에게 보낸 제안을 취소했어요
proposal-list = 받은 제안
proposal-asked = { $name } 님의 멘토로 제안받았어요
proposal-starts = { $date } 시작
proposal-answer = 답하기
proposal-open = 제안 보기
proposal-was-declined = { $name } 님이 제안을 사양했어요. 까닭: { $reason }
proposal-was-withdrawn = 답하기 전에 취소된 제안이에요.
