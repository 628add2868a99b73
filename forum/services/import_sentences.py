"""What there is to say of the rows of a workbook, in English: screens translate it, commands print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from forum.domain.localized import Localized
from forum.services.import_targets import PlanIssue
from forum.workbooks.issues import IssueCode


def _l(text: str) -> str:
    """Marks a text for translation; ``web`` asks the reader's catalogue for it."""
    return text


SENTENCES: Final[Mapping[str, str]] = {
    IssueCode.CATEGORY_UNKNOWN: _l("the category “%(value)s” is not known; left as it was"),
    IssueCode.COMPANY_AMBIGUOUS: _l("“%(value)s” may mean several companies: %(candidates)s"),
    IssueCode.COMPANY_FORM_UNKNOWN: _l("no known legal form in “%(value)s”; taken as it stands"),
    IssueCode.COMPANY_GUESSED: _l("“%(value)s” is taken for %(candidate)s"),
    IssueCode.COMPANY_MISSING: _l("no company; imported without one"),
    IssueCode.COMPANY_NEARLY_SAME: _l(
        "%(value)s is nearly %(candidate)s of row %(row)s; kept as another company"
    ),
    IssueCode.COMPANY_UNKNOWN: _l("the company “%(value)s” does not take part"),
    IssueCode.EMAIL_EXTRA: _l("only the first e-mail address is taken; left out: %(value)s"),
    IssueCode.EMAIL_INVALID: _l("the e-mail address is not one: “%(value)s”; imported without it"),
    IssueCode.EMAIL_MISSING: _l("no e-mail address: the coordinator speaks for this person"),
    IssueCode.EMAIL_SHARED: _l("the e-mail address %(value)s already stands in row %(row)s"),
    IssueCode.FORMULA_AS_TEXT: _l("a formula is taken as plain text: “%(value)s”"),
    IssueCode.FORMULA_REFUSED: _l("a formula stands where a name is expected: “%(value)s”"),
    IssueCode.HEADER_GUESSED: _l("column %(column)s, “%(value)s”, was guessed: check what it holds"),
    IssueCode.HEADER_MISSING: _l("a column is missing without which no row can be read"),
    IssueCode.HEADER_REPEATED: _l("column %(column)s, “%(value)s”, repeats another column; left alone"),
    IssueCode.HEADER_UNMAPPED: _l("column %(column)s, “%(value)s”, is not known; left alone"),
    IssueCode.LANGUAGE_UNKNOWN: _l("the language “%(value)s” is not known; left out"),
    IssueCode.NAME_CASE_REPAIRED: _l("capitals in the name were put right: %(result)s"),
    IssueCode.NAME_HAS_REMARK: _l("a remark beside the name was left out: %(value)s"),
    IssueCode.NAME_INCOMPLETE: _l("the name has only one part: “%(value)s”"),
    IssueCode.NAME_MISSING: _l("there is no name"),
    IssueCode.NAME_REORDERED: _l("the family name was put first: %(result)s"),
    IssueCode.NAME_SPACES_REPAIRED: _l("spaces in the name were put right: %(result)s"),
    IssueCode.PARTY_MISSING: _l("one of the two companies is missing"),
    IssueCode.PERSON_REPEATED: _l("this person already stands in row %(row)s"),
    IssueCode.PHONE_EXTRA: _l("only the first phone number is taken; left out: %(value)s"),
    IssueCode.PHONE_INVALID: _l("this is no phone number: “%(value)s”; left out"),
    IssueCode.PHONE_SHARED: _l("the phone number %(value)s already stands in row %(row)s"),
    IssueCode.RANK_UNKNOWN: _l("the priority “%(value)s” is not known; taken as the middle one"),
    IssueCode.REGION_UNKNOWN: _l("the region “%(value)s” is not known; left out"),
    IssueCode.REQUEST_REPEATED: _l("the same request already stands in row %(row)s"),
    IssueCode.REQUEST_TO_ONESELF: _l("a company cannot ask itself for a meeting"),
    IssueCode.ROW_EMPTY: _l("the row is empty but for its number"),
    IssueCode.ROW_ONLY_NAME: _l("there is a name and nothing else"),
    IssueCode.SECTOR_UNKNOWN: _l("the sector “%(value)s” is not known; left out"),
    IssueCode.VISIT_UNCLEAR: _l("“%(value)s” is neither yes nor no; nobody was signed up"),
    PlanIssue.ADDRESS_OF_ANOTHER: _l("the e-mail address %(value)s is already that of %(name)s"),
    PlanIssue.DELEGATION_UNKNOWN: _l("no delegation of this forum comes from there; imported without one"),
    PlanIssue.NOT_APPROVED: _l("this person is in the forum but not approved, and stays so"),
    PlanIssue.NEVER_MEET: _l("the organisers have said that these two companies never meet"),
    PlanIssue.REQUEST_CLOSED: _l("this request was declined or taken back, and stays so"),
    PlanIssue.VISIT_CONFLICT: _l("engaged elsewhere at the time of the visit; not signed up"),
    PlanIssue.VISIT_MISSING: _l("wants to come along, but this forum has no visit; not signed up"),
    PlanIssue.VISIT_PLACE_UNKNOWN: _l("no visit goes to “%(value)s”; not signed up"),
    PlanIssue.WISH_AMBIGUOUS: _l(
        "“%(value)s” may mean several visits: %(candidates)s; the wish was left out"
    ),
    PlanIssue.WISH_CLOSED: _l("the sign-up for “%(value)s” is closed; the wish was left out"),
    PlanIssue.WISH_NOT_FOR_CATEGORY: _l(
        "“%(value)s” is not meant for people of this category; the wish was left out"
    ),
    PlanIssue.WISH_NOT_NEEDED: _l("seats of “%(value)s” go to whoever comes first; the wish was left out"),
    PlanIssue.WISH_REPEATED: _l("“%(value)s” is wished for twice; counted once"),
    PlanIssue.WISH_UNKNOWN: _l("no visit that can be wished for goes to “%(value)s”; the wish was left out"),
    PlanIssue.WISHES_MISSING: _l("no visit of this forum gives its seats by wishes; no wish was taken"),
    PlanIssue.WISHES_SETTLED: _l("there is a seat by wishes already; the wishes stay as they were"),
}


def values_of(issue: Mapping[str, Any], language: str = "en") -> dict[str, str]:
    """What the sentence about ``issue`` is filled with; names of visits as ``language`` has them."""
    data = {
        name: ", ".join(_in(language, one) for one in value) if isinstance(value, list) else str(value)
        for name, value in issue["data"].items()
    }
    return {"value": issue["value"], **data}


def _in(language: str, one: Any) -> str:
    return Localized(one).in_language(language) if isinstance(one, dict) else str(one)


def in_english(issue: Mapping[str, Any]) -> str:
    """The sentence about ``issue``, filled."""
    return SENTENCES[issue["code"]] % values_of(issue)
