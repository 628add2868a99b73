"""Settings fail loudly and name themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from forum.config import SettingsError, from_environment
from tests.at_once import Word, asked


def _environment(folder: Path, **values: str) -> dict[str, str]:
    return {"FORUM_INSTANCE_PATH": str(folder), **values}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORUM_DATABASE_URL", "mysql://localhost/forum"),
        ("FORUM_BASE_URL", "forum.example"),
        ("FORUM_SMTP_URL", "mail.example:25"),
        ("FORUM_QUEUE_URL", "amqp://localhost"),
        ("FORUM_TRUSTED_PROXIES", "one"),
        ("FORUM_DOCUMENT_KEY", "too-short"),
    ],
)
def test_a_wrong_value_names_its_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} takes "):
        from_environment(_environment(tmp_path, **{name: value}))


def test_a_first_start_makes_keys_that_stay(tmp_path: Path) -> None:
    first = from_environment(_environment(tmp_path))
    assert from_environment(_environment(tmp_path)) == first


def test_another_installation_has_other_keys(tmp_path: Path) -> None:
    one, other = (from_environment(_environment(tmp_path / name)) for name in ("one", "other"))
    assert one.secret_key != other.secret_key
    assert one.document_key != other.document_key


def test_only_the_owner_reads_the_keys(tmp_path: Path) -> None:
    from_environment(_environment(tmp_path))
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key")}
    assert modes == {"secret.key": 0o600, "documents.key": 0o600}


def test_a_first_start_makes_a_folder_for_its_owner(tmp_path: Path) -> None:
    from_environment(_environment(tmp_path / "instance"))
    assert (tmp_path / "instance").stat().st_mode & 0o777 == 0o700


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    keys = asked(_secret_key, [tmp_path] * 8)
    assert list(keys.values()) == [8]


def _secret_key(folder: Path, word: Word) -> list[str]:
    word()
    return [from_environment(_environment(folder)).secret_key]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_spoken_to_by_the_pinned_driver(tmp_path: Path, scheme: str) -> None:
    settings = from_environment(_environment(tmp_path, FORUM_DATABASE_URL=f"{scheme}://localhost/forum"))
    assert settings.database_url == "postgresql+psycopg://localhost/forum"
