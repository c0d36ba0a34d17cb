"""Every sentence of the command line: key, Chinese, English. Sentences of the library are in ``gongwen.messages``."""

from __future__ import annotations

from .catalogue_site import SITE

CATALOGUE: dict[str, tuple[str, str]] = {
    **SITE,
    # --- the program
    "anyue.help": (
        "安月：读懂安全生产月通知，生成空表，收齐回复，汇总成表；并提供网站供各单位协同。",
        (
            "Anyue reads the notice of a Work Safety Month, makes its empty forms, collects the replies and adds them up, and "
            "serves the site on which offices run the month together."
        ),
    ),
    "anyue.examples": (
        (
            "anyue compile 通知.docx\n"
            "anyue forms 通知.docx -o 空表/\n"
            "anyue collect 通知.docx 回复/ --units 名册.xlsx --out 汇总/"
        ),
        (
            "anyue compile notice.docx\n"
            "anyue forms notice.docx -o forms/\n"
            "anyue collect notice.docx replies/ --units roster.xlsx --out summary/"
        ),
    ),
    "anyue.status": (
        "退出状态：0 完成；1 完成，但检查的内容未全部合格；2 命令行有误；3 输入无法使用；130 被中断。",
        (
            "Exit status: 0 done; 1 done, but what was checked falls short; 2 the command line is wrong; "
            "3 an input cannot be used; 130 interrupted."
        ),
    ),
    "anyue.version": ("显示版本后退出。", "Print the version and exit."),
    "anyue.install_completion": ("为当前 shell 安装命令补全。", "Install completion for the current shell."),
    "anyue.show_completion": (
        "显示当前 shell 的补全脚本，可自行复制或修改。",
        "Print the completion script for the current shell, to copy or adapt.",
    ),
    # --- words of every help page
    "help.usage": ("用法：", "Usage: "),
    "help.commands": ("命令", "Commands"),
    "help.arguments": ("参数", "Arguments"),
    "help.options": ("选项", "Options"),
    "help.examples": ("示例", "Examples"),
    "help.required": ("必填", "required"),
    "help.option": ("显示本帮助后退出。", "Show this help and exit."),
    "help.any_options": ("[选项]", "[OPTIONS]"),
    "help.any_command": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "metavar.NOTICE": ("通知", "NOTICE"),
    "metavar.REPLY": ("回复", "REPLY"),
    "metavar.FILE": ("文件", "FILE"),
    "metavar.DIR": ("文件夹", "DIR"),
    "metavar.ID": ("编号", "ID"),
    "metavar.notice|collect": ("notice|collect", "notice|collect"),
    # --- parameters that several commands share
    "notice": (
        "通知：文件、文件夹或 .zip（.docx .doc .wps .pdf .txt .xlsx、扫描件等）。",
        "The notice: a file, a folder or a .zip (.docx .doc .wps .pdf .txt .xlsx, a scan and more).",
    ),
    "with": (
        "单独成文件的附件，可多次给出。",
        "An attachment that comes as a file of its own; may be given several times.",
    ),
    "form": (
        "通知有几张表时，用哪一张：编号（见 anyue compile）、名称或附件号。",
        "Which form, where the notice has several: its id (in anyue compile), title or attachment label.",
    ),
    # --- compile
    "compile.short": ("读通知：时限、任务、附件、表格。", "Read a notice: deadlines, tasks, attachments, forms."),
    "compile.help": (
        "读一份通知，列出标题、文号、日期、时限（谁、报什么、报给谁）、任务、附件、表格和存疑之处，供人核对。",
        (
            "Read a notice and list what it says for a person to check: title, number, dates, deadlines (who owes what "
            "to whom), tasks, attachments, forms, and what is uncertain."
        ),
    ),
    "compile.examples": (
        (
            "anyue compile 通知.docx\n"
            "anyue compile 通知.pdf --with 附件1.docx --with 附件2.xls\n"
            "anyue compile 通知.docx --json > 通知.json"
        ),
        (
            "anyue compile notice.docx\n"
            "anyue compile notice.pdf --with annex1.docx --with annex2.xls\n"
            "anyue compile notice.docx --json > notice.json"
        ),
    ),
    "compile.json": (
        "只输出一个 JSON 对象（格式见 anyue schema notice）。",
        "Print one JSON object and nothing else (see anyue schema notice).",
    ),
    "compile.output": ("另把 JSON 对象写入这个文件。", "Write the JSON object to this file as well."),
    # --- forms
    "forms.short": ("生成通知所附的空表。", "Make the empty forms of a notice."),
    "forms.help": (
        (
            "把通知所附的每张表生成空表，供下级单位填写：.docx 保持原版式，.xlsx 带数据校验，XLSForm 可用于手机填报。"
            "不指定格式时三种都生成。"
        ),
        (
            "Make each form of the notice as an empty file for the units below: .docx in the issuer's own layout, .xlsx "
            "with validation, XLSForm for filling in on a phone. All three unless you name some."
        ),
    ),
    "forms.examples": (
        "anyue forms 通知.docx -o 空表/\nanyue forms 通知.docx -o 空表/ --docx --form 1",
        "anyue forms notice.docx -o forms/\nanyue forms notice.docx -o forms/ --docx --form 1",
    ),
    "forms.output": ("写到这个文件夹，没有则新建。", "The folder to write to; made if need be."),
    "forms.docx": ("生成 .docx 空表。", "Make .docx forms."),
    "forms.xlsx": ("生成 .xlsx 空表。", "Make .xlsx forms."),
    "forms.xlsform": ("生成 XLSForm。", "Make XLSForms."),
    # --- collect
    "collect.short": (
        "收回复，汇总成表，列出缺报与存疑。",
        "Collect replies: totals, who is missing, what is doubtful.",
    ),
    "collect.help": (
        (
            "读各单位的回复（文件、文件夹或 .zip，格式不限），对照通知的表格汇总。文件夹里会有：按原版式填好的汇总表、"
            "工作簿、催报文字、汇总报告和 JSON。读不了的回复只算退回，不影响其余。"
        ),
        (
            "Read the replies of the units (files, folders or .zip, any format) against the notice's form and add them up. "
            "The folder gets the official table filled in the issuer's layout, a workbook, the reminder for those who "
            "are missing, a report, and the JSON. A reply that cannot be read is a rejected reply and the rest goes on."
        ),
    ),
    "collect.examples": (
        (
            "anyue collect 通知.docx 回复/ --units 名册.xlsx --out 汇总/\n"
            "anyue collect 通知.docx *.docx --form 1 --out 汇总/ --json\n"
            "anyue collect 通知.docx 回复.zip --out 汇总/ --strict || echo 有回复需要处理"
        ),
        (
            "anyue collect notice.docx replies/ --units roster.xlsx --out summary/\n"
            "anyue collect notice.docx *.docx --form 1 --out summary/ --json\n"
            "anyue collect notice.docx replies.zip --out summary/ --strict || echo some replies need a look"
        ),
    ),
    "collect.reply": ("回复：文件、文件夹或 .zip。", "A reply: a file, or a folder or .zip of replies."),
    "collect.units": (
        "应报单位名册（.xlsx、.csv：表头有“单位名称”或 name；只有一列时即为名称）。",
        "The units that owe a reply (.xlsx, .csv: a head row with 单位名称 or name; a single column is names).",
    ),
    "collect.out": ("写到这个文件夹，没有则新建。", "The folder to write to; made if need be."),
    "collect.json": (
        "只输出一个 JSON 对象（格式见 anyue schema collect）。",
        "Print one JSON object and nothing else (see anyue schema collect).",
    ),
    "collect.strict": (
        "有任何一份回复未被接收（存疑或退回）时，退出状态为 1。",
        "Exit with status 1 where a reply is not accepted (doubtful or rejected).",
    ),
    # --- schema
    "schema.short": ("输出 JSON 的格式定义。", "Print the JSON Schema of what is printed."),
    "schema.help": (
        "输出 compile（notice）或 collect（collect）所输出 JSON 的 JSON Schema。",
        "Print the JSON Schema of what compile (notice) or collect (collect) prints.",
    ),
    "schema.examples": ("anyue schema notice > notice.schema.json", "anyue schema notice > notice.schema.json"),
    "schema.which": ("哪一种。", "Which of the two."),
    # --- a wrong command line
    "usage.error": ("命令行有误：", "Error: "),
    "usage.hint": ("查看帮助：{command}", "For help: {command}"),
    "usage.no_option": ("没有选项 {name}", "there is no option {name}"),
    "usage.no_command": ("没有命令 {name}", "there is no command {name}"),
    "usage.meant": ("，是不是 {names}？", "; did you mean {names}?"),
    "usage.missing_command": ("缺少命令", "a command is missing"),
    "usage.missing": ("缺少 {name}", "{name} is missing"),
    "usage.needs_value": ("选项 {name} 后面要有值", "the option {name} needs a value"),
    "usage.no_value": ("选项 {name} 不带值", "the option {name} takes no value"),
    "usage.extra": ("多余的参数 {words}", "too many arguments: {words}"),
    "usage.bad": ("{name}：{reason}", "{name}: {reason}"),
    "usage.choice": ("“{value}”不在可选范围内（{choices}）", "{value!r} is not one of {choices}"),
    "usage.empty": ("不能为空", "must not be empty"),
    "usage.not_folder": ("{path} 是文件，不是文件夹", "{path} is a file, not a folder"),
    "usage.is_folder": ("{path} 是文件夹，不是文件", "{path} is a folder, not a file"),
    "usage.overwrite": ("{path} 是输入文件，不能覆盖", "{path} is an input and would be overwritten"),
    # --- while it runs
    "run.interrupted": ("已中断。", "Interrupted."),
    "run.cannot_write": (
        "{path}：无法写入（{reason}）。请检查文件夹、权限和磁盘空间。",
        "{path}: cannot be written ({reason}). Check the folder, its permissions and the space on the disk.",
    ),
    "run.cannot_use": (
        "{path}：无法使用（{reason}）。请检查路径和权限。",
        "{path}: cannot be used ({reason}). Check the path and its permissions.",
    ),
    "run.standard_output": ("标准输出", "standard output"),
    "run.unexpected": (
        "anyue：出现意外错误（{what}）。请设 ANYUE_DEBUG=1 重新运行，并把命令和输出告知维护者（涉密和内部文件请勿附上）。",
        (
            "anyue: an unexpected error ({what}). Run it again with ANYUE_DEBUG=1 and report the command and what it "
            "prints to the maintainers (never attach a document that is not public)."
        ),
    ),
    "run.secret": (
        "警告：文件标有密级“{mark}”。涉密文件只能在涉密计算机上处理，请立即按保密规定处置。",
        (
            "Warning: the document is marked secret ({mark}). Handle it on a computer cleared for it only, and follow "
            "the secrecy rules now."
        ),
    ),
    "run.reading": ("读取", "Reading"),
    "run.writing": ("写出", "Writing"),
    "run.count": ("{verb} {done}/{total}  {name}", "{verb} {done}/{total}  {name}"),
    "run.written": ("已写出 {count} 个文件。", "{count} files written."),
    # --- the review of a notice
    "review.title": ("标题", "Title"),
    "review.doc_no": ("发文字号", "Number"),
    "review.issuer": ("发文机关", "Issuer"),
    "review.issued_on": ("成文日期", "Issued on"),
    "review.classification": ("密级或公开", "Classification"),
    "review.addressees": ("主送机关", "Addressees"),
    "review.campaign": ("活动", "Campaign"),
    "review.edition": ("第 {number} 个", "no. {number}"),
    "review.theme": ("主题", "Theme"),
    "review.period": ("起止", "Period"),
    "review.key_dates": ("重要日期", "Key dates"),
    "review.references": ("依据", "Rests on"),
    "review.contacts": ("联系人", "Contacts"),
    "review.tasks": ("任务", "Tasks"),
    "review.attachments": ("附件", "Attachments"),
    "review.absent": ("（未提供）", "(not among the files)"),
    "review.none": ("—", "—"),
    "review.deadlines": ("时限", "Deadlines"),
    "review.due": ("截止", "Due"),
    "review.who": ("谁", "Who"),
    "review.what": ("报什么", "What"),
    "review.to": ("报给谁", "To whom"),
    "review.forms": ("表格", "Forms"),
    "review.form_id": ("编号", "Id"),
    "review.form_title": ("名称", "Title"),
    "review.form_kind": ("类型", "Kind"),
    "review.form_fields": ("空格数", "Fields"),
    "review.warnings": ("请核对", "Please check"),
    "review.by_level": ("共 {count} 项：{levels}", "{count} in all: {levels}"),
    "kind.statistics": ("统计表", "statistics"),
    "kind.roster": ("名单", "roster"),
    "kind.feedback": ("反馈表", "feedback"),
    "kind.narrative": ("文字材料", "narrative"),
    "level.nation": ("国家", "nation"),
    "level.province": ("省", "province"),
    "level.prefecture": ("市", "prefecture"),
    "level.county": ("县区", "county"),
    "level.township": ("乡镇街道", "township"),
    "level.community": ("村社区", "community"),
    "level.department": ("部门", "department"),
    "level.enterprise": ("企业", "enterprise"),
    "level.school": ("学校", "school"),
    "level.household": ("家庭", "household"),
    "level.": ("未写明", "not said"),
    # --- what collecting gave
    "totals.summary": (
        "收到 {replies} 份：接收 {accepted}，存疑 {doubtful}，退回 {rejected}；计入 {counted} 份；缺报 {missing}。",
        (
            "{replies} replies: {accepted} accepted, {doubtful} doubtful, {rejected} rejected; {counted} counted; "
            "{missing} units missing."
        ),
    ),
    "totals.form": ("表格", "Form"),
    "totals.replies": ("回复", "Replies"),
    "totals.title": ("合计", "Totals"),
    "totals.section": ("项目", "Section"),
    "totals.label": ("指标", "What"),
    "totals.unit": ("单位", "Unit"),
    "totals.total": ("合计", "Total"),
    "totals.units": ("计入单位", "Units counted"),
    "totals.missing": ("缺报", "Missing"),
    "totals.doubtful": ("存疑", "Doubtful"),
    "totals.rejected": ("退回", "Rejected"),
    "totals.notes": ("其他提示", "Other remarks"),
    "totals.duplicates": ("重复报送", "Duplicates"),
    "totals.files": ("已写出", "Written"),
    "totals.file": ("文件", "File"),
    "totals.owner": ("填报单位", "Unit"),
    "totals.found": ("原文", "Words found"),
    "totals.why": ("原因", "Why"),
    "totals.counted": ("计入", "Counted"),
    "totals.others": ("其余", "Others"),
}
