// What somebody pastes: a reply, several, a line of a log, or a whole bounce message. Returns the replies in it.
import PostalMime from './vendor/postal-mime.js';

/** `[{ text, mx, recipient }]`; `knows(text)` tells whether the classifier recognises the words. */
export async function repliesOf(pasted, knows) {
  const text = pasted.replace(/\r\n?/g, '\n').trim();
  if (!text) return [];
  const reported = looksLikeMessage(text) ? await fromMessage(text, knows) : fromReport(text);
  return unique(reported.length > 0 ? reported : fromText(text, knows));
}

const looksLikeMessage = text => /^[!-9;-~]+:[ \t].*\n(?:[!-9;-~]+:.*\n|[ \t].*\n)+/.test(text) && /^(content-type|mime-version|subject):/im.test(text);

async function fromMessage(text, knows) {
  const message = await new PostalMime().parse(text);
  const reports = message.attachments.filter(part => /^message\/(global-)?delivery-status$/i.test(part.mimeType));
  const replies = reports.flatMap(part => fromReport(new TextDecoder().decode(part.content)));
  if (replies.length > 0) return replies;
  const body = message.text ?? (message.html ?? '').replace(/<[^>]*>/g, ' ');
  return fromReport(body).concat(fromText(body, knows));
}

/** The groups of fields of a delivery report (RFC 3464), also where somebody pasted only that part. */
function fromReport(text) {
  const groups = text.replace(/\n[ \t]+(?=\S)/g, ' ').split(/\n\s*\n/);
  return groups.flatMap(group => {
    const field = name => group.match(new RegExp(`^[ \\t>]*${name}:[ \\t]*(.*)$`, 'im'))?.[1].trim();
    const value = name => field(name)?.replace(/^[\w-]+\s*;\s*/, '');
    const said = field('Diagnostic-Code');
    const reply = said && !/^x-unix/i.test(said) ? value('Diagnostic-Code') : undefined;
    return reply ? [{ text: reply, mx: value('Remote-MTA')?.split(/[\s(]/)[0], recipient: value('Final-Recipient') ?? value('Original-Recipient') }] : [];
  });
}

const CODE = /(?:^|[^\d.])[245]\d\d(?:[ -]|$)|(?:^|[^\d.])[45]\.\d{1,3}\.\d{1,3}(?:[^\d.]|$)/;

/** Paragraphs and lines of a text that hold a reply. */
function fromText(text, knows) {
  const lines = text.split('\n').map(line => line.replace(/^[ \t>]+/, '').trimEnd());
  const single = [{ text: lines.join('\n') }];
  if (lines.length === 1) return single;
  if (lines.every(line => /^[245]\d\d(?:[ -]|$)/.test(line))) return multiline(lines);
  const paragraphs = lines.join('\n').split(/\n{2,}/);
  const found = paragraphs.flatMap(paragraph => {
    const each = paragraph.split('\n').filter(line => /^(?:smtp;\s*)?[245]\d\d[ -]/.test(line) || (/said:|status=|stat=|dsn=/.test(line) && CODE.test(line)));
    const whole = paragraph.replace(/\n/g, ' ');
    if (each.length > 1) return multiline(each);
    return CODE.test(whole) && knows(whole) ? [{ text: whole }] : [];
  });
  return found.length > 0 ? found : single;
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

function unique(replies) {
  const seen = new Set();
  return replies.filter(({ text, recipient }) => {
    const key = `${text}\n${recipient ?? ''}`;
    return text && !seen.has(key) && seen.add(key);
  });
}
