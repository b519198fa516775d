// What the players share: a browser, the client's addresses, and the API.
import { strict as assert } from 'node:assert';

export const redirectUri = 'http://127.0.0.1/callback';
export const afterSignOut = 'http://127.0.0.1/bye';

// A browser without a screen: cookies by origin, redirects one by one.
export class Browser {
  #cookies = new Map();

  async go(url, form) {
    const { origin, pathname } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map();
    this.#cookies.set(origin, jar);
    const cookie = [...jar.values()].filter((c) => pathname.startsWith(c.path)).map((c) => c.text).join('; ');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form), redirect: 'manual',
      headers: { cookie, accept: 'text/html' }, signal: AbortSignal.timeout(10_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const text = line.split(';')[0];
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
      const name = `${path} ${text.split('=')[0]}`;
      const over = /max-age=0|expires=Thu, 01 Jan 1970/i.test(line);
      if (over) jar.delete(name); else jar.set(name, { path, text });
    }
    const location = response.headers.get('location');
    return { url, status: response.status, text: await response.text(), location: location && new URL(location, url).href };
  }

  // Follows redirects until a page or until the client would be called.
  async follow(url, form) {
    let page = await this.go(url, form);
    for (let hops = 0; page.location && hops < 20; hops++) {
      if (page.location.startsWith(redirectUri) || page.location.startsWith(afterSignOut)) return page;
      page = await this.go(page.location);
    }
    return page;
  }
}

// Calls the platform's API with an administrator's key.
export const api = (platform, key) => async (method, path, body) => {
  const response = await fetch(platform + path, {
    method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path} answers ${response.status}: ${text}`);
  return text ? JSON.parse(text) : undefined;
};
