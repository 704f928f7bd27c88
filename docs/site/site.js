// What the book adds to mdbook's own pages.

// Links that lead out of the book, such as "Edit this entry", go to the repository named in book.toml.
(() => {
  const repository = document.querySelector('.right-buttons a[href]:has([id*="git"]), .right-buttons a[title*="repository" i]');
  if (!repository) return;
  const root = new URL(path_to_root || '.', document.location.href);
  for (const link of document.querySelectorAll('main a[href^="../"]')) {
    const outside = new URL(link.getAttribute('href'), new URL('docs/' + bookPath(root), 'https://repository.invalid/'));
    if (outside.pathname.startsWith('/docs/')) continue;
    const way = outside.pathname.replace(/^\//, '').replace(/\.html$/, '.md');
    link.href = `${repository.href.replace(/\/$/, '')}/blob/HEAD/${way}${outside.hash}`;
  }

  /** The page's path from the book's root. */
  function bookPath(root) {
    return document.location.pathname.slice(root.pathname.length);
  }
})();

// The button of the table of contents is a label; as a button, it may say whether the contents are open.
document.getElementById('mdbook-sidebar-toggle')?.setAttribute('role', 'button');

// An anchor that stands before a link has moved there: a phrase, to the page of its category.
{
  const anchor = document.getElementById(location.hash.slice(1));
  const link = anchor?.matches('main a[id]:not([href])') ? anchor.nextElementSibling : undefined;
  if (link?.matches('a[href*=".html#"]')) location.replace(link.href);
}

// The bar above the page is its banner, and its title leads to the first page.
document.getElementById('mdbook-menu-bar')?.setAttribute('role', 'banner');
document.getElementById('mdbook-help-container')?.setAttribute('role', 'dialog');
document.getElementById('mdbook-help-container')?.setAttribute('aria-label', 'Keyboard shortcuts');
for (const title of document.querySelectorAll('.menu-title')) {
  title.setAttribute('role', 'presentation');
  const link = Object.assign(document.createElement('a'), { href: path_to_root + 'README.html' });
  link.append(...title.childNodes);
  title.append(link);
}

// A table that is wider than its page can be moved with the keyboard, too.
for (const table of document.querySelectorAll('main table')) if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;

// What a search engine shows of a page: its heading, and how it opens.
{
  const heading = document.querySelector('main h1')?.textContent;
  const opening = document.querySelector('main p')?.textContent;
  if (heading && !document.title.startsWith(heading)) document.title = `${heading} - ${document.title.split(' - ').at(-1)}`;
  if (opening) document.querySelector('meta[name=description]')?.setAttribute('content', opening.slice(0, 300));
}
