# People from a file

import-title = 가져오기
import-heading = 파일에서 사람 가져오기
import-text = 엑셀(XLSX)이나 CSV 파일을 올리면, 바꾸기 전에 먼저 보여 드려요.
import-step-file = 파일 올리기
import-step-preview = 미리 보기
import-step-done = 가져오기
import-file = 파일 고르기
import-file-hint = CSV나 XLSX, 10MB까지. 엑셀에서 그냥 저장한 CSV(CP949)도 읽어요.
import-file-problem = 이 파일로는 할 수 없어요.
import-file-none = 파일을 골라 주세요.
import-reading = 파일을 읽고 있어요. 몇 초 걸려요.
import-preview = 미리 보기
import-columns = 어떤 열이 있으면 되나요
import-columns-text = 첫 줄이 열 이름이에요. 이메일과 이름은 꼭 있어야 하고, 나머지는 없어도 돼요. 파일에 없는 열은 지금 값 그대로 둬요.
import-example = 지금 있는 사람을 본보기 파일로 받기
import-gone = 올린 파일은 30분 동안만 갖고 있어요. 다시 올려 주세요.
import-changed = 그사이 파일이 바뀌었어요. 지금 내용을 보고 다시 해 주세요.
import-still-bad = 고칠 줄이 더 있어요. 아직 아무것도 바뀌지 않았어요.

## What is wrong with a file as a whole, and the way out

import-file-empty = 파일이 비어 있어요. 첫 줄에 열 이름을, 그 아래에 사람을 써 주세요.
import-file-too-large = 파일이 너무 커요. { $megabytes }MB까지 받을 수 있으니 나눠서 올려 주세요.
import-file-too-many-rows = 줄이 너무 많아요. { $max }줄까지 받을 수 있으니 나눠서 올려 주세요.
import-file-too-many-columns = 열이 너무 많아요. { $max }개까지 받을 수 있어요. 쓰지 않는 열을 지워 주세요.
import-file-cell-too-long = { $line }번째 줄에 { $max }자가 넘는 칸이 있어요. 줄여 주세요.
import-file-bad-encoding = { $line }번째 줄의 글자를 읽지 못했어요. 엑셀에서 ‘CSV UTF-8’이나 XLSX로 다시 저장해 주세요.
import-file-ragged-row = { $line }번째 줄은 칸이 { $found }개인데, 첫 줄은 { $expected }개예요. 쉼표가 든 값은 큰따옴표로 감싸 주세요.
import-file-unclosed-quote = { $line }번째 줄에서 연 큰따옴표가 닫히지 않았어요. 짝을 맞춰 주세요.
import-file-not-a-sheet = CSV나 XLSX가 아니에요. 옛 엑셀(XLS)이나 암호가 걸린 파일이면 XLSX로 다시 저장해 주세요.
import-file-zip-bomb = 압축을 풀면 너무 큰 파일이에요. CSV로 저장해 올려 주세요.
import-file-unreadable = 파일이 깨져 있어요. 다시 저장해 올려 주세요.
import-file-missing-column = ‘{ $column }’ 열이 없어요. 첫 줄에 다음 중 하나로 이름을 써 주세요: { $names }
import-file-duplicate-column = ‘{ $column }’ 열이 두 번 있어요. 하나를 지워 주세요.

## The preview

import-nothing-changed = 아직 아무것도 바뀌지 않았어요
import-read = ‘{ $name }’ { $count }줄을 미리 읽어 봤어요.
import-bad = 고칠 줄이 { $count }개 있어요.
import-all-good = 모두 가져올 수 있어요.
import-nothing-new = 이미 모두 그대로라서 바꿀 것이 없어요.
import-download-bad = 고칠 줄만 받기
import-other-file = 다른 파일
import-apply-good = 맞는 { $count }줄 가져오기
import-apply = { $count }줄 가져오기
import-created = 새로 추가
import-updated = 바뀜
import-same = 그대로
import-to-mend = 고쳐야 함
import-ignored = 쓰지 않는 열은 빼고 읽었어요: { $columns }
import-invite = 새로 추가하는 { $count }명에게 초대 메일 보내기
import-applying = 가져오고 있어요. 몇 초 걸려요.
import-tabs = 줄 거르기
import-tab-bad = 고쳐야 함
import-tab-update = 바뀜
import-tab-create = 새로 추가
import-tab-all = 전체
import-line = 줄
import-column-name = 이름
import-column-email = 메일
import-column-department = 부서
import-column-roles = 역할
import-column-role = 역할
import-column-hired-on = 입사일
import-how = 어떻게 고칠까요
import-outcome = 결과
import-outcome-bad = 고쳐야 함
import-outcome-create = 새로 추가
import-outcome-update = 바뀜
import-outcome-same = 그대로
import-cell = { $line }번째 줄의 { $column }
import-take = { JOSA($value, kind: "으로로") }
import-drop = 이 줄 빼기
import-drop-line = { $line }번째 줄 빼기
import-check-again = 고친 것 다시 보기
import-check-again-text = 고친 칸은 올린 파일의 사본에만 적혀요. 아직 아무도 바뀌지 않아요.
import-first-bad = 먼저 { $count }줄을 보여 드려요. 고치면 다음 줄이 나와요.
import-first-rows = 처음 { $count }줄을 보여 드려요.
import-none-title = 이런 줄은 없어요
import-none-text = 다른 탭에서 나머지 줄을 볼 수 있어요.
import-faults-heading = 고칠 곳

## What is wrong with a cell

import-cell-required = 비어 있어요
import-cell-too-long = { $max }자까지 쓸 수 있어요
import-cell-bad-characters = 저장할 수 없는 문자가 있어요
import-cell-bad-name = 성과 이름을 나눌 수 없어요. 사이를 띄어 주세요
import-cell-bad-email = 메일 주소가 끝까지 맞지 않아요
import-cell-bad-role = 멘토, 멘티, 관리자 가운데 하나여야 해요
import-cell-bad-date = 2026-09-01처럼 써 주세요
import-cell-bad-ox = o나 x여야 해요
import-cell-repeated-line = { $line }번째 줄에 이미 있어요
import-cell-repeated-email = { $email } 님에 대한 줄이 또 있어요
import-cell-not-found = 이런 부서가 없어요
import-cell-ambiguous = 같은 이름의 부서가 여럿이에요. ‘상위 > 하위’로 써 주세요
import-cell-taken = 다른 사람이 쓰고 있어요
import-cell-taken-email = { $email } 님이 쓰고 있어요
import-cell-last-admin = 회사에는 관리자가 한 명은 있어야 해요

## Done

import-done-heading = { $count }명을 가져왔어요
import-done-text = 조직에 바로 보여요.
import-done-invited = 새로 추가한 사람에게 초대 메일을 보내고 있어요.
import-another = 또 가져오기
import-to-people = 조직 보기
