# One's calendar as an address

calendar-title = 캘린더 구독
calendar-lead = 1:1과 내 마감을 쓰던 캘린더에서 볼 수 있어요.
calendar-link = 1:1과 마감을 구글·애플·아웃룩 캘린더에서 보기
calendar-address = 내 캘린더 주소
calendar-once = 이 주소는 지금만 볼 수 있어요. 아는 사람은 누구나 일정을 볼 수 있으니 다른 사람에게 알려 주지 마세요.
calendar-copy = 복사
calendar-how-google = 구글 캘린더: 다른 캘린더 추가 → URL로 추가
calendar-how-apple = 애플 캘린더: 파일 → 새로운 캘린더 구독
calendar-how-outlook = 아웃룩: 일정 추가 → 웹에서 구독
calendar-off-title = 아직 주소가 없어요
calendar-off-text = 나만 아는 주소를 만들어 캘린더에 넣으면, 1:1과 마감이 바뀔 때마다 따라 바뀌어요.
calendar-make = 주소 만들기
calendar-on-title = 구독 주소가 있어요
calendar-on-text = { $date }에 만들었어요. 주소는 안전을 위해 다시 보여 주지 않아요. 잃어버렸다면 새로 만들어 주세요.
calendar-renew = 새 주소 만들기
calendar-renew-text = 지금 주소는 바로 쓸 수 없게 되고, 캘린더에 새 주소를 다시 넣어야 해요.
calendar-end = 구독 끄기
calendar-end-text = 주소를 없애요. 캘린더에 넣은 일정이 더는 바뀌지 않아요.
calendar-ended = 구독을 껐어요
