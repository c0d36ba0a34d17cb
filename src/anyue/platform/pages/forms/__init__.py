"""Forms: label above, unit beside, help under; what is wrong stands on top and at the field; nothing typed is lost.

    class UnitForm(PageForm):
        name = forms.CharField(label=_("Name"), max_length=120)
        people = forms.IntegerField(label=_("People"), required=False)
        units = {"people": _("persons")}

    @requires(UnitPermission.MANAGE)
    def unit_add(request):
        def save(form):
            unit = services.unit_add(by=request.actor, **form.cleaned_data)
            return reverse("orgs:unit", args=[unit.pk])

        page = FormPage(title=_("New unit"), submit=_("Add"), cancel=reverse("orgs:units"))
        return form_answer(request, UnitForm, save, page)

A refusal of the service comes back in the form with its status; drafts are kept, offered and forgotten by themselves.
"""

from .answering import FormPage, form_answer
from .checking import Answer, answers_of
from .danger import DangerForm, DangerPage, danger_answer
from .drafts import Kept, form_key, kept_draft
from .fields import PageForm, Section

__all__ = [
    "Answer",
    "DangerForm",
    "DangerPage",
    "FormPage",
    "Kept",
    "PageForm",
    "Section",
    "answers_of",
    "danger_answer",
    "form_answer",
    "form_key",
    "kept_draft",
]
