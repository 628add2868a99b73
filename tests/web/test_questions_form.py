"""Questions of a forum as a form."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, render_template_string
from PIL import Image

from forum.domain.localized import Localized
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.errors import ForumError
from forum.services import answer_files
from forum.web.forms.questions import Person, questions_form

PAGE = """{% from "_macros/questions.html" import question_fields %}{{ question_fields(form) }}"""
YES_NO = (Option("yes", Localized(en="Yes")), Option("no", Localized(en="No")))


def question(code: str, kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(code=code, kind=kind, title=Localized(en=code.title()), **values)


HOTEL = question("hotel", QuestionKind.CHOICE, options=YES_NO, is_required=True)
NIGHTS = question("nights", QuestionKind.NUMBER, is_required=True, condition=Condition("hotel", ("yes",)))
LATE = question("late", stage=QuestionStage.APPROVED, condition=Condition("hotel", ("yes",)))
PLAN = question("plan", QuestionKind.FILE, is_required=True)


@dataclass(frozen=True)
class Seen:
    """What is left of a form once its request is over."""

    holds: bool
    answers: dict[str, Any]
    typed: dict[str, Any]
    appeared: tuple[str, ...]
    errors: dict[str, list[str]]
    uploads: dict[str, str]  # code to kind of file
    parts: list[tuple[str, bool]]  # code, and whether it is shown
    html: str


def form_of(
    app: Flask,
    specs: tuple[QuestionSpec, ...],
    sent: dict[str, Any] | None = None,
    given: dict[str, Any] | None = None,
    *,
    language: str = "en",
    **how: Any,
) -> Seen:
    """The form as it opens, or (with ``sent``) as it is after its button was pressed."""
    app.config["WTF_CSRF_ENABLED"] = False
    method = "GET" if sent is None else "POST"
    with app.test_request_context(method=method, data=sent, headers={"Cookie": f"language={language}"}):
        form = questions_form(specs, given or {}, Person(Category.DELEGATE), **how)
        holds = form.validate() if sent is not None else False
        return Seen(
            holds=holds,
            answers=form.answers,
            typed=form.typed,
            appeared=form.appeared,
            errors={str(name): [str(each) for each in said] for name, said in form.errors.items()},
            uploads={code: upload.media_type for code, upload in form.uploads.items()},
            parts=[(part.spec.code, part.is_shown) for part in form.parts],
            html=render_template_string(PAGE, form=form),
        )


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 4)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def test_what_is_typed_becomes_answers(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "yes", "q_nights": "1 000,5"})
    assert (form.holds, form.answers) == (True, {"hotel": "yes", "nights": "1000.5"})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Enter a number, in figures."),
        ("ru", "Введите число цифрами."),
        ("kk", "Санды цифрмен енгізіңіз."),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(
    app: Flask, language: str, said: str
) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "yes", "q_nights": "two"}, language=language)
    assert (form.holds, form.errors, form.typed) == (
        False,
        {"q_nights": [said]},
        {"hotel": "yes", "nights": "two"},
    )


def test_a_question_that_is_not_asked_is_not_missed(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "no", "shown": ["hotel"]})
    assert (form.holds, form.answers, form.appeared) == (True, {"hotel": "no"}, ())


def test_without_a_script_a_question_appears_once_the_form_was_sent(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "yes", "shown": ["hotel"]})
    assert (form.holds, form.appeared, form.errors) == (False, ("nights",), {})
    assert form.parts == [("hotel", True), ("nights", True)]


def test_a_question_that_was_seen_and_left_is_missed(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "yes", "q_nights": "", "shown": ["hotel", "nights"]})
    assert (form.appeared, form.errors) == ((), {"q_nights": ["Answer this question."]})


def test_a_form_that_opens_anew_can_say_what_does_not_hold(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        form = questions_form((HOTEL, NIGHTS), {"hotel": "yes", "nights": "x"}, Person(Category.DELEGATE))
        form.validate()
        said = form.errors.get("q_nights"), form.appeared
    assert said == (["Enter a number, in figures."], ())


def test_an_answer_that_was_hidden_meanwhile_does_not_count(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), {"q_hotel": "no", "q_nights": "3"})
    assert (form.holds, form.answers) == (True, {"hotel": "no"})


def test_a_form_opens_with_what_was_given_and_hides_what_is_not_asked(app: Flask) -> None:
    form = form_of(app, (HOTEL, NIGHTS), given={"hotel": "no", "nights": "3"})
    assert form.parts == [("hotel", True), ("nights", False)]
    assert 'data-when="hotel" data-is="yes" hidden disabled' in form.html


@pytest.mark.parametrize(("hotel", "parts"), [("yes", [("late", True)]), ("no", [])])
def test_the_second_stage_knows_what_the_first_was_told(
    app: Flask, hotel: str, parts: list[tuple[str, bool]]
) -> None:
    form = form_of(app, (HOTEL, LATE), given={"hotel": hotel}, stage=QuestionStage.APPROVED)
    assert form.parts == parts


def test_others_questions_are_not_in_the_form(app: Flask) -> None:
    press = question("outlet", categories=frozenset({Category.PRESS}))
    assert form_of(app, (HOTEL, press)).parts == [("hotel", True)]


def test_a_wrong_day_stays_in_sight(app: Flask) -> None:
    arrival = question("arrival", QuestionKind.DATE)
    wrong = form_of(app, (arrival,), {"q_arrival": "30.02.2026"})
    right = form_of(app, (arrival,), {"q_arrival": "1.2.2026"})
    assert (
        'type="text" value="30.02.2026"' in wrong.html,
        'type="date" value="2026-02-01"' in right.html,
    ) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
    ],
)
def test_a_file_is_what_its_content_says(app: Flask, content: bytes, kind: str) -> None:
    form = form_of(app, (PLAN,), {"q_plan": (io.BytesIO(content), "whatever.exe")})
    assert (form.holds, form.uploads, form.errors) == (True, {"plan": kind}, {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty. Choose another."),
        (b"<script>alert(1)</script>", "Send a PDF, a JPEG or a PNG."),
        (picture("GIF"), "Send a PDF, a JPEG or a PNG."),
        (picture("PNG")[:40], "This picture cannot be opened. Save it anew or choose another."),
        (
            picture("PNG", (8000, 5001)),
            "This picture has more than 40 million points. Send a smaller one.",
        ),
    ],
    ids=["empty", "markup", "gif", "cut off", "many points"],
)
def test_what_is_no_such_file_is_refused(app: Flask, content: bytes, said: str) -> None:
    form = form_of(app, (PLAN,), {"q_plan": (io.BytesIO(content), "plan.pdf")})
    assert (form.holds, form.errors) == (False, {"q_plan": [said]})


def test_a_file_has_a_greatest_size() -> None:
    most = b"%PDF-".ljust(answer_files.MOST_BYTES)
    with pytest.raises(ForumError, match="file_too_large"):
        answer_files.checked(content=most + b" ", name="plan.pdf")
    assert answer_files.checked(content=most, name="plan.pdf").content == most


def test_a_picture_loses_what_rode_along(app: Flask) -> None:
    image, out = Image.new("RGB", (8, 4), "white"), io.BytesIO()
    exif = image.getexif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"  # turned, with a description
    image.save(out, "JPEG", exif=exif)
    upload = answer_files.checked(content=out.getvalue(), name="me.jpg")
    with Image.open(io.BytesIO(upload.content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((4, 8), {})


def test_a_file_that_is_kept_need_not_be_sent_again(app: Flask) -> None:
    form = form_of(app, (PLAN,), {"shown": ["plan"]}, {"plan": 7}, file_names={7: "plan.pdf"})
    assert (form.holds, form.answers, "Kept: plan.pdf" in form.html) == (True, {"plan": 7}, True)


def test_a_number_of_a_file_cannot_be_sent(app: Flask) -> None:
    form = form_of(app, (PLAN,), {"shown": ["plan"], "q_plan": "7"})
    assert (form.holds, form.answers) == (False, {})


def test_a_file_that_is_not_required_can_be_taken_back(app: Flask) -> None:
    plan = question("plan", QuestionKind.FILE)
    form = form_of(app, (plan,), {"shown": ["plan"], "q_plan_remove": "y"}, {"plan": 7})
    assert (form.holds, form.answers) == (True, {})
