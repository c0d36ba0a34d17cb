"""People to ask: names, phones and e-mails of the lines that say 联系人, 联系电话 and the like."""

from __future__ import annotations

import re

from ..lexicon.bodies import is_body
from ..spec import Contact
from ..structure import Line
from .reading import Reading

_PHONE = re.compile(
    r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}\s*[-—－–―]\s*\d{7,8}(?:\s*(?:转|分机)\s*\d{1,5})?|(?:[（(]?0\d{2,3}[)）]?\s*[-—－–―]{0,2}\s*)?[2-9]\d{2,3}\s*[-—－–]?\s*\d{3,4}(?:\s*(?:[-—－–]|转|分机)\s*\d{1,5})?|400[- ]?\d{3,4}[- ]?\d{3,4})(?![\dA-Za-z])"
)
_MASKED = re.compile(r"(?<![\dA-Za-z])1[\dXx×*＊]{2}[-—]?[\dXx×*＊]{4}[-—]?[\dXx×*＊]{4}(?!\d)")
_SHORT = re.compile(r"(?<![\d—-])\d{4,6}(?![\d年月日号时—-])")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CONTACT = re.compile(
    r"联\s*系\s*(?:人|电\s*话|方\s*式)|联络人|电\s*话\s*[:：]|咨询电话|座\s*机|邮\s*箱|[Ee]-?mail|办公电话"
)
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖闫佟仝覃岳帅缑亢况有琴梁丘左丘东门西门商牟佘佴伯赏南宫墨哈谯笪年爱阳佟言福"
_COMPOUND = tuple(
    "欧阳 上官 司马 诸葛 皇甫 令狐 单于 尉迟 长孙 慕容 司徒 东方 公孙 端木 独孤 南宫 夏侯 赫连 濮阳 钟离 宗政 闻人 闾丘 亓官 仉督 公冶 太叔 申屠 轩辕 宇文 呼延 澹台 淳于 拓跋 百里 东郭 南门 西门 公羊 乐正 梁丘 左丘 漆雕 壤驷 巫马 鲜于 司空 子车 颛孙 公西 谷梁 夹谷 段干 第五 纳兰 完颜".split()
)
_NOT_CONTACT = re.compile(r"12350|举报|报警|值班|热线|咨询服务|投诉|应急电话|救援电话")


def read_contacts(reading: Reading) -> list[Contact]:
    """People with their phones and e-mails; a phone or an address without a person where no person is named."""
    found: list[Contact] = []
    waiting: list[str] = []
    lines = [line for line in reading.body.lines() if line.text.strip()]
    near = False
    for place, line in enumerate(lines):
        text = line.text
        said = _CONTACT.search(text)
        at_foot = (
            place > len(lines) - 16
            and len(text) < 70
            and bool(_PHONE.search(text))
            and not re.search("[。！]", text.strip().rstrip("。"))
        )
        if not said and not (near and len(text) < 60 and _PHONE.search(text)) and not at_foot:
            near = near and len(text) < 24 and bool(_people(text, []))
            continue
        near = True
        region = text[_clause_start(text, said.start()) if said else 0 :]
        phones = [m for m in _phones(region) if not _is_fax(region, m.start())]
        people = _people(region, phones)
        emails = _EMAIL.findall(region)
        if _NOT_CONTACT.search(region) and not people:
            continue
        if people and phones:
            found.extend(_pair(people, phones, emails, region))
        elif people:
            waiting.extend(name for _, name in people)
        elif phones and waiting:
            numbers = [_tidy(m.group(0)) for m in phones]
            found.extend(
                Contact(name, numbers[min(order, len(numbers) - 1)], emails[0] if emails else None)
                for order, name in enumerate(waiting)
            )
            waiting = []
        elif phones and said and not any(c.phone == _tidy(phones[0].group(0)) for c in found):
            found.extend(Contact(None, _tidy(m.group(0)), emails[0] if emails else None) for m in phones)
        if emails and not phones:
            if waiting and not found:
                found.extend(Contact(name, None, emails[0]) for name in waiting)
                waiting = []
            else:
                found = [Contact(c.name, c.phone, c.email or emails[0]) for c in found] or [
                    Contact(None, None, emails[0])
                ]
    found.extend(Contact(name, None) for name in waiting)
    return list(dict.fromkeys(_with_email(found, lines)))


