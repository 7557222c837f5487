"""The program with a case on disk: every command answers as it does for the file, and the journal is what
another program finds it to be.

    test_store_program.py PARLEY CASES

Prints TAP.
"""
import glob
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import journal_oracle  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMON = environment(COLUMNS="80")


def run(*words, at=None, stdin=None):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at, input=stdin)


def text(*words, status=0, at=None):
    done = run(*words, at=at)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout.decode()


def folder():
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=base)


def on_disk(case, at, name="case.parley"):
    text("new", name, at=at)
    text("import", case, name, at=at)
    return os.path.join(at, name)


def cases():
    return sorted(glob.glob(os.path.join(CASES, "*.yaml")))


def commands(with_options):
    """Everything that can be asked of a case alone."""
    table = json.loads(text("help", "--json"))["verbs"]
    takes = {v["verb"]: {o["option"] for o in v["options"]} for v in table}
    names = [v["verb"] for v in table if v["operands"] in ("CASE", "CASE...") and v["verb"] not in ("export", "exports")]
    assert {"status", "deals", "blocks", "show", "check"} <= set(names), names
    more = {"deals": [["--list"], ["--rung", "reported"]], "blocks": [["--all"]], "check": [["--strict"]]}
    for verb in names:
        options = [[]] + more.get(verb, [])
        for words in (["--for", "public"], ["--for", "nobody"], ["--as-of", "2025-03-12"], ["--at", "2025-03-12"]):
            options += [words] if words[0][2:] in takes[verb] else []
        for words in options if with_options else [[]]:
            yield [verb, "CASE", *words]
            yield [verb, "CASE", *words, "--json"]
    yield ["CASE"]


def questions(case):
    """What can be asked of this case with words behind it."""
    whole = json.loads(text("export", case, "--json"))["case"]
    first = {key: next(iter(whole[key])) for key in whole if isinstance(whole[key], dict) and whole[key]}
    pair = [first.get("parties", "nobody"), first.get("issues", "nothing")]
    yield ["text", "CASE", *([first["proposals"]] if "proposals" in first else [])]
    yield ["relay", "CASE", *([first["relays"]] if "relays" in first else [])]
    yield ["brief", "CASE", pair[0]]
    yield ["search", "CASE", "the", "a*"]
    yield ["search", "CASE", "demands", "--party", pair[0]]
    for what in (*(first[key] for key in ("claims", "readings", "proposals", "concerns") if key in first), *pair,
                 " ".join(pair), "reported", "blocks 1", "no such thing"):
        yield ["why", "CASE", what]
    for words in (["--party", pair[0]], ["--issue", pair[1]], ["--party", pair[0], "--issue", pair[1], "--limit", "2"],
                  ["--positions"]):
        yield ["timeline", "CASE", *words]
    yield ["show", "CASE", "--changes", "--party", pair[0]]
    yield ["deals", "CASE", "--package", " and ".join(pair)]


@test
def every_question_is_answered_alike_for_the_file_and_the_case_on_disk():
    for case in cases():
        with folder() as at:
            on_disk(case, at)
            with open(os.path.join(at, "case.yaml"), "w", encoding="utf-8") as file:
                file.write(text("export", case))
            for words in questions(case):
                for form in ([], ["--json"]):
                    one = run(*[w.replace("CASE", "case.yaml") for w in words], *form, at=at)
                    other = run(*[w.replace("CASE", "case.parley") for w in words], *form, at=at)
                    for a, b in ((one.stdout, other.stdout), (one.stderr, other.stderr)):
                        assert a == b.replace(b"case.parley", b"case.yaml"), (case, words, a, b)
                    assert one.returncode == other.returncode and one.returncode in (0, 1, 3), (case, words, one)


