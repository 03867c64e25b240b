"""The report as one page for a browser: no scripts, nothing loaded from anywhere, light and dark."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from care.reports.blocks import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL
from care.reports.records import Report
from care.views.written.report_page import page_of

if TYPE_CHECKING:
    from jinja2 import Environment


CLASSES = {BROKEN: "broken", WAITING: "waiting", WELL: "well", TYPED: "typed", QUIET: "quiet", HEAD: "head"}

_TEMPLATES = "templates"


def to_html(report: Report) -> str:
    """The whole report as one document; every word of a customer is text in it and nothing else."""
    from markupsafe import Markup

    css = files("care.views.written").joinpath(_TEMPLATES, "report.css").read_text("utf-8")
    digest = b64encode(sha256(css.encode()).digest()).decode()
    made: str = (
        _environment()
        .get_template("report.html")
        .render(
            page=page_of(report),
            classes=CLASSES,
            css=Markup(css),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        )
    )
    return made


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("care.views.written", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
