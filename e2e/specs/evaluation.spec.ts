// What a pair does together: an agreement both sign, a goal, a 1:1 whose action is a task, and the evaluation both sign at the end.
import { readFile } from 'node:fs/promises';
import { expect, inOrder, test, type Page, type Server } from '../naru.ts';
import type { Person } from '../server.ts';
import { call, enter, language, screen, tokenOf } from '../people.ts';

interface Pair {
  id: number;
  mentor: Person;
  mentee: Person;
}

/** A pair of the demo that has agreed on nothing yet, as an admin finds it over the API. */
async function freshPair(naru: Server): Promise<Pair> {
  const token = await tokenOf(naru, naru.person('admin'));
  const get = <T>(path: string) => call<T>(naru, token, 'GET', path);
  const person = async (id: number) => {
    const { email } = await get<{ email: string }>(`/api/users/${id}`);
    return naru.people.find((each) => each.email === email)!;
  };
  interface Running { mentorship_id: number; mentor_id: number; mentee_id: number }
  const { items } = await get<{ items: Running[] }>('/api/mentorship/?status=active&limit=100');
  for (const one of items) {
    const agreement = await get<{ version: number }>(`/api/mentorship/${one.mentorship_id}/agreement`);
    if (agreement.version > 0) continue;
    return { id: one.mentorship_id, mentor: await person(one.mentor_id), mentee: await person(one.mentee_id) };
  }
  throw new Error('the demo has no fresh pair');
}

const saved = (page: Page) => expect(page.locator('[data-save-state]')).toHaveAttribute('data-state', 'saved');

/** The file behind a link, as the browser saves it. */
async function downloaded(page: Page, href: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`a[href$="${href}"]`).click()]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  return readFile((await download.path())!);
}