@test
def every_command_answers_alike_for_the_file_and_the_case_on_disk():
    asked = 0
    for case in cases():
        with folder() as at:
            on_disk(case, at)
            text("export", "case.parley", "--out", "with-head.yaml", at=at)
            with open(os.path.join(at, "with-head.yaml"), encoding="utf-8") as file:
                lines = file.readlines()
            assert lines[-2].startswith("# head ") and lines[-1].startswith("# "), lines[-2:]
            with open(os.path.join(at, "case.yaml"), "w", encoding="utf-8") as file:
                file.writelines(lines[:-2])
            for words in commands(os.path.basename(case).startswith("halt")):
                one = run(*[w.replace("CASE", "case.yaml") for w in words], at=at)
                other = run(*[w.replace("CASE", "case.parley") for w in words], at=at)
                for a, b in ((one.stdout, other.stdout), (one.stderr, other.stderr)):
                    assert a == b.replace(b"case.parley", b"case.yaml"), (case, words, a, b)
                assert one.returncode == other.returncode, (case, words)
                asked += 1
    assert asked > 100, asked


@test
def a_case_goes_to_disk_and_comes_back_in_canonical_form():
    for case in cases():
        with folder() as at:
            on_disk(case, at)
            back = text("export", "case.parley", at=at)
            plain = text("export", case)
            assert back.startswith(plain) and back[len(plain):].startswith("# head "), case
            assert json.loads(text("export", "case.parley", "--json", at=at))["case"] == \
                json.loads(text("export", case, "--json"))["case"]
            assert os.listdir(at) == ["case.parley"]


@test
def another_program_finds_the_same_journal():
    for case in cases():
        with folder() as at:
            path = on_disk(case, at)
            said = json.loads(text("verify", path, "--json"))
            head, entries, holds, destroyed = journal_oracle.verify(path)
            assert (said["head"], said["entries"], said["records"], said["destroyed"]) == \
                (head, entries, len(holds), destroyed)
            exported = text("export", path)
            assert f"\n# head {head}\n" in exported
            for words in holds.values():
                assert words.split(b"\n", 1)[1] in exported.encode() or words in exported.encode()


@test
def both_find_what_was_changed():
    for change in ("UPDATE entry SET recorded = recorded + 1 WHERE seq = 9",
                   "UPDATE payload SET bytes = x'61' WHERE seq = 9",
                   "DELETE FROM entry WHERE seq = 9", "DELETE FROM payload WHERE seq = 9"):
        with folder() as at:
            path = on_disk(os.path.join(CASES, "halt-2025.yaml"), at)
            db = sqlite3.connect(path)
            db.execute(change)
            db.commit()
            db.close()
            assert "9" in text("verify", path, status=1)
            try:
                journal_oracle.verify(path)
            except journal_oracle.Wrong:
                continue
            raise AssertionError(change)


@test
def new_says_what_the_file_is_not():
    with folder() as at:
        page = text("new", "a.parley", "--title", "A \"quoted\" title", at=at)
        assert "not encrypted" in page, page
        assert stat.S_IMODE(os.stat(os.path.join(at, "a.parley")).st_mode) == 0o600
        assert json.loads(text("new", "b.parley", "--json", at=at))["encrypted"] is False
        assert json.loads(text("export", "a.parley", "--json", at=at))["case"]["title"] == 'A "quoted" title'
        again = run("new", "a.parley", at=at)
        assert again.returncode == 3 and again.stdout == b"" and b"already" in again.stderr


@test
def what_makes_no_case_is_not_imported():
    with folder() as at:
        path = on_disk(os.path.join(CASES, "halt-2025.yaml"), at)
        before = json.loads(text("verify", path, "--json"))["head"]
        for bad in (b"parley: 1\nclaims: {x: {by: nobody, act: say}}\n", b"parley: [\n", b"parley: 1\ntitle: \"\xff\"\n",
                    b"parley: 1\nrules: {arms: {formula: \"nothing = here\"}}\n", b""):
            done = run("import", "-", path, stdin=bad)
            assert done.returncode == 3 and done.stdout == b"" and done.stderr != b"", bad
        # right alone, wrong together: the issue loses the options that claims speak of
        done = run("import", "-", path, stdin=b"parley: 1\nissues: {arms: {ask: \"Foreign arms meanwhile\"}}\n")
        assert done.returncode == 3 and b"nothing was imported" in done.stderr, done
        after = json.loads(text("verify", path, "--json"))
        assert after["right"] and after["head"] == before


