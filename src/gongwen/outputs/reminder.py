"""The message that asks for what is missing and for what must be put right: plain text, ready to paste into a chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..collection import Collection, Reply
from ..spec import NoticeSpec
from .deadline import deadline_of, due_of
from .naming import Label, labels, one_line
from .standing import Picture, Standing, base_name, picture, sentence

INDENT = "\u3000\u3000"
RULE = "—" * 20
SHOWN = 4
"""Issues of a unit in the message for all; its own message has them all."""


def reminder_text(collection: Collection, spec: NoticeSpec, *, today: date | None = None) -> str:
    """The message for everybody, then one for each unit. Without ``today`` nothing is said about being late."""
    words = _Words(collection, spec, today)
    found = picture(collection)
    parts = [words.to_all(found)]
    single = [words.to_one(one) for one in found.units if one.state != "已报送"]
    if single:
        parts.append(f"{RULE}\n以下为逐家发送的内容，每段一家：")
        parts += single
    return "\n\n".join(parts) + "\n"


class _Words:
    """The sentences of one collection's messages."""

    def __init__(self, collection: Collection, spec: NoticeSpec, today: date | None) -> None:
        self.collection, self.spec, self.today = collection, spec, today
        form = collection.form_spec
        self.names: Mapping[str, Label] = labels(form)
        self.deadline = deadline_of(spec, form, today)
        self.due = due_of(self.deadline)
        title = one_line((form.title if form else None) or "统计表")
        self.form = title
        self.thing = f"{title}（{form.attachment}）" if form and form.attachment else title
        self.late = self.due.distance(today) if self.due else ""
        self.is_late = self.late.startswith("已逾期")

    # --- what is asked for

    def request(self) -> str:
        """请于6月20日（周五）前将统计表（附件2）报送公共安全办公室; once it is late, 应于."""
        when = f"于{self.due.words(self.today)}" if self.due else "按通知规定的时限"
        recipient = (self.deadline.recipient if self.deadline else None) or self.spec.issuer or "我处"
        if self.is_late:
            return f"{self.thing}应{when}报送{recipient}"
        return f"请{when}将{self.thing}报送{recipient}"

    def hurry(self, whom: str) -> str:
        """How late it is, and what to do about it."""
        if self.is_late:
            return f"现{self.late}，请{whom}抓紧填报，尽快报送。"
        return f"{self.late + '，' if self.late else ''}请{whom}抓紧填报，{'按时' if self.due else '尽快'}报送。"

    def contact(self) -> str:
        """Whom to ask, as the notice names them."""
        people = []
        for one in self.spec.contacts:
            words = "，".join(word for word in (one.name, one.phone, one.email) if word)
            if words:
                people.append(words)
        return f"联系人：{'；'.join(people)}。" if people else ""

    def greeting(self) -> str:
        """各社区："""
        who = (self.deadline.who if self.deadline else None) or self.spec.addressees
        return f"{'、'.join(who) or '各有关单位'}："

    # --- the message for everybody

    def to_all(self, found: Picture) -> str:
        """One message: missing, to be corrected, to be sent again, to be claimed."""
        missing, unusable, doubtful = (found.in_state(state) for state in ("未报送", "无法采用", "待核实"))
        lines = [f"【催报】{self.form}", "", self.greeting()]
        opening = f"按照《{self.spec.title}》要求，" if self.spec.title else ""
        if not (missing or unusable or doubtful or found.loose):
            roster = (
                f"应报送的{len(found.units)}家单位" if self.collection.roster else f"已收到的{len(found.units)}家单位"
            )
            return "\n".join([*lines, f"{INDENT}{roster}均已报送{self.form}，未发现需要更正的数据，无需催报。"])
        if missing:
            counts = f"目前已报送{len(found.counted())}家，以下{len(missing)}家单位尚未报送："
            lines.append(f"{INDENT}{opening}{self.request()}。{counts}")
            lines += [f"{INDENT}{number}. {one.unit}{_person(one)}" for number, one in enumerate(missing, 1)]
            lines += [f"{INDENT}{self.hurry('以上单位')}", ""]
        else:
            lines += [f"{INDENT}{opening}现将{self.thing}报送中需要重报、更正的情况通知如下。", ""]
        if unusable:
            lines.append(f"{INDENT}以下{len(unusable)}家单位报送的文件无法采用，请重新报送：")
            lines += [f"{INDENT}{number}. {one.unit}：{self._why(one)}" for number, one in enumerate(unusable, 1)]
            lines.append("")
        if doubtful:
            lines.append(f"{INDENT}以下{len(doubtful)}家单位已报送，但有数据需要核实，请核实更正后重新报送：")
            lines += [
                f"{INDENT}{number}. {one.unit}：{self._wrong(one, SHOWN)}" for number, one in enumerate(doubtful, 1)
            ]
            lines.append("")
        if found.loose:
            files = "、".join(f"“{base_name(one.reply.file)}”" for one in found.loose if one.reply is not None)
            claim = "请有关单位认领，写明填报单位后重新报送。"
            lines += [f"{INDENT}另有{len(found.loose)}份文件不能确认填报单位：{files}。{claim}", ""]
        if not self.collection.roster:
            lines += [f"{INDENT}（未提供单位名单，本消息不含未报送的单位。）", ""]
        lines.append(f"{INDENT}{self.contact()}感谢支持！")
        return "\n".join(lines)

    # --- the message for one

    def to_one(self, one: Standing) -> str:
        """A message that can be sent to a unit alone."""
        head = f"〔{one.unit}〕{_person(one)}"
        ending = self.contact()
        if one.state == "未报送":
            body = f"{self.request()}。目前尚未收到贵单位的报送材料，{self.hurry('')}"
        elif one.state == "无法采用":
            body = f"贵单位报送的{self.form}无法采用：{self._why(one)}请重新报送。"
        else:
            name = f"（{base_name(one.reply.file)}）" if one.reply is not None else ""
            body = f"贵单位报送的{self.form}{name}已收到，其中有数据需要核实：{self._wrong(one, None)}请核实更正后重新报送；如数据无误，请回复说明。"
        return f"{head}\n【催报】{one.unit}：{body}{ending}"

    def _why(self, one: Standing) -> str:
        reply = one.reply
        if reply is None:
            return ""
        # What to do about it is meant for the office, not for the unit.
        reasons = [issue.details.get("reason") or sentence(issue, self.names) for issue in reply.issues]
        return f"“{base_name(reply.file)}”{'，' + '；'.join(dict.fromkeys(reasons)) if reasons else ''}。"

    def _wrong(self, one: Standing, limit: int | None) -> str:
        said = self._sentences(one.reply) if one.reply is not None else []
        if one.reply is not None and not any(issue.code == "R120" for issue in one.reply.issues):
            said += self._twice(one.unit)
        if not said:
            return "数据需要核实。"
        if len(said) == 1:
            return f"{said[0]}。"
        shown = said if limit is None else said[:limit]
        text = "；".join(f"（{number}）{part}" for number, part in enumerate(shown, 1))
        return f"{text}；等{len(said)}处。" if len(shown) < len(said) else f"{text}。"

    def _sentences(self, reply: Reply) -> list[str]:
        """What is wrong, the doubts alone where there are any; the same said twice is said once."""
        chosen = [issue for issue in reply.issues if issue.doubt] or reply.issues
        return list(dict.fromkeys(sentence(issue, self.names) for issue in chosen))

    def _twice(self, unit: str) -> list[str]:
        return [
            f"共报送{1 + len(one.others)}份，目前按“{base_name(one.counted)}”计，请确认以哪一份为准"
            for one in self.collection.duplicates
            if one.unit == unit
        ]


def _person(one: Standing) -> str:
    known = one.known
    words = "，".join(word for word in ((known.contact, known.phone) if known else ()) if word)
    return f"（{words}）" if words else ""
