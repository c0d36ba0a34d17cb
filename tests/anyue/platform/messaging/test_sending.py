"""In office hours, gathered, by what is on and reaches her; and always as text to paste."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from anyue.kernel.clock import SHANGHAI
from anyue.kernel.errors import RefusedError
from anyue.kernel.workdays import Hours, add_working_days, is_open, next_open
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, ActorKind, Held
from anyue.platform.jobs.models import Progress
from anyue.platform.messaging import selectors, services, working_days
from anyue.platform.messaging.models import Message
from anyue.platform.messaging.services import Recipient
from anyue.platform.messaging.settings_of import hours_at, settings_at
from anyue.platform.messaging.texts import Text, register, texts
from tests.anyue.conftest import Limit

from .conftest import CLOSED, LI, OPEN, WANG, Clock, deliver, send

State = Message.State
SYSTEM = Actor.system("test")
SHE = Actor(ActorKind.PERSON, "9", "王某")


@pytest.fixture
def email(settings: Settings) -> None:
    settings.EMAIL_HOST = "smtp.example.com"


@pytest.mark.django_db
def test_without_any_server_she_still_finds_it_in_the_system_at_once(moment: Clock) -> None:
    moment.moment = CLOSED

    (message,) = send()

    assert (message.channel, message.state, message.sent_at) == ("in_app", State.SENT, CLOSED)
    assert (message.subject, message.body) == ("签收通知", "请柳岸社区尽快完成：签收通知")
    assert selectors.unread_count(by=SHE) == 1
    assert list(selectors.inbox(by=SHE)) == [message]
    assert services.message_read(by=LI) == 0
    assert services.message_read(by=SHE) == 1
    assert selectors.unread_count(by=SHE) == 0
    assert selectors.unread_count(by=Actor.anonymous()) == 0


@pytest.mark.django_db
def test_who_cannot_be_reached_gets_nothing_and_that_is_said() -> None:
    assert send(to=Recipient("unit", "3", "荷风社区")) == []
    assert not Progress.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_only_the_channels_that_are_named_and_on_are_used() -> None:
    services.channel_set(by=SYSTEM, place="0001", kind="email", is_on=False)

    assert [message.channel for message in send(place="0002")] == ["in_app", "email"]
    assert [message.channel for message in send(place="00010003")] == ["in_app"]
    assert [message.channel for message in send(place="0002", channels=["email"])] == ["email"]


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_outside_office_hours_it_waits_for_the_morning_unless_it_is_urgent(moment: Clock) -> None:
    moment.moment = CLOSED
    send(channels=["email"])
    deliver()
    assert not mail.outbox

    send(channels=["email"], urgent=True, task="有人受伤")
    deliver()
    assert [letter.subject for letter in mail.outbox] == ["有人受伤"]

    waiting = Message.objects.get(state=State.WAITING)
    assert waiting.not_before == datetime(2025, 6, 19, 8, 30, tzinfo=SHANGHAI)
    moment.moment = waiting.not_before
    deliver()
    assert [letter.subject for letter in mail.outbox] == ["有人受伤", "签收通知"]


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_what_could_not_go_in_time_does_not_go_at_night(moment: Clock) -> None:
    send(channels=["email"])
    moment.moment = CLOSED

    deliver()

    assert not mail.outbox
    row = Message.objects.get()
    assert (row.not_before, row.attempts) == (datetime(2025, 6, 19, 8, 30, tzinfo=SHANGHAI), 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_a_unit_may_keep_other_hours_for_itself_and_all_below() -> None:
    services.office_hours_set(by=SYSTEM, place="0001", opens=time(9), closes=time(12))

    assert hours_at("00010002") == Hours(time(9), time(12))
    assert hours_at("0002") == Hours()
    with pytest.raises(RefusedError, match="hours_order"):
        services.office_hours_set(by=SYSTEM, place="0001", opens=time(12), closes=time(9))


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_a_flood_becomes_one_first_at_once_then_gathered(moment: Clock) -> None:
    for number in range(5):
        send(channels=["email"], task=f"任务{number}")
    send(channels=["email"], task="紧急", urgent=True)
    send(channels=["email"], task="别人的", to=Recipient("person", "8", "赵某", {"email": "zhao@example.com"}))
    deliver()

    assert [letter.to for letter in mail.outbox] == [["wang@example.com"], ["wang@example.com"], ["zhao@example.com"]]
    assert all(f"任务{number}" in mail.outbox[0].body for number in range(5))
    assert mail.outbox[1].subject == "紧急"

    mail.outbox.clear()
    for number in range(5, 8):
        send(channels=["email"], task=f"任务{number}")
        deliver()
    assert not mail.outbox

    moment.moment += timedelta(minutes=11)
    deliver()
    (letter,) = mail.outbox
    assert all(f"任务{number}" in letter.body for number in (5, 6, 7))
    digest = Message.objects.get(template="messaging.digest", body=letter.body)
    assert digest.parts.filter(state=State.MERGED).count() >= 3
    assert not Message.objects.filter(state=State.WAITING).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_what_is_undone_is_not_sent() -> None:
    def undone() -> None:
        with transaction.atomic():
            send()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    deliver()

    assert not Message.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_a_thousand_recipients_need_few_statements(assert_queries_at_most: Limit) -> None:
    people = [Recipient("person", str(n), f"人{n}", {"email": f"{n}@example.com"}) for n in range(1000)]

    with assert_queries_at_most(80):  # SQLite takes some forty rows a statement
        assert len(send(to=people)) == 2000


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_a_channel_that_was_switched_off_meanwhile_sends_nothing() -> None:
    send(channels=["email"])
    services.channel_set(by=SYSTEM, place="", kind="email", is_on=False)

    deliver()

    assert not mail.outbox
    assert Message.objects.get().state == State.FAILED


@pytest.mark.django_db
@pytest.mark.usefixtures("email")
def test_cancelling_and_sending_again_are_audited_and_only_where_they_make_sense(moment: Clock) -> None:
    moment.moment = CLOSED
    (message,) = send(channels=["email"])

    services.message_cancel(by=SYSTEM, message=message)
    with pytest.raises(RefusedError, match="not_waiting"):
        services.message_cancel(by=SYSTEM, message=message)
    with pytest.raises(RefusedError, match="not_failed"):
        services.message_retry(by=SYSTEM, message=message)
    Message.objects.update(state=State.FAILED, attempts=6)
    services.message_retry(by=SYSTEM, message=message)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 0)
    actions = Entry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["message.cancelled", "message.retried"]


@pytest.mark.django_db
def test_a_robot_needs_an_address_at_an_allowed_host_and_the_audit_never_holds_it() -> None:
    with pytest.raises(RefusedError, match="no_server"):
        services.channel_set(by=SYSTEM, place="", kind="sms", is_on=True)
    with pytest.raises(RefusedError, match="needs_address"):
        services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True)
    with pytest.raises(RefusedError, match="bad_address"):
        services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True, address="https://evil.example/x")

    good = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
    services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True, address=good)
    services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True)

    assert settings_at("0001")["wecom"].address == good
    assert all("geheim" not in f"{entry.before}{entry.after}" for entry in Entry.objects.all())


def test_the_text_to_paste_tells_each_once() -> None:
    def said(label: str, body: str) -> Message:
        return Message(recipient_label=label, body=body)

    rows = [
        said("柳岸社区", "请签收"),
        said("柳岸社区", "请签收"),
        said("荷风社区", "请签收"),
        said("柳岸社区", "请报表"),
    ]

    assert selectors.paste_text(rows) == "@柳岸社区\n1. 请签收\n2. 请报表\n\n@荷风社区 请签收"
    assert selectors.paste_text([]) == ""


def test_texts_say_exactly_the_words_they_name() -> None:
    with pytest.raises(ValueError, match="places"):
        register(Text("test.bad", "%(a)s", "%(b)s", ("a",)))
    with pytest.raises(RefusedError) as refused:
        Text("test.x", "", "%(a)s %(b)s", ("a", "b")).written({"a": 1})
    assert refused.value.details["words"] == "b"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", ("甲等 2 条消息", "共 2 条消息：\n1. 甲\n2. 乙")),
        ("en", ("2 messages: 甲 and more", "2 messages:\n1. 甲\n2. 乙")),
        ("", ("甲等 2 条消息", "共 2 条消息：\n1. 甲\n2. 乙")),
    ],
)
def test_the_houses_own_texts_in_both_languages_whoever_works(language: str, said: tuple[str, str]) -> None:
    words = {"count": 2, "first": "甲", "lines": "1. 甲\n2. 乙"}

    with translation.override("en"):
        assert [text.written(words, language) for text in texts() if text.code == "messaging.digest"] == [said]


def weekdays(day: date) -> bool:
    return day.weekday() < 5


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_next_opening_is_open_and_never_before(minutes: int) -> None:
    instant = OPEN + timedelta(minutes=minutes)
    opening = next_open(instant, Hours(), weekdays)
    assert opening >= instant
    assert is_open(opening, Hours(), weekdays)
    assert opening == instant or not is_open(instant, Hours(), weekdays)


def test_an_office_that_never_works_holds_nothing_back_for_ever() -> None:
    assert next_open(CLOSED, Hours(), lambda _: False) == CLOSED


@pytest.mark.parametrize(("count", "day"), [(1, 23), (5, 27), (0, 20), (-1, 19)])
def test_working_days_are_counted_over_the_weekend(count: int, day: int) -> None:
    assert add_working_days(date(2025, 6, 20), count, weekdays) == date(2025, 6, day)


def test_the_operators_table_stands_over_the_librarys(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    worked_sunday, holiday = date(2025, 9, 28), date(2025, 10, 1)
    assert working_days.is_working_day(worked_sunday)
    assert not working_days.is_working_day(holiday)
    assert working_days.is_working_day(date(2031, 1, 1))

    file = tmp_path / "working-days.json"
    file.write_text('{"2031": {"off": ["2031-01-01"], "work": ["2031-01-04"]}}', "utf-8")
    assert not working_days.is_working_day(date(2031, 1, 1))
    assert working_days.is_working_day(date(2031, 1, 4))
    assert working_days.is_working_day(worked_sunday)
    assert working_days.fault() == ""


@pytest.mark.parametrize(
    "text", ["{", '{"2031": {"off": ["2030-01-01"]}}', "[]", '{"x": {}}', '{"2031": {"off": ["?"]}}']
)
def test_a_faulty_table_counts_for_nothing_and_says_so(settings: Settings, tmp_path: Path, text: str) -> None:
    settings.DATA = tmp_path
    (tmp_path / "working-days.json").write_text(text, "utf-8")

    assert working_days.is_working_day(date(2025, 9, 28))
    assert "working-days.json" in working_days.fault()


@pytest.mark.django_db
def test_wang_is_written_to_by_all_that_reach_her(settings: Settings) -> None:
    settings.EMAIL_HOST = "x"
    settings.SMS = {**settings.SMS, "URL": "https://sms.example/"}

    assert [message.channel for message in send(to=WANG)] == ["in_app", "email", "sms"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["address", "secret"])
def test_what_the_operator_gave_the_program_is_named_only_for_the_whole_installation(field: str) -> None:
    keeper = Actor(ActorKind.PERSON, "7", "李工", (Held("unit_admin", "0001"),))
    webhook = {"address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x"}

    with pytest.raises(RefusedError, match="environment") as refused:
        services.channel_set(
            by=keeper, place="0001", kind="wecom", is_on=True, **{**webhook, field: "env:ANYUE_SMTP_PASSWORD"}
        )
    assert list(refused.value.fields) == [field]

    services.channel_set(by=keeper, place="0001", kind="wecom", is_on=True, **webhook)
    services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True, address="env:ANYUE_ROBOT")
