"""Every sentence the library says to a person: code, Chinese, English.

``N…`` are compiler warnings, ``U…`` reasons why a file cannot be read, ``R…`` issues found in a reply. A sentence says
what happened and what to do next. Details are filled in by name.
"""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

CATALOGUE: dict[str, tuple[str, str]] = {
    # --- U: why a file cannot be read, and what to do
    "U001": ("文件不存在|请检查路径和文件名", "the file does not exist|check the path and the name"),
    "U002": ("文件是空的（0 字节）|请对方重新发送", "the file is empty (0 bytes)|ask for it to be sent again"),
    "U003": (
        "文件已加密或有打开密码|请去掉密码后另存再用",
        "the file is encrypted or asks for a password|save it again without one",
    ),
    "U004": (
        "文件已损坏或不完整（{what}）|请对方重新发送，或用 WPS/Word 打开后另存",
        "the file is damaged or incomplete ({what})|ask for it again, or open it in WPS or Word and save a copy",
    ),
    "U005": (
        "文件展开后过大（疑似压缩炸弹）|请确认来源，勿打开",
        "the file expands to an unreasonable size (a zip bomb?)|check where it came from and do not open it",
    ),
    "U006": (
        "文件中含有危险的 XML 定义（DTD/外部实体）|请确认来源，用 WPS/Word 另存后再用",
        "the file holds a dangerous XML definition (DTD or external entity)|check where it came from and save a copy in WPS or Word",
    ),
    "U007": (
        "不认识的文件格式|请转换为 .docx、.pdf、.xlsx 或 .txt",
        "the format is not known|convert it to .docx, .pdf, .xlsx or .txt",
    ),
    "U008": (
        "没有读到文字|如为扫描件请提高清晰度重新扫描，或改用电子版",
        "no text was found|scan it again more sharply, or use the electronic version",
    ),
    "U009": (
        "读取扫描件需要文字识别组件，当前未安装|请运行 pip install 'anyue[ocr]'，或改用电子版",
        "reading a scan needs the OCR parts, which are not installed|run pip install 'anyue[ocr]', or use the electronic version",
    ),
    "U010": (
        "读取 {format} 需要 LibreOffice，当前未安装|请安装 libreoffice-writer 和 libreoffice-calc，或将文件另存为 .docx/.xlsx",
        "reading {format} needs LibreOffice, which is not installed|install libreoffice-writer and libreoffice-calc, or save the file as .docx/.xlsx",
    ),
    "U011": (
        "转换超过 {seconds} 秒未完成|请用 WPS/Word 打开后另存为 .docx 再用",
        "the conversion did not end within {seconds} s|open it in WPS or Word and save it as .docx",
    ),
    "U012": (
        "不是普通文件（{what}）|请指定一个文件、文件夹或 .zip",
        "not an ordinary file ({what})|name a file, a folder or a .zip",
    ),
    "U013": ("没有读取权限|请检查文件权限", "no permission to read it|check the file's permissions"),
    "U014": (
        "文件过大（{size} MB，上限 {limit} MB）|请拆分或压缩图片后再用",
        "the file is too large ({size} MB, limit {limit} MB)|split it or shrink its pictures",
    ),
    "U015": (
        "里面没有可读的文件|请放入通知文件后再试",
        "there is no readable file in it|put the notice in and try again",
    ),
    "U016": (
        "文件带有密级标志“{mark}”|涉密文件不得进入本系统，请按保密规定处理",
        "the file is marked secret ({mark})|secret documents must not enter this system; follow the secrecy rules",
    ),
    # --- N: what a reader met
    "N101": ("隐藏的工作表“{sheet}”未读取", "the hidden sheet “{sheet}” was not read"),
    "N102": (
        "表格中有公式没有保存计算结果，按空白读取；请用 WPS/Excel 打开并保存后再用",
        "some formulas hold no saved result and were read as blank; open and save the workbook in WPS or Excel",
    ),
    "N103": (
        "扩展名为 .{extension}，实际内容是 {format}，已按实际内容读取",
        "the name ends in .{extension} but the content is {format}; it was read as what it is",
    ),
    "N104": (
        "第 {pages} 页没有文字层，由文字识别读取，请对照原件核对",
        "pages {pages} hold no text and were read by OCR: check them against the original",
    ),
    "N105": (
        "文字识别对 {count} 处把握不大（如“{text}”），请对照原件核对",
        "OCR is unsure of {count} places (such as “{text}”): check them against the original",
    ),
    "N106": ("跨页的表格已接成一个（共 {count} 处）", "tables that go on over a page were joined ({count} places)"),
    "N107": ("扫描件倾斜 {degrees}°，已校正", "the scan was tilted by {degrees}° and was set straight"),
    "N108": (
        "只读取了前 {count} 页，其余 {rest} 页未读取",
        "only the first {count} pages were read; the other {rest} were not",
    ),
    "N109": (
        "第 {pages} 页没有文字层，未安装文字识别组件，未读取；请运行 pip install 'anyue[ocr]'",
        "pages {pages} hold no text and were not read, as the OCR parts are not installed; run pip install 'anyue[ocr]'",
    ),
    "U022": (
        "单位名单中没有读到单位名称|请在首行写“单位名称”，其下每行一个单位",
        "no unit names were found in the roster|head the column 单位名称 or name, one unit a row",
    ),
    "U020": (
        "通知中没有找到需要填报的表|请确认文件完整，或用 --with 附上附件",
        "the notice has no form to fill|check that it is complete, or add its attachments with --with",
    ),
    "U021": ("通知中没有表“{wanted}”|可选：{forms}", "the notice has no form “{wanted}”|there are: {forms}"),
    # --- R: what was found in a reply
    "R001": ("无法读取", "it cannot be read"),
    "R002": (
        "不是《{title}》：只对上 {percent} 的文字。请核对是否交错了表",
        "this is not {title}: only {percent} of its words were found. Please check that it is the right form",
    ),
    "R003": (
        "填报单位“{found}”不在名单中，请核对名称",
        "the unit “{found}” is not on the roster; please check the name",
    ),
    "R004": (
        "看不出是哪个单位报的，未计入合计。请补填填报单位",
        "it is not clear which unit sent this, so it is not counted. Please fill in the unit",
    ),
    "R101": (
        "{label}写的是约数“{found}”，已按所写数字计入，请核实准确数",
        "{label} is approximate (“{found}”); the number written is counted, please give the exact one",
    ),
    "R102": (
        "{label}应填数字，写的是“{found}”，未计入。请改填数字",
        "{label} should be a number but says “{found}”; not counted, please fill in a number",
    ),
    "R103": (
        "{label}写了不止一个数“{found}”，请核对应填哪个",
        "{label} has more than one number (“{found}”); please check which is meant",
    ),
    "R104": ("{label}写的是范围“{found}”，请填准确数", "{label} is a range (“{found}”); please give the exact number"),
    "R105": (
        "{label}所写单位与表中不同（“{found}”），已换算或照数计入，请核对",
        "{label} is written in another unit (“{found}”); please check",
    ),
    "R106": (
        "{label}应为整数，写的是“{found}”，请核对",
        "{label} should be a whole number but says “{found}”; please check",
    ),
    "R107": ("{label}是负数“{found}”，请核对", "{label} is negative (“{found}”); please check"),
    "R108": (
        "{label}应填日期，写的是“{found}”，没有读出日期，请核对",
        "{label} should be a date but says “{found}”; no day was read, please check",
    ),
    "R109": (
        "{label}所选“{found}”不是表中的选项，请核对",
        "{label} is answered “{found}”, which is none of the options; please check",
    ),
    "R110": (
        "注明含下级单位的数据（“{found}”），可能重复计算，请核对",
        "it says that it includes subordinate units (“{found}”); they may be counted twice",
    ),
    "R111": (
        "有参与 {came} {other}，但{label}为{held}。请填写场次，或注明原因",
        "there is attendance ({came} {other}) but {label} is {held}. Please fill in the sessions, or say why",
    ),
    "R112": (
        "有 {held} {other}，但{label}为{came}。请填写人次，或注明原因",
        "there are {held} {other} but {label} is {came}. Please fill in the attendance, or say why",
    ),
    "R113": (
        "{label}为 {part}，大于{whole_label} {whole}，请核对",
        "{label} is {part}, more than {whole_label} {whole}; please check",
    ),
    "R114": (
        "{label}写 {found}，各项相加为 {sum}，请核对",
        "{label} says {found}, its parts add up to {sum}; please check",
    ),
    "R115": (
        "{label}为 {found}，远高于其他单位（中位数 {middle}），请核实",
        "{label} is {found}, far above the other units (median {middle}); please check",
    ),
    "R116": (
        "表中没有找到“{head}”这一栏，请核对表头或行名是否改过、删过",
        "“{head}” was not found in the table; please check whether its head was changed or deleted",
    ),
    "R117": (
        "表中的“{found}”按位置认作“{head}”，请核对",
        "“{found}” in the table was taken for “{head}” by its place; please check",
    ),
    "R118": (
        "认出了表上的文字，但一个数字也没有读到，请人工核对",
        "the form's words were found but none of its numbers could be read; please check by hand",
    ),
    "R119": (
        "文件里像有 {found} 几份表，只读了一份，请分开报送",
        "the file seems to hold the forms of {found}; only one was read, please send them apart",
    ),
    "R120": (
        "{unit}交了多份，计入的是“{counted}”（{why}），请核对",
        "{unit} sent several; “{counted}” is counted ({why}), please check",
    ),
    "R121": ("各项数字与{others}完全相同，请核实", "all numbers are the same as those of {others}; please check"),
    "R130": ("填报日期较晚：{date}", "the later date of filling: {date}"),
    "R131": ("文件名标明是后改的", "its file name says that it is the later one"),
    "R132": ("排在后面", "it came last"),
    "R133": ("只有这份读得出填报日期：{date}", "it alone has a date of filling that can be read: {date}"),
    # --- N1xx: what a reader met
    "N140": (
        "文件带有修订标记，已按“接受全部修订”读取",
        "the file holds tracked changes; it was read with all of them accepted",
    ),
    "N141": (
        "文件含有 {count} 处隐藏文字，未作为正文读取",
        "the file holds {count} hidden passages, which were left out of the text",
    ),
    "N142": ("文件带有宏，已忽略，未运行", "the file holds macros; they were ignored and not run"),
    "N143": (
        "文件引用了 {count} 处外部内容，未读取",
        "the file points at {count} things outside it, which were not read",
    ),
    "N144": ("文件带有批注，未作为正文读取", "the file holds comments, which were left out of the text"),
    # --- N2xx: what the compiler mended or is unsure of
    "N201": ("一段话被分页截断，已接上：“{text}”", "a paragraph was cut by a page break and has been joined: {text}"),
    "N202": ("分页处重复的文字“{text}”已去掉一份", "words repeated at a page break were dropped once: {text}"),
    "N204": (
        "活动起止日期未写明，按整月（{month}）处理，请核对",
        "the period is not written; the whole month ({month}) is assumed, please check",
    ),
    "N206": ("正文列出的{label}《{title}》不在所给文件中", "{label} ({title}) is listed but was not among the files"),
    "N207": ("{file} 无法读取，已略过：{reason}", "{file} could not be read and was left out: {reason}"),
    "N210": ("没有找到标题，请补填", "no title was found; please add it"),
    "N211": (
        "没有找到成文日期，日期按 {year} 年推断，请核对",
        "no date of issue was found; the year {year} is inferred, please check",
    ),
    "N212": ("时限“{words}”没有看出要交什么，请补填", "it is not clear what is due by: {words}; please add it"),
    "N213": ("时限“{words}”没有写明由谁办理，请核对", "it is not written who owes: {words}; please check"),
    "U017": (
        "处理时间过长，已停止|请拆分文件，或另存为 .docx 再用",
        "reading took too long and was stopped|split the file, or save it as .docx",
    ),
    "U018": ("压缩包里还套着压缩包|请先解压再用", "an archive inside archives|unpack it first"),
    "U019": (
        "不支持的压缩格式 {format}|请解压后再用，或改存为 .zip",
        "{format} archives are not supported|unpack it, or save it as .zip",
    ),
}


def say(code: str, language: Language = "zh", /, **details: object) -> str:
    """The sentence of ``code``; parts of a two-part sentence are joined as one."""
    text = CATALOGUE[code][0 if language == "zh" else 1].format(**details)
    return text.replace("|", "；" if language == "zh" else "; ")


def parts(code: str, language: Language = "zh", /, **details: object) -> tuple[str, str]:
    """The reason and the advice of a ``U…`` sentence."""
    reason, _, advice = CATALOGUE[code][0 if language == "zh" else 1].format(**details).partition("|")
    return reason, advice
