"""Workbooks that open with a password only."""

from __future__ import annotations

import io

from msoffcrypto.format.ooxml import OOXMLFile


def locked(content: bytes, password: str) -> bytes:
    """The .xlsx file ``content`` as Excel and LibreOffice lock one: AES-256 (ECMA-376, agile encryption)."""
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, file)
    return file.getvalue()


def unlocked(content: bytes, password: str) -> bytes:
    """What ``locked`` was given.

    Raises:
        msoffcrypto.exceptions.InvalidKeyError: another password, or changed bytes.
    """
    book, file = OOXMLFile(io.BytesIO(content)), io.BytesIO()
    book.load_key(password, verify_password=True)
    book.decrypt(file, verify_integrity=True)
    return file.getvalue()
