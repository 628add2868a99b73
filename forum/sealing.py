"""Sealing what must not be read in the database: AES-256-GCM with the key of the settings."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from forum import config
from forum.errors import ForumError

_NONCE_BYTES: Final = 12


def seal(content: bytes, *, binding: str) -> bytes:
    """``content`` sealed for one place: under another ``binding`` it does not open."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(config.in_force().document_key).encrypt(nonce, content, binding.encode())


def unseal(sealed: bytes, *, binding: str) -> bytes:
    """What ``seal`` was given.

    Raises:
        ForumError: ``seal_broken``: another key, another place, or changed bytes.
    """
    try:
        key = AESGCM(config.in_force().document_key)
        return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], binding.encode())
    except (InvalidTag, ValueError) as error:
        raise ForumError("seal_broken") from error
