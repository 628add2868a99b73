"""What a reader of a sheet has to say about a row, as codes with data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Severity(StrEnum):
    ERROR = "error"  # the row is not taken
    WARNING = "warning"  # the row is taken as far as possible, or skipped as a repetition
    INFO = "info"  # something was put right or left out, nothing is lost


class IssueCode(StrEnum):
    """Every code that a row or a header can have. What ``Issue.data`` holds stands behind it."""

    CATEGORY_UNKNOWN = "category_unknown"
    COMPANY_AMBIGUOUS = "company_ambiguous"  # candidates: names
    COMPANY_FORM_UNKNOWN = "company_form_unknown"
    COMPANY_GUESSED = "company_guessed"  # candidate: name
    COMPANY_MISSING = "company_missing"
    COMPANY_NEARLY_SAME = "company_nearly_same"  # candidate: name, row: of its first mention
    COMPANY_UNKNOWN = "company_unknown"
    EMAIL_EXTRA = "email_extra"
    EMAIL_INVALID = "email_invalid"
    EMAIL_MISSING = "email_missing"
    EMAIL_SHARED = "email_shared"  # row: that has it first
    FORMULA_AS_TEXT = "formula_as_text"
    FORMULA_REFUSED = "formula_refused"
    HEADER_GUESSED = "header_guessed"  # column: letters
    HEADER_MISSING = "header_missing"
    HEADER_REPEATED = "header_repeated"  # column: letters
    HEADER_UNMAPPED = "header_unmapped"  # column: letters
    LANGUAGE_UNKNOWN = "language_unknown"
    NAME_CASE_REPAIRED = "name_case_repaired"  # result: full name
    NAME_HAS_REMARK = "name_has_remark"
    NAME_INCOMPLETE = "name_incomplete"
    NAME_MISSING = "name_missing"
    NAME_REORDERED = "name_reordered"  # result: full name
    NAME_SPACES_REPAIRED = "name_spaces_repaired"  # result: full name
    PARTY_MISSING = "party_missing"
    PERSON_REPEATED = "person_repeated"  # row: of the first, differing: fields
    PHONE_EXTRA = "phone_extra"
    PHONE_INVALID = "phone_invalid"
    PHONE_SHARED = "phone_shared"  # row: that has it first
    RANK_UNKNOWN = "rank_unknown"
    REGION_UNKNOWN = "region_unknown"
    REQUEST_REPEATED = "request_repeated"  # row: of the first
    REQUEST_TO_ONESELF = "request_to_oneself"
    ROW_EMPTY = "row_empty"
    ROW_ONLY_NAME = "row_only_name"
    SECTOR_UNKNOWN = "sector_unknown"
    VISIT_UNCLEAR = "visit_unclear"


_ERRORS: Final = frozenset(
    {
        IssueCode.COMPANY_AMBIGUOUS,
        IssueCode.COMPANY_UNKNOWN,
        IssueCode.FORMULA_REFUSED,
        IssueCode.HEADER_MISSING,
        IssueCode.NAME_MISSING,
        IssueCode.PARTY_MISSING,
        IssueCode.REQUEST_TO_ONESELF,
    }
)
_INFOS: Final = frozenset(
    {
        IssueCode.COMPANY_FORM_UNKNOWN,
        IssueCode.EMAIL_EXTRA,
        IssueCode.EMAIL_MISSING,
        IssueCode.HEADER_UNMAPPED,
        IssueCode.NAME_CASE_REPAIRED,
        IssueCode.NAME_HAS_REMARK,
        IssueCode.NAME_REORDERED,
        IssueCode.NAME_SPACES_REPAIRED,
        IssueCode.PHONE_EXTRA,
        IssueCode.PHONE_SHARED,
        IssueCode.ROW_EMPTY,
    }
)


def severity_of(code: IssueCode) -> Severity:
    if code in _ERRORS:
        return Severity.ERROR
    return Severity.INFO if code in _INFOS else Severity.WARNING


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """``field`` is the name of a column's field, ``value`` what stands there."""

    code: IssueCode
    field: str = ""
    value: str = ""
    data: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    @property
    def severity(self) -> Severity:
        return severity_of(self.code)


def issue(code: IssueCode, field_name: str = "", value: str = "", **data: Any) -> Issue:
    return Issue(code, str(field_name), value, MappingProxyType(data))
