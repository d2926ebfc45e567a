// Every page of the filled demo as each kind of person: it answers, fits the screen, and neither axe nor the console complains.
// Pages are found by following links, one of each kind; what has to be among them is listed, so that none gets lost.
import { expect, inOrder, test, type Page } from '../naru.ts';
import { enter, faultsOf, isPhone, speak } from '../people.ts';

const PAGES: Record<string, string[]> = {
  operator: ['/companies', '/companies/:id', '/companies/new', '/installation', '/profile'],
  admin: [
    '/organisation', '/organisation/people/:id', '/organisation/people/new', '/organisation/departments/new',
    '/organisation/import', '/mentorships', '/mentorships/:id', '/mentorships/new', '/mentorships/matching',
    '/mentorships/matching/new', '/analytics', '/curricula', '/curricula/:id', '/curricula/blocks',
    '/settings', '/profile',
  ],
  mentor: [
    '/', '/review', '/mentees', '/mentorships/:id', '/mentorships/:id/agreement', '/mentorships/:id/goals', '/mentorships/:id/meetings',
    '/mentorships/:id/meetings/:id', '/mentorships/:id/timeline', '/mentorships/:id/report', '/profile/calendar', '/mentorships/new', '/tasks/:id',
    '/mentorships/:id/dates', '/mentorships/:id/pause', '/mentorships/:id/plan', '/profile/mentoring',
    '/curricula', '/curricula/:id', '/curricula/blocks', '/analytics', '/profile',
  ],
  mentee: ['/', '/board', '/plan', '/tasks/:id', '/mentorships/:id/agreement', '/mentorships/:id/report', '/profile'],
};
/** What one has to know the address of, or what only a script opens. */
const BY_ADDRESS: Record<string, string[]> = { operator: ['/companies/new'], admin: ['/organisation/departments/new'], mentor: [], mentee: [] };
const AT_MOST = 60;

/** What of a query makes another page, not other rows. */
const VIEWS = ['act', 'add', 'edit', 'edit_memo', 'delete_memo'];

/** Pages of one kind have one of these: ids become `:id`, and of a query the names of views stay. */
function kind(url: URL): string {
  const names = VIEWS.filter((name) => url.searchParams.has(name)).join('&');
  const path = url.pathname.replace(/\/(\d[\d-]*|[0-9a-f-]{16,})(?=\/|$)/g, '/:id').replace(/(\/tasks\/)(?!:id)[^/]+$/, '$1:key').replace(/(\/library\/)[^/]+$/, '$1:key');
  return path + (names && `?${names}`);
}

async function links(page: Page): Promise<URL[]> {
  const found = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  const here = new URL(page.url());
  return found.map((href) => new URL(href)).filter((url) => url.origin === here.origin && !/\/export|\.(csv|xlsx|ya?ml)$/.test(url.pathname));
}

async function looksRight(page: Page, name: string): Promise<void> {
  await expect(page.locator('h1'), `${page.url()} has one heading`).toHaveCount(1);
  await inOrder(page, name);
}

/** Opens one page of each kind, or of each of `only`; answers with the kinds. */
async function walk(page: Page, role: string, suffix = '', only?: string[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const first = new URL(page.url());
  const queue = [new URL('/', first), ...BY_ADDRESS[role]!.map((each) => new URL(each, first))];
  for (let url = queue.shift(); url && seen.size < AT_MOST; url = queue.shift()) {
    const which = kind(url);
    if (seen.has(which) || (only && url.pathname !== '/' && !only.includes(which))) continue;
    seen.set(which, url.href);
    await test.step(which, async () => {
      const reply = await page.goto(url.href);
      expect(reply?.status() ?? 200, url.href).toBeLessThan(400);
      seen.set(kind(new URL(page.url())), page.url());
      await looksRight(page, `${role}${which.replace(/[^a-z]+/g, '-').replace(/-$/, '')}${suffix}`);
      queue.push(...(await links(page)));
    });
  }
  return seen;
}

for (const role of Object.keys(PAGES)) {
  test(`every page of the ${role} is in order`, async ({ page, naru }) => {
    test.setTimeout(400_000);
    const faults = faultsOf(page.context());
    await enter(page, naru.person(role));
    const seen = await walk(page, role);
    for (const each of PAGES[role]!) expect.soft([...seen.keys()], `the ${role} comes to ${each}`).toContain(each);
    expect(faults).toEqual([]);
  });
}

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' });
  for (const role of ['admin', 'mentor', 'mentee']) {
    test(`the ${role}'s pages are legible`, async ({ page, naru }, info) => {
      test.skip(!info.project.name.endsWith('-ko'), 'colours know no language');
      test.setTimeout(400_000);
      await enter(page, naru.person(role));
      await walk(page, role, '-dark', PAGES[role]);
    });
  }
});

test('signed-out pages and refusals are in order', async ({ page, naru }) => {
  const faults = faultsOf(page.context());
  for (const path of ['/sign-in', '/forgot', '/invitation']) {
    expect((await page.goto(path))?.status()).toBe(200);
    await speak(page);
    await looksRight(page, `out${path.replace('/', '-')}`);
  }
  expect(faults).toEqual([]);
  await enter(page, naru.person('mentee'));
  expect((await page.goto('/companies'))?.status()).toBe(403);
  await looksRight(page, 'refused');
  expect((await page.goto('/nowhere'))?.status()).toBe(404);
  await looksRight(page, 'not-found');
});

test('a phone shows the menu at the bottom and a desktop at the side', async ({ page, naru }) => {
  await enter(page, naru.person('mentee'));
  await page.goto('/');
  const box = (await page.locator('.side nav a').first().boundingBox())!;
  const { width, height } = page.viewportSize()!;
  if (isPhone()) expect(box.y).toBeGreaterThan(height - 100);
  else expect(box.x + box.width).toBeLessThan(width / 4);
});
