// What every spec imports instead of @playwright/test: a running Naru, `baseURL` at its pages, the axe, shot and inOrder checks.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import path from 'node:path';
import { Server, type Mode } from './server.ts';

export { expect, Server, type Page };

export interface Options {
  /** Which Naru a spec wants: `test.use({ mode: 'serve' })` at the top of a file for an empty one. */
  mode: Mode;
}

export const test = base.extend<object, Options & { naru: Server }>({
  mode: ['demo', { option: true, scope: 'worker' }],
  naru: [
    async ({ mode }, use) => {
      const naru = await Server.start(mode);
      await use(naru);
      await naru.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ naru }, use) => use(naru.web),
});

/** No serious or critical accessibility fault; whatever else axe finds is in the report. */
export async function axe(page: Page): Promise<void> {
  // What still arrives is paler than what has come.
  await expect(page.locator('.htmx-request, .htmx-swapping, .htmx-settling')).toHaveCount(0);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity).map((each) => each.finished)));
  const { violations } = await new AxeBuilder({ page }).analyze();
  if (violations.length > 0) {
    await test.info().attach('axe', { body: JSON.stringify(violations, null, 2), contentType: 'application/json' });
  }
  const line = (v: (typeof violations)[number]) =>
    `${v.impact ?? 'unknown'} ${v.id}: ${v.help}\n` + v.nodes.map((node) => `    ${node.target.join(' ')}`).join('\n');
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(bad.length, `${page.url()}\n${violations.map(line).join('\n')}`).toBe(0);
}

/** A screenshot of the whole page: test-results/shots/<project>/<name>.png */
export async function shot(page: Page, name: string): Promise<void> {
  const { config, project } = test.info();
  const file = path.join(path.dirname(config.configFile ?? '.'), 'test-results', 'shots', project.name, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled', scale: 'css' });
}

/** A page as it has to be: not wider than the screen, no fault that axe finds; and its screenshot. */
export async function inOrder(page: Page, name: string): Promise<void> {
  const wider = await page.evaluate((width) => document.documentElement.scrollWidth - width, page.viewportSize()!.width);
  expect.soft(wider, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
  await axe(page);
  await shot(page, name);
}
