import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clerk } from './local-clerk.mjs';

test('the instance and its keys are told', async () => {
  const instance = await clerk.instance.get();
  assert.deepEqual([instance.id, instance.environmentType], ['ins_2GatehouseLocalInstance0001', 'development']);
  const { keys } = await clerk.jwks.getJwks();
  assert.deepEqual(keys.map(({ kid, alg, kty }) => [kid, alg, kty]), [['ins_2GatehouseLocalInstance0001', 'RS256', 'RSA']]);
});

test('the settings of the instance are changed', async () => {
  await clerk.instance.update({ allowedOrigins: ['http://localhost:3000'], supportEmail: 'help@example.com' });
  assert.deepEqual((await clerk.instance.get()).allowedOrigins, ['http://localhost:3000']);
  assert.equal((await clerk.instance.updateRestrictions({ allowlist: true })).allowlist, true);
  const settings = await clerk.instance.updateOrganizationSettings({ maxAllowedMemberships: 50 });
  assert.equal(settings.maxAllowedMemberships, 50);
  assert.equal((await clerk.instance.getOrganizationSettings()).creatorRole, 'org:admin');
});
