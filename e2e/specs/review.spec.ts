// Evidence and review: hand in with a file and ticked items, go through the queue by keyboard, return, approve several; memos.
import { axe, expect, shot, test, type Page, type Server } from '../naru.ts';
import type { Person } from '../server.ts';
import { call, enter, isPhone, screen, tokenOf } from '../people.ts';

interface Pair { mentorship_id: number; mentor_id: number; mentee_name: string }
interface Task { task_id: number; starts_on: string; due_on: string }

/** A running pair of the demo, both of whom can sign in, and the mentor's token. */
async function pair(naru: Server): Promise<{ mentor: Person; mentee: Person; id: number; token: string }> {
  for (const mentor of naru.people.filter((person) => person.roles.includes('mentor'))) {
    const token = await tokenOf(naru, mentor);
    const { user_id } = await call<{ user_id: number }>(naru, token, 'GET', '/api/auth/me');
    const list = await call<{ items: Pair[] }>(naru, token, 'GET', `/api/mentorship/?status=active&mentor_id=${user_id}`);
    for (const found of list.items) {
      const mentee = naru.people.find((person) => person.name === found.mentee_name && person.company_id === mentor.company_id);
      if (mentee) return { mentor, mentee, id: found.mentorship_id, token };
    }
  }
  throw new Error('the demo has no running pair');
}

const open = (page: Page, task: number) => page.goto(`/tasks/${task}`);
const status = (page: Page) => page.locator('.task-state .status');

