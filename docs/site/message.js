// What somebody pastes: a reply, several, lines of a log, or a whole bounce message. Returns the replies in it.
import PostalMime from './vendor/postal-mime.js';

/** `[{ text, mx, recipient, stage }]`; `basis(text)` tells on what the classifier's verdict rests. */
export async function repliesOf(pasted, basis) {
  const knows = text => basis(text) !== 'nothing';
  const byWords = ({ text }) => /^(?:provider-rule|phrase)$/.test(basis(text));
  const text = pasted.replace(/\r\n?/g, '\n').trim().replace(/^>?From \S+ .*\n(?=[!-9;-~]+:)/, '');
  if (!text) return [];
  const reported = looksLikeMessage(text) ? await fromMessage(text, knows) : /^[[{]/.test(text) ? fromEvents(text) : fromReport(text);
  const replies = unique(reported.length > 0 ? reported : fromText(text, knows));
  // A line that holds a code and nothing else tells nothing more where another line says why.
  return replies.some(byWords) ? replies.filter(reply => byWords(reply) || reply.recipient || reply.mx || REPLY.test(reply.text)) : replies;
}

const looksLikeMessage = text => /^[!-9;-~]+:[ \t].*\n(?:[!-9;-~]+:.*\n|[ \t].*\n)+/.test(text) && /^(content-type|mime-version|subject):/im.test(text);

async function fromMessage(text, knows) {
  const message = await new PostalMime().parse(text);
  const decoded = part => new TextDecoder().decode(part.content);
  const reports = message.attachments.filter(part => /^message\/(global-)?delivery-status$/i.test(part.mimeType));
  const replies = reports.flatMap(part => fromReport(decoded(part)));
  if (replies.length > 0) return replies;
  const body = message.text ?? plain(message.html ?? '');
  const said = fromReport(body).concat(fromText(body, knows));
  if (said.some(({ text }) => knows(text))) return said;
  // No words at all: then the status codes of the report stand alone.
  const bare = reports.flatMap(part => fromReport(decoded(part), true));
  return bare.length > 0 ? bare : said;
}

/** What a sending service tells of bounces in JSON: every text in it that is a reply. */
function fromEvents(text) {
  const found = [];
  const walk = (value, recipient) => {
    if (Array.isArray(value)) value.forEach(each => walk(each, recipient));
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
    const named = Object.entries(value).find(([key, own]) => /^(?:email|emailaddress|recipient|rcpt|rcpt_to|to)$/i.test(key) && typeof own === 'string')?.[1];
    for (const [key, own] of Object.entries(value)) {
      if (typeof own !== 'string') { walk(own, named ?? recipient); continue; }
      if (/^[[{]/.test(own.trim())) { try { walk(JSON.parse(own), named ?? recipient); continue; } catch { /* a text after all */ } }
      const reply = own.replace(/^[\w-]+; ?(?=[245]\d\d)/, '').trim();
      if (/diagnostic|reason|message|desc|detail|response|error|output/i.test(key) && CODE.test(reply)) found.push({ recipient: named ?? recipient, ...(within(reply) ?? { text: reply }) });
    }
  };
  try {
    // One value, or one on each line.
    try { walk(JSON.parse(text)); } catch { text.split('\n').filter(line => line.trim()).forEach(line => walk(JSON.parse(line))); }
  } catch {
    return [];
  }
  return found;
}

/** A page as its text. The parser runs no scripts and loads nothing. */
function plain(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll('script, style, head, template')) element.remove();
  for (const element of page.querySelectorAll('br')) element.replaceWith('\n');
  for (const element of page.querySelectorAll('p, div, tr, li, table, blockquote, pre, h1, h2, h3, hr')) { element.before('\n\n'); element.after('\n\n'); }
  for (const element of page.querySelectorAll('td, th')) element.after(' ');
  return page.body.textContent.replace(/[ \t\u00a0]+/g, ' ').replace(/ *\n */g, '\n');
}

/** The groups of fields of a delivery report (RFC 3464), also where somebody pasted only that part. */
function fromReport(text, statusAlone = false) {
  const groups = text.replace(/\n[ \t]+(?=\S)/g, ' ').split(/\n\s*\n/);
  return groups.flatMap(group => {
    const field = name => group.match(new RegExp(`^[ \\t>]*${name}:[ \\t]*(.*)$`, 'im'))?.[1].trim();
    const value = name => field(name)?.replace(/^[\w-]+\s*;\s*/, '');
    const said = field('Diagnostic-Code');
    const words = said && !/^x-unix/i.test(said) ? value('Diagnostic-Code') : undefined;
    const reply = words || (statusAlone && field('Final-Recipient') ? field('Status')?.match(/^[245]\.\d+\.\d+/)?.[0] : undefined);
    if (!reply) return [];
    return [{ text: reply, mx: hostName(value('Remote-MTA')), recipient: value('Final-Recipient') ?? value('Original-Recipient') }];
  });
}

const hostName = text => text?.split(/[\s(]/)[0].replace(/\.$/, '') || undefined;

const CODE = /(?:^|[^\d.])[245]\d\d(?:[ -]|$)|(?:^|[^\d.])[45]\.\d{1,3}\.\d{1,3}(?:[^\d.]|$)/;
const REPLY = /^(?:smtp;\s*)?[245]\d\d[ -]/;

// Below one of these stands the message that came back, and nothing of what a server said.
const COPY = new RegExp([
  '^-+ ?(?:This is a copy of (?:the|your) message|Below this line is a copy of the message|Original message|Undelivered message|Returned message|Unsent message|Message header|Ursprüngliche Nachricht)',
  '^(?:Original message headers?|Original message|Ursprüngliche Nachrichtenkopfzeilen|En-têtes de message d.origine|Encabezados de mensajes? original(?:es)?):',
].map(pattern => `(?:${pattern})`).join('|'), 'imu');

/** Paragraphs and lines of a text that hold a reply. */
function fromText(text, knows) {
  const copy = text.search(COPY);
  const kept = (copy > 0 ? text.slice(0, copy) : text).trimEnd();
  const lines = kept.split('\n').map(line => line.replace(/^(?:[ \t]|>(?!>>))+/, '').trimEnd());
  if (lines.length === 1) return [within(lines[0]) ?? { text: lines[0] }];
  if (lines.every(line => REPLY.test(line) || /^[245]\d\d$/.test(line))) return multiline(lines);
  const paragraphs = lines.join('\n').split(/\n{2,}/);
  const found = paragraphs.flatMap((paragraph, place) => {
    // An address on a line of its own is whom the next paragraph is about.
    const about = addressOf(paragraph) ?? (place > 0 && paragraphs[place - 1].length < 120 ? addressOf(paragraphs[place - 1]) : undefined);
    const told = reply => ({ ...reply, recipient: reply.recipient ?? about });
    const own = paragraph.split('\n');
    if (own.some(line => line.startsWith('<<< '))) return transcript(own).map(told);
    const logged = own.filter(line => /status=|stat=|dsn=|returned:? ?['"]| (?:\*\*|==) \S+@/.test(line) && CODE.test(line));
    if (logged.length > 0) return logged.map(line => told(within(line) ?? { text: line }));
    const each = own.filter(line => REPLY.test(line));
    if (each.length > 1) {
      const before = within(`${own.slice(0, own.indexOf(each[0])).join(' ')} `);
      return multiline(each).map(reply => told({ ...before, ...reply }));
    }
    const inside = within(own.join(' ').trim());
    if (inside && CODE.test(inside.text)) return [told(inside)];
    // What stands before the one line with a code is the reporter's.
    const whole = own.slice(Math.max(own.indexOf(each[0]), 0)).join(' ').trim();
    return CODE.test(whole) && knows(whole) ? [told({ text: whole })] : [];
  });
  if (found.length > 0) return found;
  // Words without any code.
  const words = paragraphs.map(paragraph => paragraph.replaceAll('\n', ' ').trim());
  const known = words.map(text => ({ recipient: addressOf(text), ...(within(text) ?? { text }) })).filter(({ text }) => knows(text));
  const named = known.filter(({ recipient }) => recipient);
  const chosen = named.length > 0 ? named : known;
  return chosen.length > 0 ? chosen.slice(0, 5) : [{ text: lines.join('\n').trim() }];
}

const addressOf = text => /(?:^|\n|\bto=|\*\* |== )<?([^\s<>,;:="'()]+@[^\s<>,;:="'()]+)>?(?=[:,\s]|$)/u.exec(text)?.[1];

// What the programs that write bounces put before the reply they quote.
const SAID = new RegExp([
  '\\bsaid: ?', // Postfix
  'SMTP error from remote (?:mail ?server|mailer)(?: after [^:]*(?::<[^>]*>)?(?: SIZE=\\d+)?)?: ?', // Exim
  'Remote host said: ?', // qmail
  '\\(reason: ', // Sendmail
  "(?:Remote server|Server at) [^'\"]*?returned:? ?['\"]?", '\\bError: (?=[245]\\d\\d )', 'gave this error: ?', 'Reported error: ?', '\\S #(?=[245]\\d\\d )', // Exchange
  '(?:error|response)(?: that the other server returned)? was: ?', // Gmail
].join('|'), 'gi');
// Where the host that said it is named, in what stands before.
const HOST = '((?:[\\w-]+\\.)+[\\w-]+)';
const HOSTS = [`\\bhost ${HOST}\\.? ?\\[`, `\\bH=${HOST} \\[`, `\\brelay=${HOST}\\.?[,[ ]`, `${HOST} #$`, `\\bby ${HOST}\\.(?: \\[|\\s)`, `${HOST} gave this error:`, `server at ${HOST}`]
  .map(pattern => new RegExp(pattern, 'i'));
const COMMAND = /\(in reply to ([A-Za-z ]+?)(?: command)?\)|SMTP error from remote mail server after (?:pipelined )?(initial connection|end of data|[A-Z]+(?: FROM| TO)?)/;
const STAGES = {
  'initial connection': 'connect', helo: 'ehlo', ehlo: 'ehlo', starttls: 'starttls', auth: 'auth', 'mail from': 'mail', mail: 'mail', 'rcpt to': 'rcpt', rcpt: 'rcpt', data: 'data',
  'end of data': 'end-of-data',
};

/** The reply in a line that tells of it, such as `<a@b>: host mx.b[192.0.2.1] said: 550 …`. Nothing where there is none. */
function within(line) {
  if (REPLY.test(line)) return undefined; // It opens with a code: all of it is the reply.
  const last = [...line.matchAll(SAID)].at(-1);
  const from = last ? last.index + last[0].length : 0;
  const head = last ? line.slice(0, from) : /\brelay=|\bH=/.test(line) ? line : '';
  if (!head) return undefined;
  const mx = HOSTS.map(pattern => pattern.exec(head)?.[1]).find(Boolean);
  const command = COMMAND.exec(line);
  const stage = STAGES[(command?.[1] ?? command?.[2])?.toLowerCase()];
  let text = line.slice(from);
  if (last) text = text.replace(/ ?\(in reply to [A-Za-z ]+\)\)?\s*$/, '').replace(/ Giving up on \S+$/, '').replace(/ ?##.*$/s, '').replace(/^smtp; ?/i, '').trim();
  if (last?.[0].startsWith('(')) text = text.replace(/\)$/, '');
  if (/returned/i.test(last?.[0] ?? '')) text = text.replace(/['"]$/, '');
  return { text, mx, recipient: addressOf(head), stage };
}

/** What a server said in the transcript of a session. What only follows from an earlier refusal is left out. */
function transcript(lines) {
  const mx = /talking to ([\w-]+(?:\.[\w-]+)+)/.exec(lines.join(' '))?.[1];
  const replies = multiline(lines.filter(line => line.startsWith('<<< ')).map(line => line.slice(4)));
  const first = replies.filter(({ text }) => !/^503/.test(text));
  return (first.length > 0 ? first : replies).map(reply => ({ ...reply, mx }));
}

/** Lines that each open with a code: `550-…` goes on, `550 …` ends a reply. */
function multiline(lines) {
  const replies = [];
  let open = false;
  for (const line of lines) {
    if (open) replies[replies.length - 1] += '\n' + line;
    else replies.push(line);
    open = /^(?:smtp;\s*)?\d{3}-/.test(line);
  }
  return replies.map(text => ({ text }));
}

/** Each once; the one that says for whom it is, where the same is told twice. */
function unique(replies) {
  const kept = [];
  for (const reply of replies) {
    if (!reply.text) continue;
    const same = kept.find(({ text, recipient }) => text === reply.text && (!recipient || !reply.recipient || recipient === reply.recipient));
    if (same) Object.assign(same, { mx: same.mx ?? reply.mx, recipient: same.recipient ?? reply.recipient, stage: same.stage ?? reply.stage });
    else kept.push({ ...reply });
  }
  return kept;
}
