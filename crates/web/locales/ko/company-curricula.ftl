# An operator copies a curriculum from one company to another

company-curricula-title = 다른 회사 커리큘럼 복사
company-curricula-lead = 다른 회사가 발행한 커리큘럼의 최신 버전을 { $name }의 초안으로 복사해요. 제목만 볼 수 있고, 내용은 보이지 않아요.
company-curricula-from = 복사해 올 회사
company-curricula-choose = 회사를 고르세요
company-curricula-show = 보기
company-curricula-copy = 복사
company-curricula-copy-one = { $title } 복사
company-curricula-copied = { JOSA($title, kind: "을를") } 복사했어요.
company-curricula-none-title = 발행한 커리큘럼이 없어요
company-curricula-none-text = 발행한 커리큘럼만 복사할 수 있어요.
company-curricula-alone-title = 다른 회사가 없어요
company-curricula-alone-text = 회사가 둘은 있어야 복사할 수 있어요.
