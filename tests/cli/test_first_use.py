"""What somebody meets who types a case of their own and asks about it: every page on it, and every slip on the way.

    test_first_use.py PARLEY

Prints TAP.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY = os.path.abspath(sys.argv[1])
CASE = str(pathlib.Path(__file__).with_name("strait.yaml"))
COMMON = environment()
PAGES = [["status"], ["deals"], ["deals", "--home"], ["deals", "--list"], ["deals", "--package", "draft-2"],
         ["deals", "--query", "port = joint"], ["blocks"], ["bridges"], ["bridges", "--bridge", "1"], ["ask", "--all"],
         ["counter"], ["text"], ["show"], ["show", "--changes"], ["show", "--levers"], ["show", "--agenda"],
         ["show", "--blocs"], ["show", "--links"], ["digest"], ["relay"], ["relay", "x1"], ["channels"],
         ["channels", "--candidates"], ["meet"], ["meet", "--standing"], ["promises"], ["favours"], ["timeline"],
         ["timeline", "--positions"], ["search", "port"], ["contradictions"], ["figures"], ["brief", "karsa"],
         ["brief", "delm"], ["brief", "front"], ["check"], ["why", "r1"], ["why", "wire"], ["why", "contact"],
         ["why", "karsa"], ["why", "draft-2"], ["why", "blocks 1"], ["why", "c20"], ["why", "i1"], ["why", "l1"]]


def run(*words, stdin=None):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, input=stdin)


def page(verb, *words):
    result = run(verb, CASE, *words)
    assert result.returncode in (0, 1), (verb, words, result.stderr)
    return result.stdout.decode()


def flat(text):
    return " ".join(text.split())


def without_margin(text):
    return flat(re.sub(r"(on record)? c\d+$", "", text, flags=re.M))


def refused(status, wanted, *words):
    result = run(*words)
    said = result.stderr.decode()
    assert result.returncode == status and wanted in said and result.stdout == b"", (words, result.returncode, said)


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@test
def every_page_keeps_to_80_columns_and_to_words():
    for words in PAGES:
        text = page(*words)
        for line in text.splitlines():
            assert words[0] == "check" or width(line) <= 80, (words, line)
        assert " implies port" not in flat(text) and "(days = 30" not in text, (words, text)


@test
def every_page_has_a_form_for_programs():
    for words in PAGES:
        json.loads(page(*words, "--json"))


@test
def a_proposal_is_all_of_its_parts():
    verdicts = flat(page("deals", "--package", "draft-2"))
    assert "Hill Front never never refuses pullback at least five (on record, c10)" in verdicts, verdicts
    assert "length 30 days; watch union; pullback ten; prisoners 40 persons" in flat(page("counter"))
    whole = json.loads(page("deals", "--package", "draft-2", "--json"))["verdicts"]
    parts = json.loads(page("deals", "--package", "days = 30 and watch = union and pullback = ten and prisoners = 40",
                            "--json"))["verdicts"]
    assert whole == parts


@test
def what_is_refused_as_a_whole_is_never_read_as_refused_part_by_part():
    assert "not Second draft as a whole" in flat(page("deals"))
    assert "refuses Second draft as a whole" in flat(page("show"))
    assert "port not karsan given Second draft as a whole" in flat(page("deals"))


@test
def a_yes_under_conditions_says_to_which_text():
    status = flat(page("status"))
    assert "yes to First draft, if pullback" in status, status
    assert "Delm yes, if tolls: Delm at least 50" in status, status


@test
def a_no_to_a_whole_draft_stands_under_its_name():
    for words in (["why", "c17"], ["brief", "karsa"]):
        text = without_margin(page(*words))
        assert "Second draft (length 30 days;" in text and "refuses length 30 days;" not in text, text
    assert "yes to First draft, if pullback at least ten" in without_margin(page("brief", "karsa"))


@test
def a_day_may_be_today():
    days = [time.strftime("%Y-%m-%d", time.gmtime())]
    today = page("show", "--at", "today")
    days.append(time.strftime("%Y-%m-%d", time.gmtime()))  # midnight may pass
    assert today in [page("show", "--at", day) for day in days]
    assert page("show", "--at", "2031-09-04") != page("show", "--at", "yesterday")


@test
def every_example_of_the_help_with_a_shipped_case_runs():
    root = pathlib.Path(CASE).parents[2]
    ran = 0
    for verb in [v["verb"] for v in json.loads(run("help", "--json").stdout)["verbs"]]:
        wide = subprocess.run([PARLEY, "help", verb], capture_output=True, timeout=60, env={**COMMON, "COLUMNS": "400"})
        examples = wide.stdout.decode().split("\nEXAMPLES\n")[1].split("\nEXIT STATUS")[0]
        for line in examples.splitlines():
            words = shlex.split(line) if line.startswith("  parley") else []
            if not any(w.startswith("cases/") for w in words):
                continue
            if any(w in (">", "--out", "--xlsx") or w.endswith((".parley", "result.json", "*.yaml")) for w in words):
                continue
            result = subprocess.run([PARLEY, *words[1:]], capture_output=True, timeout=120, env=COMMON, cwd=root)
            assert result.returncode in (0, 1), (line, result.stderr)
            ran += 1
    assert ran > 40, ran


@test
def a_contradiction_is_told_once():
    pairs = [(b["kind"], [c["claim"] for c in b["claims"]]) for b in json.loads(page("contradictions", "--json"))["beside"]]
    assert len(pairs) == len({str(p) for p in pairs}), pairs
    assert ("voices", ["c3", "c16"]) in pairs, pairs


@test
def a_demand_is_not_left_out_of_the_list_that_makes_it():
    sheet = page("show", "--changes").split("LINE OR BARGAINING?")[1]
    own = next(part for part in sheet.split("\n\n") if flat(part).startswith("Delm requires port not karsan given"))
    assert "left out of its own list" not in flat(own), own
    assert own.count("hardened 13 Sep (c20)") == 1, own


@test
def why_knows_rules_sources_questions_and_what_leans_on_them():
    assert "because the Union will not run a port it cannot watch" in flat(page("why", "r1"))
    rule = json.loads(page("why", "r1", "--json"))
    assert rule["kind"] == "rule" and rule["formula"] == "port = league implies watch = union", rule
    from_wire = json.loads(page("why", "wire", "--json"))
    assert [c["claim"] for c in from_wire["claims"]] == ["c8", "c9", "c17", "c18", "c23"], from_wire
    assert [c["claim"] for c in json.loads(page("why", "contact", "--json"))["claims"]] == ["c26", "c27"]


@test
def a_share_says_whose_it_is():
    assert "tolls of Karsa/Delm (0/100, 25/75, 50/50)" in flat(page("deals"))


@test
def a_word_that_is_missing_is_named():
    refused(2, "'brief' needs a case file", "brief")
    refused(2, f"'brief {CASE}' needs PARTY as well", "brief", CASE)
    refused(2, f"'why {CASE}' needs WHAT as well", "why", CASE)
    refused(2, f"'search {CASE}' needs WORD as well", "search", CASE)
    refused(2, "'new' needs FILE", "new")


@test
def a_value_that_wants_an_equals_sign_says_so():
    refused(2, "written with =: --list=5", "deals", CASE, "--list", "5")
    refused(2, "written with =: --candidates=venue", "channels", CASE, "--candidates", "venue")
    refused(2, "'x' is one too many", "deals", CASE, "x", "--list")


@test
def every_name_that_is_not_there_gets_the_nearest_or_all_there_are():
    refused(3, "no source 'heralt'; did you mean 'herald'?", "search", CASE, "--source", "heralt", "x")
    refused(3, "no proposal 'draft-3'; did you mean 'draft-1'?", "text", CASE, "draft-3")
    refused(3, "no proposal 'draft-3'; did you mean 'draft-1'?", "counter", CASE, "--to", "draft-3")
    refused(3, "no proposal 'draft-3'; did you mean 'draft-1'?", "deals", CASE, "--package", "draft-3")
    refused(3, "no relay 'x2'; did you mean 'x1'?", "relay", CASE, "x2")
    refused(3, "no track 'hlat'; did you mean 'halt'?", "deals", CASE, "--track", "hlat")
    refused(3, "no issue 'prot'; did you mean 'port'?", "show", CASE, "--issue", "prot")
    refused(3, "no party 'nobody'; it has: karsa, delm, front, union", "counter", CASE, "--by", "nobody")
    refused(3, "a package is a proposal such as 'draft-1', or a formula", "deals", CASE, "--package", "peace")
    refused(3, "'karza' is no audience", "deals", CASE, "--for", "karza")
    assert run("deals", CASE, "--for", "karza").stderr.startswith(b"parley: error")


@test
def a_day_after_the_case_is_no_beginning():
    for verb in ("digest", "timeline"):
        refused(3, "lies after the day the case is known to, 20 Sep 2031", verb, CASE, "--since", "2031-09-21")
        assert run(verb, CASE, "--since", "2031-09-20").returncode == 0


@test
def an_option_of_another_verb_says_whose_it_is():
    refused(2, "'import' does not take '--out'; ", "import", CASE, "x.parley", "--out", "y")
    refused(2, " other verbs do", "import", CASE, "x.parley", "--out", "y")
    refused(2, "'status' does not take '--bridge'; 'bridges' does", "status", CASE, "--bridge", "1")


@test
def the_version_is_found_however_it_is_asked_for():
    assert run("--version").stdout.decode().startswith("parley ")
    for word in ("version", "-v", "-V"):
        refused(2, "did you mean '--version'?", word)


@test
def standard_input_has_one_name():
    said = run("check", "-", stdin=pathlib.Path(CASE).read_bytes()).stdout.decode()
    places = {line.split(":")[0] for line in said.splitlines() if not line.startswith(" ")}
    assert places == {"stdin"}, places


@test
def a_slip_in_a_line_gets_what_would_be_right():
    with tempfile.TemporaryDirectory() as folder:
        disk = str(pathlib.Path(folder, "strait.parley"))
        assert run("new", disk).returncode == 0 and run("import", CASE, disk).returncode == 0

        def log(line):
            result = run("log", disk, line, "--dry-run")
            assert result.returncode == 0, result.stderr
            return flat(result.stdout.decode())

        assert "'acept' is no act; did you mean 'accept'?" in log("delm 18sep31 acept port = joint @note2")
        assert "act:accept 'about:port = joint'" in log("delm 18sep31 acept port = joint @note2")
        assert "did you mean 'joint'?" in log("delm 18sep31 accept port = jonit @note2")
        assert "did you mean 'herald'?" in log("delm 18sep31 accept port = joint @herld")
        assert "did you mean 'on-record'?" in log("delm 18sep31 accept port = joint @note2/on-recrd")
        for day in ("31sep31", "tomorrow"):
            said = log(f"delm {day} accept port = joint @note2")
            assert f"date: {day} (it is no day" in said and "accept port = joint" in said, said
        # what only looks like it stays as it is
        assert "kept as words" not in log('delm 18sep31 say "tomorrow" @note2')
        assert "kept as words" not in log("delm 18sep31 sad about the tone @note2")


@test
def what_a_line_counts_as_is_said_when_its_class_is_missing():
    with tempfile.TemporaryDirectory() as folder:
        disk = str(pathlib.Path(folder, "strait.parley"))
        assert run("new", disk).returncode == 0 and run("import", CASE, disk).returncode == 0
        said = flat(run("log", disk, "delm 18sep31 accept port = joint @note2", "--dry-run").stdout.decode())
        assert "counts as reported only: no source class (their own words: @note2/on-record" in said, said
        for line in ("delm 18sep31 accept port = joint @note2/on-record", 'delm 18sep31 say "hello" @note2'):
            assert b"counts as" not in run("log", disk, line, "--dry-run").stdout
        gone = str(pathlib.Path(folder, "no.parley"))
        refused(3, "cannot open", "log", gone, "delm say x")


@test
def a_reason_may_be_given_as_why_or_because():
    with tempfile.TemporaryDirectory() as folder:
        for option in ("--why", "--because"):
            disk = str(pathlib.Path(folder, f"strait{option}.parley"))
            assert run("new", disk).returncode == 0 and run("import", CASE, disk).returncode == 0
            assert run("edit", disk, "c29", "--remove", option, "typed twice").returncode == 0
        refused(2, "'--because' goes with '--remove'", "edit", disk, "c28", "hedge:x", "--because", "y")


@test
def help_speaks_of_the_verb_that_was_asked_for():
    for verb in [v["verb"] for v in json.loads(run("help", "--json").stdout)["verbs"]]:
        text = run("help", verb).stdout.decode()
        options = text[text.find("\nOPTIONS"):text.find("\nAS EVERYWHERE")]
        for other in ("bridges:", "counter:", "flag:", "channels:", "convert:", "log:", "export:", "deals:"):
            assert other not in options, (verb, other)
        assert len(text.splitlines()) < 110, (verb, len(text.splitlines()))
    everywhere = run("help", "options").stdout.decode()
    assert "--for AUDIENCE" in everywhere and "taken out before anything is" in everywhere


@test
def a_status_that_preview_can_have_is_in_the_help():
    assert "with --preview: something stops the copy" in run("help", "status").stdout.decode()
    assert run("status", CASE, "--for", "karsa", "--preview").returncode == 1
    assert "--preview" not in run("help", "words").stdout.decode()


if __name__ == "__main__":
    sys.exit(run_tests())
