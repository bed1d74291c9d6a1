"""The command line: `gongkai parse | demo | build | serve | sql | export | notice | findings | verdict | rules |
backup | restore | rollback | status | alert | user`.

Exit codes: 0 done, 1 it failed and said why, 2 wrong usage. Modules that take long to import are imported by the command that
needs them.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dagster_project.settings import DEFAULTS, InvalidSetting, Settings, load_settings, state_folder

if TYPE_CHECKING:
    from dagster_project.inbox import InboxFile
    from dagster_project.warehouse.paths import WarehousePaths
    from dashboard.access.accounts import Accounts
    from expectations.ledger import Ledger

_FOLDER = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


class _Failure(click.ClickException):
    """An error that the user can act on: its message, and exit code 1."""

    def show(self, file: Any = None) -> None:
        click.secho(f"错误 error: {self.message}", fg="red", err=True)


def _settings(**given: Any) -> Settings:
    """The settings in force; what was given on the command line goes before the environment."""
    try:
        settings = load_settings()
    except InvalidSetting as error:
        raise click.UsageError(str(error)) from error
    chosen = {name: value for name, value in given.items() if value is not None}
    return replace(
        settings,
        **{name: value.expanduser().absolute() if isinstance(value, Path) else value for name, value in chosen.items()},
    )


def _warehouse_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--warehouse", type=_FOLDER, metavar="DIR", help="仓库目录 warehouse folder [GONGKAI_WAREHOUSE]"
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="gongkai", prog_name="gongkai")
def main() -> None:
    """公开 Gongkai：政府信息公开工作年度报告的数据仓库与看板。

    Data warehouse and dashboards over annual government-information-disclosure reports.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="有文件未能读取时以 1 退出 exit 1 if any file was rejected")
@click.option("--text", is_flag=True, help="输出读到的文字及行号 print the text as read, with line numbers")
def parse(paths: tuple[Path, ...], strict: bool, text: bool) -> None:
    """读取报告，每份输出一行 JSON。Read reports and print one JSON object a line; folders and zips are walked."""
    from dagster_project.inbox import list_files
    from dagster_project.reading import as_reports, read_files
    from dagster_project.report_parser import Status

    files = [file for start in paths for file in list_files(start)]
    if text:
        _print_texts(files)
        return
    any_rejected = False
    with click.progressbar(length=len(files), label="读取 reading", file=sys.stderr) as bar:
        for count, reports in read_files(files, as_reports):
            for report in reports:
                any_rejected |= report.status is Status.REJECTED
                click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
            bar.update(count)
    if strict and any_rejected:
        sys.exit(1)


def _print_texts(files: Sequence[InboxFile]) -> None:
    """The text of each file as the parser sees it: what the line numbers of cells and findings refer to."""
    from dagster_project.report_parser.formats import Unreadable, read_document

    for file in files:
        click.secho(file.path, bold=True)
        try:
            lines = read_document(file.read()).document.lines
        except (OSError, Unreadable) as error:
            click.echo(f"  {error}")
            continue
        for number, line in enumerate(lines, start=1):
            click.echo(f"{number:5}  {line}")


@main.command()
@click.argument("directory", type=_FOLDER, metavar="DIR")
@click.option("--reports", type=click.IntRange(min=1), default=3000, show_default=True, help="报告份数 how many")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="随机种子：同样的种子写出同样的文件 same seed, same files"
)
@click.option(
    "--formats",
    default="txt",
    show_default=True,
    metavar="A,B",
    help="文件格式，逗号分隔，或 all formats,轮流使用 taken in turn",
)
@click.option(
    "--layouts", metavar="A,B", help="版式，逗号分隔，或 all；默认为各格式常见的版式 layouts, default: the usual ones"
)
@click.option("--flat", is_flag=True, help="全部写入同一目录，不按地区分目录 all files in one folder")
@click.option(
    "--into-landing",
    is_flag=True,
    help="DIR 为仓库：不写文件，直接写入落地表 DIR is a warehouse: no files, straight into its landing tables",
)
def demo(
    directory: Path, reports: int, seed: int, formats: str, layouts: str | None, flat: bool, into_landing: bool
) -> None:
    """写出示例语料（合成，非真实报告）与其真值 _gold.jsonl。Write a synthetic sample corpus and its gold file."""
    from dagster_project.demo.corpus import write_corpus
    from dagster_project.demo.variety import choose

    if into_landing:
        if layouts is not None or formats != "txt" or flat:
            raise click.UsageError("--into-landing 只写纯文本示例 takes none of --formats, --layouts, --flat")
        _land_samples(directory, reports, seed)
        return
    try:
        variety = choose(_names(formats), None if layouts is None else _names(layouts), is_flat=flat)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with click.progressbar(length=reports, label="示例报告 sample reports", file=sys.stderr) as bar:
        try:
            write_corpus(directory, reports, seed, variety, on_progress=lambda done: bar.update(done - bar.pos))
        except (FileExistsError, ValueError) as error:
            raise _Failure(str(error)) from error
    click.echo(f"{reports:,} 份示例报告已写入 {directory}")


