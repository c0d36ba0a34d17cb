"""What people type about units."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import today
from anyue.platform.files.kinds import SHEETS, accept
from anyue.platform.pages.forms import PageForm

from . import selectors
from .models import Kind, Unit
from .rules import codes, kinds, names
from .services import Draft
from .widgets import ChoicesField

MOST_SPLIT = 9
_LABEL = re.compile(r"(.+?)\s*[\[［]([^\]］]+)[\]］]$")


class DayField(forms.DateField):
    """The day on which something takes effect, today unless another is chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("In effect from")),
            initial=today,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **kwargs,
        )


class UnitField(forms.CharField):
    """One unit by name, by code, or as the suggestions write it: ``石塘街道 [120105002000]``. ``among`` limits which."""

    default_error_messages = {
        "none": _("No unit that you see is called so. Choose one of the suggestions or enter its code."),
        "several": _("Several units are called so. Choose one of the suggestions or enter its code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 160)
        kwargs["widget"] = forms.TextInput(attrs={"list": "unit-options", "autocomplete": "off", "data-unit-field": ""})
        super().__init__(**kwargs)
        self.among: QuerySet[Unit] = Unit.objects.none()

    def clean(self, value: Any) -> Any:
        """The unit; None for an empty one that may be empty."""
        typed = names.tidy(super().clean(value))
        if not typed:
            return None
        found = list(self.among.filter(code=codes.tidy(typed))[:2]) or list(self._named(typed)[:2])
        if len(found) != 1:
            raise forms.ValidationError(self.error_messages["several" if found else "none"])
        return found[0]

    def _named(self, typed: str) -> QuerySet[Unit]:
        label = _LABEL.match(typed)
        if label is None:
            return self.among.filter(name=typed)
        mark = label[2].strip()
        if mark.startswith("#") and mark[1:].isdigit() and len(mark) < 18:
            return self.among.filter(pk=int(mark[1:]))
        return self.among.filter(code=mark)


def unit_label(unit: Unit) -> str:
    """A unit as ``UnitField`` reads it back."""
    return f"{unit.name} [{unit.code or f'#{unit.pk}'}]"


def _kinds(above: Kind | None) -> list[tuple[str, str]]:
    """What may stand below a unit of this kind; everything at the top."""
    return [(kind.value, str(kind.label)) for kind in kinds.kinds_below(above)]


class UnitForm(PageForm):
    """A new unit."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    code = forms.CharField(
        label=_("Code"),
        max_length=24,
        required=False,
        help_text=_("The 12-digit statistical code of an area; an office may have one of its own."),
    )
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=24, required=False)
    area_code = forms.CharField(
        label=_("Area code"),
        max_length=24,
        required=False,
        help_text=_("Of the area in which an enterprise or a school lies."),
    )
    phone = forms.CharField(label=_("Duty phone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    on = DayField()

    def __init__(self, *args: Any, above: Kind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _kinds(above)  # type: ignore[attr-defined]


class RenameForm(PageForm):
    """Another name."""

    name = forms.CharField(label=_("New full name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    on = DayField()
    note = forms.CharField(
        label=_("Basis of the change"),
        max_length=240,
        help_text=_("The document or decision that the change rests on."),
    )


class MoveForm(PageForm):
    """Another place."""

    parent = UnitField(label=_("New unit above"))
    on = DayField()
    note = forms.CharField(
        label=_("Basis of the change"),
        max_length=240,
        help_text=_("The document or decision that the change rests on."),
    )

    def __init__(self, *args: Any, among: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].among = among  # type: ignore[attr-defined]


class CloseForm(PageForm):
    """The end of a unit."""

    below = forms.BooleanField(label=_("Close all units below it as well"), required=False)
    on = DayField(label=_("First day without it"))
    note = forms.CharField(
        label=_("Basis of the change"),
        max_length=240,
        help_text=_("The document or decision that the change rests on."),
    )


class MergeForm(PageForm):
    """Units beside it that become one with it, or all a new one."""

    others = forms.ModelMultipleChoiceField(
        label=_("Units that go on in it"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label=_("Name of a new unit"),
        max_length=120,
        required=False,
        help_text=_("Empty: the others go on in this unit. With a name, all of them and this one become a new unit."),
    )
    code = forms.CharField(label=_("Code of the new unit"), max_length=24, required=False)
    on = DayField()
    note = forms.CharField(
        label=_("Basis of the change"),
        max_length=240,
        help_text=_("The document or decision that the change rests on."),
    )

    def __init__(self, *args: Any, unit: Unit, among: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = among.filter(parent=unit.parent, kind=unit.kind).exclude(pk=unit.pk)
        self.fields["others"].queryset = beside.order_by("order", "path")  # type: ignore[attr-defined]


class SplitForm(PageForm):
    """New units out of one, and where each unit right below it goes."""

    into = forms.CharField(
        label=_("New units"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line: the name, then after a blank its code if it has one. They are of the same kind and stand beside it."
        ),
    )
    close = forms.BooleanField(label=_("Nothing is left of the old unit: it closes"), required=False)
    on = DayField()
    note = forms.CharField(
        label=_("Basis of the change"),
        max_length=240,
        help_text=_("The document or decision that the change rests on."),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.children = list(selectors.children_of(unit)[:500])
        choices: list[tuple[str, Any]] = [
            ("", _("stays")),
            *((str(n), _("to new unit %(number)s") % {"number": n}) for n in range(1, MOST_SPLIT + 1)),
        ]
        if self.children:
            names = [(f"child_{child.pk}", child.name) for child in self.children]
            self.fields["going"] = ChoicesField(label=_("Where the units below it go"), names=names, choices=choices)

    def clean_into(self) -> list[Draft]:
        """The lines as drafts."""
        drafts = []
        for line in self.cleaned_data["into"].splitlines():
            words = line.split()
            if words:
                code = words.pop() if len(words) > 1 and words[-1].isascii() else None
                drafts.append(Draft(" ".join(words), Kind(self.unit.kind), code))
        if len(drafts) > MOST_SPLIT:
            raise forms.ValidationError(_("At most %(most)s new units at once."), params={"most": MOST_SPLIT})
        return drafts

    def going(self) -> dict[int, int]:
        """Which child goes to which of the new ones."""
        chosen = self.cleaned_data.get("going") or {}
        return {child.pk: int(chosen[name]) - 1 for child in self.children if (name := f"child_{child.pk}") in chosen}


class EditForm(PageForm):
    """What is set of a unit besides its name and place."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    code = forms.CharField(label=_("Code"), max_length=24, required=False)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=24, required=False)
    area_code = forms.CharField(label=_("Area code"), max_length=24, required=False)
    phone = forms.CharField(label=_("Duty phone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    order = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("Units beside each other stand by this number, smallest first."),
    )
    on = DayField()

    def __init__(self, *args: Any, above: Kind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _kinds(above)  # type: ignore[attr-defined]


class GroupForm(PageForm):
    """A list of units: some by name, some by a rule."""

    name = forms.CharField(label=_("Name of the list"), max_length=80)
    kinds = forms.MultipleChoiceField(
        label=_("All units of these kinds"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    below = UnitField(label=_("… below"), required=False, help_text=_("Empty: below the unit that keeps the list."))
    members = forms.CharField(
        label=_("And these units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, by name or code."),
    )

    def __init__(self, *args: Any, among: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among
        self.fields["below"].among = among  # type: ignore[attr-defined]

    def clean_members(self) -> list[Unit]:
        """Each line as the unit that it means."""
        reader = UnitField(required=False)
        reader.among = self.among
        found, wrong = [], []
        for line in self.cleaned_data["members"].splitlines():
            try:
                unit = reader.clean(line)
            except forms.ValidationError as error:
                wrong.append(f"{line.strip()}: {error.messages[0]}")
                continue
            if unit is not None:
                found.append(unit)
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class ImportForm(PageForm):
    """A table of units."""

    under = UnitField(label=_("Into which unit"), required=False)
    file = forms.FileField(
        label=_("Table of units"),
        widget=forms.FileInput(attrs={"accept": f"{accept(SHEETS)},.csv,.txt"}),
        help_text=_("An .xlsx or .csv with a row of headings, such as the template. Rows may stand in any order."),
    )
    on = DayField()

    def __init__(self, *args: Any, among: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].among = among  # type: ignore[attr-defined]
