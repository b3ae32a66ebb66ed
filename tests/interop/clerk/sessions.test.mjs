import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clerk, grace, krypton, lin } from './local-clerk.mjs';

test('a session is created, read, listed and revoked', async () => {
  const created = await clerk.sessions.createSession({ userId: grace, activeOrganizationId: krypton });
  assert.equal(created.status, 'active');
  assert.equal(created.lastActiveOrganizationId, krypton);

  assert.equal((await clerk.sessions.getSession(created.id)).userId, grace);
  const list = await clerk.sessions.getSessionList({ userId: grace, status: 'active' });
  assert.equal(list.totalCount, 1);
  assert.equal(list.data[0].id, created.id);

  assert.equal((await clerk.sessions.revokeSession(created.id)).status, 'revoked');
  assert.equal((await clerk.sessions.getSessionList({ userId: grace, status: 'active' })).totalCount, 0);
  assert.equal((await clerk.sessions.getSessionList({ userId: grace, status: 'revoked' })).totalCount, 1);
});

test('a ban revokes the sessions of a user', async () => {
  const session = await clerk.sessions.createSession({ userId: lin });
  assert.equal((await clerk.users.banUser(lin)).banned, true);
  assert.equal((await clerk.sessions.getSession(session.id)).status, 'revoked');
  assert.equal((await clerk.users.unbanUser(lin)).banned, false);
});