def _land_samples(warehouse: Path, reports: int, seed: int) -> None:
    from dagster_project.sample_landing import HoldsRealReports, land_samples
    from dagster_project.warehouse.connections import connect_build
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.runs import AnotherBuildRuns, writing

    paths = WarehousePaths(warehouse.expanduser().absolute())
    with click.progressbar(length=reports, label="示例报告 sample reports", file=sys.stderr) as bar:
        try:
            with writing(paths), connect_build(paths) as connection:
                land_samples(connection, reports, seed, on_progress=lambda done: bar.update(done - bar.pos))
        except (AnotherBuildRuns, HoldsRealReports, ValueError) as error:
            raise _Failure(str(error)) from error
    click.echo(f"{reports:,} 份示例报告已写入 {paths.root} 的落地表；请运行 gongkai build --from-landing 建模并发布。")


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


@main.command()
@click.option("--inbox", type=_FOLDER, metavar="DIR", help="报告所在目录 folder of reports [GONGKAI_INBOX]")
@_warehouse_option
@click.option(
    "--full-refresh",
    is_flag=True,
    help="全部模型从落地表重建，结果与增量构建相同 rebuild every model; gives the rows that an incremental build gives",
)
@click.option(
    "--from-landing",
    is_flag=True,
    help="不读收件目录，从已落地的报告开始 begin at the landing tables and leave the inbox unread",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="报告比上一版本少得多、空值多得多也发布 publish even if far fewer reports or more nulls than in the last release",
)
def build(
    inbox: Path | None, warehouse: Path | None, full_refresh: bool, from_landing: bool, accept_loss: bool
) -> None:
    """读取、建模、校验并发布。Run the whole pipeline and publish a release."""
    from dagster_project.build import BuildDidNotStart, run_build
    from dagster_project.dbt_project import DbtParseFailed
    from dagster_project.terminal import build_progress, print_summary
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.runs import AnotherBuildRuns

    settings = _settings(inbox=inbox, warehouse=warehouse)
    paths = WarehousePaths(settings.warehouse)
    if from_landing and inbox is not None:
        raise click.UsageError("--from-landing 不读收件目录，不能与 --inbox 同用 reads no inbox: leave --inbox out")
    if from_landing and not paths.build.exists():
        raise _Failure(f"{settings.warehouse} 里还没有落地的报告；请先不带 --from-landing 运行 gongkai build。")
    if not from_landing and not settings.inbox.is_dir():
        raise click.UsageError(f"收件目录不存在 no such inbox: {settings.inbox}")
    try:
        with build_progress(paths, sys.stderr):
            record = run_build(settings, from_landing=from_landing, full_refresh=full_refresh, accept_loss=accept_loss)
    except (AnotherBuildRuns, BuildDidNotStart, DbtParseFailed) as error:
        raise _Failure(str(error)) from error
    print_summary(record, sys.stdout)
    if record.state != "published":
        sys.exit(1)


@main.command()
@_warehouse_option
@click.option("--host", help="监听地址 address to listen on [GONGKAI_HOST]")
@click.option("--port", type=click.IntRange(1, 65535), help="端口 port [GONGKAI_PORT]")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="标准错误上的日志；json 每个请求一行 log on stderr; json: a line for each request",
)
def serve(warehouse: Path | None, host: str | None, port: int | None, log_format: Any) -> None:
    """打开看板；本机以外的地址须先有账号。Serve the dashboards; any address but loopback takes accounts (gongkai user add)."""
    from dashboard.access.policy import Policy
    from dashboard.server import AccountsNeededError, AddressUnavailableError
    from dashboard.server import serve as serve_dashboard

    settings = _settings(warehouse=warehouse, host=host, port=port)
    policy = Policy(
        settings.login_always,
        settings.proxy_user_header,
        settings.proxy_addresses,
        settings.session_hours,
        settings.cookie_always_secure,
    )
    try:
        serve_dashboard(
            settings.warehouse, settings.host, settings.port, settings.workers, settings.office, policy, log_format
        )
    except (AccountsNeededError, AddressUnavailableError) as error:
        raise _Failure(str(error)) from error


