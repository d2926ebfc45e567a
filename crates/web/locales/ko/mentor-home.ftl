# The mentor's home

mentor-home-waiting = 검토할 과제가 { $count }개 있어요
mentor-home-many = 검토할 과제가 { $count }개 넘게 있어요
mentor-home-oldest = 가장 오래 기다린 시간: { $wait }
mentor-home-clear = 검토할 과제가 없어요
mentor-home-clear-text = 멘티 { $count }명의 계획이 진행되고 있어요.
mentor-home-welcome = { $name } 님, 반가워요
mentor-home-own-plan = 내 계획
mentor-home-queue = 검토 기다림
mentor-home-all = 모두 보기
mentor-home-mentees = 내 멘티
mentor-home-all-mentees = 멘티 모두 보기
mentor-home-answers = 보통 { $wait } 안에 답하셨어요.
mentor-home-at-risk = { $count }명을 살펴봐 주세요
