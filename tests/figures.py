"""Prints what the house measures: modules, folders, lines, and how much of them only imports. Nothing is held to it."""

import ast
import sys
from pathlib import Path

CARE = Path(__file__).parents[1] / "src" / "care"


def figures(care: Path) -> str:
    """One sentence on the modules below the folder; packages' own files count as lines and not as modules."""
    paths = sorted(care.rglob("*.py"))
    modules = [path for path in paths if path.name != "__init__.py"]
    lines = imports = 0
    for path in paths:
        source = path.read_text(encoding="utf-8")
        lines += source.count("\n")
        statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
        imports += sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in statements)
    folders = len({path.parent for path in modules})
    return (
        f"The house: {len(modules)} modules in {folders} folders, {lines:,} lines, {lines // len(modules)} a module, "
        f"{imports / lines:.0%} of them imports"
    )


if __name__ == "__main__":
    sys.stdout.write(figures(CARE) + "\n")
