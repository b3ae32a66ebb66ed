#!/usr/bin/env bash
# Sunrise and sunset of the dates that are named:  zmanim.sh 31.778 35.235 Asia/Jerusalem 2026-03-01 2026-03-02
# Needs curl 7.82 and jq, and in the environment ZMANIM_API_URL and CLERK_MACHINE_SECRET_KEY.
set -euo pipefail
latitude=$1 longitude=$2 zone=$3
shift 3
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Secrets go in by a file descriptor: arguments can be read by anybody on the machine.
bearer() { echo "Authorization: Bearer $1"; }

# One token for all calls.
token=$(curl -sS --fail "${CLERK_API_URL:-https://api.clerk.com}/v1/m2m_tokens" -H @<(bearer "$CLERK_MACHINE_SECRET_KEY") \
  --json '{"token_format":"jwt","seconds_until_expiration":900}' | jq -er .token)

for date in "$@"; do
  # --retry waits as Retry-After says, on 429 and 503. Into a file: what was answered before a retry must not stay in front.
  curl -sS --get --retry 5 -o "$answer" "$ZMANIM_API_URL/api/v1/external/zmanim" -H @<(bearer "$token") \
    -d latitude="$latitude" -d longitude="$longitude" -d date="$date" --data-urlencode timezone="$zone" 2>/dev/null
  if [[ $(jq 'has("times")' "$answer") != true ]]; then
    jq -r '"\(.code): \(.error): \(.message)"' "$answer" >&2
    exit 1
  fi
  jq -r '"\(.date) \(.times.sunrise) \(.times.sunset)"' "$answer"
done
