"""Sunrise and sunset of the dates that are named:  zmanim.py 31.778 35.235 Asia/Jerusalem 2026-03-01 2026-03-02

Needs Python 3.9 and nothing else, and in the environment ZMANIM_API_URL and CLERK_MACHINE_SECRET_KEY.
"""

import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ATTEMPTS = 5


class Refused(Exception):
    """The API said no, and would say no again."""


class Zmanim:
    def __init__(self):
        self._clerk = os.environ.get("CLERK_API_URL", "https://api.clerk.com")
        self._api = os.environ["ZMANIM_API_URL"]
        self._token, self._renew_at = None, 0.0

    def of(self, latitude, longitude, zone, date):
        query = urllib.parse.urlencode({"latitude": latitude, "longitude": longitude, "date": date, "timezone": zone})
        renewed = False
        for attempt in range(ATTEMPTS):
            request = urllib.request.Request(
                f"{self._api}/api/v1/external/zmanim?{query}", headers={"Authorization": f"Bearer {self._find_token()}"})
            status, headers, answer = send(request)
            if status == 200:
                return answer
            if status == 401 and not renewed:
                self._token, renewed = None, True  # revoked, or our clock is wrong: once with a new one
            elif status in (429, 503) and attempt < ATTEMPTS - 1:
                time.sleep(pause(headers.get("Retry-After"), attempt))
            else:
                raise Refused(f"{answer.get('code')}: {answer.get('error')}: {answer.get('message')}")
        raise Refused("unavailable: no answer in five attempts")

    def _find_token(self):
        if self._token is None or time.time() >= self._renew_at:
            request = urllib.request.Request(
                f"{self._clerk}/v1/m2m_tokens",
                json.dumps({"token_format": "jwt", "seconds_until_expiration": 900}).encode(),
                {"Authorization": f"Bearer {os.environ['CLERK_MACHINE_SECRET_KEY']}", "Content-Type": "application/json"})
            status, _, answer = send(request)
            if status != 201:
                raise Refused(f"Clerk gave no token: {status}")
            self._token, self._renew_at = answer["token"], time.time() + 900 - 120
        return self._token


def send(request):
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.headers, json.load(response)
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, json.load(refusal)


def pause(retry_after, attempt):
    """What the API says; else longer each time, and not all clients at the same moment."""
    return float(retry_after) if retry_after else 2**attempt * random.uniform(0.5, 1)


if __name__ == "__main__":
    latitude, longitude, zone, *dates = sys.argv[1:]
    zmanim = Zmanim()
    try:
        for date in dates:
            answer = zmanim.of(latitude, longitude, zone, date)
            print(answer["date"], answer["times"]["sunrise"], answer["times"]["sunset"])
    except Refused as refusal:
        sys.exit(str(refusal))
