// A browser without a window: keeps cookies by host name, follows redirects one by one, and remembers the way.
export class CookieJar {
  #cookies = new Map();

  get(name) {
    return this.#cookies.get(name);
  }

  set(name, value) {
    this.#cookies.set(name, value);
  }

  delete(name) {
    this.#cookies.delete(name);
  }

  names() {
    return [...this.#cookies.keys()];
  }

  // Opens a page as a browser does, or as a script in one when `dest` is 'empty'.
  async open(address, { dest = 'document', ...init } = {}) {
    const way = [];
    for (let hops = 0; hops < 10; hops++) {
      const response = await fetch(address, {
        ...init,
        redirect: 'manual',
        headers: {
          Accept: dest === 'document' ? 'text/html' : 'application/json',
          'Sec-Fetch-Dest': dest,
          Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...init.headers,
        },
      });
      this.#take(response.headers.getSetCookie());
      way.push(`${response.status} ${new URL(address).pathname}`);
      const location = response.headers.get('location');
      if (!location) {
        return { response, way, text: await response.text() };
      }
      address = new URL(location, address).href;
      init = {};
    }
    throw new Error(`Redirects do not end: ${way.join(', ')}`);
  }

  #take(lines) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const gone = attributes.some((attribute) => /^max-age=0$/i.test(attribute) || /^expires=.*1970/i.test(attribute));
      if (gone) {
        this.#cookies.delete(pair.slice(0, at));
      } else {
        this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
    }
  }
}