@main.command()
@click.argument("statement", metavar="[SQL]", required=False)
@_warehouse_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="输出格式 output format",
)
@click.option("--output", type=click.File("wb"), default="-", help="写入文件 write to a file instead of stdout")
def sql(statement: str | None, warehouse: Path | None, form: Any, output: Any) -> None:
    """查询已发布的版本（只读）。Query the published release, read-only.

    不给出 SQL 时：在终端上逐条输入查询，否则从标准输入读取一条。
    Without SQL: a prompt on a terminal, and one statement from standard input elsewhere.
    """
    from dagster_project.query import AT_THE_TERMINAL, write_answer
    from dashboard.data.sandbox import Refused, run_sql

    settings = _settings(warehouse=warehouse)
    release = _published(settings)
    if form == "parquet" and output.fileno() == sys.stdout.fileno() and sys.stdout.isatty():
        raise click.UsageError("parquet 是二进制格式：请用 --output FILE 或重定向 parquet is binary: use --output FILE")
    try:
        if statement is None and sys.stdin.isatty():
            from dagster_project.prompt import Prompt

            Prompt(lambda: _published(settings), state_folder() / "sql_history").run()
            return
        answer = run_sql(release, sys.stdin.read() if statement is None else statement, AT_THE_TERMINAL)
    except Refused as error:
        raise _Failure(str(error)) from error
    write_answer(answer, form, output)


@main.command()
@click.argument("directory", type=_FOLDER, metavar="DIR")
@_warehouse_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "xlsx"]),
    default="parquet",
    show_default=True,
    help="文件格式 file format",
)
def export(directory: Path, warehouse: Path | None, form: Any) -> None:
    """导出已发布版本的每一张表，并写 manifest.json。Export every table of the published release, with a manifest.

    \b
    parquet  供程序与数据库使用，类型完整。
             For programs; types are exact.
    xlsx     供 Excel、WPS 使用：代码是文本，数字是数字；超过 1,048,575 行的表分为几个文件。行多时较慢。
             For office programs: codes are text, numbers are numbers; a longer table becomes several files. Slow.
    csv      UTF-8 带 BOM，用 Excel、WPS 打开时中文不乱码；但它们会改动长数字代码，要用它们处理请选 xlsx。
             UTF-8 with a byte order mark, so that Excel shows Chinese rightly; it alters long codes: prefer xlsx there.

    DIR 须不存在、为空，或是以前的导出（将被整体替换）。DIR must not exist, be empty, or hold an earlier export, which is
    replaced. The manifest names the release, and for each file its table, rows, columns and SHA-256.
    """
    from dagster_project.export import ExportFailed, export_release, prepare

    release = _published(_settings(warehouse=warehouse))
    directory = directory.expanduser().absolute()
    try:
        rows = prepare(release, directory)
        with click.progressbar(length=rows, label="导出 exporting", file=sys.stderr) as bar:
            manifest = export_release(release, directory, form, on_rows=bar.update)
    except ExportFailed as error:
        raise _Failure(str(error)) from error
    for note in manifest.notes:
        click.echo(note, err=True)
    tables = len({file.table for file in manifest.tables})
    click.echo(f"版本 {manifest.release} 的 {tables} 张表、{rows:,} 行已导出到 {directory}")


