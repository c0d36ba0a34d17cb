"""Names of the fictional district 云汀区 and of its people, out of small lists of syllables; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

DISTRICT = "云汀区"
DISTRICT_CODE = "379901000000"
"""No county has this code: 3799 is given to no prefecture."""

STREETS: dict[str, tuple[str, ...]] = {
    "临湖街道": ("柳岸", "荷风", "湖心", "渔歌", "北堤", "芦汀", "镜湖", "晚晴", "水榭", "莲塘", "鸥鹭", "兰舟"),
    "松桥街道": ("松涛", "桥西", "古槐", "南井", "长亭", "杏坊", "松岭", "石桥", "翠屏", "听松", "云梯", "半山"),
    "望榆街道": ("榆荫", "磨坊", "铁炉", "东篱", "新桃", "望岳", "榆钱", "旧仓", "纺园", "机床", "和顺", "向阳"),
    "石塘街道": ("石塘口", "采石", "竹里", "清泉", "云门", "石坊", "青龙", "龙潭", "采薇", "砚池", "玉带", "盘石"),
    "明渠街道": ("明渠", "渠首", "闸口", "丰水", "长堤", "柳渠", "安澜", "观澜", "芦苇", "鱼台", "水车", "双渡"),
    "禾丰街道": ("禾丰", "麦香", "稻花", "谷雨", "耕读", "金穗", "粮园", "果园", "菜圃", "桑田", "春耕", "秋实"),
    "栖霞街道": ("栖霞", "晨曦", "落霞", "丹枫", "朝阳", "霞光", "彩虹", "星河", "月坛", "银杏", "梧桐", "紫藤"),
    "枫林街道": ("枫林", "红叶", "秋枫", "林语", "松鹤", "鹿鸣", "白桦", "青杉", "香樟", "林泉", "听雨", "鸣泉"),
    "滨港街道": ("滨港", "船坞", "锚地", "灯塔", "海棠", "渔港", "码头", "潮声", "帆影", "浪屿", "货场", "南埠"),
    "新工街道": ("新工", "创业", "机电", "仪表", "纺织", "化建", "轻工", "锻造", "铸安", "电子", "精工", "动力"),
}
OFFICES = (
    "应急管理局", "教育局", "农业农村局", "住房和城乡建设局", "市场监督管理局", "消防救援大队", "融媒体中心", "公安分局",
    "交通运输局", "城市管理局", "卫生健康局", "民政局", "文化和旅游局", "商务局", "工业和信息化局", "发展和改革局",
    "财政局", "人力资源和社会保障局", "生态环境分局", "自然资源和规划分局", "水务局", "总工会", "团区委", "妇女联合会",
    "科学技术局", "司法局", "审计局", "统计局", "气象局", "供销合作社",
)  # fmt: skip
"""Member offices of the district's safety committee (区安委会成员单位), each called 云汀区… in full."""
STREET_OFFICES = ("公共安全办公室", "社区建设办公室", "综合行政执法队")
TRADES = (
    "机械有限公司", "食品有限公司", "家具有限公司", "燃气设备有限公司", "物流有限公司", "包装材料有限公司", "汽车维修有限公司",
    "餐饮管理有限公司", "宾馆有限公司", "商贸有限公司", "建筑安装有限公司", "电子科技有限公司", "纺织印染有限公司",
    "冷链仓储有限公司", "物业服务有限公司",
)  # fmt: skip
BRANDS = (
    "云汀",
    "安禾",
    "恒岸",
    "嘉渡",
    "瑞松",
    "盛榆",
    "远石",
    "明澜",
    "丰穗",
    "锦霞",
    "华枫",
    "通港",
    "新锐",
    "正和",
    "永泰",
    "博川",
    "启航",
    "同益",
    "中砚",
    "万泽",
)
_SURNAMES = "甘柳江苏梅林向白石方叶池安宁常乔温骆岑邵滕邬晏裘沙鲁章卢顾孟尹黎易武康贺赖龚文庞樊兰殷施陶洪翟"
_GIVEN = "棠溪渚荷松竹岸禾舟青蓝雨云汀笛苇桐屿岚葵枫野澄星砚芽"


def people() -> Iterator[str]:
    """Names of two or three characters, none twice."""
    for second, first, surname in product(("小", "知", "以", "若"), _GIVEN, _SURNAMES):
        yield f"{surname}{second}{first}"


def streets(times: int = 1) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each street with its communities; with ``times`` the whole again under names with a number, for measurements."""
    for round_ in range(times):
        mark = f"第{round_ + 1}" if round_ else ""
        for street, communities in STREETS.items():
            yield f"{mark}{street}", tuple(f"{mark}{community}社区" for community in communities)


def enterprises(number: int) -> list[str]:
    """Thirty enterprises of the street with that number, each with its sign."""
    marks = list(STREETS.values())[number % len(STREETS)]
    return [
        f"{BRANDS[(number * 7 + each) % len(BRANDS)]}{marks[each % len(marks)]}{TRADES[(each * 4 + number) % len(TRADES)]}"
        for each in range(30)
    ]
