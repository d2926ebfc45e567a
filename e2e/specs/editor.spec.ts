// The curriculum editor: built by drag and by keyboard, many at once, back and forth, two people in one draft, blocks.
import { axe, expect, test, type Page } from '../naru.ts';
import { enter, isPhone, screen } from '../people.ts';

const week = (page: Page, number: number) => page.locator(`section[data-week="${number}"]`);
const card = (page: Page, title: string) => page.locator('.weeks .task-card', { has: page.locator('.title', { hasText: title }) });
const titles = (page: Page, number: number) => week(page, number).locator('.task-card .title');
const saved = (page: Page) => expect(page.locator('[data-save-state]')).toHaveAttribute('data-state', 'saved');
const item = (page: Page, title: string) => page.locator('[data-item]', { has: page.locator('.title', { hasText: title }) });

/** A new curriculum of this person, awake. */
async function begin(page: Page, title: string): Promise<string> {
  await page.goto('/curricula/new');
  await page.fill('[name=title]', title);
  await page.locator('form[action="/curricula/new"] button[data-kind=primary]').click();
  await expect(page.locator('.weeks[data-ready]')).toBeVisible();
  return page.url();
}

async function add(page: Page, number: number, ...names: string[]): Promise<void> {
  const form = week(page, number).locator('.add-form input');
  if (!(await form.isVisible())) await week(page, number).locator('.add-task summary').click();
  for (const name of names) {
    await form.fill(name);
    await form.press('Enter');
    await expect(card(page, name)).toBeVisible();
  }
}

async function addWeek(page: Page): Promise<void> {
  const before = await page.locator('section[data-week]').count();
  await page.locator('.new-week button').click();
  await expect(page.locator('section[data-week]')).toHaveCount(before + 1);
}

async function drag(page: Page, from: string, to: ReturnType<Page['locator']>): Promise<void> {
  const start = (await card(page, from).boundingBox())!;
  const end = (await to.boundingBox())!;
  await page.mouse.move(start.x + 40, start.y + 16);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y + 30, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height - 6, { steps: 12 });
  // the list looks where the pointer is twenty times a second: a hand stays as long before it lets go
  await page.waitForTimeout(300);
  await page.mouse.up();
}

