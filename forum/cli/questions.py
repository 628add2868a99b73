"""``flask question``: what a forum asks beyond the profile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from forum.cli.events import event_command
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.question_data import as_data
from forum.domain.questions import Condition, Option, QuestionSpec, Value
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import answers, delegates, events
from forum.queries import questions as known
from forum.queries.events import EventView
from forum.queries.questions import QuestionView
from forum.services import question_transfers, questions
from forum.services.question_transfers import Carried

Command = Callable[..., Any]
_CODE: Final = click.argument("code")
_TEXT_SIGN: Final = "|"
_IN: Final = {"ru": "In Russian.", "kk": "In Kazakh.", "en": "In English."}


@click.group()
def question() -> None:
    """What a forum asks beyond the profile: list, add, change, order, carry to another forum."""


@question.command("list")
@click.option("--archived", is_flag=True, help="Also those that are asked no longer.")
@event_command
def list_questions(event: EventView, archived: bool) -> None:
    """Every question in the order in which it is asked."""
    for view in known.everything(event_id=event.id):
        if archived or not view.is_archived:
            click.echo(_line(view))


_OPTIONS: Final = [
    *(click.option(f"--title-{each}", metavar="TEXT", help=_IN[each]) for each in LANGUAGES),
    *(click.option(f"--hint-{each}", metavar="TEXT", help=f"The hint. {_IN[each]}") for each in LANGUAGES),
    click.option(
        "--option",
        "offered",
        multiple=True,
        metavar="[CODE=]RU|KK|EN",
        help="An answer to choose from, in the languages of the forum; again for every one.",
    ),
    click.option(
        "--for",
        "categories",
        multiple=True,
        type=click.Choice([each.value for each in Category]),
        help="Only such people.",
    ),
    click.option(
        "--only-if",
        "conditions",
        multiple=True,
        metavar="CODE=ANSWER",
        help="After one of these answers.",
    ),
    click.option("--required/--optional", "is_required", default=None, help="Must it be answered?"),
    click.option(
        "--stage", type=click.Choice([each.value for each in QuestionStage]), help="When it is asked."
    ),
    click.option(
        "--visitors/--everybody", "only_visitors", default=None, help="Only those with a seat in a visit."
    ),
    click.option("--least", metavar="LIMIT", help="A number, a day, letters or choices, by its kind."),
    click.option("--most", metavar="LIMIT", help="The same, at most."),
]


def _described(command: Command) -> Command:
    """The options that describe a question."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@question.command()
@click.argument("kind", type=click.Choice([each.value for each in QuestionKind]))
@click.option("--code", default="", help="A short name of your own; by default from the title.")
@_described
@event_command
def add(event: EventView, kind: str, code: str, **described: Any) -> None:
    """Put another question, as the last of its stage."""
    spec = QuestionSpec(code=code, kind=QuestionKind(kind), title=Localized())
    number = questions.add(actor=SYSTEM, event_id=event.id, spec=_changed(spec, described))
    click.echo(_line(_numbered(event, number)))


@question.command()
@_CODE
@click.option(
    "--kind", type=click.Choice([each.value for each in QuestionKind]), help="Another kind of answer."
)
@click.option("--as-new", is_flag=True, help="Archive it with its answers and put a new one in its place.")
@_described
@event_command
def change(event: EventView, code: str, kind: str | None, as_new: bool, **described: Any) -> None:
    """Change what is given, leave the rest. Answers that would then say something else keep it as it is."""
    view = _coded(event, code)
    spec = _changed(replace(view.spec, kind=QuestionKind(kind or view.spec.kind)), described)
    command = questions.put_in_place if as_new else questions.change
    made = command(actor=SYSTEM, event_id=event.id, question_id=view.id, version=view.version, spec=spec)
    click.echo(_line(_numbered(event, made or view.id)))


@question.command()
@_CODE
@click.argument("where", type=click.Choice(["earlier", "later"]))
@event_command
def move(event: EventView, code: str, where: str) -> None:
    """Put a question one place earlier or later."""
    by = -1 if where == "earlier" else 1
    questions.move(actor=SYSTEM, event_id=event.id, question_id=_coded(event, code).id, by=by)


@question.command()
@_CODE
@event_command
def archive(event: EventView, code: str) -> None:
    """Ask a question no longer. Its answers stay."""
    questions.archive(actor=SYSTEM, event_id=event.id, question_id=_coded(event, code).id)


@question.command("bring-back")
@_CODE
@event_command
def bring_back(event: EventView, code: str) -> None:
    """Ask an archived question again."""
    questions.bring_back(actor=SYSTEM, event_id=event.id, question_id=_coded(event, code).id)


