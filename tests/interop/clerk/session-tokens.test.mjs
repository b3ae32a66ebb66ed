import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { apiUrl, aitherService, ada, bearer, client, grace, issuer, operators, publicKeyPem, secretKey, sessionToken } from './local-clerk.mjs';

test('a session token is verified without a network, by PEM', async () => {
  const { session, jwt } = await sessionToken(grace);
  const claims = await verifyToken(jwt, { jwtKey: await publicKeyPem(), issuer });
  assert.equal(claims.sub, grace);
  assert.equal(claims.sid, session.id);
  assert.equal(claims.v, 2);
});

test('a session token is verified by the key set of the Backend API', async () => {
  const { jwt } = await sessionToken(grace);
  const claims = await verifyToken(jwt, { secretKey, apiUrl, skipJwksCache: true });
  assert.equal(claims.iss, issuer);
});

test('jose verifies a session token by the open key set', async () => {
  const { jwt } = await sessionToken(grace);
  const keys = createRemoteJWKSet(new URL(`${apiUrl}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer, algorithms: ['RS256'] });
  assert.equal(payload.sub, grace);
  assert.equal(protectedHeader.kid, 'ins_2GatehouseLocalInstance0001');
});

test('a tampered token is refused', async () => {
  const { jwt } = await sessionToken(grace);
  const [header, payload, signature] = jwt.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), sub: ada };
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  await assert.rejects(verifyToken(forged, { secretKey, apiUrl }), { reason: 'token-invalid-signature' });
});

test('a request with a session token is signed in, with the organization that is active', async () => {
  const { jwt } = await sessionToken(ada, { organizationId: operators });
  const state = await client().authenticateRequest(bearer(jwt));
  const auth = state.toAuth();
  assert.equal(state.status, 'signed-in');
  assert.equal(auth.userId, ada);
  assert.equal(auth.orgId, operators);
  assert.equal(auth.orgSlug, 'operators');
  assert.ok(auth.has({ role: 'org:admin' }));
});

test('azp is the origin of the request that minted the token', async () => {
  const { session } = await sessionToken(grace);
  const answer = await fetch(`${apiUrl}/v1/sessions/${session.id}/tokens`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secretKey}`, Origin: 'http://localhost:5421' },
  });
  const { jwt } = await answer.json();
  const claims = await verifyToken(jwt, { secretKey, apiUrl, authorizedParties: ['http://localhost:5421'] });
  assert.equal(claims.azp, 'http://localhost:5421');
  await assert.rejects(
    verifyToken(jwt, { secretKey, apiUrl, authorizedParties: ['http://localhost:1'] }),
    { reason: 'token-invalid-authorized-parties' });
});

test('a template token is verified, and is no session', async () => {
  const { jwt } = await sessionToken(aitherService, { template: 'hemera-api' });
  const claims = await verifyToken(jwt, { secretKey, apiUrl });
  assert.deepEqual(
    { userId: claims.userId, role: claims.role, service: claims.service, life: claims.exp - claims.iat, sid: claims.sid },
    { userId: aitherService, role: 'api-client', service: 'aither', life: 900, sid: undefined });
  const state = await client().authenticateRequest(bearer(jwt));
  assert.deepEqual([state.status, state.reason], ['signed-out', 'token-type-mismatch']);
});

test('the lifetime can be asked for', async () => {
  const { jwt } = await sessionToken(grace, { seconds: 300 });
  const claims = await verifyToken(jwt, { secretKey, apiUrl });
  assert.equal(claims.exp - claims.iat, 300);
});
