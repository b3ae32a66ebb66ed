import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { ada, apiUrl, clerk, issuer, operators, secretKey, sessionToken } from './local-clerk.mjs';

test('a template is created, filled in, replaced and deleted', async () => {
  const template = await clerk.jwtTemplates.create({
    name: 'everything',
    lifetime: 120,
    claims: {
      aud: 'https://api.example.com',
      name: '{{user.full_name}} of {{org.name}}',
      metadata: '{{user.public_metadata}}',
      verified: '{{user.email_verified}}',
      nickname: "{{user.username || user.public_metadata.nick || 'nobody'}}",
      list: [1, true, { role: '{{org.role}}' }],
      nothing: '{{user.no_such_thing}}',
    },
  });
  const { jwt } = await sessionToken(ada, { organizationId: operators, template: 'everything' });
  const claims = await verifyToken(jwt, { secretKey, apiUrl, audience: 'https://api.example.com' });
  assert.equal(claims.name, 'Ada Lovelace of Operators');
  assert.deepEqual(claims.metadata, { role: 'admin' });
  assert.deepEqual([claims.verified, claims.nickname, claims.nothing], [true, 'nobody', null]);
  assert.deepEqual(claims.list, [1, true, { role: 'org:admin' }]);
  assert.equal(claims.exp - claims.iat, 120);

  const updated = await clerk.jwtTemplates.update({ templateId: template.id, name: 'everything', claims: { a: 1 } });
  assert.deepEqual(updated.claims, { a: 1 });
  assert.equal((await clerk.jwtTemplates.get(template.id)).lifetime, 60);
  assert.equal((await clerk.jwtTemplates.delete(template.id)).deleted, true);
  assert.ok((await clerk.jwtTemplates.list()).data.some((found) => found.name === 'hemera-api'));
});

test('a template is signed with a key of its own', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const template = await clerk.jwtTemplates.create({
    name: 'own-key', claims: { role: '{{user.public_metadata.role}}' }, customSigningKey: true, signingAlgorithm: 'ES256', signingKey,
  });
  assert.deepEqual([template.customSigningKey, template.signingAlgorithm], [true, 'ES256']);

  const { jwt } = await sessionToken(ada, { template: 'own-key' });
  const { payload, protectedHeader } = await jwtVerify(jwt, publicKey, { issuer, algorithms: ['ES256'] });
  assert.deepEqual([payload.sub, payload.role, protectedHeader.kid], [ada, 'admin', undefined]);
  await assert.rejects(jwtVerify(jwt, createRemoteJWKSet(new URL(`${apiUrl}/.well-known/jwks.json`))));
  await assert.rejects(verifyToken(jwt, { secretKey, apiUrl }));

  const shared = await clerk.jwtTemplates.update({
    templateId: template.id, name: 'own-key', claims: {}, customSigningKey: true, signingAlgorithm: 'HS512', signingKey: 'known to both',
  });
  assert.equal(shared.signingAlgorithm, 'HS512');
  const again = await sessionToken(ada, { template: 'own-key' });
  assert.equal((await jwtVerify(again.jwt, new TextEncoder().encode('known to both'), { algorithms: ['HS512'] })).payload.sub, ada);
  await assert.rejects(
    clerk.jwtTemplates.create({ name: 'no-key', claims: {}, customSigningKey: true, signingAlgorithm: 'RS256', signingKey: 'none' }),
    (error) => error.status === 422 && error.errors[0].meta.paramName === 'signing_key');
});

test('reserved claims are refused', async () => {
  await assert.rejects(
    clerk.jwtTemplates.create({ name: 'bad', claims: { sub: 'x' } }),
    (error) => error.status === 400 && error.errors[0].code === 'jwt_template_reserved_claim');
});
