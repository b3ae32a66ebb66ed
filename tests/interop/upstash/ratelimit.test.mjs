// @upstash/ratelimit counts at the local Upstash as it does at Upstash: every algorithm, its keys, and what stands in them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Ratelimit } from '@upstash/ratelimit';
import { connect, fresh, raw } from './local-upstash.mjs';

const redis = connect();
const limit = (limiter, more = {}) => new Ratelimit({ redis, limiter, ephemeralCache: false, timeout: 0, ...more });

/** Waits for a window long enough that none of the test's calls falls into the next. */
const windowOf = async (length, needed) => {
  const left = length - (Date.now() % length);
  if (left < needed) await new Promise((resolve) => setTimeout(resolve, left));
  return Math.floor(Date.now() / length);
};

test('a sliding window admits the limit, and says what is left and until when', async () => {
  const id = fresh('sliding');
  const bucket = await windowOf(60_000, 5_000);
  const limiter = limit(Ratelimit.slidingWindow(3, '1 m'));
  const answers = [];
  for (let n = 0; n < 5; n++) answers.push(await limiter.limit(id));
  assert.deepEqual(answers.map(({ success, remaining }) => [success, remaining]), [[true, 2], [true, 1], [true, 0], [false, 0], [false, 0]]);
  assert.ok(answers.every((answer) => answer.limit === 3 && answer.reset === (bucket + 1) * 60_000));
  assert.equal(await raw.get(`@upstash/ratelimit:${id}:${bucket}`), '3');
  assert.ok((await raw.pttl(`@upstash/ratelimit:${id}:${bucket}`)) > 110_000);
  assert.deepEqual(await limiter.getRemaining(id), { remaining: 0, reset: (bucket + 1) * 60_000, limit: 3 });
});

test('a fixed window counts refused calls too', async () => {
  const id = fresh('fixed');
  const bucket = await windowOf(60_000, 5_000);
  const limiter = limit(Ratelimit.fixedWindow(2, '1 m'));
  const answers = [];
  for (let n = 0; n < 4; n++) answers.push((await limiter.limit(id)).success);
  assert.deepEqual(answers, [true, true, false, false]);
  assert.equal(await raw.get(`@upstash/ratelimit:${id}:${bucket}`), '4');
});

test('a token bucket gives what it holds, and is a hash', async () => {
  const id = fresh('bucket');
  const limiter = limit(Ratelimit.tokenBucket(2, '10 m', 5));
  assert.deepEqual([(await limiter.limit(id, { rate: 4 })).remaining, (await limiter.limit(id)).remaining, (await limiter.limit(id)).success], [1, 0, false]);
  assert.deepEqual(Object.keys(await redis.hgetall(`@upstash/ratelimit:${id}`)).sort(), ['refilledAt', 'tokens']);
});

test('used tokens can be given back and forgotten', async () => {
  const id = fresh('reset');
  await windowOf(60_000, 5_000);
  const limiter = limit(Ratelimit.slidingWindow(3, '1 m'));
  await limiter.limit(id, { rate: 3 });
  assert.equal((await limiter.limit(id)).success, false);
  await limiter.resetUsedTokens(id);
  assert.equal((await limiter.limit(id)).remaining, 2);
});

test('a limit that is set while running counts for all', async () => {
  const id = fresh('dynamic');
  await windowOf(60_000, 5_000);
  const limiter = limit(Ratelimit.slidingWindow(10, '1 m'), { dynamicLimits: true, prefix: fresh('prefix') });
  await limiter.setDynamicLimit({ limit: 1 });
  assert.deepEqual([(await limiter.limit(id)).success, (await limiter.limit(id)).success], [true, false]);
});

test('what is denied is refused, and the rest is counted', async () => {
  const prefix = fresh('deny');
  await redis.sadd(`${prefix}:denyList:all`, 'bad');
  await redis.set(`${prefix}:ipDenyListStatus`, 'valid');
  const limiter = limit(Ratelimit.fixedWindow(5, '1 m'), { prefix, enableProtection: true });
  const denied = await limiter.limit(fresh('id'), { userAgent: 'bad' });
  assert.deepEqual([denied.success, denied.reason, denied.deniedValue], [false, 'denyList', 'bad']);
  assert.equal((await limiter.limit(fresh('id'), { userAgent: 'good' })).success, true);
});

test('analytics are written beside the counters', async () => {
  const prefix = fresh('analytics');
  const limiter = limit(Ratelimit.fixedWindow(1, '1 m'), { prefix, analytics: true });
  for (let n = 0; n < 2; n++) await (await limiter.limit('someone')).pending;
  const [key] = await redis.keys(`${prefix}:events:*`);
  assert.match(key, /:events:\d+00000$/);
  const written = await raw.zrange(key, 0, -1, { withScores: true });
  assert.equal(written.filter((_, n) => n % 2 === 1).reduce((sum, score) => sum + Number(score), 0), 2);
});

test('64 calls at once never exceed any limit', async () => {
  await windowOf(60_000, 10_000);
  for (const limiter of [Ratelimit.slidingWindow(10, '1 m'), Ratelimit.fixedWindow(10, '1 m'), Ratelimit.tokenBucket(10, '1 m', 10)]) {
    const id = fresh('race');
    const answers = await Promise.all(Array.from({ length: 64 }, () => limit(limiter).limit(id)));
    assert.equal(answers.filter(({ success }) => success).length, 10);
  }
});