test('a task with evidence goes through the queue and back', async ({ browser, naru }) => {
  test.setTimeout(120_000);
  const { mentor, mentee, id, token } = await pair(naru);
  const some = (await call<{ items: Task[] }>(naru, token, 'GET', `/api/tasks/?mentorship_id=${id}`)).items[0]!;
  const make = async (title: string) =>
    (
      await call<Task>(naru, token, 'POST', '/api/tasks/', {
        mentorship_id: id, title, week: 1, priority: 'high', starts_on: some.starts_on, due_on: some.due_on,
        guideline: '차례로 해 보세요.\n\n- [ ] 규격 문서 읽기\n- [ ] 표로 정리하기',
      })
    ).task_id;
  const [first, second] = [await make(`증거가 있는 과제 ${Date.now()}`), await make(`또 하나 ${Date.now()}`)];
  const left = await screen(browser);
  const right = await screen(browser);
  await enter(left.page, mentee);
  await enter(right.page, mentor);

  await test.step('the mentee ticks an item, hands in a file and the words', async () => {
    const { page } = left;
    await open(page, first);
    await page.locator('.page-head button[value=in_progress]').click();
    await expect(status(page)).toHaveAttribute('data-status', 'in_progress');
    await page.locator('#task-guideline .box').first().click();
    await expect(page.locator('#task-guideline .box').first()).toHaveAttribute('aria-checked', 'true');
    await expect(page.locator('#task-guideline .section-head .count')).toHaveText('1/2');
    await page.setInputFiles('#file', [
      { name: '정리표.csv', mimeType: 'text/csv', buffer: Buffer.from('코드,뜻\n409,충돌\n') },
      { name: '흐름.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') },
    ]);
    await expect(page.locator('.attachments > li')).toHaveCount(2);
    await expect(page.locator('.attachments img')).toBeVisible();
    await page.setInputFiles('#file', { name: 'a.html', mimeType: 'text/html', buffer: Buffer.from('<script>') });
    await expect(page.locator('.uploads > [data-failed]')).toContainText('a.html');
    await page.fill('[name=submission]', '## 한 일\n\n표로 정리했습니다.');
    await axe(page);
    await shot(page, 'task-evidence');
    await page.locator('button[form=submission][data-kind=primary]').click();
    await expect(status(page)).toHaveAttribute('data-status', 'submitted');
    await open(page, second);
    await page.locator('.page-head button[value=in_progress]').click();
    await page.fill('[name=submission]', '짧게 적었습니다.');
    await page.locator('button[form=submission][data-kind=primary]').click();
    await expect(status(page)).toHaveAttribute('data-status', 'submitted');
  });

  await test.step('the mentor goes through the queue and returns it', async () => {
    const { page } = right;
    await page.goto('/review');
    await expect(page.locator(`a[href="/tasks/${first}?queue=1"]`)).toBeVisible();
    await axe(page);
    await page.locator(`a[href="/tasks/${first}?queue=1"]`).click();
    await expect(page.locator('.evidence')).toContainText('표로 정리했습니다');
    await expect(page.locator('.attachments > li')).toHaveCount(2);
    await expect(page.locator('.checklist [data-done]')).toHaveCount(1);
    await axe(page);
    await shot(page, 'task-review');
    if (isPhone()) {
      await expect(page.locator('#return')).toBeHidden();
      await page.locator('.review-tabs label').last().click();
      await expect(page.locator('#return')).toBeVisible();
      await expect(page.locator('.attachments')).toBeHidden();
      await shot(page, 'task-review-decision');
    } else {
      await page.keyboard.press('?');
      await expect(page.locator('#keys')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await expect(page).toHaveURL(`${naru.web}/tasks/${second}?queue=1`);
      // the address changes before the page behind it listens to keys
      await page.waitForLoadState();
      await page.keyboard.press('k');
      await expect(page).toHaveURL(`${naru.web}/tasks/${first}?queue=1`);
      await page.waitForLoadState();
      await page.keyboard.press('r');
      await expect(page.locator('#comment')).toBeFocused();
    }
    await page.fill('#comment', '409의 뜻을 한 줄 더 적어 주세요.');
    await page.locator('#return button[value=returned]').click();
    await expect(page).not.toHaveURL(new RegExp(`/tasks/${first}\\b`));
  });

  await test.step('the mentee reads why and hands in again', async () => {
    const { page } = left;
    await open(page, first);
    await expect(page.locator('.banner')).toContainText('409의 뜻');
    await page.fill('[name=submission]', '## 한 일\n\n표로 정리했고, 409의 뜻을 적었습니다.');
    await page.locator('button[form=submission][data-kind=primary]').click();
    await expect(status(page)).toHaveAttribute('data-status', 'submitted');
  });

  await test.step('memos: somebody is called by name, and what is for mentors stays hidden', async () => {
    await left.page.locator('#memo').click();
    await left.page.keyboard.type('@');
    await left.page.locator('.people-list [role=option]', { hasText: mentor.name }).click();
    await left.page.locator('#memo').pressSequentially('봐 주세요');
    await left.page.locator('#memo').evaluate((area: HTMLTextAreaElement) => area.form!.requestSubmit());
    await expect(left.page.locator('.thread .mention')).toHaveText(`@${mentor.name}`);
    const { page } = right;
    await open(page, first);
    if (isPhone()) await page.locator('.review-tabs label').last().click();
    await expect(page.locator('.thread .mention')).toHaveText(`@${mentor.name}`);
    await page.fill('#memo', '표를 보는 눈이 좋아졌어요');
    await page.locator('[name=mentor_only]').check();
    await page.locator('#memo').evaluate((area: HTMLTextAreaElement) => area.form!.requestSubmit());
    if (isPhone()) await page.locator('.review-tabs label').last().click();
    await expect(page.locator('.thread [data-private]')).toContainText('좋아졌어요');
    await left.page.reload();
    await expect(left.page.locator('.thread')).not.toContainText('좋아졌어요');
  });

  await test.step('several are approved at once, each told of', async () => {
    const { page } = right;
    await page.goto('/review');
    for (const task of [first, second]) await page.locator(`[name=task_ids][value="${task}"]`).check();
    await shot(page, 'review-queue');
    await page.locator('.bulk-approve button').click();
    await expect(page.locator('.page-note')).toContainText('2');
    await expect(page.locator(`a[href^="/tasks/${first}?"]`)).toHaveCount(0);
    await open(left.page, first);
    await expect(status(left.page)).toHaveAttribute('data-status', 'done');
  });

  expect([...left.faults, ...right.faults]).toEqual([]);
  await left.close();
  await right.close();
});

test('an admin sees all mentorships by risk and the load of mentors', async ({ page, naru }) => {
  await enter(page, naru.person('admin'));
  await page.goto('/mentorships');
  await expect(page.locator('.overview .loads li').first()).toBeVisible();
  await axe(page);
  await shot(page, 'mentorships-overview');
  await page.selectOption('[name=risk]', 'any');
  await expect(page).toHaveURL(/risk=any/);
  await page.locator('.overview .loads a').first().click();
  await expect(page).toHaveURL(/mentor_id=/);
});
