// Verifies the tokens of a file for so many milliseconds with one of the packages, and prints how many a second.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [duration, peer, file] = process.argv.slice(2);
const [key, ...tokens] = readFileSync(file, 'utf8').trim().split('\n');
const pem = Buffer.from(key, 'base64').toString();
const issuer = 'https://bench-1.clerk.accounts.dev';

const peers = {
  async clerk() {
    const { verifyToken } = await import('@clerk/backend');
    return token => verifyToken(token, { jwtKey: pem, authorizedParties: ['https://app.example.com'] });
  },
  async jose() {
    const { jwtVerify } = await import('jose');
    const publicKey = createPublicKey(pem);
    return token => jwtVerify(token, publicKey, { algorithms: ['RS256'], issuer, clockTolerance: 5 });
  },
  async 'fast-jwt'() {
    const { createVerifier } = await import('fast-jwt');
    const verify = createVerifier({ key: pem, algorithms: ['RS256'], allowedIss: issuer, cache: false });
    return async token => verify(token);
  },
};

const verify = await peers[peer]();
for (let n = 0; n < 200; n++) await verify(tokens[n % tokens.length]);

const start = performance.now();
let count = 0;
while (performance.now() - start < Number(duration)) {
  for (let n = 0; n < 16; n++) await verify(tokens[count++ % tokens.length]);
}
console.log(count / ((performance.now() - start) / 1000));
