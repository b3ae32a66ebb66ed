import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, test } from 'node:test';
import { clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';
import { CookieJar } from './cookie-jar.mjs';
import { apiUrl, clerk, grace, krypton, publishableKey, secretKey } from './local-clerk.mjs';

const suffix = 'ko-MjgMK';
const handshake = ['307 /', '307 /__clerk/v1/client/handshake', '307 /', '200 /'];
let server;
let app;
let browser;

before(async () => {
  const pages = express();
  pages.use(clerkMiddleware({ clerkClient: clerk, secretKey, publishableKey, proxyUrl: `${apiUrl}/__clerk`, telemetry: { disabled: true } }));
  pages.get('/', (request, response) => response.send(getAuth(request).userId ?? 'nobody'));
  server = pages.listen(0, '127.0.0.1');
  await once(server, 'listening');
  app = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

beforeEach(async () => {
  await setClock(0);
  browser = new CookieJar();
});

const setClock = (seconds) =>
  fetch(`${apiUrl}/_local/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ offset_seconds: seconds }) });

const signIn = (userId, address = app) =>
  browser.open(`${apiUrl}/sign-in?redirect_url=${encodeURIComponent(address)}`, { method: 'POST', body: new URLSearchParams({ user_id: userId }) });

// Signed in for five minutes, with a token in the browser that expired a minute ago.
async function signInLongAgo() {
  await setClock(-300);
  await browser.open(`${apiUrl}/sign-in`, { method: 'POST', body: new URLSearchParams({ user_id: grace }) });
  await setClock(0);
  await browser.open(app);
  const { sid } = JSON.parse(atob(browser.get('__session').split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
  await setClock(-120);
  const minted = await fetch(`${apiUrl}/v1/sessions/${sid}/tokens`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secretKey}`, Origin: new URL(app).origin },
  });
  await setClock(0);
  const { jwt } = await minted.json();
  browser.set('__session', jwt);
  browser.set(`__session_${suffix}`, jwt);
  return jwt;
}

test('a browser that nobody knows takes the handshake, and comes back as nobody', async () => {
  const visit = await browser.open(app);
  assert.equal(visit.text, 'nobody');
  assert.deepEqual(visit.way, handshake);
  assert.equal(browser.get('__client_uat'), '0');
  assert.ok(browser.get(`__clerk_db_jwt_${suffix}`).startsWith('dvb_'));
  assert.deepEqual((await browser.open(app)).way, ['200 /']);
});

test('signing in on the page signs in to the app, which keeps it without another handshake', async () => {
  await browser.open(app);
  const visit = await signIn(grace);
  assert.equal(visit.text, grace);
  assert.deepEqual(visit.way, ['303 /sign-in', ...handshake]);
  assert.deepEqual((await browser.open(app)).way, ['200 /']);
  for (const name of ['__session', '__client_uat', '__clerk_db_jwt']) {
    assert.equal(browser.get(name), browser.get(`${name}_${suffix}`));
  }
  assert.ok(browser.get(`__refresh_${suffix}`));
});

test('an expired token is refreshed with the refresh cookie, without leaving the page', async () => {
  const expired = await signInLongAgo();
  const visit = await browser.open(app);
  assert.equal(visit.text, grace);
  assert.deepEqual(visit.way, ['200 /']);
  assert.notEqual(browser.get(`__session_${suffix}`), expired);
});

test('an expired token without a refresh cookie takes the handshake', async () => {
  await signInLongAgo();
  browser.delete(`__refresh_${suffix}`);
  const visit = await browser.open(app);
  assert.equal(visit.text, grace);
  assert.deepEqual(visit.way, handshake);
});

test('an expired token of a script is refused', async () => {
  await signInLongAgo();
  browser.delete(`__refresh_${suffix}`);
  assert.equal((await browser.open(app, { dest: 'empty' })).text, 'nobody');
});

test('signing out on the page signs out of the app', async () => {
  await browser.open(app);
  await signIn(grace);
  const visit = await browser.open(`${apiUrl}/sign-out?redirect_url=${encodeURIComponent(app)}`, { method: 'POST' });
  assert.equal(visit.text, 'nobody');
  assert.equal(browser.get('__session'), undefined);
  assert.equal(browser.get(`__refresh_${suffix}`), undefined);
  assert.equal((await browser.open(app)).text, 'nobody');
});

test('the handshake in the form of a token is taken as well', async () => {
  await browser.open(app);
  await signIn(grace);
  const address = new URL(`${apiUrl}/__clerk/v1/client/handshake`);
  address.searchParams.set('redirect_url', app);
  address.searchParams.set('organization_id', krypton);
  const answer = await fetch(address, { redirect: 'manual', headers: { Cookie: `__client=${browser.get('__client')}` } });
  const location = new URL(answer.headers.get('location'));
  assert.ok(location.searchParams.has('__clerk_handshake'));

  const visit = await browser.open(location.href);
  assert.equal(visit.text, grace);
  const claims = JSON.parse(atob(browser.get('__session').split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
  assert.equal(claims.o.id, krypton);
  assert.equal(claims.azp, new URL(app).origin);
});
