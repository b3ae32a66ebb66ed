// Asks the real @upstash/ratelimit on a real redis-server what it decides, and writes the vectors that every store must agree with.
//   node tests/limits/make.mjs PACKAGES [SEQUENCES] [FOLDER]    PACKAGES: a folder with @upstash/ratelimit 2.2 in its node_modules
// The client's clock is ours. The server's is not, so that the life of a key is measured when it is written, and ended here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [packages, sequences = '4', folder = dirname(fileURLToPath(import.meta.url))] = process.argv.slice(2);
const { Ratelimit } = createRequire(join(resolve(packages), 'package.json'))('@upstash/ratelimit');

const work = mkdtempSync(join(tmpdir(), 'limits-'));
const path = join(work, 'redis.sock');
const server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', work]);
const socket = await opened();
const send = replies(socket);
let now = 0;
Date.now = () => now;

const redis = {
  async evalsha() {
    throw new Error('NOSCRIPT');
  },
  // Stock Redis does not know the flag in the first line.
  eval: (script, keys, args) => send('EVAL', script.replace(/^#!lua[^\n]*\n/, ''), keys.length, ...keys, ...args.map(String)),
};

const policies = [
  { file: 'sliding-window', algorithm: 'SlidingWindow', limit: 10, window: 60000 },
  { file: 'sliding-window', algorithm: 'SlidingWindow', limit: 100, window: 60000 },
  { file: 'sliding-window', algorithm: 'SlidingWindow', limit: 97, window: 10007 },
  { file: 'fixed-window', algorithm: 'FixedWindow', limit: 10, window: 60000 },
  { file: 'fixed-window', algorithm: 'FixedWindow', limit: 3, window: 1000 },
  { file: 'token-bucket', algorithm: 'TokenBucket', limit: 5, window: 10000, refill: 2 },
  { file: 'token-bucket', algorithm: 'TokenBucket', limit: 10000, window: 360, refill: 1 },
  { file: 'token-bucket', algorithm: 'TokenBucket', limit: 20, window: 1000, refill: 7 },
];

const files = new Map();
let seed = 20261120;
for (const policy of policies) {
  for (let n = 0; n < Number(sequences); n++) {
    const found = files.get(policy.file) ?? [];
    found.push(JSON.stringify(await sequence(policy, n)).replaceAll('{"at"', '\n  {"at"'));
    files.set(policy.file, found);
  }
}

for (const [file, found] of files) {
  writeFileSync(join(folder, `${file}.json`), `[\n${found.join(',\n')}\n]\n`);
}

socket.destroy();
server.kill();
await once(server, 'exit');
rmSync(work, { recursive: true });

async function sequence({ algorithm, limit, window, refill }, n) {
  const name = `${algorithm} ${limit}/${window} ${n}`;
  const ratelimit = new Ratelimit({ redis, prefix: 'vectors', ephemeralCache: false, timeout: 0, limiter: limiterOf(algorithm, limit, window, refill) });
  now = 1700000000000 + n * 86400000 + random(window);
  let end = Infinity;
  const calls = [];
  for (let call = 0; call < 40; call++) {
    now += step(window);
    if (now > end) {
      await send('DEL', `vectors:${name}`);
    }

    const cost = costOf(n, limit);
    const answer = await ratelimit.limit(name, { rate: cost });
    if (algorithm === 'TokenBucket' && answer.success) {
      const life = await send('PTTL', `vectors:${name}`);
      end = now + Math.ceil(life / window) * window;
    }

    calls.push({ at: now, cost, allowed: answer.success, remaining: answer.remaining, reset: answer.reset });
  }

  return { name, policy: { algorithm, limit, window, ...(refill && { refill }) }, calls };
}

function limiterOf(algorithm, limit, window, refill) {
  switch (algorithm) {
    case 'SlidingWindow': return Ratelimit.slidingWindow(limit, `${window} ms`);
    case 'FixedWindow': return Ratelimit.fixedWindow(limit, `${window} ms`);
    default: return Ratelimit.tokenBucket(refill, `${window} ms`, limit);
  }
}

// Often not at all or a little, often to an exact part of a window or to its border, sometimes far.
function step(window) {
  const border = window - (now % window);
  const steps = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, random(window / 10), random(window), border - 1, border, border + 1, border + Math.floor((window * random(100)) / 100), window, 3 * window];
  return Math.floor(steps[random(steps.length)]);
}

// A quarter of the sequences are single calls, the others cost more, now and then more than there is.
function costOf(n, limit) {
  return n % 4 === 0 ? 1 : 1 + random([3, limit / 3, limit / 2, limit * 1.2][random(4)]);
}

function random(below) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
}

async function opened() {
  for (;;) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      await new Promise(done => setTimeout(done, 20));
    }
  }
}

function replies(socket) {
  let text = '';
  let waiting;
  socket.setEncoding('latin1');
  socket.on('data', part => {
    text += part;
    const read = parse(text, 0);
    if (read) {
      text = text.slice(read.end);
      read.error ? waiting.reject(new Error(read.error)) : waiting.resolve(read.value);
    }
  });
  return (...parts) => new Promise((resolve, reject) => {
    waiting = { resolve, reject };
    socket.write(`*${parts.length}\r\n${parts.map(part => `$${Buffer.byteLength(String(part))}\r\n${part}\r\n`).join('')}`);
  });
}

function parse(text, from) {
  const line = text.indexOf('\r\n', from);
  if (line < 0) {
    return undefined;
  }

  const [kind, rest] = [text[from], text.slice(from + 1, line)];
  let end = line + 2;
  switch (kind) {
    case ':': return { value: Number(rest), end };
    case '-': return { error: rest, end };
    case '+': return { value: rest, end };
    case '$': return rest === '-1' ? { value: null, end } : text.length < end + Number(rest) + 2 ? undefined : { value: text.slice(end, end + Number(rest)), end: end + Number(rest) + 2 };
    default: {
      const value = [];
      for (let n = 0; n < Number(rest); n++) {
        const item = parse(text, end);
        if (!item) {
          return undefined;
        }

        value.push(item.value);
        end = item.end;
      }

      return { value, end };
    }
  }
}
