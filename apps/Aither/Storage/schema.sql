-- Times are unix milliseconds, UTC.

-- What Aither holds.
CREATE TABLE IF NOT EXISTS recordings (
  id text PRIMARY KEY NOT NULL,
  course_id text NOT NULL,
  title text NOT NULL,
  recorded_at integer NOT NULL,
  minutes integer NOT NULL CHECK (minutes > 0),
  url text NOT NULL
);

CREATE TABLE IF NOT EXISTS slides (
  id text PRIMARY KEY NOT NULL,
  course_id text NOT NULL,
  title text NOT NULL,
  pages integer NOT NULL CHECK (pages > 0),
  url text NOT NULL
);

-- How long somebody was there, by the participation alone: Aither need not know who that is. No row: Aither does not know.
CREATE TABLE IF NOT EXISTS attendance (
  participation_id text PRIMARY KEY NOT NULL,
  minutes integer NOT NULL CHECK (minutes >= 0)
);

CREATE INDEX IF NOT EXISTS recordings_of_course ON recordings (course_id);
CREATE INDEX IF NOT EXISTS slides_of_course ON slides (course_id);

-- What Hemera had at the last sync.
CREATE TABLE IF NOT EXISTS courses (
  id text PRIMARY KEY NOT NULL,
  title text NOT NULL,
  starts_at integer NOT NULL,
  ends_at integer NOT NULL,
  synced_at integer NOT NULL
);

CREATE TABLE IF NOT EXISTS participations (
  id text PRIMARY KEY NOT NULL,
  course_id text NOT NULL,
  status text NOT NULL,
  result_outcome text,
  result_notes text,
  synced_at integer NOT NULL
);
