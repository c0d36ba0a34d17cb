"""One choice for each of many things, drawn at once: a field for each would take a tenth of a second where there are hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Text = str | Promise
Pairs = Sequence[tuple[str, Text]]


class _Choices(forms.Widget):
    """A select for each name, with a label; a value is what was chosen by name, the empty choice left out."""

    use_fieldset = True

    def __init__(self, names: Pairs, choices: Pairs) -> None:
        super().__init__()
        self.names, self.choices = names, choices

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        del files, name
        return {one: chosen for one, _label in self.names if (chosen := data.get(one))}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        del files, name
        return not any(one in data for one, _label in self.names)

    def id_for_label(self, id_: str) -> str:
        del id_
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        del name, attrs, renderer
        chosen: Mapping[str, str] = value or {}
        drawn = {code: self._options(code) for code in {"", *chosen.values()}}
        rows = ((one, label, one, one, drawn[chosen.get(one, "")]) for one, label in self.names)
        return format_html_join(
            "",
            '<div class="ay-field"><label class="form-label" for="id_{}">{}</label><select class="form-select" name="{}" id="id_{}">{}</select></div>',
            rows,
        )

    def _options(self, chosen: str) -> SafeString:
        mark = SafeString(" selected")
        options = ((code, mark if code == chosen else "", label) for code, label in self.choices)
        return format_html_join("", '<option value="{}"{}>{}</option>', options)


class ChoicesField(forms.Field):
    """For each of ``names`` (name, label) one of ``choices`` (code, label); cleaned to the codes by name, none for the empty one."""

    default_error_messages = {"unknown": forms.ChoiceField.default_error_messages["invalid_choice"]}

    def __init__(self, *, names: Pairs, choices: Iterable[tuple[str, Text]], **kwargs: Any) -> None:
        self.choices = list(choices)
        super().__init__(required=False, widget=_Choices(names, self.choices), **kwargs)

    def clean(self, value: Any) -> dict[str, str]:
        found: dict[str, str] = value or {}
        known = {code for code, _label in self.choices}
        for code in found.values():
            if code not in known:
                raise forms.ValidationError(self.error_messages["unknown"], params={"value": code})
        return found
