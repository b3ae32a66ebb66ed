import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aither, bearer, client, clerk, hemera, machineSecretKey, outsiderSecretKey, receiverSecretKey } from './local-clerk.mjs';

const sender = client({ machineSecretKey });
const receiver = client({ machineSecretKey: receiverSecretKey });
const outsider = client({ machineSecretKey: outsiderSecretKey });

test('an opaque token is created, verified by its receiver, listed and revoked', async () => {
  const created = await sender.m2m.createToken({ claims: { purpose: 'sync' }, secondsUntilExpiration: 600 });
  assert.match(created.token, /^mt_/);
  assert.deepEqual([created.subject, created.scopes, created.claims], [aither, [hemera], { purpose: 'sync' }]);

  const verified = await receiver.m2m.verify({ token: created.token });
  assert.deepEqual([verified.id, verified.subject, verified.token], [created.id, aither, undefined]);
  assert.equal((await clerk.m2m.verify({ token: created.token })).id, created.id);

  const list = await sender.m2m.list({ subject: aither });
  assert.ok(list.data.some((token) => token.id === created.id));

  const revoked = await sender.m2m.revokeToken({ m2mTokenId: created.id, revocationReason: 'done' });
  assert.deepEqual([revoked.revoked, revoked.revocationReason], [true, 'done']);
  await assert.rejects(receiver.m2m.verify({ token: created.token }), { status: 404 });
});

test('a token is not verified for a machine outside its scopes', async () => {
  const created = await sender.m2m.createToken();
  await assert.rejects(outsider.m2m.verify({ token: created.token }), { status: 404 });
});

test('a token that lives long enough is given again', async () => {
  const first = await sender.m2m.createToken({ claims: { reuse: 1 }, minRemainingTtlSeconds: 60 });
  const second = await sender.m2m.createToken({ claims: { reuse: 1 }, minRemainingTtlSeconds: 60 });
  const other = await sender.m2m.createToken({ claims: { reuse: 2 }, minRemainingTtlSeconds: 60 });
  assert.deepEqual([second.id, second.token], [first.id, first.token]);
  assert.notEqual(other.id, first.id);
});

test('a JWT is created and verified without being kept', async () => {
  const created = await sender.m2m.createToken({ tokenFormat: 'jwt', secondsUntilExpiration: 900, claims: { purpose: 'sync' } });
  assert.equal(created.token.split('.').length, 3);
  const verified = await receiver.m2m.verify({ token: created.token });
  assert.deepEqual([verified.id, verified.subject, verified.scopes], [created.id, aither, [hemera]]);
  assert.equal(verified.claims.purpose, 'sync');
  const list = await sender.m2m.list({ subject: aither });
  assert.ok(list.data.every((token) => token.id !== created.id));
});

for (const tokenFormat of ['opaque', 'jwt']) {
  test(`a request with a token of format ${tokenFormat} is authenticated as a machine`, async () => {
    const { token } = await sender.m2m.createToken({ tokenFormat });
    const state = await receiver.authenticateRequest(bearer(token), { acceptsToken: 'm2m_token', machineSecretKey: receiverSecretKey });
    assert.equal(state.isAuthenticated, true);
    assert.equal(state.toAuth().machineId, aither);
  });
}

test('reserved claims are refused', async () => {
  await assert.rejects(
    sender.m2m.createToken({ claims: { sub: 'mch_other' } }),
    (error) => error.status === 400 && error.errors[0].code === 'machine_token_reserved_claim');
});

test('only a machine can create tokens', async () => {
  await assert.rejects(clerk.m2m.createToken(), (error) => error.status === 401 && error.errors[0].code === 'machine_secret_key_invalid');
});
