-- Times are unix milliseconds, UTC. A position is never given twice, so that a list or a stream can be read on from one.

-- Whoever has called: made by the first request, never by hand.
CREATE TABLE IF NOT EXISTS users (
  id text PRIMARY KEY NOT NULL,
  created_at integer NOT NULL
);

CREATE TABLE IF NOT EXISTS modules (
  position integer PRIMARY KEY AUTOINCREMENT,
  id text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES users (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  content text NOT NULL CHECK (json_type(content) = 'object'),
  created_at integer NOT NULL,
  updated_at integer NOT NULL,
  UNIQUE (user_id, name)
);

CREATE INDEX IF NOT EXISTS modules_of_user ON modules (user_id, position);

-- What a user asked and was answered. The latest 1,000 of each user are kept.
CREATE TABLE IF NOT EXISTS messages (
  position integer PRIMARY KEY AUTOINCREMENT,
  id text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES users (id),
  message text NOT NULL,
  answer text NOT NULL,
  statistics text NOT NULL CHECK (json_type(statistics) = 'object'),
  created_at integer NOT NULL
);

CREATE INDEX IF NOT EXISTS messages_of_user ON messages (user_id, position);

-- What streams tell; written in the transaction of what it tells of. The latest 1,000 of each user are kept.
CREATE TABLE IF NOT EXISTS events (
  position integer PRIMARY KEY AUTOINCREMENT,
  user_id text NOT NULL REFERENCES users (id),
  type text NOT NULL CHECK (type IN ('module.saved', 'module.deleted', 'chat.answered')),
  data text NOT NULL CHECK (json_type(data) = 'object'),
  created_at integer NOT NULL
);

CREATE INDEX IF NOT EXISTS events_of_user ON events (user_id, position);
