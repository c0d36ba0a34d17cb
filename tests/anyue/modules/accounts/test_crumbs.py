"""Every form of people and of one's own account says where it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anyue.modules.accounts.models import Grant
from tests.anyue.factories import Tree, client_for, make_user

pytestmark = pytest.mark.django_db


def test_forms_of_people_lead_back_to_the_person_and_to_all(tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    person = make_user("recorder", tree.street, name="梁知夏")
    grant = Grant.objects.get(user=person)
    forms = {
        "people:add": [],
        "people:import": [],
        "people:edit": [person.pk],
        "people:suspend": [person.pk],
        "people:post-add": [person.pk],
        "people:grant-give": [person.pk],
        "people:grant-end": [grant.pk],
    }
    for name, args in forms.items():
        answer = client.get(reverse(name, args=args), follow=True)
        assert answer.status_code == 200, name
        crumbs = answer.content.decode().partition('class="ay-crumbs"')[2].partition("</nav>")[0]
        assert reverse("people:index") in crumbs, name
        assert not args or reverse("people:person", args=[person.pk]) in crumbs, name


def test_forms_of_ones_own_account_lead_back_to_it(tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    for name in ("people:delegate", "people:token-add"):
        answer = client.get(reverse(name), follow=True)
        crumbs = answer.content.decode().partition('class="ay-crumbs"')[2].partition("</nav>")[0]
        assert reverse("people:profile") in crumbs, name
