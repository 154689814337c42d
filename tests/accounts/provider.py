"""An OpenID Connect provider on loopback: discovery, authorize, token (code, PKCE, RS256), keys, userinfo.

It is honest until ``faults`` names what it does wrong.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portalul", "un secret al portalului"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key pair; made once a process, since that takes a while."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Provider:
    """Who signs in there, and what the provider does wrong."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    grants: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        issuer = "https://evil.example" if "discovery" in self.faults else self.url
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            **({} if "no userinfo" in self.faults else {"userinfo_endpoint": f"{self.url}/userinfo"}),
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent: back to the portal with a code, at once."""
        code = secrets.token_urlsafe(8)
        self.grants[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        asked = self.grants.pop(sent["code"])
        proof = hashlib.sha256(sent["code_verifier"].encode()).digest()
        assert asked["code_challenge_method"] == "S256"
        assert base64.urlsafe_b64encode(proof).decode().rstrip("=") == asked["code_challenge"]
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        assert sent["redirect_uri"] == asked["redirect_uri"]
        answer = {"access_token": "acces", "token_type": "Bearer", "id_token": self.identity(asked)}
        if "no identity" in self.faults:
            del answer["id_token"]
        return answer

    def identity(self, asked: dict[str, str]) -> str:
        now = int(time.time()) - (3600 if "old" in self.faults else 0)
        claims = {
            **self.claims,
            "iss": "https://evil.example" if "issuer" in self.faults else self.url,
            "aud": "alt-portal" if "audience" in self.faults else CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": "altul" if "nonce" in self.faults else asked["nonce"],
        }
        if "other portals" in self.faults:
            claims["aud"] = [CLIENT, "alt-portal"]
        if "no nonce" in self.faults:
            del claims["nonce"]
        if "unsigned" in self.faults:
            return jwt.encode(claims, None, "none", headers={"kid": "cheia"})
        if "shared secret" in self.faults:
            return jwt.encode(claims, SECRET * 2, "HS256", headers={"kid": "cheia"})
        signer = key("other" if "signature" in self.faults else "own")
        kid = "necunoscuta" if "kid" in self.faults else "cheia"
        return jwt.encode(claims, signer, "RS256", headers={"kid": kid})

    def userinfo(self) -> dict[str, Any]:
        return {**self.claims, **({"sub": "alt-om"} if "other person" in self.faults else {})}

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key("own").public_key()))
        return {"keys": [{**public, "kid": "cheia", "use": "sig", "alg": "RS256"}]}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
                return
            if parts.path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer acces"
            pages = {
                "/.well-known/openid-configuration": provider.discovery,
                "/jwks": provider.jwks,
                "/userinfo": provider.userinfo,
            }
            self._say(pages[parts.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, answer: dict[str, Any]) -> None:
            body = b"<html>" if "babble" in provider.faults else json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Silent."""

    return Handler


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a free port; ended with the block."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
