# Ready-made curricula

library-title = 준비된 커리큘럼
library-lead = 살펴보고 가져오면 우리 회사의 초안이 돼요. 마음껏 고쳐 쓰세요.
library-search = 제목이나 과제 이름
library-job = 직무
library-any-job = 모든 직무
library-job-general = 공통
library-job-backend = 백엔드
library-job-frontend = 프론트엔드
library-job-data = 데이터
library-job-sales = 영업
library-job-marketing = 마케팅
library-job-hr = 인사
library-job-remote = 원격 근무
library-language = 언어
library-any-language = 모든 언어
library-language-ko = 한국어
library-language-en = English
library-none-title = 찾는 커리큘럼이 없어요
library-none-text = 다른 말이나 다른 직무로 찾아 보세요.
library-all = 모두 보기
library-take = 가져오기
library-taken = { JOSA($title, kind: "을를") } 초안으로 가져왔어요.
library-texts = 과제의 지침과 제출 양식
