// One endpoint on a free port: `bare` Express, or behind Clerk's middleware (`clerk`).
import express from 'express';

const app = express();
app.disable('x-powered-by').disable('etag');
if (process.argv[2] === 'clerk') {
  const { clerkMiddleware, getAuth } = await import('@clerk/express');
  app.use(clerkMiddleware({
    jwtKey: process.env.CLERK_JWT_KEY,
    publishableKey: 'pk_test_YmVuY2gtMS5jbGVyay5hY2NvdW50cy5kZXYk',
    secretKey: 'sk_test_bench',
    authorizedParties: ['https://app.example.com'],
  }));
  app.get('/thing', (request, response) => (getAuth(request).userId ? response.send('thing') : response.status(401).end()));
} else {
  app.get('/thing', (request, response) => response.send('thing'));
}
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
