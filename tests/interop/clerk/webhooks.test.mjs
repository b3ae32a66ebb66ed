import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { apiUrl, clerk, grace, lin } from './local-clerk.mjs';

const secret = 'whsec_Z2F0ZWhvdXNlLWxvY2FsLXdlYmhvb2stc2VjcmV0LTE=';
const otherSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

// What a program that takes webhooks would keep: the headers and the body's bytes.
const received = [];
let answer = () => 200;
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const webhook = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
  received.push(webhook);
  response.writeHead(answer(webhook)).end();
  server.emit('received');
});

const url = () => `http://127.0.0.1:${server.address().port}/hook`;

async function local(method, path, body) {
  const response = await fetch(`${apiUrl}/_local/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  return response.json();
}

async function arrived(count) {
  const late = AbortSignal.timeout(20_000);
  while (received.length < count) {
    await once(server, 'received', { signal: late });
  }
  return received.slice(0, count);
}

const asRequest = ({ headers, body }) => new Request('http://localhost/hook', { method: 'POST', headers, body });
const standardHeaders = (headers) => ({
  'webhook-id': headers['svix-id'],
  'webhook-timestamp': headers['svix-timestamp'],
  'webhook-signature': headers['svix-signature'],
});

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
after(() => server.close());
beforeEach(async () => {
  await local('POST', 'reset');
  received.length = 0;
  answer = () => 200;
  await local('PUT', 'endpoints', [{ url: url() }]);
});

test('verifyWebhook, svix and standardwebhooks accept what is sent', async () => {
  const user = await clerk.users.createUser({ firstName: 'Zoë 😀', emailAddress: ['zoe@example.com'] });
  const [webhook] = await arrived(1);

  const event = await verifyWebhook(asRequest(webhook), { signingSecret: secret });
  assert.deepEqual([event.type, event.data.id, event.data.first_name], ['user.created', user.id, 'Zoë 😀']);
  assert.equal(event.data.email_addresses[0].email_address, 'zoe@example.com');
  assert.equal(event.event_attributes.http_request.client_ip, '127.0.0.1');

  const whole = JSON.parse(webhook.body);
  assert.deepEqual([whole.object, whole.instance_id], ['event', 'ins_2GatehouseLocalInstance0001']);
  assert.deepEqual(new SvixWebhook(secret).verify(webhook.body, webhook.headers), whole);
  assert.deepEqual(new StandardWebhook(secret).verify(webhook.body, standardHeaders(webhook.headers)), whole);
});

test('a changed body, another secret and a missing header are refused', async () => {
  await clerk.users.lockUser(lin);
  const [webhook] = await arrived(1);
  const changed = { ...webhook, body: webhook.body.replace('"locked":true', '"locked":false') };
  assert.notEqual(changed.body, webhook.body);

  await assert.rejects(verifyWebhook(asRequest(changed), { signingSecret: secret }), /No matching signature/);
  await assert.rejects(verifyWebhook(asRequest(webhook), { signingSecret: otherSecret }), /No matching signature/);
  const { 'svix-id': _, ...headers } = webhook.headers;
  await assert.rejects(verifyWebhook(asRequest({ ...webhook, headers }), { signingSecret: secret }), /svix-id/);
  assert.throws(() => new SvixWebhook(otherSecret).verify(webhook.body, webhook.headers), /No matching signature/);
});

test('every type of event is verified and told', async () => {
  const types = await local('GET', 'webhooks/types');
  assert.ok(types.length >= 45);
  for (const type of types) {
    await local('POST', 'webhooks', { type });
  }

  const events = [];
  for (const webhook of await arrived(types.length)) {
    events.push(await verifyWebhook(asRequest(webhook), { signingSecret: secret }));
  }
  assert.deepEqual(events.map((event) => event.type), types);
  assert.equal(new Set(received.map(({ headers }) => headers['svix-id'])).size, types.length);
});

test('a retry has the id of the first try and a signature of its own', async () => {
  answer = () => (received.length === 1 ? 500 : 200);
  await clerk.users.lockUser(grace);
  await arrived(1);
  await local('POST', 'clock', { webhook_time_factor: 1000 });
  const [first, second] = await arrived(2);

  assert.equal(second.headers['svix-id'], first.headers['svix-id']);
  assert.equal(second.body, first.body);
  await verifyWebhook(asRequest(second), { signingSecret: secret });
});

test('half-way through a rotation both secrets verify', async () => {
  await local('PUT', 'endpoints', [{ url: url(), secret: otherSecret, previous_secrets: [secret] }]);
  await clerk.users.unlockUser(grace);
  const [webhook] = await arrived(1);

  for (const signingSecret of [secret, otherSecret]) {
    await verifyWebhook(asRequest(webhook), { signingSecret });
    new SvixWebhook(signingSecret).verify(webhook.body, webhook.headers);
    new StandardWebhook(signingSecret).verify(webhook.body, standardHeaders(webhook.headers));
  }
});

test('a wrong signature is refused, and the retry is right again', async () => {
  await local('PUT', 'faults', { webhooks: { wrong_signature: 1 } });
  answer = () => (received.length === 1 ? 401 : 200);
  await clerk.users.unlockUser(grace);
  const [wrong] = await arrived(1);
  await assert.rejects(verifyWebhook(asRequest(wrong), { signingSecret: secret }), /No matching signature/);

  await local('PUT', 'faults', {});
  await local('POST', 'clock', { advance_seconds: 5 });
  const [, right] = await arrived(2);
  await verifyWebhook(asRequest(right), { signingSecret: secret });
});

test('after the clock was moved by days a retry is still in time for its receiver', async () => {
  answer = () => (received.length === 1 ? 503 : 200);
  await clerk.users.unlockUser(grace);
  await arrived(1);
  await local('POST', 'clock', { advance_seconds: 2 * 24 * 3600 });
  const [, second] = await arrived(2);

  await verifyWebhook(asRequest(second), { signingSecret: secret });
});
