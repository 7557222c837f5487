"""The form of parley log, on a terminal of its own: keys, completion, correcting, what a Ctrl-C and a signal leave.

    test_form.py PARLEY CASES

Prints TAP.
"""
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import Skip, environment, run_tests, test  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMON = environment(COLUMNS="80", TERM="xterm")
UP, TAB, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\t", "\r", "\x03", "\x04"


def run(*words, at, status=0, text=None):
    done = subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at, text=True, input=text)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout


def on_disk(at):
    run("new", "c.parley", at=at)
    run("import", os.path.join(CASES, "halt-2025.yaml"), "c.parley", at=at)


def claims(at):
    return json.loads(run("export", "c.parley", "--json", at=at))["case"]["claims"]


class Form:
    """The program on a terminal; `shown` is all it wrote, without what moves the cursor."""

    def __init__(self, at, *words, term="xterm"):
        try:
            self.master, slave = pty.openpty()
        except OSError as problem:
            raise Skip(f"this machine gives no terminal: {problem}") from None
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.job = subprocess.Popen([PARLEY, "log", "c.parley", *words], cwd=at, env=COMMON | {"TERM": term},
                                    stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        self.raw = b""
        self.seen = 0

    @property
    def shown(self):
        return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", self.raw.decode("utf-8", "replace")).replace("\r", "\n")

    def read(self, until, seconds=60):
        """Until the text stands behind what was waited for before."""
        end = time.monotonic() + seconds
        while until not in self.shown[self.seen:]:
            left = end - time.monotonic()
            assert left > 0 and select.select([self.master], [], [], left)[0], (until, self.shown[-800:])
            try:
                got = os.read(self.master, 65536)
            except OSError:
                got = b""
            assert got, (until, self.shown[-800:])
            self.raw += got
        self.seen = self.shown.index(until, self.seen) + len(until)

    def type(self, keys, until=""):
        os.write(self.master, keys.encode())
        if until:
            self.read(until)

    def fields(self, *answers):
        """Each answer, and the prompt that comes after it."""
        for keys, until in answers:
            self.type(keys + ENTER, until)

    def end(self):
        status = self.job.wait(60)
        while select.select([self.master], [], [], 0.2)[0]:
            try:
                got = os.read(self.master, 65536)
            except OSError:
                break
            if not got:
                break
            self.raw += got
        after = termios.tcgetattr(self.slave)
        os.close(self.slave)
        os.close(self.master)
        assert after == self.before, "the terminal is not as it was"
        return status


@test
def an_entry_takes_few_keys_and_is_the_line_it_stands_for(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    keys = [("Putin", "when"), ("13mar25", "act"), ("dem", "about"), ("ar" + TAB + " = sto" + TAB, "source"),
            ("week" + TAB + "/on-record", "words"), ("foreign arms must stop", "save?"), ("", "who ")]
    form.fields(*keys)
    assert "Russia requires arms: All deliveries stop" in form.shown, form.shown
    assert "c24 saved" in form.shown
    assert sum(len(k) + 1 for k, _ in keys) < 80
    # the next one: same day and source with nothing but Enter
    form.fields(("zel", "when"), ("", "act"), ("rej", "about"), ("kursk = surrender", "source"), ("", "words"),
                ("", "save?"), ("", "who "))
    form.type(CTRL_D, "2 claims saved")
    assert form.end() == 0
    run("new", "d.parley", at=at)
    run("import", os.path.join(CASES, "halt-2025.yaml"), "d.parley", at=at)
    run("log", "d.parley", "--lines", "-", at=at, text="""\
ru:putin 13mar25 demand arms = stopped @weekly/on-record "foreign arms must stop"
ua:zelensky 13mar25 reject kursk = surrender @weekly/on-record
""")
    both = [run("export", name, at=at).split("# head")[0] for name in ("c.parley", "d.parley")]
    assert both[0] == both[1], both
    run("verify", "c.parley", at=at)


@test
def going_back_correcting_and_the_rarer_fields(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    form.fields(("ru", "when"), ("14mar25", "act"), ("accept-if", "about"), ("offer-30", "if"),
                ("arms = stopped; maps first", "list"))
    form.type(UP, "if ")  # back to the conditions
    form.type("; days" + ENTER, "list")
    form.fields(("open", "source"), ("weekly", "words"), ("yes, if", "save?"))
    form.type("hedge:perhaps" + ENTER, "save?")
    form.type("when" + ENTER, "date")
    form.type("\x15" + "12mar25" + ENTER, "save?")  # Ctrl-U empties the line
    form.type("more" + ENTER, "speaker-text")
    form.read("save?")
    form.type("to" + ENTER, "to ")
    form.type("us" + ENTER, "save?")
    form.type(ENTER, "who ")
    form.type(CTRL_D, "1 claim saved")
    assert form.end() == 0
    assert claims(at)["c24"] == {
        "by": "ru", "to": "us", "date": "2025-03-12", "act": "accept-if", "about": "offer-30",
        "if": ["arms = stopped", "maps first", "days"], "list": "open", "source": "weekly", "says": "yes, if",
        "hedge": "perhaps"}, claims(at)["c24"]


@test
def what_cannot_be_read_is_shown_before_it_is_saved(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    form.fields(("rux", "did you mean 'ru'?"))
    form.read("rux")  # asked again, with what was typed; keys before that are the terminal's
    form.type("\x7f" + ENTER, "when")  # one letter taken back
    form.fields(("", "act"), ("demand", "about"), ("arms = nothing", "source"), ("nowhere", "words"), ("", "save?"))
    assert "kept as words, not understood: about: arms = nothing" in " ".join(form.shown.split()), form.shown
    assert "mend it" not in form.shown
    form.type("about" + ENTER, "arms = nothing")
    form.type("\x17" + "stopped" + ENTER, "save?")  # Ctrl-W takes a word
    form.type(ENTER, "who ")
    form.type(CTRL_D, "1 claim saved")
    assert form.end() == 0
    claim = claims(at)["c24"]
    assert claim["about"] == "arms = stopped" and claim["as-typed"] == ["source: nowhere"], claim


@test
def ctrl_c_drops_the_entry_and_nothing_that_was_saved(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    form.fields(("ru", "when"), ("", "act"), ("say", "about"), ("", "source"), ("weekly", "words"), ("one", "save?"),
                ("", "who "))
    form.fields(("ua", "when"), ("", "act"))
    form.type(CTRL_C, "not saved:")
    form.read("who ")
    form.type(CTRL_C, "1 claim saved")
    assert form.end() == 0
    assert claims(at)["c24"]["says"] == "one" and "c25" not in claims(at)


@test
def a_signal_leaves_the_terminal_as_it_was_and_what_was_saved(at):
    for number in (signal.SIGTERM, signal.SIGINT):
        on_disk(at)
        form = Form(at)
        form.read("who ")
        form.fields(("ru", "when"), ("", "act"), ("say", "about"), ("", "source"), ("", "words"), ("one", "save?"),
                    ("", "who "), ("ua", "when"), ("", "act"))
        form.job.send_signal(number)
        assert form.end() == 130, number
        assert 'not saved: date:' in form.shown and 'by:"ua"' in form.shown, form.shown[-300:]
        assert claims(at)["c24"]["says"] == "one" and "c25" not in claims(at)
        os.remove(os.path.join(at, "c.parley"))


@test
def a_paste_of_lines_is_one_field(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    form.fields(("ru", "when"), ("", "act"), ("say", "about"), ("", "source"), ("", "words"))
    form.type("\x1b[200~first line\r\nsecond\tline \u00e9\u4e2d\x1b[201~")
    form.type(ENTER, "save?")
    form.type(ENTER, "who ")
    form.type(CTRL_D, "saved")
    assert form.end() == 0
    assert claims(at)["c24"]["says"].split() == ["first", "line", "second", "line", "\u00e9\u4e2d"]


@test
def bytes_that_are_no_text_do_no_harm(at):
    on_disk(at)
    form = Form(at)
    form.read("who ")
    os.write(form.master, b"\xff\xfe\xc3\x1b[99;99~\x1bOP\x00ru\xe9\r")
    form.read("when")
    form.fields(("", "act"), ("say", "about"), ("", "source"), ("", "words"))
    os.write(form.master, b"\x1b[D\x1b[C\x1b[H\x1b[F\x08\x7f\x7f" + b"x" * 9000 + b"\r")
    form.read("save?")
    form.type("drop" + ENTER, "dropped")
    form.read("who ")
    form.type(CTRL_D, "0 claims saved")
    assert form.end() == 0
    run("verify", "c.parley", at=at)


@test
def a_terminal_without_keys_is_asked_in_plain_lines(at):
    for term in ("dumb", ""):
        on_disk(at)
        form = Form(at, term=term)
        form.read("who ")
        form.type("?\n", "ru:putin")
        form.read("who ")
        form.type("3\n", "when")
        form.type("<\n", "who ")
        form.type("ua\n", "when")
        for keys, until in (("", "act"), ("say", "about"), ("", "source"), ("weekly", "words"), ("plain", "save?"),
                            ("", "who ")):
            form.type(keys + "\n", until)
        form.type("\n", "1 claim saved")
        assert form.end() == 0
        assert claims(at)["c24"]["says"] == "plain" and claims(at)["c24"]["by"] == "ua"
        os.remove(os.path.join(at, "c.parley"))


@test
def two_forms_at_once_take_different_ids(at):
    on_disk(at)
    a, b = Form(at), Form(at)
    for form, words in ((a, "one"), (b, "two")):
        form.read("who ")
        form.fields(("ru", "when"), ("", "act"), ("say", "about"), ("", "source"), ("", "words"), (words, "save?"))
    for form in (a, b):
        form.type(ENTER, "who ")
        form.type(CTRL_D, "1 claim saved")
        assert form.end() == 0
    assert [claims(at)[key]["says"] for key in ("c24", "c25")] == ["one", "two"]


@test
def without_a_terminal_it_says_what_to_do(at):
    on_disk(at)
    done = subprocess.run([PARLEY, "log", "c.parley"], capture_output=True, env=COMMON, cwd=at, text=True,
                          stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 2 and "say who, when, what act" in done.stderr, done


@test
def a_dry_run_writes_nothing(at):
    on_disk(at)
    form = Form(at, "--dry-run")
    form.read("who ")
    form.fields(("ru", "when"), ("", "act"), ("say", "about"), ("", "source"), ("", "words"), ("one", "save?"),
                ("", "would be saved"))
    form.read("who ")
    form.type(CTRL_D, "saved")
    assert form.end() == 0 and "c24" not in claims(at)


if __name__ == "__main__":
    sys.exit(run_tests(in_folder=True))
