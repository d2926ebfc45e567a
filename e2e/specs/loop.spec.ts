// The whole loop on an empty installation: set up, invite, import, write a curriculum, start, hand in, return, approve.
import path from 'node:path';
import { expect, test, type Page } from '../naru.ts';
import { acceptInvitation, isPhone, language, PASSWORD, screen, speak } from '../people.ts';

test.use({ mode: 'serve' });

const ADMIN = 'sujin.ko@haneul.example';
const MENTOR = 'dohyun.kang@haneul.example';
const MENTEE = 'nayul.kim@haneul.example';
const MENTEE_NAME = '김나율';
const DEPARTMENTS = ['개발팀', '플랫폼팀', '피플팀', '영업팀'];
const CURRICULUM = '백엔드 첫걸음';
/** [week, title, working days, after how many of the week]. The second goes over Chuseok, the last over a substitute holiday. */
const TASKS: [week: number, title: string, duration: number, after: number][] = [
  [1, '개발 환경 준비', 2, 0],
  [1, '코드 읽고 질문하기', 3, 1],
  [2, '첫 변경 올리기', 4, 0],
  [3, '배운 것 발표하기', 3, 0],
];
const FIRST = TASKS[0]![1];
const SECOND = TASKS[1]![1];
const COMMENT = '빌드 시간도 재어 적어 주세요.';

const words = {
  ko: { chuseok: '추석' },
  en: { chuseok: 'Chuseok' },
};

/** The form that posts there. */
const form = (page: Page, action: string) => page.locator(`form[action="${action}"], form[action$="${action}"]`).first();

/** On a phone what is handed in and what is decided lie behind each other. */
async function decisions(page: Page): Promise<void> {
  if (isPhone()) await page.locator('.review-tabs label').last().click();
}

