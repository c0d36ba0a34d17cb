"""Lists: what is searched, filtered, sorted, paged, saved as a view and exported, declared once.

    spec = ListSpec(
        key="orgs.units",
        title=_("Units"),
        columns=(
            Column("name", _("Name"), lambda unit: unit.name, sort="name", link=lambda unit: unit.get_absolute_url()),
            Column("children", _("Units below"), lambda unit: unit.children_count, figure=True, sort="children_count"),
        ),
        filters=(Choice("kind", _("Kind"), field="kind", choices=Kind.choices),),
        search=("name", "initials", "code"),
        order=("path",),
    )

    @requires(UnitPermission.VIEW)
    def units(request):
        return list_answer(request, spec, selectors.units_seen(by=request.actor))

The address holds the whole state, so the back button, a bookmark and a saved view all work. A list asks at most three
queries: its rows, their number, the saved views.
"""

from .answers import list_answer
from .cells import NOT_APPLICABLE, Column
from .filters import Choice, DateRange, Filter, Place, Subtree
from .pages import ListPage, list_page
from .spec import Empty, ListSpec, Select

__all__ = [
    "NOT_APPLICABLE",
    "Choice",
    "Column",
    "DateRange",
    "Empty",
    "Filter",
    "ListPage",
    "ListSpec",
    "Place",
    "Select",
    "Subtree",
    "list_answer",
    "list_page",
]
