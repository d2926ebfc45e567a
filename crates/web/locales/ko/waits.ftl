# What a task waits for

waits-for = { $titles } 먼저
waits-locked = 잠김
waits-title = 먼저 끝낼 과제가 있어요
waits-text = 아래 과제를 마치면 시작할 수 있어요.
waits-guide = 멘티는 아래 과제를 마친 뒤에 시작할 수 있어요. 먼저 열어 줄 수도 있어요.
