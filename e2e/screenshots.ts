// The pictures of docs/screenshots, taken from the demo: npm run screenshots
import path from 'node:path';
import { expect, test, type Page } from './naru.ts';
import { screen, signIn } from './people.ts';

const FOLDER = path.join(import.meta.dirname, '../docs/screenshots');
const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
}

const first = (page: Page, href: RegExp) =>
  page.locator('main a[href]').evaluateAll((all, source) => all.map((a) => a.getAttribute('href')!).find((to) => new RegExp(source).test(to)), href.source);

test('pictures', async ({ browser, naru }) => {
  test.setTimeout(120_000);
  const as = async (role: string, options: Parameters<typeof screen>[1]) => {
    const { page } = await screen(browser, options);
    const person = naru.person(role);
    await signIn(page, person.email, person.password);
    return page;
  };

  const hand = await as('mentee', phone);
  await hand.goto('/');
  await picture(hand, 'mentee-home-phone');

  const mentee = await as('mentee', desktop);
  await mentee.goto('/');
  await picture(mentee, 'mentee-home');
  await mentee.goto('/board');
  const moved = mentee.waitForResponse(/\/move$/);
  await mentee.locator('.column[data-status=todo] .task-card:not(:has(.waits))').first().focus();
  await mentee.keyboard.press('Shift+ArrowRight');
  await moved;
  await mentee.reload();
  await picture(mentee, 'board');
  await mentee.emulateMedia({ colorScheme: 'dark' });
  await picture(mentee, 'board-dark');

  const mentor = await as('mentor', desktop);
  await mentor.goto('/review');
  await mentor.goto((await first(mentor, /^\/tasks\/\d+/))!);
  await picture(mentor, 'task-review');

  const admin = await as('admin', desktop);
  await admin.goto('/organisation');
  await picture(admin, 'organisation');

  await admin.goto('/curricula');
  await admin.locator('main a', { hasText: '백엔드 온보딩' }).first().click();
  await expect(admin.locator('.weeks')).toBeVisible();
  await picture(admin, 'curriculum');

  await mentor.goto('/mentorships/new');
  await mentor.locator('label.choice:has([name=mentee_id])').first().click();
  await mentor.locator('label.choice:has([name=version_ids])').first().click();
  await expect(mentor.locator('#plan-preview .cal')).toBeVisible();
  await picture(mentor, 'new-mentorship');

  await mentor.goto('/mentees');
  const pair = (await first(mentor, /^\/mentorships\/\d+$/))!;
  await mentor.goto(`${pair}/timeline`);
  await picture(mentor, 'record');

  await admin.goto('/analytics');
  await picture(admin, 'analytics');
});
