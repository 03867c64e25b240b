"""``care`` alone: today."""

import typer

from care.cli.run import Run, bare
from care.errors import NoStore


def register(app: typer.Typer) -> None:
    """Makes it what the program does without a command."""
    bare(app)(today)


def today(run: Run) -> None:
    """Shows today's calls, what is owed, how the week stands, and the next command."""
    try:
        _today(run)
    except NoStore:
        if run.json or run.store_was_named:
            raise
        from care.views.today import show_welcome

        show_welcome(run.screen)


def _today(run: Run) -> None:
    from care.calls.week import week_to_plan
    from care.customers.find import has_customers
    from care.issues.tell_notes import next_call
    from care.owed.owed import owed
    from care.reports.week import show_week
    from care.times.zones import local_date
    from care.views.today import Today, show_today

    with run.reading() as session:
        day = local_date(run.now, run.policy(session).timezone)
        plan = show_week(session, week_to_plan(session, run.now), run.now)
        anybody = has_customers(session)
        record = Today(day, plan, owed(session, run.now, limit=5), next_call(session, run.now))
    run.show(record, show_today)
    if record.plan.drawn_at is None and not anybody:
        run.hint("Next: care customers import FILE, or care customers add NAME --phone NUMBER")
    elif record.plan.drawn_at is None:
        run.hint("Next: care plan")
    else:
        run.hint("Next: care brief" if record.next else "Next: care report")
