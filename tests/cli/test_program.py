"""The program as one runs it: exit statuses, help, manual pages, words, and output that cannot be written.

    test_program.py PARLEY VERB...

The verbs are those for which manual pages are built. Prints TAP.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import Skip, environment, run_tests, test  # noqa: E402

PARLEY = sys.argv[1]
MAN_VERBS = sys.argv[2:]
COMMON = environment()


def run(*words, env=None, **more):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=60,
                          env={**COMMON, **(env or {})}, **more)


def text(*words, status=0, env=None):
    result = run(*words, env=env)
    assert result.returncode == status, (words, result.returncode, result.stderr)
    return result.stdout.decode()


def table():
    return json.loads(text("help", "--json"))["verbs"]


@test
def without_a_case_it_says_how_it_is_called():
    result = run()
    assert result.returncode == 2 and result.stdout == b""
    assert b"usage: parley CASE" in result.stderr


@test
def a_wrong_command_line_is_status_2_and_says_nothing_on_stdout():
    for words in (["statsu"], ["deals"], ["words", "--jsn"], ["words", "bases"], ["help", "dealz"],
                  ["words", "--color", "red"], ["words", "act", "--limits"], ["--version=2"]):
        result = run(*words)
        assert result.returncode == 2 and result.stdout == b"", words
        assert result.stderr.startswith(b"parley: "), words


@test
def a_near_miss_gets_a_proposal():
    assert b"did you mean 'status'?" in run("statsu", "x.yaml").stderr
    assert b"did you mean '--json'?" in run("words", "--jsn").stderr
    assert b"did you mean 'basis'?" in run("words", "bases").stderr
    assert b"did you mean 'deals'?" in run("help", "dealz").stderr


@test
def help_lists_every_verb():
    page = text("help")
    assert page == text("--help") == text("-h")
    for verb in table():
        assert "\n  %s " % verb["verb"] in page and verb["answers"] in page, verb["verb"]


@test
def help_for_a_verb_mentions_each_of_its_options_and_no_other():
    for verb in table():
        page = text("help", verb["verb"])
        assert page == text(verb["verb"], "--help")
        named = set(re.findall(r"^  --([a-z-]+)", page, re.M))
        assert named == {option["option"] for option in verb["options"]}, verb["verb"]
        assert "EXIT STATUS" in page and "EXAMPLES" in page


@test
def help_fits_every_width():
    for width in (20, 40, 80, 100, 200):
        for verb in [None] + [verb["verb"] for verb in table()]:
            page = text("help", *([verb] if verb else []), env={"COLUMNS": str(width)})
            widest = max(len(line) for line in page.splitlines())
            assert widest <= max(width, 20), (verb, width, widest)
            assert not re.search(r" $", page, re.M)


@test
def the_version_is_printed():
    assert re.fullmatch(r"parley \d+\.\d+\.\d+\n", text("--version"))


@test
def manual_pages_are_built_for_every_verb():
    assert sorted(MAN_VERBS) == sorted(verb["verb"] for verb in table())


@test
def manual_pages_name_every_option():
    for verb in table():
        page = text("help", "--man", verb["verb"]).replace("\\-", "-")
        assert page.startswith('.TH PARLEY-%s 1 ""' % verb["verb"].upper())
        assert page.isascii()
        for option in verb["options"]:
            assert "--" + option["option"] in page, option
    assert "parley-deals" in text("help", "--man").replace("\\-", "-")


@test
def manual_pages_are_sound_roff():
    checker = None
    if shutil.which("groff"):
        checker = ["groff", "-man", "-Tutf8", "-ww", "-z"]
    elif shutil.which("mandoc"):
        checker = ["mandoc", "-Tlint", "-Wwarning"]
    if checker is None:
        raise Skip("neither groff nor mandoc is here")
    for verb in [None] + [verb["verb"] for verb in table()]:
        page = text("help", "--man", *([verb] if verb else []))
        result = subprocess.run(checker, input=page.encode(), capture_output=True, timeout=60)
        assert result.returncode == 0 and result.stdout + result.stderr == b"", (
            verb, result.stdout, result.stderr)


@test
def words_are_printed_for_people_and_for_programs():
    lists = json.loads(text("words", "--json"))["lists"]
    page = text("words")
    assert len(lists) >= 11
    for one in lists:
        assert "%s: %s" % (one["list"], one["about"]) in page
        for word in one["words"]:
            assert word["means"]
            assert word["word"] is None or "  %s " % word["word"] in page, word
    acts = json.loads(text("words", "act", "--json"))["lists"]
    assert [one["list"] for one in acts] == ["act"]
    assert "accept-if" in [word["word"] for word in acts[0]["words"]]
    assert text("words", "source-class") == text("words", "source class")


@test
def limits_are_printed_for_people_and_for_programs():
    limits = json.loads(text("words", "--limits", "--json"))["limits"]
    page = text("words", "--limits")
    assert len(limits) >= 15
    for limit in limits:
        assert re.search(r"^%s +%s +" % (limit["name"], format(limit["value"], ",")), page, re.M)
        assert limit["unit"] and limit["bounds"]


@test
def colour_is_only_where_it_was_asked_for():
    assert "\x1b" not in text("words")
    assert "\x1b[1m" in text("words", "--color", "always")
    assert "\x1b" not in text("words", "--color=never")
    assert re.sub(r"\x1b\[[0-9;]*m", "", text("words", "--color", "always")) == text("words")


@test
def messages_cannot_steer_a_terminal():
    result = run("words", "x\x1b[31my\u202ez")
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr and "\u202e".encode() not in result.stderr
    assert b"x\\e[31my" in result.stderr
    assert b"\x1b" not in run("\x1b[31m").stderr
    assert b"\x1b" not in run(b"\xff\x1b[31m\xfe").stderr


@test
def a_file_that_is_not_there_is_status_3():
    result = run("status", "no/such/case.yaml")
    assert result.returncode == 3, result
    assert b"no/such/case.yaml" in result.stderr and result.stdout == b""


@test
def a_full_disk_is_status_4_with_a_message():
    if not os.path.exists("/dev/full"):
        raise Skip("there is no /dev/full")
    for words in (["words"], ["help"], ["words", "--json"], ["--version"]):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PARLEY, *words], stdout=full, stderr=subprocess.PIPE,
                                    timeout=60, env=COMMON)
        assert result.returncode == 4, words
        assert b"cannot write the output: No space left on device" in result.stderr


@test
def a_closed_pipe_is_status_4_and_quiet():
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run([PARLEY, "words"], stdout=write, stderr=subprocess.PIPE, timeout=60,
                            env=COMMON)
    os.close(write)
    assert result.returncode == 4 and result.stderr == b"", result


@test
def a_closed_stdout_is_status_4():
    result = subprocess.run(["/bin/sh", "-c", 'exec "$0" words >&-', PARLEY], capture_output=True,
                            timeout=60, env=COMMON)
    assert result.returncode == 4 and b"cannot write the output" in result.stderr, result


@test
def output_is_the_same_every_time():
    for words in (["words"], ["help", "deals"], ["help", "--man"], ["words", "--json"]):
        assert text(*words) == text(*words)


def waits_for_an_interrupt(pid):
    """Is the process asleep, with a handler of its own for SIGINT?"""
    with open("/proc/%d/status" % pid, encoding="ascii", errors="replace") as file:
        fields = dict(line.split(":", 1) for line in file if ":" in line)
    caught = int(fields["SigCgt"].strip(), 16) >> (signal.SIGINT - 1) & 1
    return caught == 1 and fields["State"].strip().startswith("S")


@test
def an_interrupt_ends_the_waiting_for_a_case():
    if not os.path.exists("/proc/self/status"):
        raise Skip("there is no /proc")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.yaml")
        os.mkfifo(path)
        process = subprocess.Popen([PARLEY, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=COMMON)
        try:
            # it sleeps until somebody writes; before that an interrupt would simply kill it
            deadline = time.monotonic() + 30
            while not waits_for_an_interrupt(process.pid) and time.monotonic() < deadline:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
            process.wait()
    assert process.returncode == 130 and out == b"", (process.returncode, out, err)


def completions(script, *words):
    """What bash would offer for the last of these words."""
    program = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); '
               '_parley; printf "%s\\n" "${COMPREPLY[@]}"')
    result = subprocess.run(["bash", "-c", program, "bash", script, *words], capture_output=True,
                            timeout=60, env=COMMON, text=True, cwd=os.path.dirname(script))
    assert result.returncode == 0, result
    return set(result.stdout.split("\n")) - {""}


@test
def bash_completes_verbs_options_words_and_case_files():
    if not shutil.which("bash"):
        raise Skip("bash is not here")
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "completion")
        with open(script, "w", encoding="utf-8") as file:
            file.write(text("help", "--completion", "bash"))
        for name in ("halt.yaml", "other.json", "notes.txt", ".hidden.yaml", "with blank.yaml"):
            open(os.path.join(folder, name), "w", encoding="utf-8").close()
        os.mkdir(os.path.join(folder, "cases"))
        verbs = {verb["verb"] for verb in table()}
        files = {"halt.yaml", "other.json", "with blank.yaml", "cases"}

        def offers(*words):
            return completions(script, "parley", *words)

        assert offers("") == verbs | files
        assert offers("de") == {"deals", "destroy"}
        assert offers("ha") == {"halt.yaml"}
        assert offers("deals", "") == files
        for verb in table():
            options = {"--" + option["option"] for option in verb["options"]}
            assert offers(verb["verb"], "--") == options
        assert offers("deals", "x.yaml", "--rea") == {"--readings-of"}
        assert offers("deals", "--rung", "red") == {"red-tested", "red-stated"}
        assert offers("deals", "--rung", "=", "red") == {"red-tested", "red-stated"}
        assert offers("words", "--color", "=") == {"auto", "always", "never"}
        assert offers("--color", "always", "de") == {"deals", "destroy"}
        assert offers("--color", "=", "always", "de") == {"deals", "destroy"}
        assert offers("deals", "--for", "") == set()
        assert offers("words", "so") == {"source-class", "source-kind"}
        assert offers("help", "d") == {"deals", "destroy", "digest"}
        assert offers("--v") == {"--version"}


@test
def bash_completes_the_ids_of_the_case_on_the_line():
    if not shutil.which("bash"):
        raise Skip("bash is not here")
    program = ('source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; shift 2; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
               'COMPREPLY=(); _parley; printf "%s\\n" "${COMPREPLY[@]}"')
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "completion")
        with open(script, "w", encoding="utf-8") as file:
            file.write(text("help", "--completion", "bash"))
        with open(os.path.join(folder, "c.yaml"), "w", encoding="utf-8") as file:
            file.write("parley: 1\nsources: {weekly: {kind: outlet}}\nparties: {ru: {roles: [principal]}, "
                       "ua: {roles: [principal]}}\npeople: {putin: {of: ru}}\nissues: {arms: {options: {go: G, "
                       "stop: S}}, after: {ask: A}}\nproposals: {offer: {tabled-by: ru, text: \"arms = go\"}}\n"
                       "claims: {c1: {by: ru, act: say, says: x}, c2: {by: ua, act: say, says: y}}\n")
        with open(os.path.join(folder, "bad.yaml"), "w", encoding="utf-8") as file:
            file.write("parley: 1\nclaims: {c1: [\n")

        def offers(line, *words):
            """words: what bash makes of the line behind the program's name."""
            words = words or line.split(" ")[1:]
            done = subprocess.run(["bash", "-c", program, "bash", script, line,
                                   os.path.abspath(PARLEY), *words], capture_output=True,
                                  timeout=60, env=COMMON, text=True, cwd=folder)
            assert done.returncode == 0 and done.stderr == "", (line, done)
            return set(done.stdout.split("\n")) - {""}

        assert offers("parley why c.yaml c") == {"c1", "c2"}
        assert offers("parley edit c.yaml c") == {"c1", "c2"}
        assert offers("parley edit c.yaml c1 hed") == {"hedge:"}
        assert offers("parley edit c.yaml c1 act:dem", "edit", "c.yaml", "c1", "act", ":", "dem") == {"demand"}
        assert offers("parley brief c.yaml ") == {"ru", "ua"}
        assert offers("parley show c.yaml --issue a") == {"arms", "after"}
        assert offers("parley show c.yaml --party=u", "show", "c.yaml", "--party", "=", "u") == {"ua"}
        assert offers("parley status c.yaml --for p") == {"principals", "public"}
        assert offers("parley counter c.yaml --to o") == {"offer"}
        assert offers("parley deals c.yaml --without c1,c") == {"c1,c1", "c1,c2"}
        assert offers("parley log c.yaml r") == {"ru", "ru:putin"}
        assert offers("parley log c.yaml ru:p", "log", "c.yaml", "ru", ":", "p") == {"putin"}
        assert offers("parley log c.yaml ru > ", "log", "c.yaml", "ru", ">", "") >= {"ua", "press"}
        assert offers("parley log c.yaml ru 13mar dem") == {"demand"}
        assert offers("parley log c.yaml ru 13mar demand ar") == {"arms"}
        assert offers("parley log c.yaml ru 13mar demand arms = s", "log", "c.yaml", "ru", "13mar", "demand", "arms",
                      "=", "s") == {"stop"}
        assert offers("parley log c.yaml ru say @w", "log", "c.yaml", "ru", "say", "@", "w") == {"weekly"}
        assert offers("parley log c.yaml ru say @weekly/on-record-", "log", "c.yaml", "ru", "say", "@",
                      "weekly/on-record-") == {"weekly/on-record-institution"}
        assert offers("parley log c.yaml 'ru 13mar dem", "log", "c.yaml", "'ru 13mar dem") == {"ru 13mar demand"}
        for case in ("bad.yaml", "none.yaml", "."):
            assert offers("parley why %s c" % case) <= {"c.yaml", "cases", "completion"}, case
        assert text("--complete", "parley log") == text("--complete", "") == ""


