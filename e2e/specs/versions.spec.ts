// A curriculum goes out in two versions: the running plan is brought to the second after a look, and taken back.
import { axe, expect, test, type Page } from '../naru.ts';
import { enter, faultsOf, language } from '../people.ts';

const WORDS = { ko: { draft: '둘째 버전의 과제' }, en: { draft: 'A task of the second version' } };

async function addTask(page: Page, title: string): Promise<void> {
  const week = page.locator('.weeks[data-ready] section[data-week="1"]');
  const name = week.locator('.add-task [name=title]');
  await expect(week).toBeVisible();
  if (!(await name.isVisible())) await week.locator('.add-task summary').click();
  await name.fill(title);
  await name.press('Enter');
  await expect(week.locator('.task-card', { hasText: title })).toBeVisible();
  await expect(page.locator('[data-save-state]')).toHaveAttribute('data-state', 'saved');
}

async function publish(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/publish`);
  await page.fill('[name=note]', 'e2e');
  await page.locator(`form[action="${base}/publish"] button[data-kind=primary]`).click();
  await expect(page).toHaveURL(new RegExp(`${base}$`));
}

test('a newer version is compared, brought to running plans, and taken back', async ({ page, naru }, info) => {
  test.setTimeout(120_000);
  const faults = faultsOf(page.context());
  await enter(page, naru.person('admin'));
  // the curriculum most plans of the demo run on
  await page.goto('/curricula');
  const rows = page.locator('table.curricula tbody tr');
  const uses = await rows.evaluateAll((all) =>
    all.map((row) => ({ to: row.querySelector('a.name')!.getAttribute('href')!, uses: Number(row.children[5]!.textContent) })),
  );
  const base = uses.sort((one, other) => other.uses - one.uses)[0]!.to;

  const title = `${WORDS[language()].draft} ${info.project.name}`;
  await page.goto(base);
  await addTask(page, title);
  await publish(page, base);

  await page.goto(`${base}/versions`);
  await axe(page);
  const newest = Number((await page.locator('tbody tr').first().locator('b').textContent())!.slice(1));
  await page.goto(`${base}/diff?from=${newest - 1}&to=${newest}`);
  await expect(page.locator('.diff [data-change=added]', { hasText: title })).toBeVisible();
  await axe(page);

  await page.goto(`${base}/upgrade`);
  await axe(page);
  const person = page.locator('.upgrade-people > li').first();
  await person.locator('summary').click();
  await expect(person.locator('.diff [data-change=added]', { hasText: title })).toBeVisible();
  await axe(page);
  await page.locator('[name=choice][value=named]').check();
  await person.locator('input[type=checkbox]').check();
  await page.locator('form button[data-kind=primary]').click();
  await expect(page).toHaveURL(/\/upgrades\/\d+/);
  const undo = page.locator('form[action$="/undo"] button');
  await expect(undo).toBeVisible({ timeout: 20_000 });
  await axe(page);
  const plan = await page.locator('tbody a.name').first().getAttribute('href');
  await page.goto(plan!);
  await expect(page.getByText(title).first()).toBeVisible();
  await page.goBack();
  await undo.click();
  await expect(page.locator('form[action$="/undo"]')).toHaveCount(0);
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 20_000 });
  await page.goto(plan!);
  await expect(page.getByText(title)).toHaveCount(0);

  await page.goto(`${base}/usage`);
  await axe(page);
  for (const path of ['/curricula/library', '/curricula/library/ko-backend', '/curricula/library/en-remote', `${base}/copy`]) {
    await page.goto(path);
    await expect(page.locator('h1')).toHaveCount(1);
    const wider = await page.evaluate((width) => document.documentElement.scrollWidth - width, page.viewportSize()!.width);
    expect(wider, path).toBeLessThanOrEqual(0);
    await axe(page);
  }
  expect(faults).toEqual([]);
});

test('a faulty file is refused with its line', async ({ page, naru }) => {
  await enter(page, naru.person('admin'));
  await page.goto('/curricula/import');
  const yaml = 'format: naru-curriculum/1\nlanguage: ko\ntitle: [\n';
  await page.setInputFiles('#file', { name: 'bad.yaml', mimeType: 'application/yaml', buffer: Buffer.from(yaml) });
  await page.locator('form[action="/curricula/import"] button[data-kind=primary]').click();
  await expect(page.locator('table tbody tr').first()).toBeVisible();
  const csv = 'week,title,kind,owner,priority,duration\n1,A,work,mentee,high,1\n';
  await page.setInputFiles('#file', { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.locator('form[action="/curricula/import"] button[data-kind=primary]').click();
  await expect(page.locator('pre.quote', { hasText: 'work' })).toBeVisible();
  await axe(page);
});
