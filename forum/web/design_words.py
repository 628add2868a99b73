"""Designs of badges in the reader's words: what stands on them, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.i18n import language
from forum.printing.design_data import Problem
from forum.printing.designs import Block, Design, Row
from forum.sentences import register
from forum.web import journal_sentences

KINDS: Final[Mapping[str, Any]] = {
    "text": _l("Lines of text"),
    "band": _l("Category on its colour"),
    "rule": _l("Coloured stripe"),
    "picture": _l("Logo or background"),
    "photo": _l("Photo"),
    "code": _l("QR code"),
    "day": _l("Personal agenda in short, and whom to call"),
}
SIDES: Final[Mapping[str, Any]] = {"front": _l("Front side"), "back": _l("Back side")}
FIELDS: Final[Mapping[str, Any]] = {
    "family": _l("Family name"),
    "given": _l("Given name and patronymic"),
    "full_name": _l("Full name"),
    "latin_name": _l("Name in Latin letters"),
    "company": _l("Company"),
    "position": _l("Position"),
    "delegation": _l("Delegation"),
    "number": _l("Number"),
    "title": _l("Title of the forum"),
    "other_titles": _l("Title in the other language"),
    "when": _l("Dates and place"),
    "dates": _l("Dates"),
    "place": _l("Place"),
    "category": _l("Category"),
    "free": _l("Own words"),
}
ALIGNMENTS: Final[Mapping[str, Any]] = {
    "left": _l("At the left"),
    "center": _l("In the middle"),
    "right": _l("At the right"),
}
TONES: Final[Mapping[str, Any]] = {
    "ink": _l("Black"),
    "soft": _l("Dark grey"),
    "quiet": _l("Grey"),
    "accent": _l("Colour of the design"),
    "white": _l("White"),
}
WEIGHTS: Final[Mapping[int, Any]] = {400: _l("Regular"), 500: _l("Medium"), 700: _l("Bold")}
FOLDS: Final[Mapping[str, Any]] = {
    "single": _l("Front only"),
    "double": _l("Front and back, one after the other"),
    "top": _l("Front and back on one paper, folded at the top"),
    "side": _l("Front and back on one paper, folded at the left"),
}
SLOTS: Final[Mapping[str, Any]] = {
    "none": _l("No mark"),
    "middle": _l("One hole in the middle of the top"),
    "sides": _l("Two holes at the corners"),
}
WHY_SHOWN: Final[Mapping[str, Any]] = {
    "longest_name": _l("The longest name"),
    "longest_company": _l("The longest company"),
    "rarest_letters": _l("The rarest letters"),
    "longest_position": _l("The longest position"),
    "": _l("The person you chose"),
}
PARTS: Final[Mapping[str, Any]] = {
    "x": _l("From the left, mm"),
    "y": _l("From the top, mm"),
    "width": _l("Width, mm"),
    "height": _l("Height, mm"),
    "max_pt": _l("Largest size"),
    "legible_pt": _l("Reads well down to"),
    "min_pt": _l("Smallest size"),
    "max_lines": _l("Lines at most"),
    "leading": _l("Height of a line"),
    "gap": _l("Space above, mm"),
    "of_previous": _l("At most this share of the line above"),
}
_SENTENCES: Final[Mapping[str, Any]] = {
    "back_unprinted": _l("It stands on the back, but these badges have a front only. Choose two sides."),
    "code_crowded": _l("Something stands too close to the code: leave 2 mm around it empty."),
    "code_small": _l("The code is smaller than 16 mm: it is read from close up only."),
    "field_twice": _l("The same line stands there twice."),
    "no_code": _l("There is no QR code: such a badge cannot be scanned at a door."),
    "no_colour": _l("Choose a colour."),
    "no_name": _l("The name of the person is missing."),
    "no_rows": _l("Choose at least one line."),
    "not_offered": _l("Choose one of those offered."),
    "not_square": _l("A code is as high as it is wide."),
    "other_size": _l("That format has another size. Choose “Own size” to keep this one."),
    "out_of_range": _l("%(part)s: this number is too large or too small."),
    "outside": _l("It reaches beyond the edge of the badge."),
    "picture_coarse": _l("The picture has too few pixels for this size: it will look coarse on paper."),
    "picture_missing": _l("No picture has been chosen."),
    "slot_covered": _l("It stands where the hole for the lanyard is punched."),
    "text_tiny": _l("The smallest size is below 5 points: hardly anybody can read that."),
    "texts_overlap": _l("It lies on other lines of text."),
    "too_low": _l(
        "The lines do not fit into this height, even at their smallest. Make it higher, or take fewer lines."
    ),
    "too_small": _l("It is too small to be seen."),
    "two_codes": _l("A badge has one QR code only."),
    "words_missing": _l("The own words are not written in every language of the forum."),
    "words_no_glyph": _l("The own words have letters that the badge cannot print."),
    "wrong_order": _l(
        "The smallest size must not be above the one that reads well, nor that above the largest."
    ),
    "wrong_side": _l("It cannot stand on that side."),
    "wrong_size": _l("A badge is from 20 to 420 mm wide and high."),
}
register(
    {
        "design_in_use": _l("Badges are printed after “%(design)s”. Choose another design for them first."),
        "design_no_file": _l("This file holds no design of a badge."),
        "design_stale": _l(
            "Somebody has saved another version meanwhile. Yours is kept below: compare, then save it."
        ),
        "design_title_missing": _l("Say what the design is called."),
        "design_title_taken": _l("There is a design called “%(title)s” already."),
        "design_too_large": _l("A badge of this design is larger than the paper."),
        "design_unpublished": _l("“%(design)s” has not been published yet."),
        "design_wrong": _l("The design cannot be kept as it is: look at what is said beside its parts."),
        "drawing_has_more": _l(
            "The drawing holds “%(what)s”, which cannot be printed. Turn letters into curves."
        ),
        "drawing_too_complex": _l("The drawing has more than %(most)s parts. Make it simpler."),
        "drawing_unreadable": _l("The drawing cannot be read. Save it as plain SVG."),
        "no_such_design": _l("There is no such design."),
        "no_such_picture": _l("There is no such picture."),
        "no_such_version": _l("There is no version %(version)s."),
        "picture_empty": _l("Choose a file with a picture."),
        "picture_gone": _l("A picture of the design is gone."),
        "picture_in_use": _l("The design “%(design)s” shows this picture."),
        "design_picture_too_heavy": _l("The file is larger than %(most)s MB."),
        "design_picture_too_large": _l("The picture has more than %(most)s million pixels."),
        "design_picture_unreadable": _l("The picture cannot be read. It has to be SVG, PNG, JPEG or WebP."),
        "too_many_designs": _l("There are %(most)s designs already. Remove some first."),
        "too_many_pictures": _l("There are %(most)s pictures already. Remove some first."),
    }
)
journal_sentences.register(
    {
        "design_added": (_l("Design added"), _l("A design of badges was added: “%(name)s”.")),
        "design_picture_added": (_l("Picture added"), _l("A picture for badges was added: “%(name)s”.")),
        "design_picture_removed": (_l("Picture removed"), _l("A picture for badges was removed.")),
        "design_published": (
            _l("Design published"),
            _l("Version %(version)s of the design “%(name)s” was published."),
        ),
        "design_removed": (_l("Design removed"), _l("The design “%(name)s” was removed.")),
        "design_renamed": (_l("Design renamed"), _l("A design is called “%(name)s” now.")),
        "design_saved": (_l("Design saved"), _l("Version %(version)s of the design “%(name)s” was saved.")),
        "design_standard": (
            _l("Standard design chosen"),
            _l("Badges are printed after the standard design again."),
        ),
        "design_used": (_l("Design chosen"), _l("Badges are printed after the design “%(name)s”.")),
    }
)


def sentence(problem: Problem) -> str:
    """What is wrong, without its place."""
    part = str(PARTS.get(problem.name, problem.name))
    return str(_SENTENCES[problem.code]) % {"part": part}


def placed_sentence(design: Design, problem: Problem) -> str:
    """What is wrong, with the block it is about."""
    if problem.block is None or problem.block >= len(design.blocks):
        return sentence(problem)
    return _(
        "%(number)s. %(block)s: %(problem)s",
        number=problem.block + 1,
        block=block_title(design.blocks[problem.block]),
        problem=sentence(problem),
    )


def block_title(block: Block) -> str:
    """What a block is called: by what it is, and what it says."""
    said = ", ".join(_said(row) for row in block.rows) if block.kind == "text" else ""
    return said or str(KINDS.get(block.kind, block.kind))


def _said(row: Row) -> str:
    """A field by its name, own words by what they are."""
    if row.field == "free" and (own := row.free.in_language(language())):
        return f"{FIELDS[row.field]}: {own}"
    return str(FIELDS.get(row.field, row.field))