@main.command()
@click.argument("report_key", metavar="[REPORT_KEY]", required=False)
@_warehouse_option
@click.option("--organ", metavar="KEY", help="机关编号（dim_organ），与 --year 同用 key of an organ, with --year")
@click.option("--region", metavar="CODE", help="地区代码：该地全部机关，打成 zip all organs of a place, as a zip")
@click.option("--year", type=int, help="报告年度 the year reported on")
@click.option(
    "--format",
    "form",
    type=click.Choice(["docx", "pdf"]),
    default="docx",
    show_default=True,
    help="文件格式 file format",
)
@click.option(
    "--output", type=_FOLDER, metavar="FILE", help="写入的文件，默认在当前目录 default: a file in the current folder"
)
@click.option("--office", help="发文机关 who signs [GONGKAI_OFFICE]")
@click.option("--number", help="发文字号，如 X政公开函〔2026〕3号 its reference number")
@click.option("--date", "dated", type=_DAY, help="成文日期，默认今天 its date, default: today")
@click.option(
    "--deadline", type=_DAY, help="整改期限，默认收到之日起 10 个工作日 default: ten working days after receipt"
)
@click.option("--site", metavar="URL", help="看板地址，写入核对页面的链接 address of the dashboards, for a link")
def notice(
    report_key: str | None,
    warehouse: Path | None,
    organ: str | None,
    region: str | None,
    year: int | None,
    form: Any,
    output: Path | None,
    office: str | None,
    number: str | None,
    dated: datetime | None,
    deadline: datetime | None,
    site: str | None,
) -> None:
    """写整改通知书。Write correction notices: REPORT_KEY, or --organ and --year, or --region and --year.

    只写出文件，不发送，不改动任何数据；已有的文件不覆盖。
    Files are written, nothing is sent or altered; an existing file is not overwritten.
    """
    import duckdb

    from dagster_project.warehouse.paths import WarehousePaths
    from expectations.ledger import Ledger
    from expectations.notices import NothingToCorrectError, Terms, current_report, is_doubtful, notices_of_place
    from expectations.notices import notice as write_notice

    if [report_key, organ, region].count(None) != 2 or (report_key is None) == (year is None):
        raise click.UsageError(
            "请给出报告编号，或 --organ 与 --year，或 --region 与 --year"
            " give a REPORT_KEY, or --organ and --year, or --region and --year"
        )
    settings = _settings(warehouse=warehouse, office=office)
    days = {"dated": dated, "deadline": deadline}
    terms = Terms(
        settings.office, number=number, site=site, **{name: day.date() for name, day in days.items() if day is not None}
    )
    dismissed = Ledger(WarehousePaths(settings.warehouse).ledger).dismissed()
    with duckdb.connect(_published(settings), read_only=True) as connection:
        try:
            if region is not None and year is not None:
                made = notices_of_place(connection, region, year, terms, form, dismissed)
            else:
                key = report_key or current_report(connection, organ or "", year or 0)
                made = write_notice(connection, key, terms, form, dismissed)
        except NothingToCorrectError as error:
            raise _Failure(str(error)) from error
        except duckdb.CatalogException as error:
            raise _Failure(f"这个版本没有整改通知书所需的表，请重新运行 gongkai build。（{error}）") from error
    file = output or Path(made.file_name)
    try:
        with file.open("xb") as target:
            target.write(made.content)
    except OSError as error:
        reason = "文件已存在；请先移走，或用 --output 另起一个名字" if file.exists() else error.strerror
        raise _Failure(f"无法写入 {file}：{reason}。") from error
    click.echo(f"已写入 {file}（{len(made.matters)} 份）")
    if doubtful := [matter.organ_name for matter in made.matters if is_doubtful(matter)]:
        click.echo(f"以下机关的报告读取存疑，发出前请先核对原文：{'、'.join(doubtful)}", err=True)
    if settings.office == DEFAULTS["GONGKAI_OFFICE"]:
        click.echo("落款尚待填写：请用 --office 或 GONGKAI_OFFICE 写明发文机关。", err=True)


_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="输出格式；table 只列要点 output format; table shows the essentials",
)


@main.command()
@_warehouse_option
@click.option(
    "--status",
    type=click.Choice(["open", "new", "persisting", "reopened", "resolved", "all"]),
    default="open",
    show_default=True,
    help="状态，open 为尚未解决的 status; open: those that stand",
)
@click.option("--rule", metavar="ID", help="规则编号 rule id, such as H1")
@click.option(
    "--region", metavar="PLACE", help="区划代码或地名，含下辖各地 division code or name, with what lies below"
)
@click.option("--year", type=int, help="报告年度 year reported on")
@_FORMAT
def findings(
    warehouse: Path | None, status: str, rule: str | None, region: str | None, year: int | None, form: Any
) -> None:
    """台账：不符之处及其来龙去脉、裁定。The ledger: what breaks a rule, since when, and what people said of it."""
    from dagster_project.findings import list_findings
    from dagster_project.query import write_answer
    from expectations.ledger import OPEN

    settings = _settings(warehouse=warehouse)
    release, ledger = _published(settings), _ledger(settings)
    statuses = {"open": OPEN, "all": None}.get(status, (status,))
    answer = list_findings(
        ledger,
        release,
        statuses=statuses,
        rule_id=rule and rule.upper(),
        region=region,
        year=year,
        is_short=form == "table",
    )
    write_answer(answer, form, sys.stdout.buffer)
    newest = ledger.last_synced()
    if newest != release.stem:
        click.echo(f"台账记到版本 {newest}；现发布的是 {release.stem}。", err=True)


