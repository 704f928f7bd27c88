// The book, served and opened in a browser.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../target/book/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2' };

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** Opens the book: `{ open(page, size), close(), address }`. What goes wrong on a page is gathered in `page.problems`. */
export async function book() {
  if (!existsSync(join(root, 'index.html'))) throw new Error('there is no book in target/book: run .ci/book first');
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).replace(/\/$/, '/index.html');
    try {
      const contents = await readFile(join(root, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(contents);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  return {
    address,
    async open(path = '', { size = DESKTOP, dark = false } = {}) {
      const context = await browser.newContext({ viewport: size, colorScheme: dark ? 'dark' : 'light', isMobile: size === PHONE });
      const page = await context.newPage();
      page.problems = [];
      page.on('console', message => message.type() === 'error' && page.problems.push(message.text()));
      page.on('pageerror', error => page.problems.push(String(error)));
      page.on('request', request => request.url().startsWith(address) || request.url().startsWith('data:') || page.problems.push(`request to ${request.url()}`));
      await page.goto(address + path, { waitUntil: 'load' });
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
