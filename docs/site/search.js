// The book's search: finds a rule by any piece of its reply, and pages by their titles.
(() => {
  const LIMIT = 20;
  let index; // loaded when first needed

  const fold = text => text.toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim();
  const words = text => text.match(/[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu) ?? [];

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
    const entries = list.map(([path, title, owner, texts, wordings]) => {
      const page = path.split('#')[0];
      const text = fold([...texts, ...wordings].join(' \n '));
      const names = fold(`${title} ${owner} ${path.split('#')[1] ?? ''} ${owners[page] ?? ''}`);
      return { path, title, owner, texts, text, names };
    });
    const byWord = new Map();
    entries.forEach((entry, number) => {
      for (const word of new Set([...words(entry.text), ...words(entry.names), ...parts(entry.names)])) {
        if (!byWord.has(word)) byWord.set(word, []);
        byWord.get(word).push(number);
      }
    });
    return { entries, byWord };
  }

  /** `rp-001` is also `rp` and `001`, `hotmail.com` also `hotmail`. */
  const parts = text => words(text).flatMap(word => word.split(/[._-]/));

  /** The best entries for a query, the best first. */
  function find({ entries, byWord }, query) {
    const folded = fold(query);
    if (folded.length < 2) return [];
    const scores = new Map();
    const add = (number, points) => scores.set(number, (scores.get(number) ?? 0) + points);
    // A piece of a reply, word for word.
    if (folded.length >= 4) {
      entries.forEach((entry, number) => {
        const at = entry.text.indexOf(folded);
        if (at >= 0) add(number, 30 + 10 / (1 + at));
      });
    }
    // The words, the rarer the better; the last one may be unfinished.
    const asked = [...new Set(words(folded))];
    asked.forEach((word, place) => {
      const found = new Map();
      const note = (candidate, share) => {
        const numbers = byWord.get(candidate) ?? [];
        const weight = share * Math.log(1 + entries.length / (1 + numbers.length));
        for (const number of numbers) found.set(number, Math.max(found.get(number) ?? 0, weight));
      };
      note(word, 1);
      if (place === asked.length - 1 && word.length >= 3) {
        for (const candidate of byWord.keys()) if (candidate.startsWith(word) && candidate !== word) note(candidate, 0.5);
      }
      for (const [number, weight] of found) {
        const { names, title } = entries[number];
        const named = words(fold(title)).includes(word) ? 2.2 : words(names).includes(word) || parts(names).includes(word) ? 1.4 : 1;
        add(number, weight * named);
      }
    });
    const ranked = [...scores].filter(([, score]) => score > 1);
    // Of two that fit alike, the shorter text is the closer one.
    ranked.sort(([a, x], [b, y]) => y - x || entries[a].text.length - entries[b].text.length || a - b);
    return ranked.slice(0, LIMIT).map(([number]) => entries[number]);
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

  /** The text that holds the query, or else the first. */
  const closest = (texts, query) => texts.find(text => fold(text).includes(fold(query))) ?? texts[0];

  function marked(text, query) {
    const asked = words(query).filter(word => word.length > 1).map(word => word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&'));
    if (asked.length === 0) return [text];
    return text.split(new RegExp(`(${asked.join('|')})`, 'gi')).map((piece, place) => {
      if (place % 2 === 0) return piece;
      const mark = document.createElement('mark');
      mark.textContent = piece;
      return mark;
    });
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
    let turn = 0;
    const run = async () => {
      const mine = ++turn;
      try {
        const loaded = await load();
        if (mine === turn) show(list, status, find(loaded, input.value), input.value);
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