@main.command()
@click.argument("fingerprint")
@click.argument("word", metavar="confirm|dismiss|withdraw", type=click.Choice(["confirm", "dismiss", "withdraw"]))
@_warehouse_option
@click.option("--reason", help="理由；dismiss 时必填 why; required to dismiss")
@click.option("--by", metavar="NAME", help="裁定人，默认为登录名 who says so; default: the login name")
def verdict(fingerprint: str, word: str, warehouse: Path | None, reason: str | None, by: str | None) -> None:
    """裁定一处不符属实、不属实，或撤回裁定。Confirm or dismiss a finding, or take a verdict back.

    FINGERPRINT 见 gongkai findings，可只写前六位以上。As gongkai findings shows it; the first six characters or more will do.
    """
    from getpass import getuser

    from expectations.ledger import AmbiguousFingerprint, MissingReason, UnknownFinding, Verdict

    ledger = _ledger(_settings(warehouse=warehouse))
    verdicts: dict[str, tuple[Verdict, str]] = {
        "confirm": ("confirmed", "属实 confirmed"),
        "dismiss": ("dismissed", "不属实 dismissed"),
        "withdraw": ("withdrawn", "裁定已撤回 withdrawn"),
    }
    given, said = verdicts[word]
    try:
        whole = ledger.give_verdict(fingerprint, given, reason, by or getuser())
    except MissingReason as error:
        raise click.UsageError("dismiss 须说明理由：--reason TEXT to dismiss takes a --reason") from error
    except UnknownFinding as error:
        raise _Failure(f"台账中没有 {fingerprint}；gongkai findings --status all 列出全部（至少写前六位）。") from error
    except AmbiguousFingerprint as error:
        raise _Failure(f"有几处不符以 {fingerprint} 开头；请多写几位。") from error
    click.echo(f"{whole}  {said}")


@main.command()
@_warehouse_option
@click.option(
    "--dry-run", "rule", metavar="RULE", help="试运行：改后的规则会新增、减少哪些不符 what a changed rule would say"
)
@click.option(
    "--sql", "changed", type=click.File(encoding="utf-8"), metavar="FILE", help="改后规则的 SQL the changed rule's SQL"
)
@_FORMAT
def rules(warehouse: Path | None, rule: str | None, changed: Any, form: Any) -> None:
    """规则目录：各规则的结果、台账中的不符、裁定得出的准确率。The rules, what they find, and how often people agree.

    --dry-run RULE --sql FILE 以文件中的 SQL 代替该规则，对已发布版本只读地试运行，不写入任何东西。SQL 的写法见 docs/rules.md。
    With these the SQL in FILE takes the rule's place, read-only, on the published release; nothing is written.
    """
    from dagster_project.findings import DryRunFailed, dry_run, list_rules
    from dagster_project.query import write_answer
    from dashboard.data.sandbox import Refused

    if (rule is None) != (changed is None):
        raise click.UsageError("--dry-run 与 --sql 须同时给出 --dry-run and --sql belong together")
    settings = _settings(warehouse=warehouse)
    release, ledger = _published(settings), _ledger(settings)
    if rule is None:
        write_answer(list_rules(ledger, release, is_short=form == "table"), form, sys.stdout.buffer)
        return
    try:
        answer, counts = dry_run(ledger, release, rule.upper(), changed.read(), is_short=form == "table")
    except (DryRunFailed, Refused) as error:
        raise _Failure(str(error)) from error
    write_answer(answer, form, sys.stdout.buffer)
    click.echo("新增不符 {fails_anew:,} · 不再不符 {fails_no_more:,} · 照旧 {same:,}".format(**counts), err=True)


def _ledger(settings: Settings) -> Ledger:
    """The ledger, if any release was taken in."""
    from dagster_project.warehouse.paths import WarehousePaths
    from expectations.ledger import Ledger

    path = WarehousePaths(settings.warehouse).ledger
    try:
        if path.exists() and Ledger(path).last_synced():
            return Ledger(path)
    except sqlite3.DatabaseError as error:
        raise _Failure(f"台账 {path} 无法读取（{error}）；请运行 gongkai build，它会另存损坏的台账并重建。") from error
    raise _Failure(f"{settings.warehouse} 还没有台账；请先运行 gongkai build。")


def _published(settings: Settings) -> Path:
    from dagster_project.warehouse.paths import WarehousePaths

    current = WarehousePaths(settings.warehouse).current
    if not current.exists():
        raise _Failure(f"{settings.warehouse} 还没有发布过版本；请先运行 gongkai build。")
    return current.resolve()


@main.command()
@_warehouse_option
@click.option("--to", metavar="RELEASE", help="指定版本，默认上一版本 a release id; default: the one before")
def rollback(warehouse: Path | None, to: str | None) -> None:
    """退回较早的版本。Point back to an earlier release."""
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.releases import NoSuchRelease, roll_back

    try:
        release = roll_back(WarehousePaths(_settings(warehouse=warehouse).warehouse), to)
    except NoSuchRelease as error:
        raise _Failure(str(error)) from error
    click.echo(f"已退回 now published: {release}")


