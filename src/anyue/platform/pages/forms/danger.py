"""Dangerous acts: what will happen, to how many, and why. Nothing is done to a number that nobody has seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.access import Request

from .answering import FormPage, Saved, form_answer
from .fields import PageForm, Text


class DangerForm(PageForm):
    """Asks for the reason; ``touched`` is the number that the person saw."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with this act and can be read later."),
    )
    touched = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, count: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.count = count
        self.initial["touched"] = str(count)

    def clean(self) -> dict[str, object]:
        """What she saw is still so."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        if found.get("touched") != str(self.count):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("touched")] = str(self.count)  # type: ignore[index]
            self.add_error(
                None,
                _("Meanwhile it touches %(count)s instead of %(before)s. Look again and confirm anew.")
                % {"count": self.count, "before": found.get("touched") or "–"},
            )
        return found


@dataclass(frozen=True)
class DangerPage:
    """``what`` says what will happen; ``count`` how many are touched, ``unit`` of what; ``names`` the first of them."""

    title: Text
    what: Text
    count: int
    unit: Text
    submit: Text
    cancel: str
    names: Sequence[str] = ()
    crumbs: Sequence[tuple[Text, Text]] = ()


def danger_answer(request: Request, page: DangerPage, act: Callable[[str], Saved]) -> HttpResponse:
    """Ask for the reason, then ``act(reason)``, which returns the address to go to. Refused: the page comes back, 422."""
    around = FormPage(title=page.title, submit=page.submit, cancel=page.cancel, is_danger=True, crumbs=page.crumbs)
    return form_answer(
        request,
        DangerForm,
        lambda form: act(form.cleaned_data["reason"]),
        around,
        template="pages/danger_page.html",
        context={"danger": page, "more": max(page.count - len(page.names), 0)},
        count=page.count,
    )