def case_to_complete(folder, shell):
    """A folder with a small case, and the completion script of a shell."""
    with open(os.path.join(folder, "script"), "w", encoding="utf-8") as file:
        file.write(text("help", "--completion", shell))
    with open(os.path.join(folder, "c.yaml"), "w", encoding="utf-8") as file:
        file.write("parley: 1\nsources: {weekly: {kind: outlet}}\nparties: {ru: {roles: [principal]}, "
                   "ua: {roles: [principal]}}\npeople: {putin: {of: ru}}\nissues: {arms: {options: {go: G, "
                   "stop: S}}}\nclaims: {c1: {by: ru, act: say, says: x}, c2: {by: ua, act: say, says: y}}\n")


@test
def fish_completes_the_ids_of_the_case_on_the_line():
    if not shutil.which("fish"):
        raise Skip("fish is not here")
    with tempfile.TemporaryDirectory() as folder:
        case_to_complete(folder, "fish")
        env = dict(COMMON, HOME=folder, PATH=os.path.dirname(os.path.abspath(PARLEY)) + ":" + os.environ["PATH"])

        def offers(line):
            done = subprocess.run(["fish", "-N", "-c", "source script; complete -C $argv[1]", line],
                                  capture_output=True, timeout=60, env=env, text=True, cwd=folder)
            assert done.returncode == 0 and done.stderr == "", (line, done)
            return {word.split("\t")[0] for word in done.stdout.splitlines()}

        assert offers("parley why c.yaml c") == {"c1", "c2"}
        assert offers("parley brief c.yaml ") == {"ru", "ua"}
        assert offers("parley show c.yaml --party u") == {"ua"}
        assert offers("parley show c.yaml --party=u") == {"--party=ua"}
        assert offers("parley log c.yaml ru:p") == {"ru:putin"}
        assert offers("parley log c.yaml ru 13mar demand arms = s") == {"stop"}
        assert offers("parley status c") == {"c.yaml"}
        assert offers("parley dest") == {"destroy"}


