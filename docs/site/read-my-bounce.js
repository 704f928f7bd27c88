// The page "Read my bounce".
import { start } from './engine.js';
import { repliesOf } from './message.js';
import { literals } from './marks.js';

const ACTIONS = {
  none: 'Nothing to do', retry: 'Try again later', 'slow-down': 'Slow down, then try again', 'retry-elsewhere': 'Try from another address or through another host',
  suppress: 'Do not write to this recipient again', 'fix-message': 'Change the message', 'fix-sender': "Put the sender's set-up right",
  'request-delisting': 'Ask for delisting', review: 'Have somebody look at it',
};
const SCOPES = {
  message: 'this one message', recipient: "the recipient's mailbox or address", 'recipient-domain': "the recipient's domain", sender: "the sender's address or account",
  'sender-domain': "the sender's domain", 'sender-ip': 'the sending IP address', connection: 'the connection', receiver: 'the receiving system',
};
const SUPPRESS = { no: 'keep the address', 'if-repeated': 'remove the address only if this happens again over several days', yes: 'remove the address from your list' };
const REMOVAL = { 'if-repeated': 'Remove the recipient only if it happens again over several days', yes: 'Remove the recipient from your list' };
const PERMANENCE = { permanent: 'permanent', transient: 'temporary', none: 'nothing failed', null: 'not said whether permanent or temporary' };
const BASIS = {
  'provider-rule': 'a rule for these very words', phrase: 'a general phrase', 'enhanced-code': 'the enhanced status code alone',
  'basic-code': 'the reply code alone', nothing: 'nothing in the catalogue fits',
};

const here = new URL('.', import.meta.url);
const form = document.getElementById('bounce-form');
const box = document.getElementById('bounce-text');
const host = document.getElementById('bounce-host');
const results = document.getElementById('bounce-results');
const status = document.getElementById('bounce-status');

const make = (name, text, className) => Object.assign(document.createElement(name), text === undefined ? {} : { textContent: text }, className ? { className } : {});

/** The reply with its fields marked, and beside them the words by which the rule knows it. */
function replyText(text, verdict) {
  const spans = verdict.fields.map(({ from, to, name, type }) => ({ from, to, name, type }));
  for (const [from, to] of literals(verdict.page, text)) {
    let at = from;
    for (const field of [...spans].filter(span => span.name).sort((a, b) => a.from - b.from)) {
      if (field.to <= at || field.from >= to) continue;
      if (field.from > at) spans.push({ from: at, to: field.from });
      at = field.to;
    }
    if (at < to) spans.push({ from: at, to });
  }
  spans.sort((a, b) => a.from - b.from);
  const element = make('p', undefined, 'bounce-reply');
  let at = 0;
  for (const span of spans) {
    if (span.from < at) continue;
    element.append(text.slice(at, span.from));
    const mark = make('mark', text.slice(span.from, span.to), span.name ? 'field' : 'words');
    if (span.name) mark.title = `${span.name} (${span.type})`;
    element.append(mark);
    at = span.to;
  }
  element.append(text.slice(at));
  return element;
}

function facts(rows) {
  const list = make('dl');
  for (const [name, value] of rows) {
    if (!value) continue;
    const what = make('dd');
    what.append(value);
    list.append(make('dt', name), what);
  }
  return list;
}

/** Seconds as a reader says them. */
function duration(seconds) {
  const [size, unit] = [[3600, 'hour'], [60, 'minute'], [1, 'second']].find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second'];
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

const entryAddress = page => path_to_root + page.replace(/\.md(?=#|$)/, '.html');

function card({ text, mx, recipient }, verdict) {
  const article = make('article', undefined, `bounce-verdict ${verdict.permanence ?? 'unknown'}`);
  article.append(make('h2', verdict.title));
  const lead = make('p', undefined, 'bounce-lead');
  const about = verdict.action === 'suppress' && verdict.suppress !== 'no' ? REMOVAL[verdict.suppress] : ACTIONS[verdict.action];
  lead.append(make('strong', about), ` · ${PERMANENCE[verdict.permanence]}`);
  article.append(lead, replyText(text, verdict));
  if (verdict.explanation) article.append(make('p', verdict.explanation));
  if (verdict.page) {
    const more = make('p');
    more.append(Object.assign(make('a', 'The whole entry, with what to do step by step'), { href: entryAddress(verdict.page) }));
    article.append(more);
  }
  const fields = verdict.fields.length > 0 ? facts(verdict.fields.map(({ name, value }) => [name, make('code', value)])) : '';
  if (fields) fields.className = 'bounce-fields';
  article.append(facts([
    ['About', SCOPES[verdict.scope]],
    ['The recipient', SUPPRESS[verdict.suppress]],
    ['Wait', verdict.retry_after === null ? '' : duration(verdict.retry_after)],
    ['Who speaks', verdict.provider_name ?? ''],
    ['Answered by', mx ?? ''],
    ['For', recipient ?? ''],
    ['Fields', fields],
    ['Rests on', BASIS[verdict.basis]],
    ['Rule', verdict.rule ? make('code', verdict.rule) : ''],
  ]));
  article.dataset.verdict = JSON.stringify({ ...verdict, fields: Object.fromEntries(verdict.fields.map(({ name, value }) => [name, value])) });
  return article;
}

async function run(classify) {
  const replies = await repliesOf(box.value, text => classify(text).basis);
  const given = host.value.trim();
  const shown = replies.slice(0, 50).map(reply => {
    const mx = given || reply.mx || '';
    return card({ ...reply, mx: reply.mx && !given ? reply.mx : undefined }, classify(reply.text, mx, reply.stage));
  });
  results.replaceChildren(...shown);
  const count = replies.length === 1 ? 'One reply read.' : `${replies.length} replies read${replies.length > 50 ? '; the first 50 are shown' : ''}.`;
  if (shown.length > 0) status.scrollIntoView({ block: 'start' });
  status.textContent = replies.length === 0 ? 'Paste a reply or a bounce message first.' : count;
}

try {
  const classify = await start(new URL('rules.wasm', here));
  form.addEventListener('submit', event => {
    event.preventDefault();
    run(classify).catch(error => { status.textContent = `This could not be read: ${error.message}`; });
  });
  for (const button of document.querySelectorAll('[data-example]')) {
    button.addEventListener('click', () => {
      box.value = button.dataset.example.replaceAll('\\n', '\n');
      form.requestSubmit();
    });
  }
  const open = async chosen => {
    if (!chosen) return;
    // What a server says stands at the top; what came back with it may be long.
    box.value = await chosen.slice(0, 1 << 20).text();
    form.requestSubmit();
  };
  document.getElementById('bounce-file').addEventListener('change', event => open(event.target.files[0]));
  form.addEventListener('dragover', event => event.preventDefault());
  form.addEventListener('drop', event => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  form.querySelector('button[type=submit]').disabled = false;
  document.documentElement.dataset.engine = 'ready';
  // What the search has taken along.
  const taken = sessionStorage.getItem('bounce');
  if (taken) {
    sessionStorage.removeItem('bounce');
    box.value = taken;
    form.requestSubmit();
  }
} catch (error) {
  status.textContent = `The classifier is not part of this copy of the book (${error.message}). Build it with .ci/book, where a compiler for WebAssembly is at hand; until then, use the search.`;
  document.documentElement.dataset.engine = 'missing';
}
