// The five questions by which the pages are judged, as somebody asks them who has nothing but a bounce: by the search and by the
// links alone, on a desk and on a phone. `docs/guide/five-questions.md` tells what came out; with `SHOW=1` the figures are printed.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { book, DESKTOP, PHONE } from './book.js';

let site;
before(async () => { site = await book(); });
after(() => site.close());

// `says` stands on the first screen after the last click; `short` is the least that somebody has to type.
const QUESTIONS = [
  { asked: 'I got S3150 from Hotmail', short: 'S3150', entry: 'providers/outlook-com.html#network-on-block-list', says: /if it is rented, your provider has to do so/, way: ['Outlook.com', 'Network on block list (S3150, S3140)'] },
  { asked: 'what is IB504', short: 'IB504', entry: 'providers/godaddy.html#ib504', says: /per hour|an hour/, way: ['all of them, in the order of the alphabet', 'I', 'IB504'] },
  { asked: '421 RP-001', short: 'RP-001', entry: 'providers/outlook-com.html#rp-001', says: /Reduce the rate at once/, way: ['Outlook.com', 'RP-001'] },
  { asked: 'why does Gmail say 5.7.26', short: 'gmail 5.7.26', entry: /^providers\/google\.html#(unauthenticated|dmarc)/, says: /SPF|DKIM/, way: ['Google Gmail and Workspace', '550: ', 'Unauthenticated blocked'] },
  { asked: 'mailbox full: do I delete the address?', short: 'mailbox full', entry: /^(guide\/suppress|categories\/mailbox-full)\.html$/, says: /do not delete|keep/i, way: ['Is the address dead, or the mailbox only full?'] },
];

/** The text that answers, where it can be seen without scrolling. */
const answers = (page, says) => page.waitForFunction(source => {
  const says = new RegExp(source.split('/')[0], source.split('/')[1]);
  return [...document.querySelectorAll('main p, main li')].find(element => {
    const { top, bottom } = element.getBoundingClientRect();
    return says.test(element.textContent) && top >= 0 && bottom <= innerHeight;
  });
}, `${says.source.replaceAll('/', '.')}/${says.flags}`, { timeout: 5000 });

for (const [screen, size] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  for (const { asked, short, entry, says, way } of QUESTIONS) {
    const fits = link => (entry instanceof RegExp ? entry.test(link) : link === entry);

    test(`${asked}: found on a ${screen}`, async () => {
      const page = await site.open('README.html', { size });
      // A phone is some four times slower than the machine that tests.
      if (size === PHONE) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
      const began = Date.now();
      await page.fill('#book-search-query', asked);
      await page.waitForSelector('.search-results a');
      const listed = Date.now() - began;
      const first = () => page.$eval('.search-results a', link => link.getAttribute('href'));
      assert.ok(fits(await first()), `${asked}: ${await first()}`);
      // How few keys are enough.
      const keys = [];
      for (const typed of [short, asked]) {
        let length = 2;
        while (length < typed.length) {
          length += 1;
          await page.fill('#book-search-query', typed.slice(0, length));
          await page.waitForTimeout(size === PHONE ? 120 : 40);
          if (fits(await first().catch(() => ''))) break;
        }
        assert.ok(fits(await first()), `${typed}: ${await first()}`);
        keys.push(length);
      }
      await page.fill('#book-search-query', asked);
      await page.waitForTimeout(size === PHONE ? 200 : 60);
      // The first result can be seen, and clicked, above the keyboard of a phone.
      const { y } = await (await page.$('.search-results a')).boundingBox();
      assert.ok(y < size.height / 2, `the first result stands at ${Math.round(y)}`);
      const clicked = Date.now();
      await page.click('.search-results a');
      await page.waitForLoadState();
      await answers(page, says);
      if (process.env.SHOW) console.log(`${screen} | ${asked} | ${keys.join(' or ')} keys, 1 click, listed in ${listed} ms, open in ${Date.now() - clicked} ms`);
      assert.ok(listed < 4000 && keys[0] <= 12, `${listed} ms, ${keys} keys`);
      await page.context().close();
    });

    test(`${asked}: reached by links on a ${screen}`, async () => {
      const page = await site.open('README.html', { size });
      let scrolled = 0;
      for (const label of way) {
        const target = page.locator('main a, main summary').filter({ hasText: label }).filter({ visible: true });
        const exact = label.endsWith(' ') ? target : page.locator('main a').filter({ hasText: new RegExp(`^${label.replace(/[()?.]/g, '\\$&')}$`) }).filter({ visible: true });
        const at = await exact.first().evaluate(element => element.getBoundingClientRect().top / innerHeight);
        scrolled += Math.max(0, Math.floor(at));
        await exact.first().click();
        await page.waitForLoadState();
      }
      await answers(page, says);
      if (process.env.SHOW) console.log(`${screen} | ${asked} | ${way.length} clicks, ${scrolled} screens scrolled`);
      assert.ok(way.length <= 3 && scrolled <= 4, `${way.length} clicks, ${scrolled} screens`);
      await page.context().close();
    });
  }
}