test('a pair agrees, sets a goal, meets, and evaluates what it did', async ({ browser, naru }) => {
  test.setTimeout(240_000);
  const [mentor, mentee] = [await screen(browser), await screen(browser)];
  const pair = await freshPair(naru);
  const base = `/mentorships/${pair.id}`;
  let task = '';

  await test.step('both write what they expect, and sign', async () => {
    await enter(mentor.page, pair.mentor);
    await enter(mentee.page, pair.mentee);
    await mentor.page.goto(base);
    await mentor.page.locator(`.tabs a[href="${base}/agreement"]`).click();
    await mentor.page.fill('#expects', '막히면 **먼저** 물어봐 주세요.');
    await saved(mentor.page);
    await mentor.page.selectOption('#rhythm', 'weekly');
    await mentor.page.selectOption('#weekday', '2');
    await mentor.page.fill('#meets_at', '14:30');
    await mentor.page.locator('form.rhythm button').click();
    await expect(mentor.page.locator('#meets_at')).toHaveValue('14:30');
    await mentee.page.goto('/plan');
    await mentee.page.locator(`.tabs a[href="${base}/agreement"]`).click();
    await expect(mentee.page.locator('main')).toContainText('먼저');
    await mentee.page.fill('#expects', '- 검토는 하루 안에\n- 이유도 함께');
    await saved(mentee.page);
    await mentee.page.reload();
    await mentee.page.locator('form[action$="/sign"] button').click();
    await expect(mentee.page.locator('.signatures [data-signed]')).toHaveCount(1);
    await mentor.page.reload();
    await mentor.page.locator('form[action$="/sign"] button').click();
    await expect(mentor.page.locator('.signatures [data-signed]')).toHaveCount(2);
    await inOrder(mentor.page, 'agreement');
  });

  await test.step('a change begins a new version that both sign again', async () => {
    await mentor.page.fill('#expects', '막히면 언제든 물어봐 주세요.');
    await saved(mentor.page);
    await mentor.page.reload();
    await expect(mentor.page.locator('.signing .signatures [data-signed]')).toHaveCount(0);
    await expect(mentor.page.locator('.earlier')).toHaveCount(1);
    for (const { page } of [mentor, mentee]) {
      await page.goto(`${base}/agreement`);
      await page.locator('form[action$="/sign"] button').click();
    }
    await expect(mentee.page.locator('.signing .signatures [data-signed]')).toHaveCount(2);
  });

  await test.step('the mentee sets a goal and is half way', async () => {
    const { page } = mentee;
    await page.goto(`${base}/goals`);
    await page.locator('a[href$="?add=true"]').click();
    await page.fill('#title', '혼자 배포하기');
    await page.fill('#measure', '도움 없이 세 번');
    await page.locator('form:has(#title) button[data-kind=primary]').click();
    const goal = page.locator('.goals > li', { hasText: '혼자 배포하기' });
    await goal.locator('input[name=progress]').fill('50');
    await goal.locator('input[name=comment]').fill('두 번 했어요');
    await goal.locator('.note-progress button').click();
    await expect(goal.locator('.gauge')).toContainText('50%');
    await goal.locator('summary').click();
    await expect(goal.locator('.history')).toContainText('두 번 했어요');
    await inOrder(page, 'goals');
  });

  await test.step('a 1:1 is planned by the rhythm, and what came of it is a task', async () => {
    const { page } = mentor;
    await page.goto(`${base}/meetings`);
    await inOrder(page, 'meetings-empty');
    await page.locator('a[href$="/meetings/new"]').click();
    await expect(page.locator('#time')).toHaveValue('14:30');
    await page.fill('#place', 'https://meet.example/naru');
    await page.fill('#agenda', '지난주 돌아보기\n배포 준비');
    await inOrder(page, 'meeting-new');
    await page.locator('form[action$="/meetings/new"] button[data-kind=primary]').click();
    await expect(page).toHaveURL(/\/meetings\/\d+$/);
    await expect(page.locator('#agenda li')).toHaveCount(2);
    const meeting = new URL(page.url()).pathname;
    await mentee.page.goto('/');
    await mentee.page.locator(`a[href="${meeting}"]`).click();
    await mentee.page.fill('#text', '휴가 이야기');
    await mentee.page.locator('form[action$="/points"] button').click();
    await expect(mentee.page.locator('#agenda li')).toHaveCount(3);
    await page.reload();
    await page.locator('#agenda li', { hasText: '휴가 이야기' }).getByRole('checkbox').click();
    await expect(page.locator('#agenda li', { hasText: '휴가 이야기' }).getByRole('checkbox')).toHaveAttribute('aria-checked', 'true');
    await page.fill('#notes', '## 이야기한 것\n\n- **배포**는 다음 주에');
    await saved(page);
    const due = await page.evaluate(async (path) => {
      const answer = await fetch(path);
      return new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector<HTMLInputElement>('#date')!.value;
    }, `${meeting}?edit=true`);
    await page.fill('#title', '런북 초안 쓰기');
    await page.fill('#due_on', due);
    await page.locator('form[action$="/actions"] button').click();
    const action = page.locator('#actions a.row', { hasText: '런북 초안 쓰기' });
    task = (await action.getAttribute('href'))!;
    await inOrder(page, 'meeting');
    await mentee.page.goto(task);
    await expect(mentee.page.locator('h1')).toHaveText('런북 초안 쓰기');
  });

  await test.step('the record has it all, and can be narrowed', async () => {
    const { page } = mentee;
    await page.goto(`${base}/timeline`);
    await expect(page.locator('.happened li[data-topic=meeting]')).not.toHaveCount(0);
    await expect(page.locator('.happened li[data-topic=agreement]')).not.toHaveCount(0);
    await inOrder(page, 'timeline');
    await page.selectOption('#topic', 'goal');
    await expect(page).toHaveURL(/topic=goal/);
    await expect(page.locator('.happened li:not([data-topic=goal])')).toHaveCount(0);
    await expect(page.locator('.happened li[data-topic=goal]')).toHaveCount(2);
  });

  await test.step('after its end both evaluate it, and both signatures lock it', async () => {
    await mentor.page.goto(`${base}/complete`);
    await mentor.page.locator('form[action$="/complete"]:visible button[data-kind=primary]').click();
    await expect(mentor.page).toHaveURL(new RegExp(`${base}$`));
    for (const [each, text] of [[mentor, '## 잘한 것\n\n- **질문**을 잘해요'], [mentee, '많이 배웠어요']] as const) {
      const { page } = each;
      await page.goto(`${base}/report`);
      await page.fill('#report-text', text);
      await saved(page);
      for (const name of ['grasp', 'quality', 'initiative', 'communication', 'growth']) {
        await page.locator(`input[name=${name}][value="4"]`).check();
      }
      if (each === mentee) await expect(page.locator('main')).toContainText('질문');
      await inOrder(page, `report-${each === mentor ? 'mentor' : 'mentee'}`);
      await page.locator('button[formaction$="/sign"]').click();
      await expect(page.locator('.signatures [data-signed]')).not.toHaveCount(0);
    }
    await expect(mentee.page.locator('.signatures [data-signed]')).toHaveCount(2);
    await expect(mentee.page.locator('#evaluation')).toHaveCount(0);
    await mentor.page.goto(`${base}/report`);
    await expect(mentor.page.locator('main')).toContainText('많이 배웠어요');
    await inOrder(mentor.page, 'report-locked');
  });

  await test.step('the report and the certificate are PDFs', async () => {
    for (const file of ['report.pdf', 'certificate.pdf']) {
      const pdf = await downloaded(mentee.page, `${file}?locale=${language()}`);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(5_000);
    }
  });

  await test.step('the calendar has an address that works until it is taken back', async () => {
    const { page } = mentor;
    await page.goto('/profile/calendar');
    await inOrder(page, 'calendar-off');
    await page.locator('form[action="/profile/calendar"]:visible button').click();
    const url = await page.inputValue('#calendar-url');
    await inOrder(page, 'calendar-on');
    const read = await page.request.get(new URL(url).pathname);
    expect(read.headers()['content-type']).toContain('text/calendar');
    expect(await read.text()).toContain('BEGIN:VCALENDAR');
    const again = await page.request.get(new URL(url).pathname, { headers: { 'if-none-match': read.headers()['etag']! } });
    expect(again.status()).toBe(304);
    await page.locator('details:has(form[action$="/end"]) summary').click();
    await page.locator('form[action="/profile/calendar/end"] button').click();
    expect((await page.request.get(new URL(url).pathname)).status()).toBe(404);
  });

  for (const each of [mentor, mentee]) {
    expect(each.faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await each.close();
  }
});
