"""Personal fields: encrypted in the ledger, found by a keyed hash, shown masked.

A ciphertext names its key and cipher: 'aes1:<base64 of nonce+ciphertext>'. AES-GCM is the default, SM4-GCM selectable.
"""

import base64
import functools
import hashlib
import hmac
import os
import unicodedata

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes


@functools.cache
def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{settings.WUSHANG_FIELD_KEY}".encode()).digest()


def encrypt(text: str) -> str:
    """Ciphertext of a text; the empty text stays empty."""
    if not text:
        return ""
    nonce, name = os.urandom(NONCE), in_use()
    return f"{name}:{base64.b64encode(nonce + seal(name, nonce, text.encode())).decode()}"


def decrypt(sealed: str) -> str:
    if not sealed:
        return ""
    name, _, body = sealed.partition(":")
    data = base64.b64decode(body)
    return unseal(name, data[:NONCE], data[NONCE:]).decode()


def in_use() -> str:
    """The name of the key and cipher that seal from now on."""
    return "sm41" if settings.WUSHANG_CIPHER == "sm4" else "aes1"


def seal(name: str, nonce: bytes, data: bytes) -> bytes:
    """Sealed bytes, longer by the tag. A nonce seals once."""
    return {"aes1": _aes_seal, "sm41": _sm4_seal}[name](nonce, data)


def unseal(name: str, nonce: bytes, data: bytes) -> bytes:
    """The bytes that were sealed; an exception where one bit is not as it was."""
    return {"aes1": _aes_open, "sm41": _sm4_open}[name](nonce, data)


def _aes_seal(nonce: bytes, data: bytes) -> bytes:
    return AESGCM(_key("aes1")).encrypt(nonce, data, None)


def _aes_open(nonce: bytes, data: bytes) -> bytes:
    return AESGCM(_key("aes1")).decrypt(nonce, data, None)


def _sm4_seal(nonce: bytes, data: bytes) -> bytes:
    work = Cipher(algorithms.SM4(_key("sm41")[:16]), modes.GCM(nonce)).encryptor()
    return work.update(data) + work.finalize() + work.tag


def _sm4_open(nonce: bytes, data: bytes) -> bytes:
    work = Cipher(algorithms.SM4(_key("sm41")[:16]), modes.GCM(nonce, data[-16:])).decryptor()
    return work.update(data[:-16]) + work.finalize()


def blind_index(text: str) -> str:
    """Keyed hash of a normalised identifier: equal texts give equal hashes, and nothing else can be learnt."""
    clean = unicodedata.normalize("NFKC", text).strip().upper()
    return hmac.new(_key("index"), clean.encode(), hashlib.sha256).hexdigest()[:40] if clean else ""


def mask_name(name: str) -> str:
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_id(number: str) -> str:
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if len(number) == 18 else "*" * len(number)


def mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 8 else "*" * len(number)


class EncryptedTextField(models.TextField):
    """Plain text in Python, ciphertext in the ledger."""

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_prep_value(self, value):
        return encrypt(value) if value else ""
