// Every kind of page: fits the screen, no errors, no requests elsewhere, accessible.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { book, DESKTOP, PHONE } from './book.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('../../target/browser/', import.meta.url));
const PAGES = [
  'README.html', 'read-my-bounce.html', 'codes/450.html', 'codes/README.html', 'enhanced/x.2.html', 'providers/yahoo.html', 'categories/mailbox-full.html',
  'codes/421.html', 'providers/google.html', 'phrases/en.html', 'phrases/en/mailbox-full.html', 'phrases/ja.html', 'delisting.html', 'guide/delisting.html', 'guide/authentication.html', 'guide/performance.html', 'guide/pages.html', 'own-codes.html', 'codes/550.html', 'codes/550/mailbox-providers.html', 'phrases/en/sender-rejected.html',
];

let site;
before(async () => {
  await mkdir(shots, { recursive: true });
  site = await book();
});
after(() => site.close());

for (const path of PAGES) {
  for (const [name, options] of [['desktop', { size: DESKTOP }], ['desktop-dark', { size: DESKTOP, dark: true }], ['phone-dark', { size: PHONE, dark: true }]]) {
    test(`${path} on ${name}`, async () => {
      const page = await site.open(path, options);
      if (path === 'read-my-bounce.html') {
        await page.waitForFunction(() => document.documentElement.dataset.engine);
        if (await page.evaluate(() => document.documentElement.dataset.engine) === 'ready') {
          await page.click('[data-example]');
          await page.waitForSelector('.bounce-verdict');
        } else page.problems.length = 0; // The missing module is an error in the console.
      }
      if (path === 'README.html') {
        await page.fill('#book-search-query', '550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org');
        await page.waitForSelector('.search-results a');
      }
      await page.screenshot({ path: `${shots}${path.replaceAll('/', '-').replace('.html', '')}-${name}.png` });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels wider than the screen`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const grave = violations.filter(({ impact }) => impact !== 'minor');
      assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' ')}`), []);
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });
  }
}

test('links out of the book lead to the repository', async () => {
  const page = await site.open('providers/yahoo.html');
  const links = await page.$$eval('main a', links => links.map(link => link.href).filter(href => href.includes('/catalogue/')));
  assert.ok(links.length > 10);
  for (const link of links) assert.match(link, /\/blob\/HEAD\/catalogue\/providers\/yahoo\.yaml#L\d+$/);
  await page.context().close();
});
