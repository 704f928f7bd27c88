// The page "Read my bounce" gives the verdicts of the command.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { book } from './book.js';

const verdicts = new URL('../../target/browser/verdicts.jsonl', import.meta.url);
const replies = new URL('../../target/browser/replies.jsonl', import.meta.url);
const lines = async file => (await readFile(file, 'utf8')).trim().split('\n').map(line => JSON.parse(line));
const skip = existsSync(new URL('../../target/book/site/rules.wasm', import.meta.url)) ? false : 'SKIPPED: the book was built without rules.wasm';
if (skip) console.error(skip);

let site;
let page;
before(async () => {
  site = await book();
  page = await site.open('read-my-bounce.html');
  await page.waitForFunction(() => document.documentElement.dataset.engine);
});
after(() => site.close());

async function read(text, host = '') {
  await page.fill('#bounce-text', text);
  await page.fill('#bounce-host', host);
  // The answer to the reading before is still there.
  await page.evaluate(() => { document.getElementById('bounce-status').textContent = ''; });
  await page.click('#bounce-form button[type=submit]');
  await page.waitForFunction(() => document.getElementById('bounce-status').textContent !== '');
  return page.$$eval('.bounce-verdict', all => all.map(one => JSON.parse(one.dataset.verdict)));
}

const report = body => `From: Mail Delivery System <MAILER-DAEMON@mail.example.com>
To: news@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="XXXX"

This is a MIME-encapsulated message.

--XXXX
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

${body}
--XXXX
Content-Type: message/rfc822

Subject: 550 5.1.1 no reply at all

Hello
--XXXX--
`;

const FIELDS = `Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; someone@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <someone@example.net>: Recipient address
    rejected: User unknown in virtual mailbox table

Final-Recipient: rfc822; other@example.net
Action: failed
Status: 5.2.2
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
`;

const CATEGORIES = ['recipient-unknown', 'mailbox-full'];
const categories = all => all.map(verdict => verdict.category);

test('the replies of the page about 421, as the command reads them', { skip }, async () => {
  const [given, wanted] = [await lines(replies), await lines(verdicts)];
  assert.equal(given.length, 22);
  assert.equal(wanted.length, given.length);
  for (const [place, reply] of given.entries()) {
    const [verdict, ...more] = await read(reply.text, reply.mx ?? '');
    assert.deepEqual(more, []);
    const shown = Object.fromEntries(Object.keys(wanted[place]).map(key => [key, verdict[key]]));
    assert.deepEqual(shown, wanted[place], reply.text);
  }
});

test('a report in plain text, in base64 and in quoted-printable', { skip }, async () => {
  const part = (coding, text) => report(`--XXXX\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: ${coding}\n\n${text}`);
  const base64 = Buffer.from(FIELDS).toString('base64').replace(/(.{76})/g, '$1\n');
  assert.deepEqual(categories(await read(part('7bit', FIELDS))), CATEGORIES);
  assert.deepEqual(categories(await read(part('base64', base64))), CATEGORIES);
  assert.deepEqual(categories(await read(part('quoted-printable', FIELDS.replaceAll('=', '=3D').replace('Recipient address\n    rej', 'Recipient addr=\ness\n    rej')))), CATEGORIES);
  assert.deepEqual(categories(await read(FIELDS)), CATEGORIES);
});

test('the host in a report counts', { skip }, async () => {
  const [verdict] = await read('Final-Recipient: rfc822; someone@example.com\nStatus: 5.5.0\nRemote-MTA: dns; mx1.hotmail.com\nDiagnostic-Code: smtp; 550 5.5.0 Requested action not taken: mailbox unavailable');
  assert.equal(verdict.provider, 'outlook-com');
});

test('a message in words, without a report', { skip }, async () => {
  const text = 'Your message could not be delivered.\n\n<someone@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1\n    <someone@example.net>: Recipient address rejected: User unknown in virtual\n    mailbox table (in reply to RCPT TO command)\n';
  assert.deepEqual(categories(await read(text)), ['recipient-unknown']);
});

test('several replies, and one of several lines', { skip }, async () => {
  const all = await read('552 5.2.2 Mailbox full\n550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 User unknown');
  assert.deepEqual(categories(all), ['mailbox-full', 'recipient-unknown']);
});

// Whole messages, pieces of them and logs, as people have them in their hands.
const bounces = new URL('bounces/', import.meta.url);
for (const [name, wanted] of Object.entries(JSON.parse(await readFile(new URL('expected.json', bounces), 'utf8')))) {
  test(`reads bounces/${name}`, { skip }, async () => {
    await read(await readFile(new URL(name, bounces), 'utf8'));
    const found = await page.$$eval('.bounce-verdict', all => all.map(one => {
      const fact = label => [...one.querySelectorAll('dt')].find(term => term.textContent === label)?.nextSibling.textContent ?? null;
      return [JSON.parse(one.dataset.verdict).category, fact('For'), fact('Answered by')];
    }));
    assert.deepEqual(found, wanted);
  });
}

test('a saved message is opened', { skip }, async () => {
  await page.evaluate(() => { document.getElementById('bounce-status').textContent = ''; });
  await page.setInputFiles('#bounce-file', new URL('qmail.eml', bounces).pathname);
  await page.waitForFunction(() => document.getElementById('bounce-status').textContent === '2 replies read.');
});

test('what nobody knows, and nothing at all', { skip }, async () => {
  assert.deepEqual(categories(await read('good morning')), ['unclassified']);
  await page.fill('#bounce-text', '  ');
  // The answer to the reading before is still there.
  await page.evaluate(() => { document.getElementById('bounce-status').textContent = ''; });
  await page.click('#bounce-form button[type=submit]');
  await page.waitForFunction(() => /Paste a reply/.test(document.getElementById('bounce-status').textContent));
});

test('fields and words are marked, the link leads to the entry', { skip }, async () => {
  await read('421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints');
  assert.deepEqual(await page.$$eval('.bounce-reply mark.field', marks => marks.map(mark => mark.textContent)), ['TSS04', '192.0.2.7']);
  assert.ok((await page.$$eval('.bounce-reply mark.words', marks => marks.map(mark => mark.textContent).join(''))).includes('temporarily deferred'));
  const underlined = async text => (await read(text), page.$$eval('.bounce-reply mark.words', marks => marks.map(mark => mark.textContent.trim()).filter(Boolean)));
  assert.deepEqual(await underlined('552 5.2.2 Mailbox full'), ['Mailbox full']);
  // In a reply of several lines the words are marked on each of them, and the codes that open the lines are not.
  const lines = '550-5.1.1 The email account that you tried\n550-5.1.1 to reach does not exist. Please try\n550 5.1.1 double-checking the address - gsmtp';
  assert.deepEqual(await underlined(lines), ['The email account that you tried', 'to reach does not exist']);
  await read('421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred');
  const link = await page.getAttribute('.bounce-verdict a', 'href');
  const entry = await site.open(link);
  assert.ok(await entry.$(`[id="${link.split('#')[1]}"]`), link);
});

test('markup in a reply stays text', { skip }, async () => {
  await read('550 5.1.1 <img src=x onerror="document.title=1"> user unknown');
  assert.ok((await page.textContent('.bounce-reply')).includes('<img'));
  assert.equal(await page.$('.bounce-reply img'), null);
});

test('no console errors, nothing is sent', { skip }, () => assert.deepEqual(page.problems, []));
