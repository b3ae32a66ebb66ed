// The official clients, pointed at a local Upstash as their documents say.
import { Redis } from '@upstash/redis';

export const url = process.env.UPSTASH_REDIS_REST_URL;
export const token = process.env.UPSTASH_REDIS_REST_TOKEN;

/** A client; without any option the way everybody makes it. */
export const connect = (options = {}) => new Redis({ url, token, enableTelemetry: false, ...options });

/** Answers as redis-server gave them: neither taken for JSON nor decoded. */
export const raw = connect({ automaticDeserialization: false });

let names = 0;
/** A name that no other test uses. */
export const fresh = (what) => `${what}-${process.pid}-${++names}`;
