// Sunrise and sunset of the dates that are named:  node zmanim.ts 31.778 35.235 Asia/Jerusalem 2026-03-01 2026-03-02
// Needs in the environment ZMANIM_API_URL and CLERK_MACHINE_SECRET_KEY. Every type is inferred, so Node before 22.18 takes it as JavaScript:
// node --input-type=module - 31.778 … < zmanim.ts
import { setTimeout as sleep } from 'node:timers/promises';

const { CLERK_API_URL: clerk = 'https://api.clerk.com', ZMANIM_API_URL: api = '', CLERK_MACHINE_SECRET_KEY: secret = '' } = process.env;
const attempts = 5;

let token = '';
let renewAt = 0;

async function findToken() {
  if (token === '' || Date.now() >= renewAt) {
    const response = await fetch(`${clerk}/v1/m2m_tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token_format: 'jwt', seconds_until_expiration: 900 }),
    });
    if (response.status !== 201) {
      throw new Error(`Clerk gave no token: ${response.status}`);
    }

    token = (await response.json()).token;
    renewAt = Date.now() + (900 - 120) * 1000;
  }

  return token;
}

async function zmanim(latitude = '', longitude = '', timezone = '', date = '') {
  const query = new URLSearchParams({ latitude, longitude, date, timezone });
  let renewed = false;
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${api}/api/v1/external/zmanim?${query}`, { headers: { authorization: `Bearer ${await findToken()}` } });
    const answer = await response.json();
    if (response.ok) {
      return answer;
    }

    if (response.status === 401 && !renewed) {
      token = ''; // revoked, or our clock is wrong: once with a new one
      renewed = true;
    } else if ((response.status === 429 || response.status === 503) && attempt < attempts) {
      // What the API says; else longer each time, and not all clients at the same moment.
      const seconds = Number(response.headers.get('retry-after')) || 2 ** attempt * (0.5 + Math.random() / 2);
      await sleep(seconds * 1000);
    } else {
      throw new Error(`${answer.code}: ${answer.error}: ${answer.message}`);
    }
  }
}

const [latitude, longitude, timezone, ...dates] = process.argv.slice(2);
try {
  for (const date of dates) {
    const answer = await zmanim(latitude, longitude, timezone, date);
    console.log(answer.date, answer.times.sunrise, answer.times.sunset);
  }
} catch (refusal) {
  console.error(refusal instanceof Error ? refusal.message : refusal);
  process.exitCode = 1;
}
