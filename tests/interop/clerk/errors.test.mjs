import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { apiUrl, client, clerk, grace } from './local-clerk.mjs';

const setFaults = (faults) =>
  fetch(`${apiUrl}/_local/faults`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(faults) });

afterEach(() => setFaults({}));

test('an unknown id is told with code, status and trace id', async () => {
  await assert.rejects(clerk.users.getUser('user_2nobody'), (error) => {
    assert.equal(error.status, 404);
    assert.equal(error.errors[0].code, 'resource_not_found');
    assert.match(error.clerkTraceId, /^[0-9a-f]{32}$/);
    return true;
  });
});

test('a fault of a parameter names it', async () => {
  await assert.rejects(clerk.users.createUser({ emailAddress: ['not an address'] }), (error) => {
    assert.deepEqual([error.status, error.errors[0].code, error.errors[0].meta.paramName], [422, 'form_param_format_invalid', 'email_address']);
    return true;
  });
});

test('a taken address is refused', async () => {
  await assert.rejects(
    clerk.users.createUser({ emailAddress: ['grace+clerk_test@example.com'] }),
    (error) => error.status === 422 && error.errors[0].code === 'form_identifier_exists');
});

test('a wrong secret key is refused', async () => {
  const stranger = client({ secretKey: 'sk_test_of_somebody_else' });
  await assert.rejects(stranger.users.getUser(grace), (error) => error.status === 401 && error.errors[0].code === 'clerk_key_invalid');
});

test('a production key is refused', async () => {
  const producer = client({ secretKey: 'sk_live_something' });
  await assert.rejects(producer.users.getUser(grace), (error) => error.status === 401 && error.errors[0].code === 'clerk_key_invalid');
});

test('a refusal by limit tells when to come again', async () => {
  await setFaults({ api: { status_429: 1 } });
  await assert.rejects(clerk.users.getUser(grace), (error) => {
    assert.deepEqual([error.status, error.errors[0].code, error.retryAfter], [429, 'too_many_requests', 1]);
    return true;
  });
});

test('a failure on purpose is told in the envelope', async () => {
  await setFaults({ api: { status_5xx: 1 } });
  await assert.rejects(clerk.users.getUser(grace), (error) => error.status >= 500 && error.errors.length === 1);
});

test('an operation that is not there yet is told by name', async () => {
  await assert.rejects(
    clerk.allowlistIdentifiers.getAllowlistIdentifierList(),
    (error) => error.status === 501 && error.errors[0].longMessage.includes('ListAllowlistIdentifiers'));
});
