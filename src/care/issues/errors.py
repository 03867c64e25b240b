"""What is wrong when an issue is named or changed."""

from collections.abc import Sequence

from care.errors import Ambiguous, NotFound, WrongUsage


class NoSuchIssue(NotFound):
    """No issue answers to that."""

    def __init__(self, said: str) -> None:
        super().__init__(f"there is no issue “{said}”. care issues lists them, like i7.")


class WhichIssue(Ambiguous):
    """More than one title holds those words."""

    def __init__(self, said: str, labels: Sequence[str]) -> None:
        super().__init__("issue", said, labels)


class NotARaiser(NotFound):
    """The customer did not raise the issue."""

    def __init__(self, issue_id: int, name: str, raisers: Sequence[str]) -> None:
        who = ", ".join(raisers) or "nobody"
        super().__init__(
            f"{name} did not raise i{issue_id}. Its raisers: {who}. Add one with care issues join i{issue_id}."
        )


class MergedIssue(WrongUsage):
    """The issue is part of another now."""

    def __init__(self, issue_id: int, into: int) -> None:
        super().__init__(f"i{issue_id} is part of i{into} now. Say i{into}.")


class NotThatState(WrongUsage):
    """The issue is not where that step begins."""

    def __init__(self, issue_id: int, state: str, instead: str) -> None:
        super().__init__(f"i{issue_id} is {state}. {instead}")
