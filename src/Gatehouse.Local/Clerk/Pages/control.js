// Shows what the control surface tells. All text is set as text: what users are called must not become markup.
const $ = (id) => document.getElementById(id);
const most = 100;

async function ask(path, options) {
  const response = await fetch(`/_local/${path}`, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.errors?.[0]?.long_message ?? response.statusText);
  }
  return body;
}

const send = (path, body) => ask(path, {
  method: 'POST',
  ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  if (className) {
    made.className = className;
  }
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  for (const cell of cells) {
    const data = document.createElement('td');
    data.append(cell ?? '');
    made.append(data);
  }
  return made;
}

const fill = (id, rows) => $(id).tBodies[0].replaceChildren(...rows);
const time = (at) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

// A mail that would have been sent has its link here, to be followed as its reader would.
function what(message) {
  const data = message.payload.data ?? {};
  const address = data.data?.magic_link ?? (message.type === 'organizationInvitation.created' ? data.url : undefined);
  const made = element('div', message.type);
  if (typeof address === 'string' && /^https?:/.test(address)) {
    const link = element('a', 'Open the link');
    link.href = address;
    made.append(document.createElement('br'), link);
  }
  return made;
}

// Rows of messages are made once and changed only when an attempt was added, so that an opened payload stays open.
const shown = new Map();

function messageRow(message) {
  const version = `${message.attempts.length}/${message.lost?.length ?? 0}`;
  const known = shown.get(message.id);
  if (known?.version === version) {
    return known.row;
  }
  const attempts = document.createElement('div');
  for (const attempt of message.attempts) {
    const good = attempt.status >= 200 && attempt.status < 300;
    const what = `${attempt.status ?? attempt.error} ${attempt.url} ${time(attempt.at)}${attempt.fault ? ` (${attempt.fault})` : ''}`;
    attempts.append(element('div', what, good ? 'good' : 'bad'));
  }
  for (const url of message.lost ?? []) {
    attempts.append(element('div', `lost on the way to ${url}`, 'bad'));
  }
  const details = document.createElement('details');
  details.open = known?.details.open ?? false;
  details.append(element('summary', message.id, 'id'), element('pre', JSON.stringify(message.payload, null, 2)));
  const replay = element('button', 'Replay');
  replay.addEventListener('click', () => act(() => send(`webhooks/${message.id}/replay`)));
  const made = row(String(message.n), what(message), details, attempts, replay);
  shown.set(message.id, { version, row: made, details });
  return made;
}

async function refresh() {
  const query = new URLSearchParams(new FormData($('search')));
  const [state, messages, users, sessions, requests, endpoints, faults] = await Promise.all([
    ask('state'), ask('webhooks'), ask(`users?${query}`), ask('sessions'), ask('requests'), ask('endpoints'), ask('faults'),
  ]);
  $('state').textContent = `${state.instance_id} · ${time(state.now)} UTC · ${state.users} users · ${state.organizations} organizations`;
  $('endpoints').textContent = endpoints.length === 0
    ? 'No endpoint is configured: messages are kept here and sent nowhere.'
    : endpoints.map((endpoint) => `${endpoint.url} (${endpoint.events.join(', ')}${endpoint.disabled ? ', disabled' : ''})`).join(' · ');
  fill('messages', messages.messages.slice(-most).reverse().map(messageRow));
  fill('users', users.map((user) => row(
    [user.first_name, user.last_name].filter(Boolean).join(' '),
    user.email_addresses.map((email) => email.email_address).join(', '),
    element('span', user.id, 'id'),
    [user.banned && 'banned', user.locked && 'locked'].filter(Boolean).join(', '))));
  fill('sessions', sessions.map((session) => row(
    element('span', session.id, 'id'), element('span', session.user_id, 'id'), session.status, time(session.last_active_at))));
  fill('requests', requests.requests.slice(-most).reverse().map((request) => row(
    String(request.n),
    element('code', `${request.method} ${request.path}${request.query}`),
    request.caller,
    element('span', String(request.status), request.status < 400 ? 'good' : 'bad'),
    request.fault)));
  $('faults').textContent = JSON.stringify(faults, null, 2);
}

async function act(action) {
  try {
    await action();
    await refresh();
  } catch (fault) {
    $('state').textContent = fault.message;
  }
}

$('sample').addEventListener('submit', (event) => {
  event.preventDefault();
  act(() => send('webhooks', { type: new FormData(event.target).get('type') }));
});
$('search').addEventListener('submit', (event) => event.preventDefault());
$('search').addEventListener('input', () => act(async () => {}));
$('reset').addEventListener('click', () => act(() => send('reset')));

for (const type of await ask('webhooks/types')) {
  $('sample').elements.type.append(new Option(type));
}
await act(async () => {});
setInterval(() => document.hidden || act(async () => {}), 2000);