@test
def a_second_import_corrects_and_the_first_head_still_proves_the_past():
    with folder() as at:
        path = on_disk(os.path.join(CASES, "halt-2025.yaml"), at)
        noted = json.loads(text("verify", path, "--json"))["head"]
        yaml = text("export", path).replace("Thirty-day halt", "A halt of thirty days")
        done = run("import", "-", path, "--json", stdin=yaml.encode())
        said = json.loads(done.stdout)
        assert (said["added"], said["corrected"], said["removed"]) == (0, 1, 0), said
        assert said["head"] != noted
        found = json.loads(text("verify", path, "--head", noted, "--json"))
        assert found["right"] and found["noted_head_is_entry"] == found["entries"] - 2
        assert "came after it" in text("verify", path, "--head", noted)
        wrong = ("0" if noted[0] != "0" else "1") + noted[1:]
        assert "cut off" in text("verify", path, "--head", wrong, status=1)
        assert run("verify", path, "--head", "abc").returncode == 2


@test
def recorded_as_of_looks_at_the_journal():
    with folder() as at:
        path = on_disk(os.path.join(CASES, "halt-2025.yaml"), at)
        assert text("show", path, "--recorded-as-of", "9999-12-31") == text("show", path)
        for verb in ("status", "deals", "show", "check", "export"):
            early = run(verb, path, "--recorded-as-of", "2000-01-01")
            assert early.returncode == 3 and b"nothing was recorded by then" in early.stderr, (verb, early)
        plain = run("deals", os.path.join(CASES, "halt-2025.yaml"), "--recorded-as-of", "2025-03-01")
        assert plain.returncode == 3 and b"no journal" in plain.stderr


@test
def an_export_for_an_audience_carries_no_head():
    with folder() as at:
        path = on_disk(os.path.join(CASES, "halt-2025.yaml"), at)
        assert "# head" not in text("export", path, "--for", "public")
        assert "head" not in json.loads(text("export", path, "--for", "public", "--json"))
        out = os.path.join(at, "out.yaml")
        assert text("export", path, "--out", out) == ""
        assert stat.S_IMODE(os.stat(out).st_mode) == 0o600
        with open(out, "rb") as file:
            whole = file.read()
        assert text("export", "-o", out, path) == ""
        with open(out, "rb") as file:
            assert file.read() == whole
        assert run("export", path, "--out", path).returncode == 2
        assert run("export", path, "--out", os.path.join(at, "no", "out.yaml")).returncode == 4
        assert sorted(os.listdir(at)) == ["case.parley", "out.yaml"]


@test
def files_that_are_no_case_on_disk_are_refused_in_one_line():
    with folder() as at:
        bad = os.path.join(at, "bad.parley")
        for data in (b"", b"parley: 1\n", b"SQLite format 3\0" + bytes(200), os.urandom(5000)):
            with open(bad, "wb") as file:
                file.write(data)
            for words in (["status", bad], ["verify", bad], ["check", bad],
                          ["import", os.path.join(CASES, "halt-2025.yaml"), bad]):
                done = run(*words)
                assert done.returncode == 3, (words, done)
                assert done.stderr.count(b"\n") == 1 and done.stderr.startswith(b"parley: "), done.stderr
        assert run("import", "one").returncode == 2
        assert run("verify", os.path.join(CASES, "halt-2025.yaml")).returncode == 3
        copy = os.path.join(at, "copy.yaml")  # told by what it holds, not by its name
        shutil.copy(on_disk(os.path.join(CASES, "halt-2025.yaml"), at), copy)
        assert text("show", copy) == text("show", os.path.join(CASES, "halt-2025.yaml"))


if __name__ == "__main__":
    sys.exit(run_tests())
