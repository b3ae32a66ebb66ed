// @upstash/redis takes the local Upstash for Upstash: values, errors, pipelines, transactions and scripts.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { Redis } from '@upstash/redis';
import { connect, fresh, raw, token, url } from './local-upstash.mjs';

const redis = connect();

test('values of every kind come back as they went in', async () => {
  const key = fresh('value');
  for (const value of ['text', '', 'OK', 'PONG', 'AAAA', '12345678', 'grüße 🚪', 7, 1.5, true, { a: [1, null, 'b'] }, ['x', { y: 1 }]]) {
    assert.equal(await redis.set(key, value), 'OK');
    const read = await redis.get(key);
    assert.deepEqual(read, value === '12345678' ? 12345678 : value);
  }
  assert.equal(await redis.get(fresh('none')), null);
});

test('values come back without the base64 that the client asks for by itself', async () => {
  const plain = connect({ responseEncoding: false });
  const key = fresh('plain');
  await plain.set(key, 'grüße');
  assert.equal(await plain.get(key), 'grüße');
});

test('lists, hashes, sets and sorted sets', async () => {
  const [list, hash, set, zset] = ['l', 'h', 's', 'z'].map(fresh);
  assert.equal(await redis.rpush(list, 'a', 'OK', { b: 1 }), 3);
  assert.deepEqual(await redis.lrange(list, 0, -1), ['a', 'OK', { b: 1 }]);
  assert.equal(await redis.hset(hash, { name: 'Ada', age: 36 }), 2);
  assert.deepEqual(await redis.hgetall(hash), { name: 'Ada', age: 36 });
  assert.deepEqual(await redis.hmget(hash, 'name', 'none'), { name: 'Ada', none: null });
  await redis.sadd(set, 'x', 'y');
  assert.deepEqual((await redis.smembers(set)).sort(), ['x', 'y']);
  await redis.zadd(zset, { score: 2, member: 'two' }, { score: 1, member: 'one' });
  assert.deepEqual(await redis.zrange(zset, 0, -1, { withScores: true }), ['one', 1, 'two', 2]);
});

test('expiry, counters and options', async () => {
  const key = fresh('counter');
  assert.equal(await redis.incrby(key, 5), 5);
  assert.equal(await redis.pexpire(key, 60_000), 1);
  assert.ok((await redis.pttl(key)) > 50_000);
  assert.equal(await redis.set(key, 1, { nx: true }), null);
  assert.equal(await redis.set(key, 1, { xx: true, get: true, keepTtl: true }), 5);
});

test('scan walks through all keys', async () => {
  const prefix = fresh('scan');
  await Promise.all(Array.from({ length: 300 }, (_, n) => redis.set(`${prefix}:${n}`, n)));
  const found = new Set();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, { match: `${prefix}:*`, count: 50 });
    keys.forEach((key) => found.add(key));
    cursor = next;
  } while (cursor !== '0');
  assert.equal(found.size, 300);
});

test('a pipeline answers each command, failures too', async () => {
  const key = fresh('pipeline');
  const results = await redis.pipeline().set(key, 'x').incr(key).get(key).exec({ keepErrors: true });
  assert.deepEqual(results.map(({ result, error }) => error ?? result), ['OK', 'ERR value is not an integer or out of range', 'x']);
  await assert.rejects(redis.pipeline().set(key, 'x').incr(key).exec(), /Command 2 \[ incr \] failed: ERR value is not an integer/);
});

test('a transaction is run as one', async () => {
  const key = fresh('transaction');
  assert.deepEqual(await redis.multi().set(key, 1).incr(key).incr(key).get(key).exec(), ['OK', 2, 3, 3]);
  const all = await Promise.all(Array.from({ length: 50 }, () => redis.multi().get(key).incr(key).exec()));
  assert.ok(all.every(([before, after]) => after === before + 1));
});

test('many commands at once travel in one request by themselves', async () => {
  const key = fresh('auto');
  const pipelined = connect({ enableAutoPipelining: true });
  await Promise.all(Array.from({ length: 200 }, () => pipelined.incr(key)));
  assert.equal(await redis.get(key), 200);
});

test('scripts, by their text and by their digest', async () => {
  const script = '#!lua flags=allow-key-locking\nreturn {KEYS[1], ARGV[1], #ARGV}';
  const sha = createHash('sha1').update(script).digest('hex');
  await redis.scriptFlush();
  assert.deepEqual(await redis.scriptExists(sha), [0]);
  await assert.rejects(redis.evalsha(sha, ['k'], ['a']), /NOSCRIPT/);
  assert.deepEqual(await redis.eval(script, ['k'], ['a']), ['k', 'a', 1]);
  assert.deepEqual(await redis.evalsha(sha, ['k'], ['a']), ['k', 'a', 1]);
  assert.equal(await redis.scriptLoad(script), sha);
  assert.deepEqual(await redis.scriptExists(sha), [1]);
  const made = redis.createScript('return ARGV[1]');
  assert.equal(await made.exec([], ['x']), 'x');
});

test('functions', async () => {
  await redis.functions.load({ code: "#!lua name=gatehouse\nredis.register_function('twice', function(keys, args) return args[1] * 2 end)", replace: true });
  assert.equal(await redis.functions.call('twice', [], [21]), 42);
});

test('failures are Upstash errors that name the command', async () => {
  await assert.rejects(raw.exec(['NONE', 'k']), { name: 'UpstashError', message: /^ERR Command is not available: 'NONE'\..*command was: \["NONE","k"\]$/ });
  await assert.rejects(raw.exec(['GET']), { message: /^ERR wrong number of arguments for 'get' command/ });
});

test('another token is refused', async () => {
  const stranger = new Redis({ url, token: 'other', retry: false });
  await assert.rejects(stranger.get('k'), /^UpstashError: WRONGPASS invalid or missing auth token/);
});

test('the reading token reads and does not write', async () => {
  const reader = connect({ token: 'local-read-only' });
  assert.equal(await reader.get(fresh('none')), null);
  await assert.rejects(reader.set('k', 1), /NOPERM this user has no permissions to run the 'set' command/);
});

test('the environment is enough', async () => {
  assert.ok(token);
  assert.equal(await Redis.fromEnv().ping(), 'PONG');
});