@test
def zsh_completes_the_ids_of_the_case_on_the_line():
    """Without a terminal: what zsh gives the function is set by hand, and what it adds is printed."""
    if not shutil.which("zsh"):
        raise Skip("zsh is not here")
    program = ("compdef() { : }\n_call_program() { shift; eval \"$@\" }\n"
               "compadd() { print -l -- ${(P)@[-1]} }\nsource ./script\nprogram=$1; shift\n"
               "IPREFIX=$1; PREFIX=$2; QIPREFIX=$3; shift 3\n"
               "words=($program \"$@\"); CURRENT=$#words; _parley_ids || true\n")
    with tempfile.TemporaryDirectory() as folder:
        case_to_complete(folder, "zsh")

        def offers(*words, before="", quote=""):
            typed = words[-1][len(before + quote):]
            done = subprocess.run(["zsh", "-f", "-c", program, "zsh", os.path.abspath(PARLEY), before, typed, quote,
                                   *words], capture_output=True, timeout=60, env=COMMON, text=True, cwd=folder)
            assert done.returncode == 0 and done.stderr == "", (words, done)
            return set(done.stdout.split("\n")) - {""}

        assert offers("why", "c.yaml", "c") == {"c1", "c2"}
        assert offers("brief", "c.yaml", "") == {"ru", "ua"}
        assert offers("show", "c.yaml", "--party=u", before="--party=") == {"ua"}
        assert offers("show", "c.yaml", "--party", "u") == {"ua"}
        assert offers("edit", "c.yaml", "c1", "hed") == {"hedge:"}
        assert offers("log", "c.yaml", "'ru 13mar dem", quote="'") == {"ru 13mar demand"}
        assert offers("why", "none.yaml", "c") == set()


@test
def completion_scripts_can_be_read_by_their_shells():
    seen = 0
    for shell in ("bash", "zsh", "fish"):
        script = text("help", "--completion", shell)
        assert "parley" in script and "deals" in script and "--readings-of" in script or (
            shell == "fish" and "-l readings-of" in script)
        if shutil.which(shell):
            result = subprocess.run([shell, "-n"], input=script.encode(), capture_output=True,
                                    timeout=60)
            assert result.returncode == 0 and result.stderr == b"", (shell, result.stderr)
            seen += 1
    if seen == 0:
        raise Skip("no shell is here to read them")


if __name__ == "__main__":
    sys.exit(run_tests())
