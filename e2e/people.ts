// People at their own screens: each has a browser context, gets mail from the folder of .eml files, speaks the project's language.
// And the API past the pages, for what a spec has to find or make first.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Server } from './naru.ts';
import type { Person } from './server.ts';

/** Long and about nobody, as the pages ask. */
export const PASSWORD = 'river-crossing-42-lantern';

export type Language = 'ko' | 'en';

export const language = (): Language => (test.info().project.name.endsWith('-en') ? 'en' : 'ko');
export const isPhone = (): boolean => test.info().project.name.startsWith('phone');

/** Faults of a page that nobody sees: scripts that fail, what the content policy refused, answers of 5xx. */
export function faultsOf(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    // a refused form (422) is also written to the console; it is no fault of the page
    if (message.type() === 'error' && !/status of 4(09|12|22)/.test(message.text())) {
      faults.push(`${message.page()?.url()}: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => faults.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

export interface Screen {
  page: Page;
  faults: string[];
  close(): Promise<void>;
}

export async function screen(browser: Browser, options?: BrowserContextOptions): Promise<Screen> {
  const context = await browser.newContext(options);
  const faults = faultsOf(context);
  return { page: await context.newPage(), faults, close: () => context.close() };
}

/** Turns the page into the project's language by its own control, when it speaks the other one. */
export async function speak(page: Page): Promise<void> {
  const wanted = language();
  if ((await page.locator('html').getAttribute('lang')) === wanted) return;
  const button = page.locator(`form[action="/locale"] button[value=${wanted}]`);
  if (!(await button.isVisible())) await page.locator('[popovertarget=me-menu]:visible').first().click();
  await button.click();
  await expect(page.locator('html')).toHaveAttribute('lang', wanted);
}

/** Signs in through the page, and stands at what that shows. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.locator('form[action="/sign-in"] button[data-kind=primary]').click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Signs in through the page, which then speaks the project's language. */
export async function enter(page: Page, person: Person): Promise<void> {
  await signIn(page, person.email, person.password);
  await speak(page);
}

/** Calls the API past the pages; undefined when the answer is empty. */
export async function call<T>(naru: Server, token: string | undefined, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(naru.api + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.ok, `${method} ${path}: ${answer.status} ${text}`).toBe(true);
  return text ? (JSON.parse(text) as T) : (undefined as T);
}

/** Signs in at the API; the token that `call` takes. */
export async function tokenOf(naru: Server, { email, password }: Person): Promise<string> {
  return (await call<{ access_token: string }>(naru, undefined, 'POST', '/api/auth/login', { email, password })).access_token;
}

/** The body of the newest mail to this address whose text has the words. */
export async function mailTo(naru: Server, address: string, words: RegExp): Promise<RegExpExecArray> {
  let found: RegExpExecArray | null = null;
  await expect
    .poll(
      async () => {
        const folder = path.join(naru.data, 'mail');
        const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
        for (const name of names.reverse()) {
          const mail = await readFile(path.join(folder, name), 'utf8');
          if (!heads(mail).to?.includes(address)) continue;
          found = words.exec(text(mail));
          if (found) return true;
        }
        return false;
      },
      { message: `a mail to ${address} with ${words}`, timeout: 20_000 },
    )
    .toBe(true);
  return found!;
}

/** Opens the invitation from the mail, chooses a password, and stands at the first page of the new account. */
export async function acceptInvitation(naru: Server, page: Page, address: string): Promise<void> {
  const [link] = await mailTo(naru, address, /https?:\/\/\S+\/invitation#[\w.~-]+/);
  await page.goto(link);
  await expect(page.locator('#email')).toHaveValue(address);
  await speak(page);
  // the token has left the address bar, so the language control asks for the link again
  if (!(await page.locator('#email').isVisible())) await page.goto('about:blank').then(() => page.goto(link));
  await page.fill('#new_password', PASSWORD);
  await page.locator('form[action="/invitation/accept"] button').click();
  await expect(page).not.toHaveURL(/invitation/);
  await speak(page);
}

function heads(part: string): Record<string, string> {
  const lines = part.split(/\r?\n\r?\n/, 1)[0]!.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** All text parts, decoded, one after the other. */
function text(part: string): string {
  const head = heads(part);
  const body = part.slice(part.search(/\r?\n\r?\n/)).replace(/^\r?\n\r?\n/, '');
  const boundary = /boundary="?([^";]+)"?/.exec(head['content-type'] ?? '')?.[1];
  if (boundary) return body.split(`--${boundary}`).slice(1, -1).map((each) => text(each.replace(/^\r?\n/, ''))).join('\n');
  switch (head['content-transfer-encoding']?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable': {
      const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString('utf8');
    }
    default:
      return body;
  }
}
