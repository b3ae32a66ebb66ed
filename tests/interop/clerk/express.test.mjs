import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';
import { aither, apiUrl, client, grace, machineSecretKey, publishableKey, receiverSecretKey, secretKey, sessionToken } from './local-clerk.mjs';

let server;
let address;

before(async () => {
  const app = express();
  app.use(clerkMiddleware({ apiUrl, secretKey, publishableKey, machineSecretKey: receiverSecretKey, telemetry: { disabled: true } }));
  app.get('/session', (request, response) => response.json({ userId: getAuth(request).userId }));
  app.get('/machine', (request, response) => response.json({ machineId: getAuth(request, { acceptsToken: 'm2m_token' }).machineId }));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

const ask = async (path, token) => (await fetch(address + path, { headers: { Authorization: `Bearer ${token}` } })).json();

test('express lets a session in', async () => {
  const { jwt } = await sessionToken(grace);
  assert.deepEqual(await ask('/session', jwt), { userId: grace });
  assert.deepEqual(await ask('/session', `${jwt.slice(0, -8)}AAAAAAAA`), { userId: null });
});

for (const tokenFormat of ['opaque', 'jwt']) {
  test(`express lets a machine in with a token of format ${tokenFormat}, and takes it for no user`, async () => {
    const { token } = await client({ machineSecretKey }).m2m.createToken({ tokenFormat });
    assert.deepEqual(await ask('/machine', token), { machineId: aither });
    assert.deepEqual(await ask('/session', token), { userId: null });
  });
}