def _with_email(found: list[Contact], lines: list[Line]) -> list[Contact]:
    """The one address of the body given to contacts without any."""
    if not found or any(contact.email for contact in found):
        return found
    for line in lines:
        mails = _EMAIL.findall(line.text)
        if mails:
            return [Contact(contact.name, contact.phone, mails[0]) for contact in found]
    return found


def _clause_start(text: str, at: int) -> int:
    """Behind the sentence before, so that an earlier sentence of a long paragraph gives no names."""
    return text.rfind("。", 0, at) + 1 if at > 60 else 0


def _is_fax(text: str, at: int) -> bool:
    if re.search(r"电\s*话[^，。；]{0,8}$", text[:at]):
        return False
    return bool(re.search(r"(?<![话）)])[（(]?传\s*真[）)]?\s*(?:电话|号码)?\s*[:：]?\s*$", text[:at]))


def _phones(text: str) -> list[re.Match[str]]:
    """Phone numbers, masked ones too; short ones only right behind 电话, 短号, 内线, 分机, or a word and a blank."""
    found: list[re.Match[str]] = []
    for pattern in (_PHONE, _MASKED, _SHORT):
        for match in pattern.finditer(text):
            before = text[: match.start()]
            if any(known.start() <= match.start() < known.end() for known in found):
                continue
            if re.match(r"\s*[年月]", text[match.end() :]) or _NOT_PHONE.search(before):
                continue
            if pattern is not _SHORT or re.search(
                r"(?:电话|短号|内线|座机|联系方式|分机)\s*[:：]?\s*$|[\u4e00-\u9fff][ \u3000]{1,2}$", before
            ):
                found.append(match)
    return sorted(found, key=lambda match: match.start())


_NOT_PHONE = re.compile(
    r"[〔\[]\s*$|邮编\s*[:：]?\s*$|[Qq][Qq]群?(?:号)?\s*[:：]?\s*$|第\s*$|20\d\d\s*$|转\s*$|传\s*真\s*[:：]?\s*$"
)
_DASHES = str.maketrans("—－–―", "----")


def _tidy(phone: str) -> str:
    """A number without blanks, with plain hyphens: 0355—2197706 to 0355-2197706."""
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "", phone).translate(_DASHES))


def _people(text: str, phones: list[re.Match[str]]) -> list[tuple[int, str]]:
    """Names with their places: behind 联系人, and next to a phone number."""
    people: dict[int, str] = {}
    for head in re.finditer(r"联\s*系\s*人(?:及(?:联系)?(?:电话|方式))?\s*[:：]?|联络人\s*[:：]?", text):
        stretch = re.split(r"[；;。]|传\s*真|地\s*址|电\s*话|手\s*机|座\s*机|邮\s*箱|分\s*机", text[head.end() :])[0]
        for token in re.finditer(r"[\u4e00-\u9fff·]+(?:[ \u3000]{1,2}[\u4e00-\u9fff](?![\u4e00-\u9fff]))?", stretch):
            word = re.sub(r"[ \u3000]", "", token.group(0))
            last = re.match(r"\s*(?:[；;，,（(]|$|\d)", stretch[token.end() :]) is not None
            name = _as_name(word) or (_as_stranger(word) if last else None)
            if name:
                people.setdefault(head.end() + token.start(), name)
    low = 0
    for match in phones:
        before = _BEFORE_PHONE.search(text[low : match.start()])
        after = _AFTER_PHONE.match(text[match.end() :])
        low = match.end()
        if before:
            word = re.sub(r"\s", "", before.group("name"))
            at = match.start() - len(before.group(0)) + before.start("name") - before.start()
            office = re.search(r"[\u4e00-\u9fff][ \u3000]+$", text[:at]) is not None
            name = _as_name(word) or (_as_stranger(word) if office else None)
            if name:
                people.setdefault(at, name)
                continue
        numbers_first = not people or min(people) > phones[0].start()
        if after and (numbers_first or not _beside(people, match.start())):
            name = _as_name(after.group("name")) or (_as_stranger(after.group("name")) if after.group("open") else None)
            if name:
                people.setdefault(match.end() + after.start("name"), name)
    found: list[tuple[int, str]] = []
    for at, name in sorted(people.items()):
        if all(name != known for _, known in found):
            found.append((at, name))
    return found


