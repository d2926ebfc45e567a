# A new password while it is typed

password-hint = 10자 이상이면 돼요. 낱말 여러 개를 이어 쓰면 외우기 쉽고 알아내기 어려워요.
password-short = 아직 10자보다 짧아요.
password-about = 이름이나 메일, 회사 이름은 빼 주세요.
password-easy = 쉽게 알아낼 수 있어요. 다른 낱말을 더해 주세요.
password-good = 괜찮아 보여요. 저장할 때 한 번 더 살펴볼게요.
