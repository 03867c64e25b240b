"""The tree of commands. Nothing heavy is imported here: ``--help`` and completion must stay quick."""

import typer

from care.cli import brief, config, customers, demo, doctor, init, issues, log, owed, plan, report, today, touch

app = typer.Typer(
    name="care",
    help="A few random customers a week, their words, and the proof that they were told.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

today.register(app)
for group, name in ((plan.app, "plan"),):
    app.add_typer(group, name=name)
brief.register(app)
log.register(app)
report.register(app)
for group, name in ((issues.app, "issues"), (owed.app, "owed")):
    app.add_typer(group, name=name)
touch.register(app)
app.add_typer(customers.app, name="customers")
init.register(app)
app.add_typer(config.app, name="config")
doctor.register(app)
demo.register(app)

for group, alias in ((issues.app, "issue"), (customers.app, "customer")):
    app.add_typer(group, name=alias, hidden=True)
