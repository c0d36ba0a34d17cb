"""The words of a duty: who owes what to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.bodies import BODY_END, is_body
from ..lexicon.clock import DateWord
from ..structure import close_up

# Verbs by which something is handed in, and those by which something is to be done.
SEND = (
    r"(?:报送|上报|填报(?!单位|人|日期|说明)|呈报|申报(?!表|材料)|汇报|续报|通报|报备|报告(?!会|书|厅|报|送|交|发|材|及|和|、|（|》|制度)|报至|报到|报给|报(?!告|名表|告会|表|道|刊|考|警|废|名)"
    r"|反馈(?!表|意见表)|提交|递交|提供|发送|发至|发到|发给|发(?!放|现|生|动|展|布|挥|言|票|证|育|酵|热|改|起|包)|送达|送交|送至|送(?!医)"
    r"|交至|交到|上交|交(?!流|通|叉|警|接|管|办|底|易|付)|抄送|寄送|寄至|传至|上传|推送|回复|函告|推荐(?!表|名单|单位|意见)|登记(?!表|册|卡|信息|机关)"
    r"|备案(?!表|号)|录入|填写|填(?![补报写])|汇总(?!表|情况|材料|数)|登录|报名(?!表|时间|费)|签订|签署|公示(?!栏|牌)|告知(?!书)|邮寄)"
)
DO = r"(?:完成|制定|召开|开展|启动|部署|组织|建立|整改|落实|印发|出台|成立|办理|清[理零查]|整治|销号|消除|达到|拆除|关闭|停止|取消|做好|进行|安装|配备|实现|自查|排查|明确|确定|指定|参加|总结|验收|检查|移送|处置|张贴|发布|公布|更新|到位|结束|申请|报废|改造|迁出|搬离|回复|答复|签到|集合|到达|抵达|缴纳|领取|播放|观看|学习|培训|演练|收听|安排|形成|梳理|转发|传达|搬|清|改|撤|拆|关|停|装)"
ACT = re.compile(f"{SEND}|{DO}")
SENDS = re.compile(SEND)
_WHO = re.compile(
    r"(?:请|由|要求|责成|督促)?(?P<who>(?:各|有关|相关|全体|参[赛演训会]|申报|获[奖评]|属地|市直|县直|区直|承办|牵头|责任|成员|施工|建设|监理|企业|学校|基层)[^，。；：:！？“”《》]{0,40}?|[\u4e00-\u9fff（）()]{2,16}(?:局|办|委|科|处|室|部门|支队|大队|中心|街道|社区|公司|站|企业|单位|学校|场所))"
    r"(?=[，,]?\s*(?:要|须|应当?|请|务必|需|将|于|在|截[至止]|最[迟晚]|不[迟晚]于|按|把|每|根据|结合|明确|确定|指定|收|自|必须|可|负责|完成|填|报|上报|组织|汇总|开展|认真|及时|严格|抓紧|对照|\d|[一二三四五六七八九十]+月|通过|进行|提交|制定|高度|安排|围绕))"
)
_TO = re.compile(
    rf"(?:{SEND})\s*(?:一式[^，。；]{{1,3}}份)?(?:至|给|到|于|予|往|向)?(?P<to>[^，。；：:！？（(“”《》、\s]{{2,40}}?{BODY_END}(?:[（(][^（()）]{{2,20}}[)）])?(?:[^，。；：:！？“”、（(\s]{{0,12}}?{BODY_END})?)(?=[，。；！？\s（(、]|$|备案|备查|汇总|审核|审定|审批|审查|存档|邮箱|处|统一|综合|（|[A-Za-z]|并|及|和|由|电子|纸质|指定|OA|\u3000)"
)
_TO_BEFORE = re.compile(rf"(?:向|至|到)(?P<to>[^，。；：:！？（(“”、\s]{{2,24}}?{BODY_END})(?=\s*(?:{SEND}))")


def who_of(text: str) -> list[str]:
    """The bodies that the words make responsible, in the text's words; [] where there are none."""
    for match in _WHO.finditer(text):
        words = re.sub(r"^(?:请|由|并|且|同时|要求)+", "", match.group("who").strip())
        words = re.sub(
            r"(?:负责人|主要负责同志)?(?:认真|及时|严格|务必|统一|都|均|也|分别|高度重视|进一步|每[日周月天]?|当[日天])+$",
            "",
            words,
        )
        words = re.sub(r"^(?:[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|[日月底时点]?前|下班前)+[，,]?", "", words)
        if _NO_BODY.search(words) or len(words) > 40:
            continue
        bodies = [close_up(part.strip("、和及与，")) for part in _split_bodies(words)]
        if any(bodies):
            return [body for body in bodies if body]
    return []