@main.command()
@click.argument("target", type=_FOLDER)
@_warehouse_option
@click.option(
    "--with-build",
    is_flag=True,
    help="连同构建库（可由收件目录重建） the build database too, which the inbox can make again",
)
def backup(target: Path, warehouse: Path | None, with_build: bool) -> None:
    """把版本、台账、裁定和待发通知备份为一个文件。Back the releases, the ledger, its verdicts and the outbox up to one file.

    TARGET 是文件名，或已有的目录（文件名取当时时间）。可在构建、查看时进行。
    TARGET is a file, or a folder that exists, in which the file is named by the time. Builds and readers may go on meanwhile.
    """
    from dagster_project.warehouse.backup import BackupFailed, back_up
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.runs import AnotherBuildRuns

    paths = WarehousePaths(_settings(warehouse=warehouse).warehouse)
    try:
        file, manifest = back_up(paths, target.expanduser().absolute(), with_build=with_build)
    except (BackupFailed, AnotherBuildRuns) as error:
        raise _Failure(str(error)) from error
    megabytes = file.stat().st_size / 1_000_000
    click.echo(f"已备份 backed up: {file}  {len(manifest.files)} 个文件 files · {megabytes:,.1f} MB")


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_warehouse_option
@click.option(
    "--force",
    is_flag=True,
    help="仓库不空时也恢复；原有内容另存，不会删除 replace what the warehouse holds, which is kept aside",
)
def restore(source: Path, warehouse: Path | None, force: bool) -> None:
    """由备份恢复仓库；先核对，再写入。Restore a warehouse from a backup, which is verified first."""
    from dagster_project.warehouse.backup import BackupFailed
    from dagster_project.warehouse.backup import restore as restore_backup
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.runs import AnotherBuildRuns

    paths = WarehousePaths(_settings(warehouse=warehouse).warehouse)
    try:
        manifest, kept = restore_backup(paths, source, force=force)
    except (BackupFailed, AnotherBuildRuns) as error:
        raise _Failure(str(error)) from error
    click.echo(f"已恢复 restored: {paths.root}  现发布 now published: {manifest.published}")
    if kept:
        click.echo(f"原有内容在 what was there is in {kept}；不再需要时可删除。")


@main.command()
@_warehouse_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON machine-readable")
def status(warehouse: Path | None, as_json: bool) -> None:
    """已发布什么、自何时起、哪些文件未能读取、有什么要处理。What is published, and what is wrong."""
    from dagster_project.terminal import print_status
    from dagster_project.warehouse.health import troubles
    from dagster_project.warehouse.paths import WarehousePaths
    from dagster_project.warehouse.releases import list_releases, published
    from dagster_project.warehouse.runs import read_runs

    settings = _settings(warehouse=warehouse)
    paths = WarehousePaths(settings.warehouse)
    found = troubles(paths, datetime.now(UTC), settings.nightly)
    alerts = _undelivered(paths, settings.alerts)
    if as_json:
        state = {
            "published": published(paths),
            "releases": list_releases(paths),
            "troubles": [asdict(trouble) for trouble in found],
            "alerts": alerts,
            "runs": [asdict(record) for record in read_runs(paths)],
        }
        click.echo(json.dumps(state, ensure_ascii=False, indent=2, default=datetime.isoformat))
    else:
        print_status(paths, found, alerts, sys.stdout)


def _undelivered(paths: WarehousePaths, file: Path) -> list[str]:
    """Why alerts do not reach somebody, a line each."""
    if not (file.exists() or paths.outbox.exists()):
        return []
    from dagster_project.alerts.delivery import undelivered

    return undelivered(paths, file).problems


@main.group()
def alert() -> None:
    """告警：谁收到什么、是否送达（见 docs/alerts.md）。Alerts: who is told what, and whether it arrived."""


def _routes(settings: Settings) -> Any:
    """The routes in force; a command about alerts needs some."""
    from dagster_project.alerts.routes import BadRoutes, load_routes

    try:
        routes = load_routes(settings.alerts)
    except BadRoutes as error:
        raise _Failure(str(error)) from error
    if routes is None:
        raise _Failure(
            f"没有路由文件 {settings.alerts}；写法与示例见 docs/alerts.md。no routes file: see docs/alerts.md"
        )
    return routes


