import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clerk } from './local-clerk.mjs';

test('the instance and its keys are told', async () => {
  const instance = await clerk.instance.get();
  assert.deepEqual([instance.id, instance.environmentType], ['ins_2GatehouseLocalInstance0001', 'development']);
  const { keys } = await clerk.jwks.getJwks();
  assert.deepEqual(keys.map(({ kid, alg, kty }) => [kid, alg, kty]), [['ins_2GatehouseLocalInstance0001', 'RS256', 'RSA']]);
});
