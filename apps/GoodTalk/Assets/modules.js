import { openStream, sessionFetch } from '/auth/session.js';

const form = document.getElementById('module');
const list = document.getElementById('modules');
const state = document.getElementById('state');

// The list follows what is saved anywhere, in another tab or by another program.
openStream('/api/stream', { events: ['module.saved', 'module.deleted'], onMessage: refresh });

form.addEventListener('submit', async event => {
  event.preventDefault();
  const { name, text } = Object.fromEntries(new FormData(form));
  state.value = 'Saving…';
  const answer = await sessionFetch('/api/analyzer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, content: { text } }),
  });
  if (answer.status === 401) {
    location.reload();
    return;
  }

  state.value = answer.ok ? 'Saved' : await wordsOf(answer);
  if (answer.ok) {
    form.reset();
    await refresh();
  }
});

async function refresh() {
  const answer = await sessionFetch('/modules', { headers: { accept: 'text/html' } });
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    list.replaceChildren(...page.getElementById('modules').children);
  }
}

async function wordsOf(answer) {
  try {
    const problem = await answer.json();
    return problem.error ?? problem.detail ?? `Not saved (${answer.status})`;
  } catch {
    return `Not saved (${answer.status})`;
  }
}
