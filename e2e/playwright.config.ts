// Debian's Chromium, one worker (all tests share one running Naru), each test as desktop and phone, Korean and English.
import { defineConfig } from '@playwright/test';
import type { Options } from './naru.ts';

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

// The daily loop and the look at each page run in all four ways. What goes into depth runs on a Korean desktop and an
// English phone, so that both languages and both sizes are seen and the run stays short; NARU_E2E_ALL=1 runs all in all.
const inDepth = process.env.NARU_E2E_ALL ? [] : [/(editor|evaluation|lifecycle|matching|review|versions)\.spec\.ts$/];

export default defineConfig<object, Options>({
  testDir: 'specs',
  outputDir: 'test-results',
  workers: 1,
  forbidOnly: true,
  // On two busy cores a deadline can be missed once; such a test is named as flaky in the report.
  retries: process.env.CI ? 1 : 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    timezoneId: 'Asia/Seoul',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.NARU_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop-ko', use: { ...desktop, locale: 'ko-KR' } },
    { name: 'phone-ko', use: { ...phone, locale: 'ko-KR' }, testIgnore: inDepth },
    { name: 'desktop-en', use: { ...desktop, locale: 'en-US' }, testIgnore: inDepth },
    { name: 'phone-en', use: { ...phone, locale: 'en-US' } },
  ],
});
