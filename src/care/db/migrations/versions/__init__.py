"""One module a revision; its SQL never changes once released."""

from importlib.resources import files

from alembic import op


def run_frozen(name: str) -> None:
    """Runs the statements of a frozen file beside this one, in their order."""
    frozen = files(__name__).joinpath(name).read_text("utf-8")
    for statement in frozen.rstrip().rstrip(";").split(";;\n"):
        if "alembic_version" not in statement:  # Alembic makes and fills its own
            op.get_bind().exec_driver_sql(statement)