_BEFORE_PHONE = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=网格员)|(?<=[科室处局办部队站]))(?P<name>[\u4e00-\u9fff·]{2,5}|[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff])\s*"
    r"(?:[（(][^（()）\d]{1,10}[)）]\s*)?(?:[，,、:：（(]|[；;]\s*(?=联系电话|电话|手机|分机))?\s*(?:(?:联系)?(?:电话|手机|座机|分机|短号|内线)\s*(?:[（(]传真[）)])?)?\s*[:：]?\s*[（(]?$"
)
_AFTER_PHONE = re.compile(r"\s*(?P<open>[（(])?\s*(?P<name>[\u4e00-\u9fff]{2,4}?)(?=\s*(?:[（(；;，,、。）)]|$))")


def _beside(people: dict[int, str], at: int) -> bool:
    """Whether a name stands right before a number already."""
    return any(at - 12 < place < at for place in people)


def _as_stranger(word: str) -> str | None:
    """A word that can only be a person where it stands, whatever its surname."""
    return word if 2 <= len(word) <= 4 and not is_body(word) and not _OFFICE_WORD.search(word) else None


def _as_name(word: str) -> str | None:
    """A word that can be a person's name: a surname and one or two characters, 小高, 晁老师; not the name of an office."""
    plain = re.fullmatch(r"([\u4e00-\u9fff])(?:老师|主任|科长|股长|队长|工|经理|师傅|先生|女士)", word)
    if plain and plain.group(1) in _SURNAMES:
        return word
    word = re.sub(r"(?:同志|先生|女士|主任|科长|股长|队长|老师)$", "", word)
    bare = re.sub(r"^.*(?:网格员|负责人|联系人|联络员|工作人员|干事)", "", word)
    if re.fullmatch(r"[小老大][\u4e00-\u9fff]", bare) and bare[1] in _SURNAMES:
        return bare
    word = bare or word
    if any(word.startswith(name) for name in _COMPOUND) and 3 <= len(word) <= 4:
        return word
    if 2 <= len(word) <= 3 and word[0] in _SURNAMES and not is_body(word) and not _OFFICE_WORD.search(word):
        return word
    return None


_OFFICE_WORD = re.compile(
    r"^(?:电话|联系|手机|座机|办公|传真|邮箱|地址|单位|科室|方式|时间|微信|同号|电子|附件|安全|应急|宣传|管理|有限|电|话)|[科室处局股]$"
)


def _pair(people: list[tuple[int, str]], phones: list[re.Match[str]], emails: list[str], text: str) -> list[Contact]:
    """Each person with the number that belongs to it; people who share one number each get it."""
    contacts: list[Contact] = []
    apart = all(at > phones[-1].start() for at, _ in people) or all(at < phones[0].start() for at, _ in people)
    for place, (at, name) in enumerate(people):
        until = people[place + 1][0] if place + 1 < len(people) else len(text)
        own = [m for m in phones if at < m.start() < until]
        if phones[0].start() < people[0][0]:  # numbers first, each with the name behind it
            own = [m for m in phones if m.end() <= at][-1:] or own
        if len(people) == len(phones) and (apart or not own):
            own = [phones[place]]
        own = own or [m for m in phones if m.end() <= at][-1:] or [m for m in phones if m.start() > at] or phones[-1:]
        if len(people) > 1 and apart and len(people) != len(phones):
            own = phones[:1] if place < len(people) else own
        mail = [address for address in emails if at < text.find(address) < until]
        if not mail and emails and (len(people) == 1 or "；" not in text):
            mail = emails[:1]
        contacts.append(Contact(name, _tidy(own[0].group(0)), mail[0] if mail else None))
    return contacts
