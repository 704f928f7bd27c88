// Which words of a reply a rule knows it by.

/** The wordings of every rule, by its entry, from what the search looks through. */
function load() {
  const read = () => new Map(window.searchEntries.map(([path, , , , texts]) => [path, texts]));
  if (window.searchEntries) return read();
  return new Promise(done => {
    const script = document.createElement('script');
    script.src = path_to_root + 'site/search-entries.js';
    script.onload = () => done(read());
    // Without them the fields are still marked.
    script.onerror = () => done(new Map());
    document.head.append(script);
  });
}

const wordings = await load();

/** The ranges of the reply that a rule's wording has word for word: of the wording that covers most. */
export function literals(page, reply) {
  let best = [];
  for (const wording of wordings.get(page) ?? []) {
    const found = cover(wording, reply);
    if (covered(found) > covered(best)) best = found;
  }
  return best;
}

const covered = ranges => ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** White space, and the codes that open the next line of a reply. */
const SPACE = '(?:\\s+(?:[245]\\d\\d[\\x20-])?(?:[245]\\.\\d+\\.\\d+\\s+)?)';

/** `‹ip›` stands for anything, `‹a|b›` for one of the words, of which an empty one takes the space beside it along. */
function cover(wording, reply) {
  const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/^\s+|\s+$/g, SPACE + '?').replace(/\s+/g, SPACE);
  const pieces = wording.split(/(‹[^›]*›)/).map(piece => {
    if (!piece.startsWith('‹')) return `(${escape(piece)})`;
    const inner = piece.slice(1, -1);
    return inner.includes('|') ? `(${inner.split('|').map(escape).join('|')})` : '.*?';
  });
  const found = new RegExp(pieces.join(''), 'disu').exec(reply);
  const ranges = found ? found.indices.slice(1).filter(range => range && range[1] > range[0]) : [];
  // Pieces side by side are one.
  const joined = ranges.reduce((joined, [from, to]) => {
    const last = joined.at(-1);
    if (last?.[1] === from) last[1] = to;
    else joined.push([from, to]);
    return joined;
  }, []);
  return joined.flatMap(range => lines(range, reply));
}

/** The range without what opens the lines of a reply: the codes are not the wording's words. */
function lines([from, to], reply) {
  const found = [];
  let at = from;
  for (const gap of reply.slice(from, to).matchAll(new RegExp(SPACE, 'g'))) {
    if (gap.index > 0 && !/[\r\n\d]/.test(gap[0])) continue;
    if (from + gap.index > at) found.push([at, from + gap.index]);
    at = from + gap.index + gap[0].length;
  }
  if (to > at) found.push([at, to]);
  return found;
}
