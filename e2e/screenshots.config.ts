// Renews docs/screenshots from the demo: npm run screenshots
import base from './playwright.config.ts';

export default { ...base, testDir: '.', testMatch: 'screenshots.ts', projects: [{ name: 'screenshots', use: { locale: 'ko-KR' } }] };
