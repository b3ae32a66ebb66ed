import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from './cookie-jar.mjs';
import { apiUrl, clerk, grace } from './local-clerk.mjs';

test('a browser is found by its cookie, read and listed', async () => {
  const browser = new CookieJar();
  await browser.open(`${apiUrl}/sign-in`, { method: 'POST', body: new URLSearchParams({ user_id: grace }) });

  const verified = await clerk.clients.verifyClient(browser.get('__client'));
  assert.deepEqual([verified.sessions.length, verified.sessions[0].userId], [1, grace]);
  assert.equal(verified.lastActiveSessionId, verified.sessionIds[0]);
  assert.equal((await clerk.clients.getClient(verified.id)).id, verified.id);
  assert.ok((await clerk.clients.getClientList()).data.some((client) => client.id === verified.id));
  await assert.rejects(clerk.clients.verifyClient('of nobody'), { status: 404 });
});