test('a company goes from an empty installation to an approved task', async ({ browser, naru }) => {
  test.setTimeout(300_000);
  const operator = await screen(browser);
  const admin = await screen(browser);
  const mentor = await screen(browser);
  const mentee = await screen(browser);
  let pair = '';
  let task = '';

  await test.step('the operator sets up with the printed token and creates a company', async () => {
    const { page } = operator;
    await page.goto('/');
    await expect(page).toHaveURL(/\/setup$/);
    await speak(page);
    await page.fill('#token', naru.operatorToken!);
    await page.fill('#email', 'operator@naru.example');
    await page.fill('#family_name', '한');
    await page.fill('#given_name', '나루');
    await page.fill('#password', PASSWORD);
    await form(page, '/setup').locator('button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/setup\/company$/);
    await page.fill('[name=name]', '하늘소프트');
    await page.fill('[name=company_id]', '220-81-62517');
    await page.selectOption('[name=locale]', language());
    await page.fill('[name="admin.family_name"]', '고');
    await page.fill('[name="admin.given_name"]', '수진');
    await page.fill('[name="admin.email"]', ADMIN);
    await form(page, '/setup/company').locator('button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/setup\/done/);
    await expect(page.locator('main')).toContainText('하늘소프트');
  });

  await test.step('the admin accepts and makes four departments', async () => {
    const { page } = admin;
    await acceptInvitation(naru, page, ADMIN);
    for (const name of DEPARTMENTS) {
      await page.goto('/organisation');
      await page.locator('a[href^="/organisation/departments/new"]:visible').click();
      await page.fill('#name', name);
      await form(page, '/organisation/departments').locator('button[data-kind=primary]').click();
      await expect(page).toHaveURL(/\/organisation(\?|$)/);
    }
    await page.goto('/organisation');
    for (const name of DEPARTMENTS) await expect(page.locator('select[name=department] option', { hasText: name }).first()).toBeAttached();
  });

  await test.step('of a list of 40 people two rows are bad: both are named, mended in place, and 40 come in', async () => {
    const { page } = admin;
    await page.locator('.page-head a[href="/organisation/import"]').click();
    await page.setInputFiles('#file', path.join(import.meta.dirname, '../fixtures/people.csv'));
    await form(page, '/organisation/import').locator('button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/organisation\/import\/./);
    const tally = page.locator('.tally dd');
    await expect(tally).toHaveText(['38', '0', '0', '2']);
    const cell = (line: number) => page.locator(`input[name="cell.${line}.email"]`);
    await expect(cell(12)).toHaveValue('eungyeol.noh@haneul');
    await expect(page.locator('[id="cell.12.email-error"]')).not.toBeEmpty();
    await expect(cell(27)).toHaveValue('taerin.lee@haneul.example');
    await expect(page.locator('[id="cell.27.email-error"]')).toContainText('11');
    await cell(12).fill('eungyeol.noh@haneul.example');
    await cell(27).fill('hajun.yoo@haneul.example');
    await form(page, '/mend').locator('button:visible').last().click();
    await expect(tally).toHaveText(['40', '0', '0', '0']);
    await page.locator('button[form=apply]').click();
    await expect(page.locator('h1')).toContainText('40');
    await page.goto(`/organisation?q=${encodeURIComponent('ㄱㄴㅇ')}`);
    await expect(page.locator('#people-list')).toContainText(MENTEE);
  });

  await test.step('a mentor accepts, writes a curriculum of three weeks and publishes it', async () => {
    const { page } = mentor;
    await acceptInvitation(naru, page, MENTOR);
    await page.goto('/curricula/new');
    await page.fill('[name=title]', CURRICULUM);
    await form(page, '/curricula/new').locator('button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/curricula\/\d+$/);
    const url = page.url();
    for (const [week, title, duration, after] of TASKS) {
      const weeks = page.locator('.weeks[data-ready] section[data-week]');
      await expect(weeks.first()).toBeVisible();
      for (let last = await weeks.count(); last < week; last++) {
        await page.locator('.new-week button').click();
        await expect(weeks).toHaveCount(last + 1);
      }
      const section = page.locator(`section[data-week="${week}"]`);
      const name = section.locator('.add-task [name=title]');
      if (!(await name.isVisible())) await section.locator('.add-task summary').click();
      await name.fill(title);
      await name.press('Enter');
      const card = section.locator('.task-card', { hasText: title });
      await expect(card).toBeVisible();
      await expect(page.locator('[data-save-state]')).toHaveAttribute('data-state', 'saved');
      // the task's own page, as it is without script
      await page.goto((await card.getAttribute('href'))!);
      await page.fill('[name=duration]', String(duration));
      await page.fill('[name=starts_after]', String(after));
      await page.fill('[name=guideline]', `## ${title}\n\n- 무엇을 했나요?`);
      await page.locator('form:has([name=guideline]) button[data-kind=primary]').click();
      await expect(page).toHaveURL(new RegExp(`^${url}([?#].*)?$`));
    }
    await page.locator('a[data-dialog=publish]').click();
    await page.fill('#publish [name=note]', '첫 판');
    await page.locator('#publish button[data-kind=primary]').click();
    await expect(page).toHaveURL(new RegExp(`^${url}$`));
    await expect(page.locator('main')).toContainText('v1');
  });

  await test.step('the mentee accepts and waits for a plan', async () => {
    const { page } = mentee;
    await acceptInvitation(naru, page, MENTEE);
    await page.goto('/');
    await expect(page.locator('main .empty')).toBeVisible();
  });

  await test.step('the mentor previews a plan over Chuseok, whose days off stay free, and starts it', async () => {
    const { page } = mentor;
    await page.goto('/mentorships/new');
    await page.fill('#q', 'ㄱㄴㅇ');
    await page.locator('label.choice', { hasText: MENTEE_NAME }).click();
    await page.locator('label.choice', { hasText: CURRICULUM }).click();
    await page.fill('#start_on', '2026-09-21');
    await page.locator('#start_on').blur();
    const preview = page.locator('#plan-preview');
    await expect(preview.getByText(words[language()].chuseok).and(page.locator(':visible')).first()).toBeVisible();
    for (const [, title] of TASKS) {
      await expect(preview.getByText(title).and(page.locator(':visible')).first()).toBeVisible();
    }
    if (!isPhone()) {
      // the days of Chuseok, a substitute for Foundation Day, Hangeul Day
      await expect(preview.locator('.week').nth(0).locator('.day.holiday.c4, .day.holiday.c5')).toHaveCount(2);
      await expect(preview.locator('.week').nth(2).locator('.day.holiday.c1, .day.holiday.c5')).toHaveCount(2);
      const covered = await preview.locator('.week').evaluateAll((weeks) => {
        const number = (element: Element, letter: string) =>
          Number([...element.classList].find((name) => new RegExp(`^${letter}\\d$`).test(name))?.slice(1));
        return weeks.flatMap((week) => {
          const off = [...week.querySelectorAll('.day.off, .day.holiday')].map((day) => number(day, 'c'));
          return [...week.querySelectorAll('.bar:not([data-kind=rest])')]
            .filter((bar) => off.some((day) => day >= number(bar, 'c') && day < number(bar, 'c') + number(bar, 's')))
            .map((bar) => bar.textContent);
        });
      });
      expect(covered, 'bars over days off').toEqual([]);
    }
    await expect(page.locator('#plan-warnings .banner')).not.toHaveCount(0);
    await page.locator('#new > button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/mentorships\/\d+$/);
    pair = new URL(page.url()).pathname;
    for (const [, title] of TASKS) await expect(page.locator('.timeline')).toContainText(title);
  });

  await test.step('the mentee moves two tasks on the board', async () => {
    const { page } = mentee;
    await page.goto('/board');
    const column = (status: string) => page.locator(`.column[data-status=${status}]`);
    const card = (status: string, title: string) => column(status).locator('.task-card', { hasText: title });
    await expect(card('todo', FIRST)).toBeVisible();
    const saved = () => page.waitForResponse((response) => response.url().endsWith('/move') && response.request().method() === 'POST');
    if (isPhone()) {
      for (const title of [FIRST, SECOND]) {
        await column('todo').locator('li', { hasText: title }).locator('.card-more').click();
        await page.locator('.menu:popover-open button[value=in_progress]').click();
        await expect(card('in_progress', title)).toBeAttached();
      }
    } else {
      const from = (await card('todo', FIRST).boundingBox())!;
      const to = (await column('in_progress').locator('ul').boundingBox())!;
      const answer = saved();
      await page.mouse.move(from.x + from.width / 2, from.y + 20);
      await page.mouse.down();
      await page.mouse.move(from.x + from.width / 2 + 12, from.y + 26, { steps: 4 });
      await page.mouse.move(to.x + to.width / 2, to.y + 40, { steps: 12 });
      await page.mouse.move(to.x + to.width / 2 + 4, to.y + 44, { steps: 3 });
      await page.mouse.up();
      expect((await answer).status()).toBe(200);
      await expect(card('in_progress', FIRST)).toBeVisible();
      const second = saved();
      await card('todo', SECOND).focus();
      await page.keyboard.press('Shift+ArrowRight');
      expect((await second).status()).toBe(200);
      await expect(card('in_progress', SECOND)).toBeVisible();
    }
    await page.reload();
    await expect(card('in_progress', FIRST)).toBeAttached();
    await expect(card('in_progress', SECOND)).toBeAttached();
    task = (await card('in_progress', FIRST).getAttribute('href'))!;
  });

  await test.step('the mentee writes, which is saved by itself, and hands in', async () => {
    const { page } = mentee;
    await page.goto(task);
    await page.fill('[name=submission]', '도구를 깔고 처음부터 끝까지 빌드했습니다.');
    await expect(page.locator('[data-save-state]')).toHaveAttribute('data-state', 'saved');
    await page.reload();
    await expect(page.locator('[name=submission]')).toHaveValue('도구를 깔고 처음부터 끝까지 빌드했습니다.');
    await page.locator('button[form=submission][data-kind=primary]').click();
    await expect(page.locator('.task-state .status')).toHaveAttribute('data-status', 'submitted');
  });

  await test.step('the mentor returns it with a comment', async () => {
    const { page } = mentor;
    await page.goto('/');
    await page.locator(`a[href^="${task}"]`).first().click();
    await expect(page.locator('main')).toContainText('처음부터 끝까지 빌드했습니다');
    await decisions(page);
    await page.fill('#return [name=comment]', COMMENT);
    await page.locator('#return button[value=returned]').click();
    await expect(page.locator(`a[href^="${task}?queue"]`)).toHaveCount(0);
  });

  await test.step('the mentee sees the words and hands in again', async () => {
    const { page } = mentee;
    await page.goto('/');
    await expect(page.locator('main')).toContainText(COMMENT);
    await page.goto(task);
    await expect(page.locator('.banner')).toContainText(COMMENT);
    await page.fill('[name=submission]', '도구를 깔고 처음부터 끝까지 빌드했습니다. 3분 12초 걸렸습니다.');
    await page.locator('button[form=submission][data-kind=primary]').click();
    await expect(page.locator('.task-state .status')).toHaveAttribute('data-status', 'submitted');
  });

  await test.step('the mentor approves', async () => {
    const { page } = mentor;
    await page.goto('/review');
    await page.locator(`a[href^="${task}"]`).first().click();
    await expect(page.locator('main')).toContainText('3분 12초');
    await decisions(page);
    await page.locator('#approve button').click();
    await page.goto(task);
    await expect(page.locator('.task-state .status')).toHaveAttribute('data-status', 'done');
  });

  await test.step('everybody sees a quarter of the way', async () => {
    await mentee.page.goto('/');
    await expect(mentee.page.locator('.ring b')).toHaveText('25%');
    await mentor.page.goto('/');
    await expect(mentor.page.locator('tr', { hasText: MENTEE_NAME }).locator('.gauge')).toContainText('25%');
    await mentor.page.goto(pair);
    await expect(mentor.page.locator('.ring b')).toHaveText('25%');
    await admin.page.goto('/mentorships');
    await expect(admin.page.locator('tr', { hasText: MENTEE_NAME }).locator('.gauge')).toContainText('25%');
  });

  for (const each of [operator, admin, mentor, mentee]) {
    expect(each.faults).toEqual([]);
    await each.close();
  }
});
