-- Times are unix milliseconds, UTC.

-- How often each caller called in each hour, and how many of these calls its limit refused. Kept for 90 days.
CREATE TABLE IF NOT EXISTS usage (
  caller text NOT NULL CHECK (caller LIKE 'm2m:%' OR caller LIKE 'api:%'),
  hour integer NOT NULL CHECK (hour % 3600000 = 0),
  requests integer NOT NULL CHECK (requests > 0),
  refused integer NOT NULL CHECK (refused BETWEEN 0 AND requests),
  PRIMARY KEY (caller, hour)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS usage_by_hour ON usage (hour);
