# A mentor's mentees

mentees-empty-title = 아직 멘티가 없어요
mentees-empty-text = 멘토링을 시작하면 멘티의 진행과 살펴볼 점이 여기에 모여요.
