// Keeps a page going while its session's token is renewed underneath: tokens live a minute, people stay longer.
const sessionAddress = new URL('session', import.meta.url);

/** Who is signed in: {userId, sessionId, expiresInSeconds}; null for nobody. Asking renews the session where that is due. */
export async function currentSession() {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(sessionAddress, { cache: 'no-store', headers: { accept: 'application/json' } });
    if (answer.ok) {
      return answer.json();
    }

    if (answer.status !== 401) {
      throw new Error(`the session cannot be read: ${answer.status}`);
    }

    // Another tab or app may just be storing the renewed cookie.
    if (attempt > 0 || !isExpired(answer)) {
      return null;
    }

    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

/** fetch, and once more when the session had to be renewed first. */
export async function sessionFetch(input, init) {
  const request = new Request(input, init);
  const again = request.clone();
  const answer = await fetch(request);
  return answer.status === 401 && isExpired(answer) && await currentSession() ? fetch(again) : answer;
}

/**
 * Server-sent events for as long as the session lasts. Tokens run out under the stream and the session goes on; when the session itself
 * ends, the stream is closed and onSignedOut is called.
 * @param {string} url
 * @param {{onMessage: (event: MessageEvent) => void, onSignedOut?: () => void, events?: string[]}} options
 * @returns {{close: () => void}}
 */
export function openStream(url, { onMessage, onSignedOut = () => location.reload(), events = [] }) {
  let source = null;
  let timer = 0;
  let closed = false;

  const close = () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };

  const open = () => {
    source = new EventSource(url);
    source.onmessage = onMessage;
    events.forEach(name => source.addEventListener(name, onMessage));
    source.onerror = () => check();
  };

  // A stream that breaks off may mean anything; the session alone says whether to go on.
  const check = async () => {
    clearTimeout(timer);
    let session;
    try {
      session = await currentSession();
    } catch {
      timer = setTimeout(check, 2000);
      return;
    }

    if (closed) {
      return;
    }

    if (!session) {
      close();
      onSignedOut();
      return;
    }

    timer = setTimeout(check, (session.expiresInSeconds + 1) * 1000);
    if (!source || source.readyState === EventSource.CLOSED) {
      open();
    }
  };

  check();
  return { close };
}

// The challenge says it, whatever words an endpoint has for the refusal.
function isExpired(answer) {
  return answer.headers.get('www-authenticate')?.includes('error_description="session_expired"') ?? false;
}
