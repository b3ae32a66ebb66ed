import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, clerk, krypton, grace, lin } from './local-clerk.mjs';

test('sign-in tokens are created and revoked', async () => {
  const token = await clerk.signInTokens.createSignInToken({ userId: lin, expiresInSeconds: 60 });
  assert.deepEqual([token.status, token.userId], ['pending', lin]);
  assert.ok(token.url.includes(token.token));
  assert.equal((await clerk.signInTokens.revokeSignInToken(token.id)).status, 'revoked');
  await assert.rejects(
    clerk.signInTokens.revokeSignInToken(token.id),
    (error) => error.status === 400 && error.errors[0].code === 'sign_in_token_cannot_be_revoked_code');
  assert.equal((await clerk.signInTokens.createSignInToken({ userId: grace, orgId: krypton })).status, 'pending');
});

test('actor tokens are created and revoked', async () => {
  const token = await clerk.actorTokens.create({ userId: lin, actor: { sub: ada } });
  assert.deepEqual([token.status, token.actor], ['pending', { sub: ada }]);
  assert.equal((await clerk.actorTokens.revoke(token.id)).status, 'revoked');
});

test('a testing token is created', async () => {
  assert.match((await clerk.testingTokens.createTestingToken()).token, /^[0-9]+-c_/);
});
