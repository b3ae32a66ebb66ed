import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearer, clerk, client, krypton, lin } from './local-clerk.mjs';

test('an API key is created, listed, updated, verified, revoked and deleted', async () => {
  const created = await clerk.apiKeys.create({ name: 'ci key', subject: lin, scopes: ['read:items'], claims: { plan: 'pro' }, secondsUntilExpiration: 600 });
  assert.match(created.secret, /^ak_/);
  assert.equal((await clerk.apiKeys.getSecret(created.id)).secret, created.secret);
  assert.equal((await clerk.apiKeys.list({ subject: lin })).data[0].id, created.id);

  const updated = await clerk.apiKeys.update({ apiKeyId: created.id, description: 'for builds', scopes: ['read:items', 'write:items'] });
  assert.deepEqual([updated.description, updated.scopes.length], ['for builds', 2]);
  const verified = await clerk.apiKeys.verify(created.secret);
  assert.deepEqual([verified.id, verified.subject, verified.claims], [created.id, lin, { plan: 'pro' }]);

  const revoked = await clerk.apiKeys.revoke({ apiKeyId: created.id, revocationReason: 'lost' });
  assert.deepEqual([revoked.revoked, revoked.revocationReason], [true, 'lost']);
  await assert.rejects(clerk.apiKeys.verify(created.secret), { status: 404 });
  assert.equal((await clerk.apiKeys.list({ subject: lin })).totalCount, 0);
  assert.equal((await clerk.apiKeys.list({ subject: lin, includeInvalid: true })).totalCount, 1);
  assert.equal((await clerk.apiKeys.get(created.id)).name, 'ci key');
  assert.equal((await clerk.apiKeys.delete(created.id)).deleted, true);
});

test('a request with an API key is authenticated as its subject', async () => {
  const ofUser = await clerk.apiKeys.create({ name: 'of lin', subject: lin, scopes: ['read'] });
  const ofOrganization = await clerk.apiKeys.create({ name: 'of krypton', subject: krypton });
  const auth = async (secret) => (await client().authenticateRequest(bearer(secret), { acceptsToken: 'api_key' })).toAuth();
  const user = await auth(ofUser.secret);
  assert.deepEqual([user.isAuthenticated, user.userId, user.orgId, user.scopes], [true, lin, null, ['read']]);
  assert.equal((await auth(ofOrganization.secret)).orgId, krypton);
  await clerk.apiKeys.revoke({ apiKeyId: ofUser.id });
  assert.equal((await auth(ofUser.secret)).isAuthenticated, false);
});
