"""The tree of commands. Nothing heavy is imported here: ``--help`` and completion must stay quick."""

import typer
from typer.core import TyperGroup

from care.cli import brief, config, customers, demo, doctor, init, issues, log, owed, plan, report, today, touch, undo

GROUPS = {
    "plan": plan.app,
    "issues": issues.app,
    "owed": owed.app,
    "customers": customers.app,
    "config": config.app,
}
ALIASES = {"issue": issues.app, "customer": customers.app}
"""Where fingers go wrong."""

ORDER = (
    "plan",
    "brief",
    "log",
    "report",
    "issues",
    "owed",
    "touch",
    "customers",
    "init",
    "config",
    "undo",
    "doctor",
    "demo",
)
"""As a week goes."""


class InOrder(TyperGroup):
    """Commands in the order in which they are met, not in that of the alphabet."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """The names of all commands, those of ``ORDER`` first."""
        names = super().list_commands(ctx)
        return [name for name in ORDER if name in names] + [name for name in names if name not in ORDER]


app = typer.Typer(
    name="care",
    cls=InOrder,
    help="A few random customers a week, their words, and the proof that they were told.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for one in (today, brief, log, report, touch, init, undo, doctor, demo):
    one.register(app)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)
for alias, group in ALIASES.items():
    app.add_typer(group, name=alias, hidden=True)
