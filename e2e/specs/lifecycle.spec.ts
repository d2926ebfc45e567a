// A mentorship's life through the pages: proposed, accepted, moved with a preview, paused, resumed; the plan rearranged and undone.
import { axe, expect, shot, test, type Page } from '../naru.ts';
import { call, enter, isPhone, screen, tokenOf } from '../people.ts';

interface User { user_id: number; name: string }

const main = (page: Page) => page.locator('main');

/** Waits for the preview that a changed date asks for. */
async function pick(page: Page, id: string, date: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/preview'));
  await page.locator(`#${id}`).fill(date);
  await page.locator(`#${id}`).blur();
  await answered;
}

/** The Monday so many weeks after the next one. */
function monday(weeks: number): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7) + weeks * 7);
  return day.toISOString().slice(0, 10);
}

test('a mentorship is proposed, accepted, moved, paused and resumed', async ({ browser, naru }) => {
  test.setTimeout(150_000);
  const admin = naru.person('admin');
  const mentor = naru.people.find((person) => person.roles.includes('mentor') && person.company_id === admin.company_id)!;
  const asAdmin = await tokenOf(naru, admin);
  const me = await call<User>(naru, await tokenOf(naru, mentor), 'GET', '/api/auth/me');
  // each project proposes somebody of its own
  const person = { email: `life-${Date.now()}@naru.example`, family_name: '새', given_name: `배${Date.now() % 1000}`, roles: ['mentee'], invite: false };
  const mentee = await call<User>(naru, asAdmin, 'POST', '/api/users/', person);
  const published = await call<{ items: { latest_version_id: number }[] }>(naru, asAdmin, 'GET', '/api/curriculum/?state=published');
  const left = await screen(browser);
  const right = await screen(browser);
  await enter(left.page, admin);
  await enter(right.page, mentor);
  let pair = '';

  await test.step('the admin asks the mentor first', async () => {
    const { page } = left;
    await page.goto(`/mentorships/new?mentee_id=${mentee.user_id}`);
    await page.locator(`input[name=mentee_id][value="${mentee.user_id}"]`).check();
    await page.locator(`input[name=version_ids][value="${published.items[0]!.latest_version_id}"]`).check();
    await page.locator('#mentor_id-search').fill(me.name);
    await page.locator('[role=option]').first().click();
    await page.locator('#start_on').fill(monday(0));
    await page.locator('details.propose > summary').click();
    await page.fill('#note', '같은 팀이에요');
    await axe(page);
    await page.locator('button[formaction="/mentorships/propose"]').click();
    await expect(page).toHaveURL(/\/mentorships\/\d+$/);
    pair = new URL(page.url()).pathname;
    await axe(page);
  });

  await test.step('the mentor finds it at home, looks at the plan and accepts', async () => {
    const { page } = right;
    await page.goto('/');
    await page.locator(`a[href="${pair}/proposal"]`).click();
    await expect(main(page)).toContainText('같은 팀이에요');
    await axe(page);
    await shot(page, 'life-proposal');
    await page.locator(`form[action="${pair}/accept"] button[data-kind=primary]`).click();
    await expect(page).toHaveURL(new RegExp(`${pair}$`));
    await expect(main(page)).toContainText(mentee.name);
  });

  await test.step('the start moves by a week after a preview, and back by undo', async () => {
    const { page } = right;
    await page.goto(`${pair}/dates`);
    await axe(page);
    await pick(page, 'start_on', monday(1));
    await expect(page.locator('#dates-preview input[name=seen]')).toHaveCount(1);
    await expect(page.locator('#dates-preview .dates-table').first()).toBeVisible();
    await axe(page);
    await shot(page, 'life-shift');
    await page.locator('#dates button[data-kind=primary]').click();
    await expect(page).toHaveURL(new RegExp(`${pair}$`));
    const moved = await call<{ start_on: string }>(naru, asAdmin, 'GET', `/api${pair.replace('mentorships', 'mentorship')}`);
    expect(moved.start_on).toBe(monday(1));
    await page.locator('.toast button, [data-toast] button').first().click();
    await expect
      .poll(async () => (await call<{ start_on: string }>(naru, asAdmin, 'GET', `/api${pair.replace('mentorships', 'mentorship')}`)).start_on)
      .toBe(monday(0));
  });

  await test.step('it is paused with a reason, and resumed', async () => {
    const { page } = right;
    await page.goto(`${pair}/pause`);
    await axe(page);
    await page.fill('#reason', '파견');
    await page.locator('#dates button[data-kind=primary]').click();
    await expect(page.locator(`main a[href="${pair}/resume"]`)).toBeVisible();
    await axe(page);
    await page.locator(`main a[href="${pair}/resume"]`).click();
    await expect(page.locator('#dates-preview input[name=seen]')).toHaveCount(1);
    await axe(page);
    await page.locator('#dates button[data-kind=primary]').click();
    await expect(page.locator(`main a[href="${pair}/resume"]`)).toHaveCount(0);
  });

  await test.step('a task moves to the next week by keys, with a preview before it is done', async () => {
    const { page } = right;
    await page.goto(`${pair}/plan`);
    await axe(page);
    const row = page.locator('[data-plan] section[data-week="1"] [data-item]').first();
    const task = await row.locator('input[name=task_id]').inputValue();
    const answered = page.waitForResponse((response) => response.url().endsWith('/plan/preview'));
    await row.locator('.handle').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answered;
    await expect(page.locator('#plan-change tr')).not.toHaveCount(0);
    await axe(page);
    await shot(page, 'life-plan');
    await page.locator('#plan button[data-kind=primary]').click();
    await expect(page.locator(`[data-plan] section[data-week="2"] input[name=task_id][value="${task}"]`)).toHaveCount(1);
  });

  await test.step('the mentor notes days away', async () => {
    const { page } = right;
    await page.goto('/profile/mentoring');
    await page.fill('#starts_on', monday(0));
    await page.fill('#ends_on', monday(1));
    await page.locator('form[action="/profile/mentoring/absences"] button[data-kind=primary]').click();
    await expect(page.locator('form[action*="/absences/"] button')).not.toHaveCount(0);
    await axe(page);
    await shot(page, 'life-away');
    await page.locator('form[action*="/absences/"] button').first().click();
  });

  const wide = await right.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, isPhone() ? 'on a phone' : 'on a desk').toBeLessThanOrEqual(0);
  expect([...left.faults, ...right.faults]).toEqual([]);
  await left.close();
  await right.close();
});
