"""Pages that show every part of the look at once, for the tests to open: not part of the app."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, flash, render_template, request
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

NAME_MISSING = "Write the name as in the passport"
LANGUAGE_MISSING = "Choose one language at least"


class PersonForm(FlaskForm):
    name = StringField("Name", [DataRequired(NAME_MISSING)])
    day = DateField("Day", [DataRequired("Choose the day")])
    at = TimeField("Time", [Optional()])
    side = SelectField("Side", choices=[SelectChoice("a", "Алматы облысының ресми делегациясы")], default="a")
    about = TextAreaField("About", [Optional()])
    languages = SelectMultipleField(
        "Languages",
        [DataRequired(LANGUAGE_MISSING)],
        choices=[SelectChoice("kk", "қазақша"), SelectChoice("ru", "орысша")],
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )
    rank = RadioField(
        "Rank",
        [DataRequired("Choose the rank")],
        choices=[SelectChoice("must", "міндетті"), SelectChoice("want", "қалаймын")],
    )
    book = FileField("Workbook", [DataRequired("Choose the file")])
    consent = BooleanField("Consent", [DataRequired("Consent is needed")])


_ROWS = [
    SimpleNamespace(
        id=1,
        label="Сұлтанғазиев Нұрсұлтан",
        company="«Жетісу Агро» ЖШС",
        status="applied",
        category="official",
        meetings=0,
    ),
    SimpleNamespace(
        id=2,
        label="Константинопольская-Преображенская Александра",
        company="ПАО",
        status="waiting",
        category="press",
        meetings=7,
    ),
    SimpleNamespace(
        id=3, label="Ли Анна", company="ИП Ли", status="declined", category="speaker", meetings=12
    ),
]
_NAV = [
    SimpleNamespace(
        label="Бүгін", url="/showcase/desk", icon="layout-dashboard", is_current=True, group="Office"
    ),
    SimpleNamespace(
        label="Бейдж және профиль", url="/showcase/cabinet", icon="id-card", is_current=False, group="Office"
    ),
]


def show(app: Flask) -> list[str]:
    """Add the pages to ``app``, which has not answered yet; the list receives the posted "do" values."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.loader = ChoiceLoader(
        [app.create_global_jinja_loader(), FileSystemLoader(Path(__file__).parent)]
    )
    posted: list[str] = []

    def area(name: str) -> str:
        if "toast" in request.args:
            flash("Saved", "good")
            flash({"text": "Moved", "undo_url": "/showcase/done"}, "good")
        form = PersonForm(MultiDict({"side": "a"}), meta={"csrf": False})
        form.validate()
        return render_template(f"{name}.html", nav=_NAV, rows=_ROWS, form=form, step=0)

    def progress() -> str:
        return render_template("progress.html", step=int(request.args["step"]))

    def done() -> tuple[str, int]:
        posted.append(request.form.get("do", ""))
        return "", 204

    app.add_url_rule("/showcase/<name>", "showcase", area)
    app.add_url_rule("/showcase/progress", "showcase_progress", progress)
    app.add_url_rule("/showcase/done", "showcase_done", done, methods=["POST"])
    return posted
