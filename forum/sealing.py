"""Sealing what must not be read in the database: AES-256-GCM with the key of the settings."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from forum import config
from forum.errors import ForumError

_NONCE_BYTES: Final = 12


def seal(content: bytes, *, binding: str, key: bytes | None = None) -> bytes:
    """``content`` sealed for one place: under another ``binding`` it does not open."""
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(key or config.in_force().document_key)
    return nonce + cipher.encrypt(nonce, content, binding.encode())


def unseal(sealed: bytes, *, binding: str, key: bytes | None = None) -> bytes:
    """What ``seal`` was given; ``key`` is another one than that of the settings.

    Raises:
        ForumError: ``seal_broken``: another key, another place, or changed bytes.
    """
    try:
        cipher = AESGCM(key or config.in_force().document_key)
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], binding.encode())
    except (InvalidTag, ValueError) as error:
        raise ForumError("seal_broken") from error