_NO_BODY = re.compile(
    r"^各(?:类|项(?!目)|种|自|式|方面|环节|阶段|岗位|领域|行业|时期|期|地活动)|^(?:上级|安全生产|全国|我国)"
    r"|(?:^|[将把对向给为])(?:活动|工作|情况)|报送|进行|开展|组织|^.{0,5}[将报]"
)


def _split_bodies(words: str) -> list[str]:
    """各街道、各社区 are two; 各县（市、区） is one."""
    held = re.sub(r"[（(][^（()）]*[)）]", lambda match: match.group(0).replace("、", "\0"), words)
    parts = re.split(r"、(?=各|有关|相关|[^、]*$)|，|及(?=各)|和(?=各)", held)
    return [part.replace("\0", "、") for part in parts]


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be handed in or done, to whom, and where the words of the duty begin."""

    deliverables: list[str]
    recipient: str | None
    begin: int


_TAKEN = re.compile(
    rf"(?:将|把)(?P<what>[^。；]{{1,120}}?)(?:(?:[，,]?\s*(?:加盖公章|签字盖章|盖章|一并|统一|及时|分别|汇总后|同时)"
    rf"|[，,]\s*(?:以|由|经|按|通过|并|填写))[^。；]{{0,40}}?)?(?:后)?[，,]?\s*(?:{SEND})"
)
_TAKEN_BEFORE = re.compile(
    r"(?:将|把)(?P<what>[^。；]{1,120}?)[，,]?\s*(?:于|在|务必于|最迟于|应于|须于|统一于|分别于)?\s*$"
)
_TOPIC = re.compile(
    r"(?P<what>[^，。；：:]{2,60}?)\s*(?:[，,]?\s*(?:请|须|务必|应|统一|最迟|由[^，]{2,12}|实行[^，]{2,8}制?[，,]"
    r"|的?(?:报送|上报|截止|提交|反馈|报名|填报)?(?:时间|时限|期限|截止时间)(?:为|是)?(?:截[至止](?:到|于)?)?|截[至止](?:到|于)?|最迟|不[晚迟]于))?\s*[:：]?\s*(?:于|在|请于|务必于|最迟于|应于)?\s*$"
)
_VERB = re.compile(rf"(?P<verb>{SEND}|完成)(?P<rest>[^。；]*)")
_ALSO_SENT = re.compile(
    rf"(?:将|把)(?P<what>[^。；]{{1,80}}?)(?:{SEND})|(?:填写|提交|上报|报送|形成|填报)(?P<more>[《\u4e00-\u9fff][^，。；]{{1,40}})"
)
_STAGE = re.compile(r"第[一二三四五六1-6]+(?:批|阶段|次|轮|期)")


@dataclass(frozen=True, slots=True)
class _Words:
    """A stretch of a sentence: as shown (remarks in brackets made opaque), and with titles in 《》 opaque too.

    Verbs are looked for in ``plain``, so that none is found inside a title; what they take is cut from ``shown``.
    """

    shown: str
    plain: str

    def __getitem__(self, span: slice) -> _Words:
        return _Words(self.shown[span], self.plain[span])

    def group(self, match: re.Match[str], name: str) -> str:
        """A group of a match on ``plain`` in the words as shown."""
        return self.shown[slice(*match.span(name))]


def what_of(text: str, word: DateWord, sentence: int, clause: tuple[int, int], heading: str, last_end: int) -> Duty:
    """The duty of a date. ``clause`` is its span in the text, ``sentence`` where its sentence begins.

    ``last_end`` is where the date of the duty before ends, ``heading`` the heading above, which names what is due where
    the sentence does not.
    """
    start, end = clause
    at = word.bounded_end if word.bound else word.end
    if start < last_end < word.start:  # behind another duty of the same clause
        turn = text.find("，", last_end, word.start)
        start = turn + 1 if turn >= 0 else last_end
    titled = re.sub(r"《[^《》]*》", lambda match: "《" + _MASK * (len(match.group(0)) - 2) + "》", text)
    recipient = _recipient(titled[at:end]) or _recipient(titled[start:end])
    words = _Words(_masked(text), _masked(titled))
    before, after = words[start : word.start], words[at:end]
    begin = start + len(before.shown) - len(before.shown.lstrip(" \u3000，,"))
    things = _taken(before, after, recipient)
    if not things:
        things = _of_verb(before, after, words[sentence : word.start].shown, recipient, heading)
    if heading and things and all(_COUNTED.fullmatch(thing) for thing in things):
        things = [heading]
    return Duty(things, recipient, begin)


_NO_THING = re.compile(r"要求|安排|事项|保障|领导|措施|时间|步骤|报送|阶段|其他|原则|目标|方式|职责|纪律")
_COUNTED = re.compile(
    r"(?:不少于|至少|各)?[0-9０-９一二两三四五六七八九十]+(?:至[0-9一二三四五]+)?[篇个条份部件张幅期项例]"
)


def _taken(before: _Words, after: _Words, recipient: str | None) -> list[str]:
    """The object of 将 or 把, behind the date or before it."""
    taken = _TAKEN.search(after.plain)
    if taken:
        return things_of(after.group(taken, "what"), recipient)
    earlier = _TAKEN_BEFORE.search(before.plain)
    if earlier and SENDS.search(after.plain[:24]) and not re.search(r"报送|上报|发至|发送|提交", earlier.group("what")):
        return things_of(before.group(earlier, "what"), recipient)
    return []


def _of_verb(before: _Words, after: _Words, sentence: str, recipient: str | None, heading: str) -> list[str]:
    """The object of the verb behind the date, else the topic before it, else the object of the clause before."""
    named = _TOPIC.search(before.plain)
    topic = topic_of(before.group(named, "what")) if named else ""
    verb = _VERB.search(after.plain)
    if verb:
        things = _object_of(verb, after, topic, recipient)
        if things and not (len(things) == 1 and re.fullmatch(r"备案|备查|汇总|审核|存档|安排", things[0])):
            if all(_PLACE.search(thing) for thing in things):
                return _earlier_object(sentence) or ([heading] if heading else things)
            return things
    if _STAGE.fullmatch(topic):
        return _earlier_object(sentence) or [topic]
    if len(topic) >= 2 and (verb or not ACT.search(re.split("[，；。]", after.plain)[0])):
        return things_of(topic, recipient)
    if verb and verb.start() > 4:
        between = things_of(_object(re.sub(r"^\s*[，,]?\s*(?:由|请)?", "", after.shown[: verb.start()])), recipient)
        if between:
            return between
    fallback = [heading] if heading and not who_of(heading) and not _NO_THING.search(heading) else []
    if verb:
        return _earlier_object(sentence) or _act(after.shown) or fallback
    return _act(after.shown) or _earlier_object(sentence) or fallback


def _object_of(verb: re.Match[str], after: _Words, topic: str, recipient: str | None) -> list[str]:
    rest = after.group(verb, "rest")
    if recipient and recipient in rest[: len(recipient) + 4]:
        rest = "" if topic else rest[rest.find(recipient) + len(recipient) :]
    things = things_of(_object(rest), recipient)
    if things and verb.group("verb") == "完成":
        more = _ALSO_SENT.search(rest)
        handed = things_of(more.group("what") or more.group("more"), recipient) if more else []
        return handed or [f"完成{things[0]}", *things[1:]]
    return things


def _act(after: str) -> list[str]:
    """What is to be done, in the words of the clause, without those who do it."""
    done = re.match(rf"\s*[，,]?\s*(?P<act>[^，。；]*?(?:{DO})[^，。；]{{0,40}})", after)
    if not done:
        return []
    act = re.sub(rf"（{_MASK}*）", "", done.group("act"))
    whose = who_of(act)
    if whose and act.lstrip("，, ").startswith(whose[0]):
        act = re.sub(rf"^[，,\s]*[^，。；]*?(?={DO})", "", act)
    return [close_up(act.lstrip("，, "))]


_MASK = "〇"


def _masked(text: str) -> str:
    """Remarks in brackets made opaque, length kept, so that a stop inside one cuts nothing."""
    return re.sub(r"[（(][^（()）]*[)）]", lambda match: f"（{_MASK * (len(match.group(0)) - 2)}）", text)


_PLACE = re.compile(r"(?:云盘|邮箱|平台|系统|[Qq微][Qq信]?群|网站|网盘|信箱|公众号|小程序|网址|链接|报名处)$")


def topic_of(words: str) -> str:
    """The thing that a clause puts first (活动总结请于…报送); empty where the words name none."""
    words = re.sub(r"^(?:请|各[^，将]{1,12}?(?:要|须|应|将|请)|并|同时|其中|另|此外|★|●|[-—·•])+\s*", "", words.strip())
    words = re.sub(
        r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．])+\s*|(?:实行[^，]{1,6}制|的)$", "", words
    )
    if (
        re.search(r"^(?:于|在|自|从|应|须|要|请|务必|每|各)|要求|如下$|^(?:活动期间|期间|宣传期间|检查期间)$", words)
        or re.fullmatch(
            r"[一二三四五六七八九十]{1,3}|(?:报送|上报|征集|提交|反馈|报名)?(?:时间|日期|时限|期限)?", words
        )
        or is_body(words)
        or who_of(words + "要")
    ):
        return ""
    return words


_OBJECT_BEFORE = re.compile(
    r"(?:明确|确定|指定|安排|推荐|选派|出|编写|拍摄|制作|填写|填报|填好|制定|形成|梳理|上报|报送|提交|准备|撰写|汇总|统计|报名|完成)"
    r"(?:好|本单位|一名|[0-9一二两]\s*[名份篇个人])*\s*(?P<what>[^，。；：]{2,40})"
)


def _earlier_object(text: str) -> list[str]:
    """The object of the clause before: 明确1名联络员（附件），于5月30日14点前反馈."""
    found = list(_OBJECT_BEFORE.finditer(text))
    if not found:
        return []
    return things_of(re.sub(r"^(?:[0-9０-９一二两三]+\s*[名份篇个])", "", found[-1].group("what")), None)


def _object(rest: str) -> str:
    """What stands behind a verb of handing in, up to where the sentence turns to something else."""
    rest = re.sub(r"^(?:了|好|完毕|至|到|给|于)+", "", rest.strip())
    return re.split(
        r"[，,。；：:]|(?:报送|上报|报|反馈|发送|提交)(?:至|给|到)|(?<=[\u4e00-\u9fff）)》])(?:一并|及时|并)(?=[报发送上])|逾期|联系人",
        rest,
    )[0]


_CUT = re.compile(
    r"[（(](?:附件|见附件|附表|格式|样式|含|包括|加盖|盖章|电子|纸质|一式|详见|word|pdf|PDF|WORD|Word|模板|字数|不少于|[0-9一二三四五六七八九十]+字)[^（()）]*[)）]"
)


def things_of(words: str, recipient: str | None) -> list[str]:
    """The things named in words, split at 、和及; remarks in brackets left out."""
    words = re.sub(rf"（{_MASK}*）", "", _CUT.sub("", words))
    words = re.sub(
        r"^\s*(?:本(?:单位|地区?|辖区|部门|系统|级|企业|校|街道|社区)的?|各自的?|其|以下|有关|相关|上述|所有|当[月日周]的?|当月|上周|本周|一周)(?=[\u4e00-\u9fff《])",
        lambda m: m.group(0) if m.group(0).strip() in ("一周", "上周", "当月", "当日") else "",
        words,
    )
    if recipient:
        words = words.replace(recipient, "")
    inner = re.sub(
        r"《[^《》]*》|[（(][^（()）]*[)）]|“[^“”]*”", lambda m: re.sub("[、和及与]", "\x00", m.group(0)), words
    )
    # positions of separators outside brackets; ＊和＊ inside one word such as 典型经验和做法 stay a single thing only in quotes
    cuts = [
        m.span()
        for m in re.finditer(r"、|以及|及其|(?<=[\u4e00-\u9fff》）)”])(?:和|及|与)(?=[\u4e00-\u9fff《“])", inner)
    ]
    parts, low = [], 0
    for first, last in cuts:
        parts.append(words[low:first])
        low = last
    parts.append(words[low:])
    cleaned = (_clean_thing(part) for part in parts)
    return [
        thing
        for thing in cleaned
        if thing
        and not re.match(r"通过|登录|以.{1,8}(?:形式|方式)", thing)
        and not re.fullmatch(
            r"[\W_]+|备案|汇总|审核|盖章|签字|报送|上报|报名|提交|反馈|征集|时间|日期|期限|时限", thing
        )
    ]


def _clean_thing(words: str) -> str:
    """A thing without stops, a book's brackets, and the manner of sending behind it."""
    thing = close_up(words).strip("，,。；：:、 ")
    thing = re.sub(r"^《([^《》]*)》$", r"\1", thing)
    thing = re.sub(r"^一[次遍份](?=[\u4e00-\u9fff]{2})", "", thing)
    thing = re.sub(
        r"^(?:以|并|将|把|的|请于|请|须)+|(?:最迟|不[晚迟]于?|截至|截止|请于|务必|须于|应于|于)+$", "", thing
    )
    thing = re.sub(r"(?:书面|及时|如实|按时|统一)(?:材料)?$", "", thing) if len(thing) > 6 else thing
    if len(thing) <= 4:
        return thing
    return re.sub(r"(?:加盖公章|签字盖章|盖章|签字|电子版|纸质版)?(?:后|统一|一并|分别|汇总后)$", "", thing)


