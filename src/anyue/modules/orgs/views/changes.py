"""Forms that change the tree. Each says first how many units it touches."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anyue.platform.authz import can, fetch
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer

from .. import selectors, services
from ..forms import CloseForm, EditForm, MergeForm, MoveForm, RenameForm, SplitForm, UnitForm
from ..models import Kind, Unit
from ..permissions import UnitPermission
from ..services import Draft

MANAGE = requires(UnitPermission.MANAGE)
TEMPLATE = "orgs/change.html"


def _unit(request: Request, pk: int, *, above: bool = False) -> Unit:
    """The unit, if she may change it; ``above``: if she may change what stands below the unit above it."""
    unit = fetch(
        request.actor,
        Unit.objects.select_related("parent"),
        see=UnitPermission.VIEW,
        act=UnitPermission.MANAGE,
        place="path",
        pk=pk,
    )
    if above and not can(request.actor, UnitPermission.MANAGE, unit.parent.path if unit.parent else ""):
        raise PermissionDenied
    return unit


def _page_of(unit: Unit) -> str:
    return reverse("orgs:unit", args=[unit.pk])


def _touched(unit: Unit) -> str:
    count = selectors.below(unit).count()
    return ngettext("%(count)s unit hangs below it.", "%(count)s units hang below it.", count) % {"count": count}


def _among(request: Request) -> Any:
    return selectors.units_for(request.actor, UnitPermission.MANAGE)


@MANAGE
def add(request: Request, pk: int) -> HttpResponse:
    """A new unit below one."""
    return _add(request, _unit(request, pk))


@MANAGE
def add_top(request: Request) -> HttpResponse:
    """A new unit at the top of the installation."""
    if not can(request.actor, UnitPermission.MANAGE, ""):
        raise PermissionDenied
    return _add(request, None)


def _add(request: Request, parent: Unit | None) -> HttpResponse:
    def save(form: UnitForm) -> str:
        return _page_of(services.unit_add(by=request.actor, parent=parent, **form.cleaned_data))

    title = _("New unit below %(name)s") % {"name": parent.name} if parent else _("New unit at the top")
    cancel = _page_of(parent) if parent else reverse("orgs:index")
    page = FormPage(title, _("Add the unit"), cancel=cancel, draft=f"orgs.add-{parent.pk if parent else 0}")
    above = Kind(parent.kind) if parent else None
    return form_answer(request, UnitForm, save, page, template=TEMPLATE, context={"unit": parent}, above=above)


@MANAGE
def rename(request: Request, pk: int) -> HttpResponse:
    """Another name."""
    unit = _unit(request, pk)

    def save(form: RenameForm) -> str:
        return _page_of(services.unit_rename(by=request.actor, unit=unit, **form.cleaned_data))

    lead = _("Reports up to the day before keep the old name.")
    page = FormPage(_("Rename %(name)s") % {"name": unit.name}, _("Rename"), lead, _page_of(unit))
    initial = {"name": unit.name, "short_name": unit.short_name}
    return form_answer(request, RenameForm, save, page, initial=initial, template=TEMPLATE, context={"unit": unit})


@MANAGE
def edit(request: Request, pk: int) -> HttpResponse:
    """Code, kind and the rest."""
    unit = _unit(request, pk)

    def save(form: EditForm) -> str:
        return _page_of(services.unit_edit(by=request.actor, unit=unit, **form.cleaned_data))

    lead = _("A new code or kind counts from the day given; the rest is replaced.")
    page = FormPage(_("Edit %(name)s") % {"name": unit.name}, _("Save"), lead, _page_of(unit))
    fields = ("kind", "code", "uscc", "area_code", "phone", "address", "order")
    initial = {field: getattr(unit, field) for field in fields}
    above = Kind(unit.parent.kind) if unit.parent else None
    context = {"unit": unit}
    return form_answer(request, EditForm, save, page, initial=initial, template=TEMPLATE, context=context, above=above)


@MANAGE
def move(request: Request, pk: int) -> HttpResponse:
    """Another place."""
    unit = _unit(request, pk, above=True)

    def save(form: MoveForm) -> str:
        return _page_of(services.unit_move(by=request.actor, unit=unit, **form.cleaned_data))

    lead = _("It goes with all below it. %(touched)s") % {"touched": _touched(unit)}
    page = FormPage(_("Move %(name)s") % {"name": unit.name}, _("Move"), lead, _page_of(unit), is_danger=True)
    return form_answer(request, MoveForm, save, page, template=TEMPLATE, context={"unit": unit}, among=_among(request))


@MANAGE
def close(request: Request, pk: int) -> HttpResponse:
    """The end of a unit."""
    unit = _unit(request, pk, above=True)

    def save(form: CloseForm) -> str:
        return _page_of(services.unit_close(by=request.actor, unit=unit, **form.cleaned_data))

    lead = _("A closed unit gets no more tasks and cannot be opened again. %(touched)s") % {"touched": _touched(unit)}
    page = FormPage(
        _("Close %(name)s") % {"name": unit.name}, _("Close the unit"), lead, _page_of(unit), is_danger=True
    )
    return form_answer(request, CloseForm, save, page, template=TEMPLATE, context={"unit": unit})


@MANAGE
def merge(request: Request, pk: int) -> HttpResponse:
    """Units beside it go on in it, or all of them in a new one."""
    unit = _unit(request, pk, above=True)

    def save(form: MergeForm) -> str:
        given = form.cleaned_data
        new = Draft(given["name"], Kind(unit.kind), given["code"]) if given["name"].strip() else None
        units = [*given["others"], *([unit] if new else [])]
        stays = services.units_merge(
            by=request.actor, units=units, into=new or unit, on=given["on"], note=given["note"]
        )
        return _page_of(stays)

    lead = _("All units below them move along; offices of one name become one. %(touched)s") % {
        "touched": _touched(unit)
    }
    page = FormPage(_("Merge with %(name)s") % {"name": unit.name}, _("Merge"), lead, _page_of(unit), is_danger=True)
    return form_answer(
        request, MergeForm, save, page, template=TEMPLATE, context={"unit": unit}, unit=unit, among=_among(request)
    )


@MANAGE
def split(request: Request, pk: int) -> HttpResponse:
    """New units out of one."""
    unit = _unit(request, pk, above=True)

    def save(form: SplitForm) -> str:
        given = form.cleaned_data
        services.unit_split(
            by=request.actor,
            unit=unit,
            into=given["into"],
            below=form.going(),
            close=given["close"],
            on=given["on"],
            note=given["note"],
        )
        return _page_of(unit)

    lead = _("Choose for each unit below it where it goes. %(touched)s") % {"touched": _touched(unit)}
    page = FormPage(_("Split %(name)s") % {"name": unit.name}, _("Split"), lead, _page_of(unit), is_danger=True)
    return form_answer(request, SplitForm, save, page, template=TEMPLATE, context={"unit": unit}, unit=unit)
