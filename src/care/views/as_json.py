"""Records as JSON for scripts: the same fields a person sees, snake_case, dates ISO 8601, instants with offset."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from care.reports.report import Report


def plain(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, true, false and null."""
    if isinstance(value, Report):
        whole = {"company": value.company, "since": value.since, "until": value.until, "seal": value.seal}
        return plain(whole | value.sections)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def to_json(record: Any) -> str:
    """One JSON object, readable and with every script's letters as they are."""
    return json.dumps(plain(record), ensure_ascii=False, indent=2)
