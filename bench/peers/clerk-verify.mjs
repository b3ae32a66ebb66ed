// Verifies the tokens of a file for so many milliseconds with Clerk's own package, and prints how many a second.
import { readFileSync } from 'node:fs';
import { verifyToken } from '@clerk/backend';

const [duration, file] = process.argv.slice(2);
const [key, ...tokens] = readFileSync(file, 'utf8').trim().split('\n');
const options = { jwtKey: Buffer.from(key, 'base64').toString(), authorizedParties: ['https://app.example.com'] };

for (let n = 0; n < 200; n++) await verifyToken(tokens[n % tokens.length], options);

const start = performance.now();
let count = 0;
while (performance.now() - start < Number(duration)) {
  for (let n = 0; n < 16; n++) await verifyToken(tokens[count++ % tokens.length], options);
}
console.log(count / ((performance.now() - start) / 1000));
