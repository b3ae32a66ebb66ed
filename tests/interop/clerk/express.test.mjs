import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { clerkMiddleware, getAuth, requireAuth } from '@clerk/express';
import express from 'express';
import { accessToken, aither, apiUrl, clerk, client, grace, krypton, lin, machineSecretKey, publishableKey, receiverSecretKey, secretKey, sessionToken } from './local-clerk.mjs';

let server;
let address;

before(async () => {
  const app = express();
  app.use(clerkMiddleware({ apiUrl, secretKey, publishableKey, machineSecretKey: receiverSecretKey, telemetry: { disabled: true } }));
  app.get('/session', (request, response) => response.json({ userId: getAuth(request).userId }));
  app.get('/machine', (request, response) => response.json({ machineId: getAuth(request, { acceptsToken: 'm2m_token' }).machineId }));
  app.get('/api-key', (request, response) => response.json({ userId: getAuth(request, { acceptsToken: 'api_key' }).userId }));
  app.get('/oauth', (request, response) => response.json({ userId: getAuth(request, { acceptsToken: 'oauth_token' }).userId }));
  app.get('/any', (request, response) => response.json({ tokenType: getAuth(request, { acceptsToken: ['session_token', 'api_key'] }).tokenType }));
  app.get('/members', requireAuth({ signInUrl: '/sign-in' }), (request, response) => response.json({ userId: getAuth(request).userId }));
  app.get('/organization', (request, response) => {
    const auth = getAuth(request);
    response.json({ orgId: auth.orgId, admin: auth.has({ role: 'org:admin' }), reads: auth.has({ permission: 'org:invoices:read' }) });
  });
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

test('express lets an API key in as its user, until it is revoked', async () => {
  const key = await clerk.apiKeys.create({ name: 'of lin', subject: lin });
  assert.deepEqual(await ask('/api-key', key.secret), { userId: lin });
  assert.deepEqual(await ask('/any', key.secret), { tokenType: 'api_key' });
  assert.deepEqual(await ask('/session', key.secret), { userId: null });
  assert.deepEqual(await ask('/oauth', key.secret), { userId: null });
  await clerk.apiKeys.revoke({ apiKeyId: key.id });
  assert.deepEqual(await ask('/api-key', key.secret), { userId: null });
});

for (const format of ['opaque', 'jwt']) {
  test(`express lets an OAuth access token of format ${format} in as its user`, async () => {
    const application = await clerk.oauthApplications.create({ name: `App ${format}` });
    const token = await accessToken({ user: lin, client_id: application.clientId, format });
    assert.deepEqual(await ask('/oauth', token), { userId: lin });
    assert.deepEqual(await ask('/session', token), { userId: null });
    assert.deepEqual(await ask('/api-key', token), { userId: null });
  });
}

test('requireAuth lets a session in and sends everybody else to sign in', async () => {
  const { jwt } = await sessionToken(grace);
  assert.deepEqual(await ask('/members', jwt), { userId: grace });
  const answer = await fetch(`${address}/members`, { redirect: 'manual', headers: { Authorization: 'Bearer nothing' } });
  assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/sign-in']);
});

test('express knows role and permissions of the active organization', async () => {
  const permission = await clerk.organizationPermissions.createOrganizationPermission({ name: 'Read invoices', key: 'org:invoices:read' });
  await clerk.organizationRoles.createOrganizationRole({ name: 'Clerk', key: 'org:clerk', permissions: [permission.id] });
  await clerk.organizations.updateOrganizationMembership({ organizationId: krypton, userId: grace, role: 'org:clerk' });
  const { jwt } = await sessionToken(grace, { organizationId: krypton });
  assert.deepEqual(await ask('/organization', jwt), { orgId: krypton, admin: false, reads: true });
});