def _recipient(text: str) -> str | None:
    """The body to which something is sent; an address in an e-mail or a group is none."""
    for match in _TO.finditer(text):
        to = match.group("to")
        to = re.sub(r"^.*(?:并|后|再|，)(?:报送|上报|抄送|报|送|交|发)(?:至|给|到)?(?=.{2})", "", to)
        to = re.sub(r"^(?:至|给|到|于|向|送|交|发|往)+", "", to)
        if re.search(
            r"情况|总结|材料|工作|活动|信息|数据|报告|方案|清单|表$|名单|台账|小结|进展|问题|隐患|计划|照片|图片|申请",
            to,
        ) and not re.match(r".*(?:局|办|科|处|室|股|中心|街道|公司|站)$", to):
            continue
        if re.search(r"参会|名单|回执|登记|本单位|申报单位|情况|总结|表[，和及]", to):
            continue
        if is_body(to):
            behind = re.match(r"[（(]([^（()）]{2,20})[)）]", text[match.end("to") :])
            person = re.fullmatch(r"(.{2,}(?:部|科|室|局|办|处|中心|股))[\u4e00-\u9fff]{2,3}处", to)
            to = person.group(1) if person else to
            if behind and is_body(behind.group(1)) and not re.search(r"\d\s*室$", behind.group(1)):
                to += behind.group(0)
            return close_up(to)
    before = _TO_BEFORE.search(text)
    return close_up(before.group("to")) if before and not re.search("情况|总结", before.group("to")) else None
