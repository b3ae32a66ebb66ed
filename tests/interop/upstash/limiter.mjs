// @upstash/ratelimit as another service's limiter, told what to do by lines of JSON and answering with one line each.
//   {"algorithm","limit","window","refill","id","cost","now"}: one call at a time of the asker's, or at the real one without "now"
//   with "calls": so many at once, and the answer is how many were admitted
import { createInterface } from 'node:readline';
import { Ratelimit } from '@upstash/ratelimit';
import { connect } from './local-upstash.mjs';

const redis = connect();
const realNow = Date.now;

const limiterOf = ({ algorithm, limit, window, refill }) => {
  switch (algorithm) {
    case 'SlidingWindow': return Ratelimit.slidingWindow(limit, `${window} ms`);
    case 'FixedWindow': return Ratelimit.fixedWindow(limit, `${window} ms`);
    default: return Ratelimit.tokenBucket(refill, `${window} ms`, limit);
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, cost, now, calls, ...policy } = JSON.parse(line);
  Date.now = now === undefined ? realNow : () => now;
  const ratelimit = new Ratelimit({ redis, limiter: limiterOf(policy), ephemeralCache: false, timeout: 0 });
  if (calls) {
    const answers = await Promise.all(Array.from({ length: calls }, () => ratelimit.limit(id)));
    console.log(JSON.stringify({ admitted: answers.filter(({ success }) => success).length }));
  } else {
    const { success, limit, remaining, reset } = await ratelimit.limit(id, { rate: cost });
    console.log(JSON.stringify({ success, limit, remaining, reset }));
  }
}
