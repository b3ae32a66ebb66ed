// Asks how everybody is, every two seconds while somebody looks, and shows it in place.
const list = document.getElementById('services');
const mode = document.getElementById('mode');

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function card(service) {
  const item = element('li');
  const title = element('h3', service.name);
  title.append(element('span', service.status, service.status === 'up' ? 'up' : 'ill'));
  const links = element('p', '', 'links');
  links.append(element('span', service.url.replace('http://', '')));
  for (const path of service.links) {
    const link = element('a', path);
    link.href = service.url + path;
    links.append(link);
  }
  item.append(title, element('p', service.summary), links);
  return item;
}

function offerCopy(block) {
  const button = element('button', 'Copy');
  button.type = 'button';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  block.append(button);
}

async function look() {
  if (!document.hidden) {
    try {
      const state = await (await fetch('/api/state')).json();
      list.replaceChildren(...state.services.map(card));
      const up = state.services.filter(service => service.status === 'up').length;
      mode.textContent = `${up} of ${state.services.length} up · ${state.local ? 'the local Clerk' : 'a real Clerk instance'}`;
    } catch {
      mode.textContent = 'The Showcase has stopped.';
    }
  }
  setTimeout(look, 2000);
}

document.querySelectorAll('pre').forEach(offerCopy);
look();
