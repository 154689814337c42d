"""A passkey in software: makes a key when a page asks for one, and signs the questions of the portal."""

import hashlib
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def question_of(page: Any) -> dict[str, Any]:
    """The options that stand in a page, or that the sign-in page fetches."""
    if page["Content-Type"].startswith("application/json"):
        return page.json()["request_options"]["publicKey"]
    text = re.search(r'id="cheie-optiuni" type="application/json">(.*?)</script>', page.text)
    assert text, "the page asks for no passkey"
    return json.loads(html.unescape(text[1]))["publicKey"]


@dataclass
class SoftKey:
    """One device; ``verifies`` says whether it checks its owner by finger, face or PIN."""

    origin: str = "http://localhost:8000"
    rp_id: str = "localhost"
    verifies: bool = True
    user_handle: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, asked: dict[str, Any]) -> str:
        """What a browser sends after ``navigator.credentials.create``."""
        self.user_handle = asked["user"]["id"]
        key = AttestedCredentialData.create(
            Aaguid.NONE, self.credential_id, ES256.from_cryptography_key(self.private.public_key())
        )
        made = AttestationObject.create("none", self._data(WITH_KEY, key), {})
        return self._answer(
            clientDataJSON=websafe_encode(self._client("webauthn.create", asked)),
            attestationObject=websafe_encode(bytes(made)),
        )

    def get(self, asked: dict[str, Any], **changed: str) -> str:
        """What a browser sends after ``navigator.credentials.get``; ``changed`` is what an attacker puts instead."""
        client, data = self._client("webauthn.get", asked), bytes(self._data(0))
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            **{
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self.user_handle,
                **changed,
            }
        )

    def _data(self, flags: int, key: AttestedCredentialData | None = None) -> AuthenticatorData:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return AuthenticatorData.create(
            hashlib.sha256(self.rp_id.encode()).digest(), flags, 0, bytes(key) if key else b""
        )

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, **response: str) -> str:
        number = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": response,
            }
        )
