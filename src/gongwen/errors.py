"""The one refusal of the library."""

from __future__ import annotations

from .messages import Language, parts


class Unreadable(Exception):
    """A file that cannot be used: which file, why, what to do. ``code`` is in ``gongwen.messages``."""

    def __init__(self, file: str, code: str, **details: object) -> None:
        self.file = file
        self.code = code
        self.details = details
        self.reason, self.advice = parts(code, "zh", **details)
        super().__init__(self.line("zh"))

    def line(self, language: Language = "zh") -> str:
        """One line for a person."""
        reason, advice = parts(self.code, language, **self.details)
        return (
            f"{self.file}：{reason}。{advice}。"
            if language == "zh"
            else f"{self.file}: {reason}. {advice[:1].upper()}{advice[1:]}."
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the details when the error crosses a process border."""
        return (_rebuild, (self.file, self.code, self.details))


def _rebuild(file: str, code: str, details: dict[str, object]) -> Unreadable:
    return Unreadable(file, code, **details)
