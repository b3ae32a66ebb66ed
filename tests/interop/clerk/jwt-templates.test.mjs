import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { ada, apiUrl, clerk, operators, secretKey, sessionToken } from './local-clerk.mjs';

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

test('reserved claims are refused', async () => {
  await assert.rejects(
    clerk.jwtTemplates.create({ name: 'bad', claims: { sub: 'x' } }),
    (error) => error.status === 400 && error.errors[0].code === 'jwt_template_reserved_claim');
});
