"""Sentences of the commands for operators: key, Chinese, English."""

from __future__ import annotations

SITE: dict[str, tuple[str, str]] = {
    "metavar.HOST": ("地址", "HOST"),
    "metavar.PORT": ("端口", "PORT"),
    "metavar.N": ("个数", "N"),
    # --- the site behind the commands
    "site.half_restored": (
        "{path} 中的上一次恢复没有完成。请再次运行 anyue restore。",
        "The restore into {path} was not finished. Run anyue restore again.",
    ),
    "site.no_folder": (
        "数据文件夹 {path} 无法写入（{reason}）。请检查权限，或用 ANYUE_DATA 指定其他文件夹。",
        "The data folder {path} cannot be written to ({reason}). Check its permissions, or name another in ANYUE_DATA.",
    ),
    "site.bad_database": (
        "DATABASE_URL 无法使用（{reason}）。应形如 postgres://用户:密码@主机:5432/库名。",
        "DATABASE_URL cannot be used ({reason}). It looks like postgres://user:password@host:5432/name.",
    ),
    "site.no_psycopg": (
        "DATABASE_URL 指向 PostgreSQL，但没有安装其驱动。请安装 anyue[postgres]。",
        "DATABASE_URL names PostgreSQL, whose driver is not installed. Install anyue[postgres].",
    ),
    "site.no_database": (
        "数据库 {place} 无法连接（{reason}）。请确认数据库已启动、DATABASE_URL 无误。",
        "The database {place} does not answer ({reason}). Check that it runs and that DATABASE_URL is right.",
    ),
    # --- serve
    "serve.short": ("启动网站、接口和后台任务。", "Serve web and API, and run the jobs."),
    "serve.help": (
        "升级数据库，准备静态文件，然后提供网站和接口并运行后台任务，直到 Ctrl-C 或 SIGTERM。首次启动时输出一次性链接，用于设立三名管理员。",
        (
            "Bring the database up to date, prepare the static files, then serve web and API and run the jobs until Ctrl-C or "
            "SIGTERM. The first start prints a one-time link with which the three administrators are set up."
        ),
    ),
    "serve.examples": (
        "anyue serve\nanyue serve --host 0.0.0.0 --port 8080\nanyue serve --no-jobs --workers 4",
        "anyue serve\nanyue serve --host 0.0.0.0 --port 8080\nanyue serve --no-jobs --workers 4",
    ),
    "serve.host": ("监听地址，默认 127.0.0.1。", "The address to listen on; 127.0.0.1 by default."),
    "serve.port": ("监听端口，默认 8000。", "The port to listen on; 8000 by default."),
    "serve.workers": (
        "网站进程数；默认 SQLite 为 1，PostgreSQL 为 2。",
        "Web processes; by default 1 on SQLite and 2 on PostgreSQL.",
    ),
    "serve.no_jobs": ("不运行后台任务（另用 anyue worker）。", "Run no jobs (anyue worker does)."),
    "serve.no_frontend": (
        "缺少前端组件，页面无法显示。请在源码目录运行 make setup，或安装完整的安装包。",
        "The front-end packages are missing, so no page can be shown. Run make setup in the sources, or install a whole wheel.",
    ),
    "serve.port_range": ("应为 1 至 65535 之间的整数", "must be a number from 1 to 65535"),
    "serve.workers_range": ("应为 1 至 64 之间的整数", "must be a number from 1 to 64"),
    "serve.port_used": (
        "{host}:{port} 已被其他程序占用。请停止该程序，或用 --port 指定其他端口。",
        "{host}:{port} is taken by another program. Stop that one, or name another port with --port.",
    ),
    "serve.no_address": (
        "无法监听 {host}:{port}（{reason}）。请检查 --host 和 --port。",
        "{host}:{port} cannot be listened on ({reason}). Check --host and --port.",
    ),
    "serve.migrating": ("升级数据库", "Bringing the database up to date"),
    "serve.first": (
        "本系统还没有人员。请在浏览器打开此链接设立三名管理员（仅可使用一次）：",
        "Nobody is in this installation yet. Open this link in a browser to set up the three administrators (it works once):",
    ),
    "serve.ready": ("安月已启动：{address}（按 Ctrl-C 停止）", "Anyue is running at {address} (Ctrl-C stops it)"),
    "serve.died": (
        "{what}意外退出（{status}），{seconds} 秒后重新启动。",
        "The {what} ended unexpectedly ({status}) and is started again in {seconds} s.",
    ),
    "serve.web": ("网站进程", "web process"),
    "serve.jobs": ("任务进程", "job process"),
    "serve.no_metrics_token": (
        "已设 ANYUE_METRICS=1，但没有设 ANYUE_METRICS_TOKEN，/metrics 仍然关闭。请设置口令后重新启动。",
        "ANYUE_METRICS=1 is set without ANYUE_METRICS_TOKEN, so /metrics stays off. Set a token and start again.",
    ),
    # --- worker
    "worker.short": ("只运行后台任务。", "Run the jobs alone."),
    "worker.help": (
        "运行后台任务和定时任务，直到 Ctrl-C 或 SIGTERM；可在多台机器上同时运行。数据库应已由 anyue serve 升级。",
        (
            "Run jobs and schedules until Ctrl-C or SIGTERM; on as many machines as needed. The database must have been "
            "brought up to date by anyue serve."
        ),
    ),
    "worker.examples": ("anyue worker\nanyue worker --threads 4", "anyue worker\nanyue worker --threads 4"),
    "worker.threads": ("同时运行的任务数，默认 2。", "Jobs at the same time; 2 by default."),
    "worker.behind": (
        "数据库尚未升级到本版本。请先运行 anyue serve。",
        "The database is not up to date with this version. Run anyue serve first.",
    ),
    "worker.ready": ("任务进程已启动（按 Ctrl-C 停止）", "Running jobs (Ctrl-C stops it)"),
    # --- units
    "units.short": ("批量管理单位。", "Units in bulk."),
    "units.help": ("批量管理单位。", "Units in bulk."),
    "units.examples": ("anyue units import 单位.xlsx", "anyue units import units.xlsx"),
    "units.import_short": ("从表格导入单位。", "Import units from a table."),
    "units.import_help": (
        "从表格（.xlsx、.csv）导入单位：代码、名称、上级代码、类别、区划代码、统一社会信用代码。任何一行有误则一行都不写入；同一文件再次导入不产生变化。",
        (
            "Import units from a table (.xlsx, .csv): code, name, parent code, kind, area code, credit code. With a single fault "
            "nothing is written; the same file a second time changes nothing."
        ),
    ),
    "units.import_examples": (
        "anyue units import 单位.xlsx\nanyue units import 单位.csv --dry-run",
        "anyue units import units.xlsx\nanyue units import units.csv --dry-run",
    ),
    "units.file": ("单位表格。", "The table of units."),
    "units.dry_run": ("只检查，不写入。", "Check alone, write nothing."),
    "units.importing": ("导入单位", "Importing units"),
    "units.fault": ("第 {row} 行 {column}：{said}", "row {row}, {column}: {said}"),
    "units.refused": (
        "共 {count} 处有误，没有写入任何单位。请改正后重新导入。",
        "{count} faults; nothing was written. Correct them and import again.",
    ),
    "units.done": (
        "新增 {added}，更名 {renamed}，调整隶属 {moved}，修改其他内容 {changed}，未变 {unchanged}。",
        "{added} added, {renamed} renamed, {moved} moved, {changed} changed otherwise, {unchanged} unchanged.",
    ),
    "units.checked": ("只作检查，没有写入。", "Checked alone; nothing was written."),
    # --- backup, restore, verify
    "backup.short": ("备份数据库、文件和密钥。", "Back up database, files and keys."),
    "backup.help": (
        "把数据库、文件和密钥备份为一个文件，可恢复到 SQLite 或 PostgreSQL。网站可照常运行。文件含密钥，请妥善保管。",
        (
            "Back up database, files and keys into one file, from which SQLite or PostgreSQL can be restored. The site may run "
            "on meanwhile. The file holds the keys: keep it safe."
        ),
    ),
    "backup.examples": ("anyue backup 安月-20260620.tar", "anyue backup anyue-20260620.tar"),
    "backup.file": ("备份写到这个文件，完成后才出现。", "The file to write; it appears when it is complete."),
    "backup.working": ("备份", "Backing up"),
    "backup.done": (
        "{tables} 张表 {rows} 行，{files} 个文件。",
        "{tables} tables with {rows} rows, {files} files.",
    ),
    "backup.missing": (
        "缺少 {count} 个文件，备份中没有它们：{names}",
        "{count} files are missing and not in the backup: {names}",
    ),
    "restore.short": ("从备份恢复到空的数据文件夹。", "Restore a backup into an empty data folder."),
    "restore.help": (
        "把备份恢复到空的数据文件夹（ANYUE_DATA）和空的数据库。中断后不留半截数据，再次运行即可重来。",
        (
            "Restore a backup into an empty data folder (ANYUE_DATA) and an empty database. Interrupted, it leaves nothing half "
            "there; run it again."
        ),
    ),
    "restore.examples": (
        "ANYUE_DATA=/srv/anyue anyue restore 安月-20260620.tar",
        "ANYUE_DATA=/srv/anyue anyue restore anyue-20260620.tar",
    ),
    "restore.file": ("要恢复的备份。", "The backup to restore."),
    "restore.working": ("恢复", "Restoring"),
    "restore.not_empty": (
        "{path} 中已有数据。只能恢复到空的数据文件夹：请另建文件夹，用 ANYUE_DATA 指定。",
        "{path} holds data already. A restore needs an empty data folder: make another and name it in ANYUE_DATA.",
    ),
    "restore.running": ("另一个恢复正在写入 {path}。", "Another restore is writing to {path}."),
    "verify.short": ("检查数据库、文件和审计链。", "Check database, files and audit chain."),
    "verify.help": (
        "检查数据库（升级、约束、引用）、文件内容和审计链，最后输出对全部数据的一个摘要：备份、恢复前后摘要相同即数据相同。有问题时退出状态为 1。",
        (
            "Check the database (migrations, constraints, references), the content of files and the audit chain, and print one "
            "digest over everything: the same before a backup and after its restore. Exit status 1 where something is wrong."
        ),
    ),
    "verify.examples": ("anyue verify", "anyue verify"),
    "verify.working": ("检查", "Checking"),
    "verify.database": ("数据库", "Database"),
    "verify.files": ("文件", "Files"),
    "verify.chain": ("审计链", "Audit chain"),
    "verify.line": ("{what}：{said}", "{what}: {said}"),
    "verify.database_sound": ("正常，{tables} 张表 {rows} 行", "sound, {tables} tables with {rows} rows"),
    "verify.files_sound": ("正常，{files} 个，{size} 字节", "sound, {files} with {size} bytes"),
    "verify.chain_sound": (
        "正常，已封存 {sealed} 条，待封存 {unsealed} 条",
        "sound, {sealed} sealed, {unsealed} not sealed yet",
    ),
    "verify.chain_broken": ("{said}（待封存 {unsealed} 条）", "{said} ({unsealed} not sealed yet)"),
    "verify.unchecked": ("未检查", "not checked"),
    "verify.digest": ("摘要", "Digest"),
    # --- demo
    "demo.short": ("装入演示数据。", "Load the demonstration."),
    "demo.help": (
        "把一个虚构的区装进空的数据文件夹：10 个街道、120 个社区、60 个部门、300 家企业，正处在安全生产月中旬。账号和随机密码写在 demo-accounts.json 里。",
        (
            "Fill an empty data folder with a fictional district in the middle of its month: 10 streets, 120 communities, 60 departments, "
            "300 enterprises. Accounts with random passwords and tokens are written to demo-accounts.json there."
        ),
    ),
    "demo.examples": ("anyue demo --load", "anyue demo --load"),
    "demo.load": ("装入演示数据；数据文件夹必须为空。", "Load it; the data folder must be empty."),
    "demo.say_load": (
        "请写成 anyue demo --load：它会写入数据文件夹。",
        "Say anyue demo --load: it writes to the data folder.",
    ),
    "demo.loading": ("装入", "Loading"),
    "demo.step.units": ("单位", "units"),
    "demo.step.people": ("人员", "people"),
    "demo.step.month": ("安全生产月", "the month"),
    "demo.step.accounts": ("账号", "accounts"),
    "demo.not_empty": (
        "数据文件夹里已有单位或人员。演示数据只能装入空的数据文件夹：请另建文件夹，用 ANYUE_DATA 指定。",
        "There are units or people here already. The demonstration fills an empty data folder: make another and name it in ANYUE_DATA.",
    ),
    "demo.accounts": ("演示数据已装入。账号在：", "The demonstration is loaded. The accounts are in:"),
}
