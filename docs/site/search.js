// The book's search: finds a rule by any piece of its reply, and pages by their titles.
(() => {
  const LIMIT = 20;
  // Words of a question that say nothing about the reply.
  const FILLERS = new Set(('a about am an and any are as at be because been but by can could did do does for from get gets getting give gives got had has have how i if in into is it '
    + 'its keep keeps me mean meaning means my of on or our out said say saying says see should so tell that the their then there they this to us was we were what when '
    + 'where which who whose why will with would you your mail mails email emails message messages error errors bounce bounces bounced bouncing code reply server').split(' '));
  // Parts of providers' names and domains that are words of replies, too.
  const GENERAL = new Set('free home inbox mail open time'.split(' '));
  let index; // loaded when first needed

  const fold = text => text.toLowerCase().normalize('NFKC').replace(/(?<=\w)n['’]t\b/g, ' not').replace(/\s+/g, ' ').trim();
  // A provider's code is one word: `RP-001`, `RLY:B1`.
  const words = text => text.match(/[\p{L}\p{N}]+(?:[._:-][\p{L}\p{N}]+)*/gu) ?? [];

  function load() {
    index ??= new Promise((done, failed) => {
      if (window.searchEntries) { done(build(window.searchEntries, window.searchOwners)); return; }
      const script = document.createElement('script');
      script.src = path_to_root + 'site/search-entries.js';
      script.onload = () => done(build(window.searchEntries, window.searchOwners));
      script.onerror = () => failed(new Error('the search index could not be loaded'));
      document.head.append(script);
    });
    return index;
  }

  /** The entries with their folded texts, and for each word the entries that hold it. */
  function build(list, owners) {
    const known = new Map(); // how many replies of each page are known: the more, the likelier it is asked for
    for (const [path] of list) known.set(pageOf(path), (known.get(pageOf(path)) ?? 0) + 1);
    const topics = list.filter(([path]) => path.startsWith('categories/')).map(([, title, , , wordings]) => allWords(fold(`${title} ${wordings.join(' ')}`)));
    const entries = list.map(([path, title, owner, texts, wordings, answer, category]) => {
      const page = pageOf(path);
      const kind = answer === undefined ? page.split('/')[0] : 'rule';
      const bare = fold(title);
      const text = fold([...texts, ...wordings, ...(kind === 'rule' ? [] : [title])].join(' \n '));
      const names = allWords(fold(`${bare} ${owner} ${path.split('#')[1] ?? ''} ${(owners[page] ?? []).flat().join(' ')} ${kind === 'rule' ? '' : wordings.join(' ')}`));
      const likely = page.startsWith('phrases/en') ? 2.5 : page.startsWith('phrases/') ? 0 : Math.log10(known.get(page));
      return { path, title, owner, texts, text, names, topic: topics[category], titled: allWords(bare), kind, likely, bare, answer: window.searchAnswers?.[answer] };
    });
    const byWord = new Map();
    entries.forEach((entry, number) => {
      for (const word of new Set([...words(entry.text).flatMap(word => [word, ...(word.includes(':') ? word.split(':') : [])]), ...entry.names])) {
        if (!byWord.has(word)) byWord.set(word, []);
        byWord.get(word).push(number);
      }
    });
    return { entries, byWord, called: names(entries, byWord, owners) };
  }

  /** For each word by which people call a provider: its pages. A word that other entries have much more often says nothing. */
  function names(entries, byWord, owners) {
    const called = new Map();
    for (const { path, bare } of entries) {
      if (!(path in owners)) continue;
      const firsts = [bare, ...owners[path][0].map(fold)].map(name => words(name)[0] ?? '');
      const bracketed = words(bare.match(/\(.*\)/)?.[0] ?? '');
      for (const word of new Set([...firsts, ...firsts.map(first => first.split('.')[0]), ...bracketed])) {
        if (word.length < 3 || GENERAL.has(word)) continue;
        called.set(word, [...called.get(word) ?? [], path]);
      }
    }
    for (const [word, pages] of called) {
      const all = byWord.get(word) ?? [];
      const own = all.filter(number => pages.includes(pageOf(entries[number].path))).length;
      if (own < 0.12 * all.length) called.delete(word);
    }
    return called;
  }

  const pageOf = path => path.split('#')[0];

  /** `rp-001` is also `rp` and `001`, `hotmail.com` also `hotmail`. */
  const allWords = text => new Set(words(text).flatMap(word => [word, ...word.split(/[._:-]/)]));

  /** The entry of a code that stands by itself: `550`, `5.7.1`. */
  function codePage(word) {
    const [, subject, detail] = /^[245]\.(\d{1,3})\.(\d{1,3})$/.exec(word) ?? [];
    if (subject) return `enhanced/x.${subject}.md#x-${subject}-${detail}`;
    return /^[2-5]\d\d$/.test(word) ? `codes/${word}.md` : undefined;
  }

  /** The best entries for a query, the best first. */
  function find({ entries, byWord, called }, query) {
    const folded = fold(query);
    if (folded.length < 2) return [];
    const asked = [...new Set(words(folded))];
    const telling = asked.filter(word => !FILLERS.has(word));
    const sought = telling.length > 0 ? telling : asked;
    const codes = sought.map(codePage).filter(Boolean);
    const detailed = codes.some(path => path.includes('#'));
    const meant = sought.filter(word => detailed || !codePage(word)).join(' ');
    const speakers = new Set(sought.flatMap(word => called.get(word) ?? []));
    const found = new Map(); // for each entry: its points, how many of the words it has, and how many in its names
    const at = number => found.get(number) ?? found.set(number, { points: 0, had: 0, named: 0 }).get(number);

    // The words, the rarer the better; the last one may be unfinished.
    sought.forEach((word, place) => {
      const weights = new Map();
      const note = (candidate, share) => {
        const numbers = byWord.get(candidate) ?? [];
        const weight = share * Math.log(1 + entries.length / (1 + numbers.length));
        for (const number of numbers) weights.set(number, Math.max(weights.get(number) ?? 0, weight));
      };
      note(word, 1);
      if (place === sought.length - 1 && word.length >= 3) {
        for (const candidate of byWord.keys()) if (candidate.startsWith(word) && candidate !== word) note(candidate, 0.5);
      }
      for (const [number, weight] of weights) {
        const { names, titled } = entries[number];
        const one = at(number);
        one.had += 1;
        if (names.has(word)) one.named += 1;
        one.points += weight * (titled.has(word) ? 2 : names.has(word) ? 1.4 : 1);
      }
    });
    // What a named provider's replies mean, in other words than theirs: `gmail mailbox full`.
    if (speakers.size > 0) {
      entries.forEach(({ path, text, names, topic }, number) => {
        if (!topic || !speakers.has(pageOf(path))) return;
        for (const word of sought) {
          if (!topic.has(word) || names.has(word) || text.includes(word)) continue;
          at(number).had += 1;
          at(number).points += 0.8 * Math.log(1 + entries.length / (1 + (byWord.get(word) ?? []).length));
        }
      });
    }
    // A piece of a reply, word for word; the codes before it may be others.
    const bare = folded.replace(/^[245]\d\d[ -](?:[245]\.\d+\.\d+ )?/, '');
    const piece = words(bare).length > 2 ? bare : folded;
    if (piece.length >= 4) {
      entries.forEach(({ text }, number) => {
        if (text.includes(piece)) Object.assign(at(number), { points: at(number).points + 30, had: sought.length });
      });
    }
    entries.forEach(({ path }, number) => { if (codes.includes(path)) at(number); });
    for (const [number, one] of found) {
      const { kind, likely, bare, path } = entries[number];
      one.points *= 0.4 + 0.6 * one.had / sought.length;
      one.points += likely;
      if (bare === folded || bare === meant) one.points += 12;
      // Who names a provider wants what it says, or what to do.
      if (speakers.has(pageOf(path)) || (speakers.size > 0 && kind === 'guide' && one.named > 0)) one.points += 8;
      // Who asks for a code, a name or a meaning and nothing else wants its page; the page of a code stands back where a closer code is given.
      if (codes.includes(path)) one.points += codes.length < sought.length || (detailed && !path.includes('#')) ? 4 : 100;
      else if (kind !== 'rule' && one.named === sought.length) one.points += 45;
      else if (kind === 'categories' && !detailed && one.named > 0 && one.named === sought.length - codes.length) one.points += 35;
    }
    const ranked = [...found].map(([number, { points }]) => [number, points]);
    // Of two that fit alike, the shorter text is the closer one.
    const order = ([a, x], [b, y]) => y - x || entries[a].text.length - entries[b].text.length || a - b;
    const best = ranked.sort(order).slice(0, 2 * LIMIT);
    // Who says it in many ways is the likelier speaker.
    const often = number => sought.reduce((sum, word) => sum + Math.min(entries[number].text.split(word).length - 1, 6), 0) / sought.length;
    return best.map(([number, points]) => [number, points + 0.4 * often(number)]).sort(order).slice(0, LIMIT).map(([number]) => entries[number]);
  }

  const address = path => path_to_root + path.replace(/\.md(?=#|$)/, '.html');

  function show(list, status, found, query) {
    list.replaceChildren(...found.map(entry => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = address(entry.path);
      link.textContent = entry.title;
      const owner = document.createElement('span');
      owner.className = 'search-owner';
      owner.textContent = entry.owner;
      item.append(link, ' ', owner);
      if (entry.answer) item.append(Object.assign(document.createElement('p'), { className: 'search-answer', textContent: entry.answer }));
      const text = closest(entry.texts, query);
      if (text) {
        const reply = document.createElement('p');
        reply.append(...marked(text.length > 240 ? text.slice(0, 240) + ' …' : text, query));
        item.append(reply);
      }
      return item;
    }));
    status.textContent = query.trim().length < 2 ? '' : found.length === 0 ? 'Nothing found.' : found.length === LIMIT ? `The best ${LIMIT}:` : `${found.length} found:`;
  }

  /** The text that holds the query, or else most of its words. */
  function closest(texts, query) {
    const asked = words(fold(query)).filter(word => !FILLERS.has(word));
    const held = text => asked.filter(word => fold(text).includes(word)).length;
    return texts.find(text => fold(text).includes(fold(query))) ?? [...texts].sort((a, b) => held(b) - held(a))[0];
  }

  function marked(text, query) {
    const all = words(query).filter(word => word.length > 1);
    const telling = all.filter(word => !FILLERS.has(word.toLowerCase()));
    const asked = (telling.length > 0 ? telling : all).map(word => word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&'));
    if (asked.length === 0) return [text];
    return text.split(new RegExp(`(${asked.join('|')})`, 'gi')).map((piece, place) => {
      if (place % 2 === 0) return piece;
      const mark = document.createElement('mark');
      mark.textContent = piece;
      return mark;
    });
  }

  const looksLikeReply = text => /(?:^|[^\d.])[245]\d\d[ -]/.test(text) && words(text).length >= 6 && !document.getElementById('bounce-form');

  /** A link that takes the reply along to the page that reads it. It stays in this browser. */
  function offer(text) {
    document.querySelector('.search-read')?.remove();
    const line = document.createElement('p');
    line.className = 'search-read';
    const link = Object.assign(document.createElement('a'), { href: path_to_root + 'read-my-bounce.html', textContent: 'Read it in full: one verdict for this reply' });
    link.addEventListener('click', () => { try { sessionStorage.setItem('bounce', text); } catch { /* then it is pasted once more */ } });
    line.append(link);
    return line;
  }

  function panel() {
    const search = document.createElement('search');
    search.className = 'book-search';
    search.innerHTML = `
      <form role="search"><label for="book-search-query">Search</label>
      <input id="book-search-query" type="search" autocomplete="off" spellcheck="false" enterkeyhint="search"
        placeholder="A code, or a few words of the reply"></form>
      <p class="search-status" role="status"></p><ol class="search-results"></ol>`;
    const [form, input, status, list] = ['form', 'input', '.search-status', 'ol'].map(what => search.querySelector(what));
    // A pasted bounce: its lines are kept for the page that reads it.
    let pasted;
    input.addEventListener('paste', event => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!/[\r\n]/.test(text.trim())) return;
      event.preventDefault();
      pasted = text;
      input.value = fold(text).slice(0, 300);
      run();
    });
    let turn = 0;
    const run = async () => {
      const mine = ++turn;
      try {
        const loaded = await load();
        if (mine !== turn) return;
        show(list, status, find(loaded, input.value), input.value);
        const whole = pasted && fold(pasted).startsWith(input.value) ? pasted : input.value;
        if (looksLikeReply(whole)) list.before(offer(whole)); else search.querySelector('.search-read')?.remove();
      } catch (error) {
        status.textContent = `No search: ${error.message}.`;
      }
    };
    input.addEventListener('focus', () => load().catch(() => {}));
    input.addEventListener('input', run);
    form.addEventListener('submit', event => {
      event.preventDefault();
      run().then(() => list.querySelector('a')?.focus());
    });
    search.addEventListener('keydown', event => {
      if (event.key === 'Escape') { input.value = ''; run(); input.blur(); }
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const stops = [input, ...list.querySelectorAll('a')];
        const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
        if (next) { event.preventDefault(); next.focus(); }
      }
    });
    document.addEventListener('keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
      event.preventDefault();
      input.focus();
    });
    const asked = new URLSearchParams(location.search).get('q');
    if (asked) { input.value = asked; run(); }
    return search;
  }

  document.querySelector('main')?.before(panel());
})();
