import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, aitherService, apiUrl, clerk, grace, lin, operators, png, secretKey } from './local-clerk.mjs';

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

test('a password that another system hashed signs in', async () => {
  // Of bcrypt's authors, of PHP's phpass, and of Django with 1000 rounds.
  const digests = [
    ['bcrypt', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
    ['phpass', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', 'test12345'],
    ['pbkdf2_sha256_django', 'pbkdf2_sha256$1000$Qx1y$zt592xdanic+GpSx27f60l7EvsEWOFpfZVIl7SdIUoY=', 'correct horse é'],
  ];
  for (const [passwordHasher, passwordDigest, password] of digests) {
    const user = await clerk.users.createUser({ username: `of_${passwordHasher}`, passwordHasher, passwordDigest });
    assert.equal(user.passwordEnabled, true);
    await assert.rejects(
      clerk.users.verifyPassword({ userId: user.id, password: 'another' }),
      (error) => error.status === 422 && error.errors[0].code === 'incorrect_password');
    assert.deepEqual(await clerk.users.verifyPassword({ userId: user.id, password }), { verified: true });
  }

  await assert.rejects(
    clerk.users.createUser({ username: 'of_nothing', passwordHasher: 'bcrypt', passwordDigest: 'U*U' }),
    (error) => error.status === 422 && error.errors[0].code === 'form_password_digest_invalid_code' && error.errors[0].meta.paramName === 'password_digest');
});

test('a profile image is set, served and deleted', async () => {
  const user = await clerk.users.updateUserProfileImage(lin, { file: new Blob([png], { type: 'image/png' }) });
  assert.equal(user.hasImage, true);
  assert.ok(user.imageUrl.startsWith(apiUrl));
  const served = await fetch(user.imageUrl);
  assert.equal(served.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await served.arrayBuffer()), png);

  await assert.rejects(
    clerk.users.updateUserProfileImage(lin, { file: new Blob(['<svg/>'], { type: 'image/svg+xml' }) }),
    (error) => error.status === 400 && error.errors[0].code === 'request_body_invalid');
  await assert.rejects(
    clerk.users.updateUserProfileImage(lin, { file: new Blob([Buffer.alloc(10 * 1024 * 1024 + 1)], { type: 'image/png' }) }),
    (error) => error.status === 413 && error.errors[0].code === 'image_too_large');
  const without = await clerk.users.deleteUserProfileImage(lin);
  assert.equal(without.hasImage, false);
  assert.equal((await fetch(user.imageUrl)).status, 404);
});

test('wallets are listed, found and deleted', async () => {
  const web3Wallet = '0x52908400098527886E0F7030069857D2E4169EE7';
  const made = await fetch(`${apiUrl}/v1/users`, {
    method: 'POST', headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'with_wallet', web3_wallet: [web3Wallet] }),
  });
  const user = await clerk.users.getUser((await made.json()).id);
  assert.deepEqual([user.primaryWeb3Wallet.web3Wallet, user.primaryWeb3Wallet.verification.status], [web3Wallet, 'verified']);
  assert.deepEqual((await clerk.users.getUserList({ web3Wallet: [web3Wallet] })).data.map((found) => found.id), [user.id]);

  const deleted = await clerk.users.deleteUserWeb3Wallet({ userId: user.id, web3WalletIdentificationId: user.primaryWeb3WalletId });
  assert.equal(deleted.deleted, true);
  assert.deepEqual((await clerk.users.getUser(user.id)).web3Wallets, []);
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
