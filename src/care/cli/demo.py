"""``care demo``: a made-up company with half a year behind it, in a store of its own."""

from pathlib import Path

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadStore

app = single()


@command(app)
def demo(run: Run) -> None:
    """Makes a made-up company with half a year of history; shows its Monday, a brief and the report."""
    from care.calls.week import week_to_plan
    from care.demo.build import beginning_of_day, build_demo
    from care.interviews.brief import brief
    from care.reports.gather import gather
    from care.reports.period import period_between
    from care.reports.records import Asking
    from care.reports.section import MEETING
    from care.reports.week import show_week
    from care.times.zones import local_date
    from care.views.demo import Shown, show_demo

    there = run.with_store(_path(run))
    there.now = beginning_of_day(run.now)
    _make_room(there, named=run.store_option is not None)
    with there.founding() as session:
        person = build_demo(session, run.now)
    with there.reading() as session:
        settings = there.policy(session)
        today = local_date(run.now, settings.timezone)
        week = week_to_plan(session, run.now)
        plan = show_week(session, week, run.now)
        period = period_between(None, None, today, settings.timezone)
        shown = Shown(
            str(there.store_path),
            plan,
            brief(session, person, there.caller_in(session), run.now),
            gather(session, Asking(MEETING, period), run.now),
        )
    run.show(shown, show_demo)


def _path(run: Run) -> Path:
    """Where the demo's store is: only ``--store`` moves it, so that no demo ever meets the store of every day."""
    if run.store_option is not None:
        return Path(run.store_option).expanduser()
    from platformdirs import user_data_path

    return user_data_path("care") / "demo" / "care.db"


def _make_room(there: Run, *, named: bool) -> None:
    """Takes an earlier demo away; in a place that someone named, only where it is one. Raises BadStore."""
    from care.demo.build import is_demo

    if not there.store_path.exists():
        return
    if named:
        with there.reading() as session:
            if not is_demo(session):
                raise BadStore(f"{there.store_path} is no demo's store. Name another place with --store.")
        there.close()
    there.store_path.unlink()
