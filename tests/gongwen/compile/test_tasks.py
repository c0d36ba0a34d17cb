"""What is to be done, by which level and which body: in prose and in a matrix."""

from __future__ import annotations

from gongwen.spec import Task

from .said import compiled, notice

Said = tuple[list[str], list[str], str]


def prose(body: str) -> list[Said]:
    return [(one.levels, one.responsible, one.text) for one in notice(body).tasks]


# --- prose


def test_a_sentence_that_asks_is_a_task_of_whom_it_names() -> None:
    assert prose("# 一、活动内容\n各科室、各社区要深入开展安全宣讲，推动理论学习入脑入心。") == [
        (["community", "department"], ["各科室", "各社区"], "各科室、各社区要深入开展安全宣讲，推动理论学习入脑入心。")
    ]


def test_the_sentences_behind_it_are_tasks_of_the_same_bodies() -> None:
    found = prose(
        "# 一、活动内容\n各社区要组织现场咨询活动。发动志愿者开展入户宣传。\n# 二、其他\n组织观看警示教育片。"
    )
    assert [(levels, who) for levels, who, _ in found] == [
        (["community"], ["各社区"]),
        (["community"], ["各社区"]),
        ([], []),
    ]


def test_a_body_as_named_is_responsible() -> None:
    found = prose("# 一、活动内容\n区消防救援支队要针对网格员、保安员开展消防专业培训。")
    assert [who for _, who, _ in found] == [["区消防救援支队"]]


def test_levels_come_from_the_words() -> None:
    found = prose("# 一、活动内容\n各街道要组织应急演练。\n各企业要落实隐患报告奖励制度。\n各学校要开展疏散演练活动。")
    assert [levels for levels, _, _ in found] == [["township"], ["enterprise"], ["school"]]


def test_headings_stand_in_heads_and_the_chapter_in_section() -> None:
    (task,) = notice("# 二、活动内容\n## （一）开展宣讲\n各社区要组织安全宣讲活动。").tasks
    assert (task.heads, task.section) == (["二、活动内容", "（一）开展宣讲"], "二、活动内容")


def test_aims_and_times_and_signatures_are_no_tasks() -> None:
    assert (
        prose(
            "# 一、指导思想\n以习近平新时代中国特色社会主义思想为指导，组织开展活动。\n# 二、活动时间\n6月1日至30日开展活动。"
        )
        == []
    )


def test_a_file_that_is_only_a_form_asks_for_no_task() -> None:
    text = """
        = 各街道联络员登记表
        本单位（　　　　）郑重承诺：□已开展　□未开展
        共检查企业____家，发现隐患____项。
        | 单位 | 姓名 | 电话 |
        | | | |
        | | | |
    """
    assert [one.text for one in compiled(text).tasks] == []


# --- a matrix

MATRIX = """
    = 活动任务清单
    | 总体任务 | 具体活动 | 任务分工 | < | < |
    | ^ | ^ | 区级层面 | 街道、部门层面 | 企业层面 |
    | 一、宣传贯彻 | 发表理论文章和评论言论 | 推送短视频等新媒体作品¶组织应急管理大讲堂 | < | 组织开展安全生产微课堂 |
    | ^ | 组织观看警示教育片 | 提供警示教育片片单 | 组织观看安全生产月警示教育片 | |
    | 二、开展演练 | 组织综合演练和专项演练 | 区消防救援支队组织消防专业培训 | 邀请专业力量指导演练 | 对照预案开展岗位演练 |
"""


def matrix(text: str = MATRIX) -> list[Task]:
    spec = compiled(text)
    assert spec.forms == []
    return spec.tasks


def test_a_matrix_gives_a_task_for_each_paragraph_of_a_cell() -> None:
    assert [(one.levels, one.text) for one in matrix()] == [
        (["county", "township", "department"], "推送短视频等新媒体作品"),
        (["county", "township", "department"], "组织应急管理大讲堂"),
        (["enterprise"], "组织开展安全生产微课堂"),
        (["county"], "提供警示教育片片单"),
        (["township", "department"], "组织观看安全生产月警示教育片"),
        (["county"], "区消防救援支队组织消防专业培训"),
        (["township", "department"], "邀请专业力量指导演练"),
        (["enterprise"], "对照预案开展岗位演练"),
    ]


def test_a_row_heading_over_several_rows_heads_them_all() -> None:
    assert [one.heads for one in matrix()][3] == ["一、宣传贯彻", "组织观看警示教育片"]
    assert {one.section for one in matrix()} == {"一、宣传贯彻", "二、开展演练"}


def test_a_body_named_in_a_cell_is_responsible() -> None:
    assert [one.responsible for one in matrix() if one.responsible] == [["区消防救援支队"]]


def test_a_cell_over_two_rows_is_one_task_under_both_headings() -> None:
    text = """
        | 总体任务 | 街道层面 | 企业层面 |
        | 宣讲教育 | 统筹制定活动安排 | 组织全员学习岗位责任清单 |
        | 应急演练 | ^ | 对照预案开展岗位演练 |
    """
    both, *_ = matrix(text)
    assert (both.text, both.levels, both.heads) == ("统筹制定活动安排", ["township"], ["宣讲教育", "应急演练"])
    assert len(matrix(text)) == 3


def test_a_cell_over_all_columns_is_one_task_of_all_levels() -> None:
    text = """
        | 总体任务 | 区级层面 | 街道层面 | 企业层面 |
        | 宣讲教育 | 组织区级宣讲团巡回宣讲 | 组织辖区单位集中学习 | 主要负责人讲安全公开课 |
        | 应急演练 | 结合实际至少组织一次应急演练 | < | < |
    """
    assert (matrix(text)[-1].levels, matrix(text)[-1].heads) == (["county", "township", "enterprise"], ["应急演练"])
    assert len(matrix(text)) == 4


def test_empty_cells_of_a_matrix_are_no_tasks_and_no_blanks() -> None:
    spec = compiled(MATRIX)
    assert all(one.text for one in spec.tasks)
    assert spec.forms == []


def test_a_column_of_responsible_bodies_names_them() -> None:
    tasks = matrix("""
        | 序号 | 工作任务 | 责任单位 | 完成时限 |
        | 1 | 组织开展安全宣讲进企业 | 区应急管理局、各街道 | 2026年6月20日前 |
        | 2 | 组织开展综合应急演练 | 区消防救援大队 | 2026年6月25日前 |
    """)
    assert [(one.text, one.responsible, one.due) for one in tasks] == [
        ("组织开展安全宣讲进企业", ["区应急管理局", "各街道"], "2026-06-20"),
        ("组织开展综合应急演练", ["区消防救援大队"], "2026-06-25"),
    ]


def test_every_task_points_at_its_words() -> None:
    assert [one.evidence.text for one in matrix()] == [one.text for one in matrix()]
    assert all(one.evidence.row is not None for one in matrix())


def test_ids_of_tasks_differ_and_stay_where_rows_move() -> None:
    ids = {one.id: one.text for one in matrix()}
    assert len(ids) == 8
    rows = MATRIX.rstrip().split("\n")
    moved = "\n".join([*rows[:4], rows[6], *rows[4:6]])
    assert {one.id: one.text for one in matrix(moved)} == ids
