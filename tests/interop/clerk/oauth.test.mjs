import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessToken, bearer, clerk, client, lin } from './local-clerk.mjs';

test('an OAuth application is created, listed, updated, rotated and deleted', async () => {
  const created = await clerk.oauthApplications.create({ name: 'App', redirectUris: ['http://localhost:3000/back'], scopes: 'profile email openid' });
  assert.ok(created.clientSecret && created.clientId);
  assert.equal((await clerk.oauthApplications.list({ nameQuery: created.clientId })).data[0].id, created.id);
  const updated = await clerk.oauthApplications.update({ oauthApplicationId: created.id, name: 'Other', consentScreenEnabled: false });
  assert.deepEqual([updated.name, updated.isConsentScreenEnabled ?? updated.consentScreenEnabled], ['Other', false]);
  assert.notEqual((await clerk.oauthApplications.rotateSecret(created.id)).clientSecret, created.clientSecret);
  assert.equal((await clerk.oauthApplications.get(created.id)).scopes, 'profile email openid');
  assert.equal((await clerk.oauthApplications.delete(created.id)).deleted, true);
});

for (const format of ['opaque', 'jwt']) {
  test(`a request with an access token of format ${format} is authenticated as its user`, async () => {
    const application = await clerk.oauthApplications.create({ name: 'App' });
    const token = await accessToken({ user: lin, client_id: application.clientId, scopes: ['email'], format });
    const state = await client().authenticateRequest(bearer(token), { acceptsToken: 'oauth_token' });
    const auth = state.toAuth();
    assert.deepEqual([auth.isAuthenticated, auth.userId, auth.clientId, auth.scopes], [true, lin, application.clientId, ['email']]);
    assert.equal((await clerk.idPOAuthAccessToken.verify(token)).subject, lin);
    const session = await client().authenticateRequest(bearer(token));
    assert.equal(session.isAuthenticated, false);
  });
}

test('a revoked access token is refused', async () => {
  const application = await clerk.oauthApplications.create({ name: 'App' });
  const token = await accessToken({ user: lin, client_id: application.clientId, format: 'opaque' });
  await clerk.oauthApplications.revokeToken({ oauthApplicationId: application.id, token });
  const state = await client().authenticateRequest(bearer(token), { acceptsToken: 'oauth_token' });
  assert.deepEqual([state.isAuthenticated, state.reason], [false, 'token-invalid']);
});

test('an audience is asked for and told', async () => {
  const application = await clerk.oauthApplications.create({ name: 'App' });
  const token = await accessToken({ user: lin, client_id: application.clientId, audience: ['https://api.example.com'], format: 'opaque' });
  assert.equal((await clerk.idPOAuthAccessToken.verify(token, { audience: 'https://api.example.com' })).subject, lin);
  await assert.rejects(clerk.idPOAuthAccessToken.verify(token, { audience: 'https://other.example.com' }));
});
