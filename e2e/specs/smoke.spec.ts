import { axe, expect, Server, shot, test } from '../naru.ts';

test('the sign-in page opens in the language of the browser and has no accessibility faults', async ({ page, locale }) => {
  const reply = await page.goto('/sign-in');
  expect(reply?.status()).toBe(200);
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${locale?.slice(0, 2)}`));
  await expect(page.locator('input[type=password]')).toBeVisible();
  await axe(page);
  await shot(page, 'sign-in');
});

test('the sign-in page fits the width of the screen', async ({ page }) => {
  await page.goto('/sign-in');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});

test('an empty installation prints a one-time operator token and ends with 0 after SIGTERM', async ({}, info) => {
  test.skip(info.project.name !== 'desktop-ko', 'does not depend on the screen or the language');
  test.setTimeout(90_000);
  const server = await Server.start('serve');
  try {
    expect(server.operatorToken).toMatch(/^\S{16,}$/);
    expect((await fetch(`${server.api}/health/ready`)).status).toBe(200);
  } finally {
    await server.stop();
  }
});
