import { openStream, sessionFetch } from '/auth/session.js';

const form = document.getElementById('question');
const list = document.getElementById('messages');
const state = document.getElementById('state');

openStream('/api/stream', { events: ['chat.answered'], onMessage: event => show(JSON.parse(event.data)) });

form.addEventListener('submit', async event => {
  event.preventDefault();
  state.value = 'Asking…';
  const answer = await sessionFetch('/api/chat', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  if (answer.status === 401) {
    location.reload();
    return;
  }

  state.value = answer.ok ? '' : `Not answered (${answer.status})`;
  if (answer.ok) {
    form.reset();
    show(await answer.json());
  }
});

// The answer comes by the stream as well: each message is shown once.
function show({ id, message, answer }) {
  if (!message || list.querySelector(`[data-id="${CSS.escape(id)}"]`)) {
    return;
  }

  const item = document.createElement('li');
  const [question, words] = [document.createElement('q'), document.createElement('span')];
  item.dataset.id = id;
  question.textContent = message;
  words.textContent = answer;
  item.append(question, ' ', words);
  list.append(item);
}
