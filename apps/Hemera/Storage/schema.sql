-- Times are unix milliseconds, UTC.
CREATE TABLE IF NOT EXISTS courses (
  id text PRIMARY KEY NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  location text NOT NULL,
  starts_at integer NOT NULL,
  ends_at integer NOT NULL,
  capacity integer NOT NULL CHECK (capacity > 0),
  created_at integer NOT NULL,
  updated_at integer NOT NULL,
  CHECK (ends_at > starts_at)
);

-- Phone and street are for the academy's office; no service endpoint reads them.
CREATE TABLE IF NOT EXISTS users (
  id text PRIMARY KEY NOT NULL,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  phone text,
  street text,
  created_at integer NOT NULL
);

CREATE TABLE IF NOT EXISTS participations (
  id text PRIMARY KEY NOT NULL,
  course_id text NOT NULL REFERENCES courses (id),
  user_id text NOT NULL REFERENCES users (id),
  status text NOT NULL CHECK (status IN ('confirmed', 'waitlisted', 'cancelled')),
  result_outcome text,
  result_notes text,
  created_at integer NOT NULL,
  updated_at integer NOT NULL,
  UNIQUE (course_id, user_id)
);

CREATE INDEX IF NOT EXISTS participations_of_user ON participations (user_id);