test('a curriculum is built in place, by drag and by keyboard, and every step can be taken back', async ({ browser, naru }) => {
  test.setTimeout(90_000);
  const own = await screen(browser);
  const { page } = own;
  await enter(page, naru.person('mentor'));
  const url = await begin(page, '끌어서 만들기');
  await add(page, 1, '팀 소개', '환경 준비', '코드 읽기');
  await addWeek(page);
  await add(page, 2, '첫 변경');
  await saved(page);

  await test.step('a card goes to the next week', async () => {
    if (isPhone()) {
      await item(page, '코드 읽기').locator('.card-more').click();
      await page.locator('#card-menu [data-card=later]').click();
    } else await drag(page, '코드 읽기', card(page, '첫 변경'));
    await expect(titles(page, 1)).toHaveText(['팀 소개', '환경 준비']);
    await expect(titles(page, 2)).toHaveCount(2);
  });

  await test.step('Space picks up, arrows move, Space drops, and it is said', async () => {
    await card(page, '환경 준비').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect(titles(page, 1)).toHaveText(['환경 준비', '팀 소개']);
    await expect(page.locator('#live')).toContainText('환경 준비');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expect(titles(page, 1)).toHaveText(['환경 준비', '팀 소개']);
    await page.keyboard.press('Alt+ArrowDown');
    await expect(titles(page, 1)).toHaveText(['팀 소개', '환경 준비']);
    await expect(card(page, '환경 준비')).toBeFocused();
  });

  await test.step('a title in place, a copy, a whole week', async () => {
    await page.keyboard.press('F2');
    await page.locator('.title-edit').fill('개발 환경 준비');
    await page.keyboard.press('Enter');
    await expect(card(page, '개발 환경 준비')).toBeFocused();
    await page.keyboard.press('Control+d');
    await expect(titles(page, 1)).toHaveCount(3);
    await page.keyboard.press('Delete');
    await expect(titles(page, 1)).toHaveCount(2);
    await page.locator('.toast button').last().click();
    await expect(titles(page, 1)).toHaveCount(3);
    const grip = week(page, 2).locator('.week-grip');
    await grip.focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(titles(page, 2)).toHaveCount(3);
    await saved(page);
  });

  await test.step('everything back, and forth again', async () => {
    await page.locator('h1').click();
    const undo = page.locator('[data-act=undo]');
    for (let left = 40; left > 0 && (await undo.isEnabled()); left--) await undo.click();
    await expect(page.locator('.weeks .task-card')).toHaveCount(0);
    const redo = page.locator('[data-act=redo]');
    for (let left = 40; left > 0 && (await redo.isEnabled()); left--) await page.keyboard.press('Control+Shift+z');
    await expect(titles(page, 2)).toHaveCount(3);
    await saved(page);
    await page.reload();
    await expect(titles(page, 2)).toHaveCount(3);
    await expect(page.locator('.weeks[data-ready]')).toBeVisible();
  });

  await test.step('the panel: fields, what comes first, no circle, Markdown', async () => {
    await card(page, '코드 읽기').click();
    const panel = page.locator('#task-panel');
    await expect(panel).toBeVisible();
    await expect(panel.locator('[name=title]')).toHaveValue('코드 읽기');
    await panel.locator('[name=duration]').fill('9');
    await panel.locator('#panel-first').fill('팀');
    await panel.locator('[role=option]', { hasText: '팀 소개' }).click();
    await expect(panel.locator('.chosen .chip')).toHaveCount(1);
    await panel.locator('[name=guideline]').fill('## 먼저\n\n읽어요');
    await panel.locator('[data-editor-view=preview]').first().click();
    await expect(panel.locator('.preview-pane h2').first()).toHaveText('먼저');
    await axe(page);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(card(page, '코드 읽기')).toContainText('9');
    if (!isPhone()) await expect(page.locator('.wires path')).toHaveCount(1);
    await expect(page.locator('#mend')).toBeVisible();
    await card(page, '팀 소개').click();
    await panel.locator('#panel-first').fill('코드');
    await panel.locator('[role=option]', { hasText: '코드 읽기' }).click();
    await expect(panel.locator('#panel-depends_on-error')).toContainText('팀 소개 → 코드 읽기 → 팀 소개');
    await panel.locator('[data-panel-act=close]').click();
    await saved(page);
  });

  await test.step('as a list, in the address', async () => {
    await page.locator('a[data-view=list]').click();
    await expect(page).toHaveURL(`${url}?view=list`);
    await expect(week(page, 1).locator('.depends, .task-card').first()).toBeVisible();
    await axe(page);
    await page.reload();
    await expect(page.locator('.weeks[data-ready][data-view=list]')).toBeVisible();
  });
  expect(own.faults).toEqual([]);
  await own.close();
});