@alert.command()
@click.argument("route", metavar="[ROUTE]", required=False)
@_warehouse_option
def test(route: str | None, warehouse: Path | None) -> None:
    """向每个通道各发一条测试消息。Send a test message through every channel, or those of ROUTE."""
    from dagster_project.alerts.delivery import send_trials

    receivers = _routes(_settings(warehouse=warehouse)).receivers
    chosen = [receiver for receiver in receivers if route in (None, receiver.name)]
    if not chosen:
        raise click.UsageError(
            f"没有路由 no route {route!r}；现有 there are: {'、'.join(each.name for each in receivers)}"
        )
    results = list(send_trials(chosen))
    for name, channel, error in results:
        outcome = click.style("已送达 delivered", "green") if error is None else click.style(f"未送达 {error}", "red")
        click.echo(f"{name} {channel}  {outcome}")
    if any(error for _, _, error in results):
        sys.exit(1)


@alert.command()
@_warehouse_option
def preview(warehouse: Path | None) -> None:
    """显示现在会发送什么，不发送。Show what would be sent now, every digest included; sends and changes nothing."""
    from dagster_project.alerts.terminal import print_preview
    from dagster_project.warehouse.paths import WarehousePaths

    settings = _settings(warehouse=warehouse)
    print_preview(WarehousePaths(settings.warehouse), _routes(settings), settings.nightly, sys.stdout)


@alert.command()
@_warehouse_option
@click.option("--now", is_flag=True, help="刚失败过的也立即重试 try again at once what failed a moment ago")
def send(warehouse: Path | None, now: bool) -> None:
    """发送到期的告警，重试未送达的。Send what is due and try again what did not arrive: for cron, or by hand."""
    from dagster_project.alerts.delivery import tell
    from dagster_project.warehouse.paths import WarehousePaths

    settings = _settings(warehouse=warehouse)
    delivery = tell(WarehousePaths(settings.warehouse), _routes(settings), settings.nightly, at_once=now)
    click.echo(f"已发送 sent: {delivery.sent} · 等待 waiting: {len(delivery.waiting)}")
    if delivery.problems:
        raise _Failure("\n".join(delivery.problems))


@alert.command(name="status")
@_warehouse_option
def alert_status(warehouse: Path | None) -> None:
    """每条路由的通道、上次送达与未送达的消息。Every route with its channels, last delivery, and what waits and why."""
    from dagster_project.alerts.terminal import print_routes
    from dagster_project.warehouse.paths import WarehousePaths

    settings = _settings(warehouse=warehouse)
    print_routes(WarehousePaths(settings.warehouse), _routes(settings), sys.stdout)


@alert.command()
@click.argument("route")
@_warehouse_option
def discard(route: str, warehouse: Path | None) -> None:
    """放弃一条路由未送达的消息。Give up the messages that wait for ROUTE; it is told again only what is new from now on."""
    from datetime import UTC, datetime

    from dagster_project.alerts import outbox
    from dagster_project.warehouse.paths import WarehousePaths

    with outbox.opened(WarehousePaths(_settings(warehouse=warehouse).warehouse).outbox) as connection:
        given_up = outbox.discard(connection, route, datetime.now(UTC))
    if not given_up:
        raise _Failure(f"没有等待发往 {route} 的消息；gongkai alert status 列出各路由。no message waits for it")
    click.echo(f"已放弃 discarded: {given_up}")


@main.group()
def user() -> None:
    """账号：谁可以打开看板、有什么权限、看哪个地区。Accounts: who may open the dashboards, with which role, for which region."""


def _accounts(warehouse: Path | None) -> Accounts:
    from dagster_project.warehouse.paths import WarehousePaths
    from dashboard.access.accounts import Accounts

    return Accounts(WarehousePaths(_settings(warehouse=warehouse).warehouse).accounts)


