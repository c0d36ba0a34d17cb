"""Pages leave compressed; what streams or is tiny is left as it is."""

from __future__ import annotations

import gzip
import io

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from anyue.platform.pages.middleware import CompressMiddleware
from tests.anyue.factories import Tree, client_for, make_user

PAGE = "<p>望榆街道办事处</p>" * 100


def answered(answer: HttpResponseBase, accepts: str = "gzip, deflate, br") -> HttpResponseBase:
    def view(_request: HttpRequest) -> HttpResponseBase:
        return answer

    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressMiddleware(view)(request)  # type: ignore[return-value]


def test_a_page_is_compressed_for_who_can_read_it_and_caches_are_told() -> None:
    answer = answered(HttpResponse(PAGE))
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content).decode() == PAGE
    assert len(answer.content) == int(answer["Content-Length"]) < len(PAGE) // 4

    plain = answered(HttpResponse(PAGE), accepts="identity")
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize(
    "answer",
    [
        FileResponse(io.BytesIO(b"a" * 5000), content_type="text/plain"),
        HttpResponse(b"PK" * 5000, content_type="application/zip"),
        HttpResponse("short"),
    ],
    ids=["a file that streams", "a zip", "a few words"],
)
def test_what_gains_nothing_is_left_as_it_is(answer: HttpResponseBase) -> None:
    assert "Content-Encoding" not in answered(answer)


def test_two_answers_of_one_page_differ_in_length_so_that_it_betrays_nothing() -> None:
    lengths = {
        len(answer.content) for _ in range(30) if isinstance(answer := answered(HttpResponse(PAGE)), HttpResponse)
    }
    assert len(lengths) > 1


@pytest.mark.django_db
def test_the_home_page_arrives_compressed(tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.street))
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "<main" in gzip.decompress(answer.content).decode()