@question.command()
@click.argument("origin", metavar="FORUM")
@event_command
def copy(event: EventView, origin: str) -> None:
    """Take the questions of another forum; those that are here already stay as they are."""
    source = events.chosen(origin)
    _say(question_transfers.copy(actor=SYSTEM, event_id=event.id, from_event_id=source.id))


@question.command("export")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; by default the screen.")
@event_command
def export(event: EventView, out: Path | None) -> None:
    """Write the questions as JSON; docs/questions.md has the shape."""
    text = json.dumps(as_data(known.specs(event_id=event.id)), ensure_ascii=False, indent=2) + "\n"
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


@question.command("import")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@event_command
def import_questions(event: EventView, file: Any) -> None:
    """Read questions from such a file ("-" is the keyboard): new ones are added, known ones changed."""
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise ForumError("questions_no_file") from error
    _say(question_transfers.take(actor=SYSTEM, event_id=event.id, data=data))


@question.command("answers")
@_CODE
@click.option("--missing", is_flag=True, help="Instead those who are asked and have not answered.")
@event_command
def list_answers(event: EventView, code: str, missing: bool) -> None:
    """Who answered what to a question, one person a line."""
    view = _coded(event, code)
    if missing:
        silent = answers.unanswered(event_id=event.id, question_id=view.id)
        for key, name in sorted(delegates.names(event_id=event.id, ids=silent).items()):
            click.echo(f"{key:>6}  {name}")
        return
    given = answers.answers_to(event_id=event.id, question_id=view.id)
    names = delegates.names(event_id=event.id, ids=given)
    for key, value in given.items():
        click.echo(f"{key:>6}  {names[key]}: {_said(value)}")


def _changed(spec: QuestionSpec, described: dict[str, Any]) -> QuestionSpec:
    """``spec`` with what the options say; an empty text takes something away."""
    wanted: dict[str, Any] = {
        "title": _texts(spec.title, described, "title"),
        "hint": _texts(spec.hint, described, "hint"),
    }
    if described["offered"]:
        wanted["options"] = tuple(_option(text) for text in described["offered"])
    if described["categories"]:
        wanted["categories"] = frozenset(Category(each) for each in described["categories"])
    if described["conditions"]:
        wanted["condition"] = _condition(described["conditions"])
    if described["stage"]:
        wanted["stage"] = QuestionStage(described["stage"])
    plain = {name: described[name] for name in ("is_required", "only_visitors", "least", "most")}
    return replace(spec, **wanted, **{name: value for name, value in plain.items() if value is not None})


def _texts(before: Localized, described: dict[str, Any], name: str) -> Localized:
    given = {language: described[f"{name}_{language}"] for language in LANGUAGES}
    return Localized({**before, **{each: text for each, text in given.items() if text is not None}})


def _option(text: str) -> Option:
    code, sign, titles = text.partition("=")
    parts = [part.strip() for part in (titles if sign else text).split(_TEXT_SIGN)]
    return Option(code.strip() if sign else "", Localized(dict(zip(LANGUAGES, parts, strict=False))))


def _condition(texts: Iterable[str]) -> Condition | None:
    pairs = [text.partition("=") for text in texts if text.strip()]
    if not pairs:
        return None
    if len({code for code, _sign, _value in pairs}) > 1 or not all(value for _code, _sign, value in pairs):
        raise click.BadParameter("answers of one question: CODE=ANSWER", param_hint="--only-if")
    return Condition(pairs[0][0], tuple(value for _code, _sign, value in pairs))


def _coded(event: EventView, code: str) -> QuestionView:
    view = known.with_code(event_id=event.id, code=code)
    if view is None:
        raise ForumError("no_such_question")
    return view


def _numbered(event: EventView, number: int) -> QuestionView:
    view = known.find(event_id=event.id, row_id=number)
    if view is None:
        raise ForumError("no_such_question")
    return view


def _line(view: QuestionView) -> str:
    spec = view.spec
    marks = [
        spec.kind.value,
        spec.stage.value,
        *(["required"] if spec.is_required else []),
        *(["visitors"] if spec.only_visitors else []),
        *([f"for {', '.join(sorted(spec.categories))}"] if spec.categories else []),
        *(
            [f"if {spec.condition.question} is {' or '.join(spec.condition.values)}"]
            if spec.condition
            else []
        ),
        *(["archived"] if view.is_archived else []),
        f"{view.answers} answers",
    ]
    return f"{spec.code:<20} {spec.title.in_language('en')} ({'; '.join(marks)})"


def _condition_line(condition: Condition) -> str:
    return f"if {condition.question} is {' or '.join(condition.values)}"


def _said(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "yes" if value is True else str(value)


def _say(done: Carried) -> None:
    click.echo(f"{done.added} new, {done.changed} changed, {done.left} as before")