def _asked_password(from_stdin: bool) -> str:
    """Typed twice and not shown, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("密码 password", hide_input=True, confirmation_prompt="再输入一次 again"))


_STDIN = click.option("--password-stdin", is_flag=True, help="从标准输入读密码 read the password from standard input")


_ROLES = click.Choice(["viewer", "analyst", "steward", "admin"])


@user.command(name="add")
@click.argument("name")
@click.option(
    "--role",
    type=_ROLES,
    required=True,
    help="查看、加 SQL、再加裁定、再加管理 look; and SQL; and verdicts; and everything",
)
@click.option(
    "--scope",
    metavar="CODE",
    help="只看该区划代码的地区及其下辖 only the region of this division code and all below it, such as 62 or 621024",
)
@_STDIN
@click.option(
    "--no-password",
    is_flag=True,
    help="只由反向代理认证，不能用密码登录 signs in through a proxy only [GONGKAI_PROXY_USER_HEADER]",
)
@_warehouse_option
def user_add(
    name: str, role: Any, scope: str | None, password_stdin: bool, no_password: bool, warehouse: Path | None
) -> None:
    """添加账号。Add an account; its password is asked for twice."""
    from getpass import getuser

    from dashboard.access.accounts import BadAccount
    from dashboard.access.current import Account
    from dashboard.access.passwords import WeakPassword

    if no_password and password_stdin:
        raise click.UsageError("--no-password 与 --password-stdin 不能同用 give one of them")
    place = _place(scope)
    accounts = _accounts(warehouse)
    password = None if no_password else _asked_password(password_stdin)
    try:
        accounts.add(Account(name, role, scope, place), password, getuser())
    except (BadAccount, WeakPassword) as error:
        raise _Failure(str(error)) from error
    click.echo(f"已添加 added: {name} · {role}{f' · {scope} {place}' if scope else ''}")


def _place(scope: str | None) -> str | None:
    """The name of the region that an account is for."""
    from dagster_project.report_parser.gazetteer import PSEUDO_CITIES, default_gazetteer

    place = None if scope is None else default_gazetteer().names.get(scope)
    if scope is not None and (place is None or place in PSEUDO_CITIES):
        raise click.UsageError(f"没有区划代码 {scope}（2、4、6 或 9 位） there is no division code {scope}")
    return place


@user.command(name="change")
@click.argument("name")
@click.option("--role", type=_ROLES, help="新的角色 its new role")
@click.option("--scope", metavar="CODE|all", help="新的地区，all 为全国 its new region; all: the whole country")
@_warehouse_option
def user_change(name: str, role: Any, scope: str | None, warehouse: Path | None) -> None:
    """改角色或地区；其会话随之结束。Give an account another role or region; its sessions end."""
    if role is None and scope is None:
        raise click.UsageError("请给出 --role 或 --scope give --role or --scope")
    if (kept := _accounts(warehouse).named(name)) is None:
        raise _Failure(f"没有账号 {name}；gongkai user list 列出全部 there is no account {name}")
    new = replace(kept.account, role=role or kept.account.role)
    if scope is not None:
        code = None if scope == "all" else scope
        new = replace(new, scope=code, place=_place(code))
    _change_account(warehouse, lambda accounts, by: accounts.change(new, by))
    click.echo(f"已更改 changed: {new.name} · {new.role} · {f'{new.scope} {new.place}' if new.scope else '全国 all'}")


@user.command(name="list")
@_FORMAT
@_warehouse_option
def user_list(form: Any, warehouse: Path | None) -> None:
    """列出账号。List the accounts."""
    from dagster_project.query import write_answer
    from dagster_project.users import list_accounts

    write_answer(list_accounts(_accounts(warehouse)), form, sys.stdout.buffer)


@user.command(name="disable")
@click.argument("name")
@_warehouse_option
def user_disable(name: str, warehouse: Path | None) -> None:
    """停用账号，并立即结束其会话。Disable an account; its sessions end at once."""
    _change_account(warehouse, lambda accounts, by: accounts.set_enabled(name, False, by))
    click.echo(f"已停用 disabled: {name}")


@user.command(name="enable")
@click.argument("name")
@_warehouse_option
def user_enable(name: str, warehouse: Path | None) -> None:
    """恢复停用的账号。Enable an account again."""
    _change_account(warehouse, lambda accounts, by: accounts.set_enabled(name, True, by))
    click.echo(f"已恢复 enabled: {name}")


@user.command(name="password")
@click.argument("name")
@_STDIN
@_warehouse_option
def user_password(name: str, password_stdin: bool, warehouse: Path | None) -> None:
    """重设密码；其会话随之结束。Set a new password; the account's sessions end."""
    password = _asked_password(password_stdin)
    _change_account(warehouse, lambda accounts, by: accounts.set_password(name, password, by))
    click.echo(f"已重设密码 password set: {name}")


def _change_account(warehouse: Path | None, change: Callable[[Accounts, str], None]) -> None:
    from getpass import getuser

    from dashboard.access.accounts import BadAccount
    from dashboard.access.passwords import WeakPassword

    try:
        change(_accounts(warehouse), getuser())
    except (BadAccount, WeakPassword) as error:
        raise _Failure(str(error)) from error


@user.command(name="log")
@click.argument("name", required=False)
@click.option(
    "--last", type=click.IntRange(min=1), default=100, show_default=True, help="最近几条 how many, the newest"
)
@_FORMAT
@_warehouse_option
def user_log(name: str | None, last: int, form: Any, warehouse: Path | None) -> None:
    """登录、退出、裁定与账号变动的记录。Who signed in or was refused, gave a verdict, or changed an account; of NAME only, if given."""
    from dagster_project.query import write_answer
    from dagster_project.users import list_log

    write_answer(list_log(_accounts(warehouse), name, last), form, sys.stdout.buffer)
