import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, aitherService, apiUrl, clerk, grace, lin, operators, secretKey } from './local-clerk.mjs';

test('a user is read with everything the client knows', async () => {
  const user = await clerk.users.getUser(aitherService);
  assert.equal(user.primaryEmailAddress.emailAddress, 'aither-service@hemera-academy.com');
  assert.equal(user.primaryEmailAddress.verification.status, 'verified');
  assert.deepEqual(user.publicMetadata, { role: 'api-client', service: 'aither' });
  assert.equal(user.passwordEnabled, true);
  assert.equal(user.fullName, 'Aither Service');
});

test('users are listed, counted and filtered', async () => {
  const all = await clerk.users.getUserList({ limit: 3, orderBy: '+created_at' });
  assert.ok(all.totalCount >= 4);
  assert.deepEqual(all.data.map((user) => user.id), [ada, grace, lin]);

  const byMail = await clerk.users.getUserList({ emailAddress: ['ada+clerk_test@example.com', 'nobody@example.com'] });
  assert.deepEqual([byMail.totalCount, byMail.data[0].id], [1, ada]);
  const byOrganization = await clerk.users.getUserList({ organizationId: [operators] });
  assert.deepEqual(byOrganization.data.map((user) => user.id), [ada]);
  const byText = await clerk.users.getUserList({ query: 'HOPP' });
  assert.deepEqual(byText.data.map((user) => user.id), [grace]);
});

test('a user is created, updated and deleted', async () => {
  const created = await clerk.users.createUser({
    emailAddress: ['mary@example.com'], firstName: 'Mary', password: 'a long enough one', publicMetadata: { role: 'user' }, externalId: 'x-1',
  });
  assert.match(created.id, /^user_\w{27}$/);
  assert.equal(created.primaryEmailAddress.emailAddress, 'mary@example.com');
  assert.equal(created.externalId, 'x-1');

  const updated = await clerk.users.updateUser(created.id, { firstName: 'Maria', username: 'maria' });
  assert.deepEqual([updated.firstName, updated.username, updated.publicMetadata.role], ['Maria', 'maria', 'user']);
  assert.deepEqual(await clerk.users.verifyPassword({ userId: created.id, password: 'a long enough one' }), { verified: true });

  const deleted = await clerk.users.deleteUser(created.id);
  assert.deepEqual([deleted.deleted, deleted.id], [true, created.id]);
  await assert.rejects(clerk.users.getUser(created.id), (error) => error.status === 404 && error.errors[0].code === 'resource_not_found');
});

test('metadata are merged at depth and replaced', async () => {
  const merged = await clerk.users.updateUserMetadata(lin, {
    publicMetadata: { onboarding: { step: 1, done: false } }, privateMetadata: { note: 'n' },
  });
  assert.deepEqual(merged.publicMetadata, { role: 'viewer', onboarding: { step: 1, done: false } });
  const again = await clerk.users.updateUserMetadata(lin, { publicMetadata: { onboarding: { step: 2, done: null } } });
  assert.deepEqual(again.publicMetadata, { role: 'viewer', onboarding: { step: 2 } });
  assert.deepEqual(again.privateMetadata, { note: 'n' });

  const replaced = await clerk.users.replaceUserMetadata(lin, { publicMetadata: { role: 'viewer' } });
  assert.deepEqual([replaced.publicMetadata, replaced.privateMetadata], [{ role: 'viewer' }, { note: 'n' }]);
});

test('a lock is set and lifted', async () => {
  assert.equal((await clerk.users.lockUser(lin)).locked, true);
  assert.equal((await clerk.users.unlockUser(lin)).locked, false);
});

test('several users are banned and let in again at once', async () => {
  const both = [lin, grace];
  const ban = (path) => fetch(`${apiUrl}/v1/users/${path}`, {
    method: 'POST', headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ user_ids: both }),
  });
  assert.equal((await ban('ban')).status, 200);
  assert.equal((await clerk.users.getUserList({ banned: true })).totalCount, 2);
  assert.equal((await ban('unban')).status, 200);
  assert.equal(await clerk.users.getCount({ banned: true }), 0);
});
