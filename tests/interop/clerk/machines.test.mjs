import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aither, client, clerk, hemera } from './local-clerk.mjs';

test('seeded machines are listed with their scopes', async () => {
  const list = await clerk.machines.list({ orderBy: 'name', limit: 100 });
  assert.deepEqual(list.data.map((machine) => machine.name), ['aither', 'analyzer', 'developer', 'gatehouse', 'goodtalk', 'hemera', 'shtetl-zmanim']);
  assert.deepEqual(list.data[0].scopedMachines.map((machine) => machine.id), [hemera]);
  assert.equal((await clerk.machines.getSecretKey(aither)).secret, 'ak_gatehouse_local_aither');
});

test('a machine is created, scoped, updated, rotated and deleted', async () => {
  const created = await clerk.machines.create({ name: 'worker', scopedMachines: [hemera], defaultTokenTtl: 120 });
  assert.match(created.secretKey, /^ak_/);
  assert.equal((await clerk.machines.update({ machineId: created.id, name: 'worker-2' })).name, 'worker-2');

  const scope = await clerk.machines.createScope(created.id, aither);
  assert.deepEqual([scope.fromMachineId, scope.toMachineId], [created.id, aither]);
  assert.equal((await clerk.machines.get(created.id)).scopedMachines.length, 2);
  await clerk.machines.deleteScope(created.id, aither);

  const { secret } = await clerk.machines.rotateSecretKey({ machineId: created.id, previousTokenTtl: 0 });
  const token = await client({ machineSecretKey: secret }).m2m.createToken();
  assert.equal(token.expiration - token.createdAt, 120_000);
  await assert.rejects(client({ machineSecretKey: created.secretKey }).m2m.createToken(), { status: 401 });

  assert.equal((await clerk.machines.delete(created.id)).deleted, true);
  await assert.rejects(clerk.machines.get(created.id), { status: 404 });
});