test('several tasks at once, kept as a block and put in elsewhere', async ({ browser, naru }) => {
  test.setTimeout(60_000);
  const own = await screen(browser);
  const { page } = own;
  await enter(page, naru.person('mentor'));
  await begin(page, '여럿을 한 번에');
  await add(page, 1, '하나', '둘', '셋');
  const bar = page.locator('#selection');
  if (isPhone()) {
    await item(page, '하나').locator('.card-more').click();
    await page.locator('#card-menu [data-card=select]').click();
    await card(page, '둘').tap();
  } else {
    await card(page, '하나').click({ modifiers: ['Control'] });
    await card(page, '둘').click({ modifiers: ['Shift'] });
  }
  await expect(bar.locator('[data-count]')).toContainText('2');
  await bar.locator('select[name=priority]').selectOption('high');
  await expect(page.locator('.weeks .prio[data-level=high]')).toHaveCount(2);
  await axe(page);
  const name = `기본 ${test.info().project.name}`;
  await bar.locator('[data-bulk=block]').click();
  await page.fill('#keep-block [name=name]', name);
  await page.locator('#keep-block button[data-kind=primary]').click();
  await expect(page.locator('#keep-block')).toBeHidden();
  await expect(bar).toBeHidden();

  await addWeek(page);
  await page.locator('[data-insert-block]').click();
  const dialog = page.locator('#insert-block');
  await dialog.locator('select').selectOption({ index: 1 });
  await axe(page);
  await dialog.locator('button', { hasText: name }).click();
  await expect(titles(page, 2)).toHaveText(['하나', '둘']);
  await page.keyboard.press('Control+z');
  await expect(titles(page, 2)).toHaveCount(0);
  await saved(page);
  await page.goto('/curricula/blocks');
  await expect(page.locator('.blocks h2', { hasText: name })).toBeVisible();
  await axe(page);
  expect(own.faults).toEqual([]);
  await own.close();
});

test('two people in one draft see each other and lose nothing', async ({ browser, naru }) => {
  test.setTimeout(90_000);
  const [left, right] = [await screen(browser), await screen(browser)];
  const [mentor, admin] = [left.page, right.page];
  await enter(mentor, naru.person('mentor'));
  await enter(admin, naru.person('admin'));
  const url = await begin(mentor, '둘이서');
  await add(mentor, 1, '첫째', '둘째');
  await saved(mentor);
  await admin.goto(url);
  await expect(admin.locator('.weeks[data-ready]')).toBeVisible();
  await expect(titles(admin, 1)).toHaveText(['첫째', '둘째']);
  await expect(mentor.locator('#here li')).toHaveCount(1);

  // While one types, the other's change comes in and takes neither focus nor words.
  await mentor.locator('section[data-week="1"] .add-form input').fill('쓰던 이름');
  await add(admin, 1, '관리자 과제');
  await expect(card(mentor, '관리자 과제')).toBeVisible();
  await expect(mentor.locator('section[data-week="1"] .add-form input')).toBeFocused();
  await mentor.keyboard.press('Enter');
  await expect(titles(admin, 1)).toHaveText(['첫째', '둘째', '관리자 과제', '쓰던 이름']);

  // Both away from the net change the same title; both keep another change of their own.
  await saved(mentor);
  await saved(admin);
  await mentor.context().setOffline(true);
  await rename(mentor, '첫째', '멘토의 첫째');
  await rename(mentor, '둘째', '멘토의 둘째');
  await expect(mentor.locator('[data-save-state]')).toHaveAttribute('data-state', 'offline');
  await rename(admin, '첫째', '관리자의 첫째');
  await saved(admin);
  await mentor.context().setOffline(false);
  await saved(mentor);
  await expect(titles(admin, 1)).toHaveText(['멘토의 첫째', '멘토의 둘째', '관리자 과제', '쓰던 이름']);
  const met = mentor.locator('#conflicts .banner');
  await expect(met).toContainText('관리자의 첫째');
  await axe(mentor);
  await met.locator('[data-choose=theirs]').click();
  await expect(met).toHaveCount(0);
  await expect(titles(admin, 1).first()).toHaveText('관리자의 첫째');
  await saved(mentor);
  // the network was cut on purpose
  expect([...left.faults, ...right.faults].filter((fault) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(fault))).toEqual([]);
  await Promise.all([left.close(), right.close()]);
});

async function rename(page: Page, from: string, to: string): Promise<void> {
  await card(page, from).first().focus();
  await page.keyboard.press('F2');
  await page.locator('.title-edit').fill(to);
  await page.keyboard.press('Enter');
  await expect(card(page, to)).toBeVisible();
}
