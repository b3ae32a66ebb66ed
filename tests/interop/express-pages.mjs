// A server-rendered app with Clerk's middleware and no script in its pages. Prints its address once it listens.
import { once } from 'node:events';
import { clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';
import { apiUrl, clerk, publishableKey, secretKey } from './clerk/local-clerk.mjs';

const app = express();
app.get('/favicon.ico', (_, response) => response.status(204).end());
app.use(clerkMiddleware({ clerkClient: clerk, secretKey, publishableKey, proxyUrl: `${apiUrl}/__clerk`, telemetry: { disabled: true } }));
app.get('/', (request, response) => {
  const { userId } = getAuth(request);
  const back = encodeURIComponent(`http://${request.headers.host}/`);
  response.type('html').send(userId
    ? `<title>App</title><p id="who">${userId}</p><a href="${apiUrl}/sign-out?redirect_url=${back}">Sign out</a>`
    : `<title>App</title><p id="who">nobody</p><a href="${apiUrl}/sign-in?redirect_url=${back}">Sign in</a>`);
});
app.get('/api', (request, response) => response.json({ userId: getAuth(request).userId }));

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${server.address().port}`);
