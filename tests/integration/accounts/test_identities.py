"""Accounts at outside OpenID issuers: tokens checked with published keys, and the link to a user."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from chalicelib import settings, tokens
from tests.integration.accounts.conftest import Person, World
from tests.support.client import ApiClient

ISSUER = "https://login.example.org"
AUDIENCE = "tiza"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
KEYS = {
    "keys": [
        {**RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True), "kid": "rsa", "use": "sig"},
        {**ECAlgorithm.to_jwk(EC_KEY.public_key(), as_dict=True), "kid": "ec", "use": "sig"},
    ]
}
PUBLIC_PEM = RSA_KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


class KeyServer(BaseHTTPRequestHandler):
    """Publishes the issuer's keys, and counts how often they were fetched."""

    fetched = 0

    def do_GET(self) -> None:
        type(self).fetched += 1
        body = json.dumps(KEYS).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def issuer(client: ApiClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[KeyServer]]:
    KeyServer.fetched = 0
    server = HTTPServer(("127.0.0.1", 0), KeyServer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/jwks.json"
    monkeypatch.setenv("TIZA_TRUSTED_ISSUERS", f"{ISSUER}|{AUDIENCE}|{url}")
    settings.reset()
    yield KeyServer
    server.shutdown()
    thread.join()
    server.server_close()


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    given = {"iss": ISSUER, "aud": AUDIENCE, "sub": "outside|1", "iat": now, "exp": now + 60, **changes}
    return {name: value for name, value in given.items() if value is not None}


def rs256(**changes: Any) -> str:
    return jwt.encode(claims(**changes), RSA_KEY, "RS256", headers={"kid": "rsa"})


def es256(**changes: Any) -> str:
    return jwt.encode(claims(**changes), EC_KEY, "ES256", headers={"kid": "ec"})


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(header: dict[str, Any], body: bytes, signature: bytes = b"x") -> str:
    return ".".join((b64(json.dumps(header).encode()), b64(body), b64(signature)))


def hs256_with_the_public_key(key_id: str) -> str:
    header = {"alg": "HS256", "typ": "at+jwt", "kid": key_id}
    signed, _, _ = raw(header, json.dumps(claims()).encode()).rpartition(".")
    return f"{signed}.{b64(hmac.new(PUBLIC_PEM, signed.encode(), hashlib.sha256).digest())}"


BAD: dict[str, Callable[[], str]] = {
    "expired": lambda: rs256(exp=int(time.time()) - 60),
    "no expiry": lambda: rs256(exp=None),
    "another audience": lambda: rs256(aud="another"),
    "no audience": lambda: rs256(aud=None),
    "an issuer that is not trusted": lambda: rs256(iss="https://evil.example"),
    "no issuer": lambda: rs256(iss=None),
    "an issuer that is a list": lambda: raw(
        {"alg": "RS256", "kid": "rsa"}, json.dumps(claims(iss=[ISSUER])).encode()
    ),
    "no subject": lambda: rs256(sub=None),
    "not good yet": lambda: rs256(nbf=int(time.time()) + 120),
    "an unknown key": lambda: jwt.encode(claims(), RSA_KEY, "RS256", headers={"kid": "unknown"}),
    "no key id": lambda: jwt.encode(claims(), RSA_KEY, "RS256"),
    "another key": lambda: jwt.encode(claims(), OTHER_KEY, "RS256", headers={"kid": "rsa"}),
    "a key of another kind": lambda: jwt.encode(claims(), EC_KEY, "ES256", headers={"kid": "rsa"}),
    "another algorithm": lambda: jwt.encode(claims(), RSA_KEY, "RS512", headers={"kid": "rsa"}),
    "no signature": lambda: jwt.encode(claims(), None, "none", headers={"kid": "rsa"}),
    "the public key as a secret": lambda: hs256_with_the_public_key("rsa"),
    "the public key as our secret": lambda: hs256_with_the_public_key("test"),
    "a changed signature": lambda: rs256()[:-8] + "AAAAAAAA",
    "deeply nested": lambda: raw({"alg": "RS256", "kid": "rsa"}, b"[" * 5000),
    "deeply nested header": lambda: f"{b64(b'[' * 5000)}.e30.eA",
    "no token": lambda: "no.token.this",
    "too long": lambda: "a" * 8193,
    "not ASCII": lambda: "ä.ö.ü",
}


@pytest.mark.parametrize("make", [rs256, es256])
def test_an_outside_account_acts_as_its_user_once_linked(
    client: ApiClient, issuer: type[KeyServer], admin: Person, make: Callable[[], str]
) -> None:
    token = make()
    assert client.as_user(token).get("/v1/me").status == 401
    reply = admin.api.post("/v1/me/identities", {"token": token})
    assert (reply.status, reply.data["issuer"], reply.data["subject"]) == (201, ISSUER, "outside|1")
    assert admin.api.get("/v1/me/identities").data == [reply.data]
    assert client.as_user(token).get("/v1/me").data["id"] == str(admin.id)
    assert admin.api.post("/v1/me/identities", {"token": make()}).data == reply.data
    assert issuer.fetched == 1


@pytest.mark.parametrize("fault", BAD)
def test_a_token_with_a_fault_neither_links_nor_signs_in(
    client: ApiClient, issuer: type[KeyServer], admin: Person, fault: str
) -> None:
    admin.api.post("/v1/me/identities", {"token": rs256()})
    token = BAD[fault]()
    assert client.as_user(token).get("/v1/me").status == 401
    with pytest.raises(tokens.UnauthorizedError):
        tokens.verify(token)
    assert admin.api.post("/v1/me/identities", {"token": token}).code == "VALIDATION_ERROR"
    assert len(admin.api.get("/v1/me/identities").data) == 1


def test_unknown_keys_do_not_make_us_fetch_again_and_again(
    client: ApiClient, issuer: type[KeyServer], admin: Person
) -> None:
    for _ in range(5):
        assert client.as_user(BAD["an unknown key"]()).get("/v1/me").status == 401
    assert issuer.fetched <= 2


def test_an_outside_account_belongs_to_one_user(issuer: type[KeyServer], world: World, admin: Person) -> None:
    other = world.person(world.school(), "teacher")
    assert admin.api.post("/v1/me/identities", {"token": rs256()}).status == 201
    reply = other.api.post("/v1/me/identities", {"token": rs256()})
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "identity_taken"})
    assert other.api.get("/v1/me/identities").data == []


