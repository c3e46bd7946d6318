"""Asks the API whatever its own document allows, and what it does not, as each kind of key.

Run by `cargo xtask test api` against a server with the demo data: python check.py BASE_URL FOLDER. Nothing may be
answered with a fault of the server's, with a status or a shape that the document does not have, or without a key.
"""

import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PASSWORD = "dealboard-demo"
# The same requests on every run.
SEED = "20261126"
EXAMPLES = "12"
CHECKS = ",".join([
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
])

# Without If-Match a change is 428 (RFC 6585), with an old one 412, whatever else is wrong with it.
CONFIG = [
    "[checks.missing_required_header]",
    "expected-statuses = [400, 401, 403, 415, 422, 428]",
    "[checks.negative_data_rejection]",
    "expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428]",
]

# Who makes the key, which side's it is, and what it may.
ROLES = [
    ("company admin", "mara@altostrat.example", "company", ["decide", "override", "pay", "write"]),
    ("partner owner", "nadia@brightwater.example", "partner", ["register", "move", "write"]),
    ("read-only", "mara@altostrat.example", "company", []),
]


class Desk:
    """A person of the demo's, signed in."""

    def __init__(self, base, email):
        self.base = base
        form = urllib.parse.urlencode({"email": email, "password": PASSWORD}).encode()
        kind = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        request = urllib.request.Request(f"{base}/api/sign_in", data=form, headers=kind)
        with urllib.request.urlopen(request) as answer:
            cookies = answer.headers.get_all("set-cookie")
        self.cookie = "; ".join(cookie.split(";")[0] for cookie in cookies)

    def call(self, door, **fields):
        form = urllib.parse.urlencode(fields, doseq=True).encode()
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
            "cookie": self.cookie,
        }
        request = urllib.request.Request(f"{self.base}/api/{door}", data=form, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def key(self, side, scopes):
        home = self.call("home")
        teams = home["companies"] if side == "company" else home["partners"]
        fields = {side: teams[0][0], "name": "check", "days": 30}
        fields.update({f"scopes[{place}]": scope for place, scope in enumerate(scopes)})
        return self.call(f"make_{side}_key", **fields)["token"]


def read(base, key, path):
    request = urllib.request.Request(f"{base}/api/v1{path}", headers={"authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def known(base, key):
    """Ids that the key can find: most requests are to meet something."""
    programs = read(base, key, "/programs")["items"]
    busiest, deals = programs[0]["id"], []
    for program in programs:
        found = read(base, key, f"/programs/{program['id']}/deals")["items"]
        if len(found) > len(deals):
            busiest, deals = program["id"], found
    commissions = read(base, key, f"/programs/{busiest}/commissions")["items"]
    return {
        "path.program": busiest,
        "path.deal": deals[0]["id"],
        "path.form": read(base, key, f"/programs/{busiest}/form")["id"],
        **({"path.commission": commissions[0]["id"]} if commissions else {}),
    }


def config(folder, name, ids):
    lines = CONFIG + ["[parameters]"] + [f'"{where}" = "{value}"' for where, value in ids.items()]
    path = folder / f"{name.replace(' ', '-')}.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


def check(base, folder, name, key, address):
    st = Path(sys.executable).with_name("st")
    command = [
        st, "--config-file", config(folder, name, known(base, key)), "run", f"{base}/api/v1/openapi.json",
        "--header", f"Authorization: Bearer {key}",
        "--header", f"X-Forwarded-For: {address}",
        "--checks", CHECKS,
        "--phases", "examples,coverage,fuzzing",
        "--max-examples", EXAMPLES,
        "--seed", SEED,
        "--request-timeout", "20",
        "--workers", "1",
        "--warnings", "off",
        "--suppress-health-check", "all",
    ]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


def main():
    base, folder = sys.argv[1], Path(sys.argv[2])
    passed = 0
    for place, (name, email, side, scopes) in enumerate(ROLES):
        print(f"\n-- the API as {name}", flush=True)
        key = Desk(base, email).key(side, scopes)
        passed += check(base, folder, name, key, f"192.0.2.{place + 1}")
    failed = len(ROLES) - passed
    print(f"test result: {'ok' if failed == 0 else 'FAILED'}. {passed} passed; {failed} failed", flush=True)
    sys.exit(failed != 0)


main()