def test_an_address_alone_links_nobody(client: ApiClient, issuer: type[KeyServer], admin: Person) -> None:
    token = rs256(email=admin.email, email_verified=True, role="operator")
    assert client.as_user(token).get("/v1/me").status == 401


def test_one_of_our_own_tokens_is_no_outside_account(issuer: type[KeyServer], admin: Person) -> None:
    own = tokens.issue(admin.id, 1)
    assert admin.api.post("/v1/me/identities", {"token": own}).code == "VALIDATION_ERROR"


def test_what_is_unlinked_signs_nobody_in(
    client: ApiClient, issuer: type[KeyServer], world: World, school: UUID, admin: Person
) -> None:
    admin.api.post("/v1/me/identities", {"token": rs256()})
    path = f"/v1/me/identities?issuer={ISSUER}&subject=outside%7C1"
    assert world.person(school, "teacher").api.delete(path).code == "NOT_FOUND"
    assert admin.api.delete(path).status == 204
    assert admin.api.delete(path).code == "NOT_FOUND"
    assert client.as_user(rs256()).get("/v1/me").status == 401


def test_a_disabled_user_gets_in_by_no_outside_account(
    client: ApiClient, issuer: type[KeyServer], admin: Person, owner: Any
) -> None:
    admin.api.post("/v1/me/identities", {"token": rs256()})
    owner.execute("UPDATE users SET status = 'disabled'")
    assert client.as_user(rs256()).get("/v1/me").status == 401


def test_an_operator_can_link_one_too(client: ApiClient, issuer: type[KeyServer], world: World) -> None:
    operator = world.person(None, "operator")
    assert operator.api.post("/v1/me/identities", {"token": rs256()}).status == 201
    assert client.as_user(rs256()).get("/v1/me").data["role"] == "operator"
