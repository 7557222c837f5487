"""Claims coming into a case on disk, through the program: JSON lines are answered once they are durable, tables
carried over and back change nothing, and what could not be read is told until it is mended.

    test_intake_program.py PARLEY CASES

Prints TAP.
"""
import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMON = environment(COLUMNS="80")
SHIPPED = sorted(name for name in os.listdir(CASES) if name.endswith(".yaml"))


def run(*words, at, status=0, text=None):
    done = subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at, input=text)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done


def out(*words, **more):
    return run(*words, **more).stdout.decode()


def on_disk(at, case="halt-2025.yaml", name="c.parley"):
    run("new", name, at=at)
    run("import", os.path.join(CASES, case), name, at=at)


def claims(at):
    return json.loads(out("export", "c.parley", "--json", at=at))["case"]["claims"]


def entries(at):
    return json.loads(out("export", "c.parley", "--json", at=at))["entries"]


def stream(at, lines, *more, status=0):
    data = b"".join((json.dumps(line).encode() if isinstance(line, dict) else line) + b"\n" for line in lines)
    return [json.loads(line) for line in out("log", "c.parley", "--json-lines", "-", *more, at=at, text=data,
                                             status=status).splitlines()]


@test
def each_line_is_answered_in_order(at):
    on_disk(at)
    count = entries(at)
    answers = stream(at, [
        {"by": "ru:putin", "date": "2025-03-15", "act": "demand", "about": "arms = stopped", "source": "weekly"},
        {"by": "rux", "act": "say"},
        {"line": "ua 15mar25 reject kursk = surrender @weekly \"never\""},
        b"", b"   ",
        b'{"by":"ru","act":"say","says":"caf\xe9"}',
        b"{" * 50,
        {"id": "c3", "hedge": "perhaps"},
        {"id": "c3", "hedge": "perhaps"},
        {"id": "c24", "says": "corrected at once"},
        {"by": "ru", "act": "deny", "about": "c24", "repeats": ["c24", "c99"]},
        b'{"by":"ru","act":"say","says":"' + b"x" * (1 << 20) + b'"}',
        b'{"by":"ua","act":"say","says":"the last"}',
    ], status=3)
    assert [a["line"] for a in answers] == [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13], answers
    assert [a["status"] for a in answers] == ["new", "refused", "new", "refused", "refused", "corrected", "unchanged",
                                              "corrected", "new", "refused", "new"], answers
    assert answers[1]["error"]["column"] == 8 and "'ru'" in answers[1]["error"]["hint"], answers[1]
    assert answers[3]["error"]["kind"] == "syntax" and answers[9]["error"]["kind"] == "limit"
    assert answers[8]["kept_as_words"][0]["typed"] == "repeats: c99"
    after = claims(at)
    assert after["c24"]["says"] == "corrected at once" and after["c24"]["about"] == "arms = stopped"
    assert after["c25"]["says"] == "never" and after["c3"]["hedge"] == "perhaps" and after["c27"]["says"] == "the last"
    assert entries(at) == count + 6, entries(at) - count
    run("verify", "c.parley", at=at)


@test
def strict_is_all_or_nothing(at):
    on_disk(at)
    count = entries(at)
    good = {"by": "ru", "act": "say", "says": "x"}
    answers = stream(at, [good, {"by": "rux", "act": "say"}, good], "--strict", status=3)
    assert [a["status"] for a in answers] == ["not written", "refused", "not written"], answers
    assert entries(at) == count
    assert [a["status"] for a in stream(at, [good] * 2500, "--strict")] == ["new"] * 2500
    assert entries(at) == count + 2500
    assert [a["status"] for a in stream(at, [good], "--dry-run")] == ["new"]
    assert entries(at) == count + 2500
    run("log", "c.parley", "ru", "say", "x", "--strict", at=at, status=2)
    run("log", "c.parley", "ru", "say", "x", "--json-lines", "-", at=at, status=2)


@test
def who_waits_for_an_answer_gets_it_and_it_holds_after_a_kill(at):
    on_disk(at)
    job = subprocess.Popen([PARLEY, "log", "c.parley", "--json-lines", "-"], cwd=at, env=COMMON,
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    alarm = threading.Timer(100, job.kill)
    alarm.start()
    for n in range(5):
        job.stdin.write(json.dumps({"by": "ru", "act": "say", "says": f"word {n}"}).encode() + b"\n")
        job.stdin.flush()
        assert json.loads(job.stdout.readline())["claim"] == f"c{24 + n}"
    job.stdin.write(b'{"by": "ru", "act": "say", "says": "half a l')
    job.stdin.flush()
    time.sleep(0.05)
    job.send_signal(signal.SIGKILL)
    job.wait()
    alarm.cancel()
    job.stdin.close()
    job.stdout.close()
    assert [claims(at)[f"c{24 + n}"]["says"] for n in range(5)] == [f"word {n}" for n in range(5)]
    assert "c29" not in claims(at)
    run("verify", "c.parley", at=at)


@test
def a_stream_is_what_the_same_lines_are(at):
    on_disk(at)
    on_disk(at, name="d.parley")
    lines = ["ru 13mar25 demand arms = stopped @weekly/on-record \"stop\"", "ua > us 13mar25 accept offer-30 @weekly",
             "ua 13mar25 reject arms = nothing @nowhere", "zelensky 13mar25 says hopeful about the tone"]
    stream(at, [{"line": line} for line in lines])
    run("log", "d.parley", "--lines", "-", at=at, text="\n".join(lines).encode())
    both = [out("export", name, at=at).split("# head")[0] for name in ("c.parley", "d.parley")]
    assert both[0] == both[1]


@test
def a_table_carried_over_and_back_changes_nothing(at):
    for case in SHIPPED:
        name = case.replace(".yaml", ".parley")
        on_disk(at, case, name)
        count = json.loads(out("export", name, "--json", at=at))["entries"]
        run("export", name, "--csv", "t.csv", at=at)
        with open(os.path.join(at, "t.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        # as a spreadsheet in another country writes it: other marks, other order, a byte order mark
        order = list(range(len(rows[0])))[::-1]
        with open(os.path.join(at, "u.csv"), "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([row[k] for k in order] for row in rows)
        for table in ("t.csv", "u.csv"):
            shown = json.loads(out("log", name, "--csv", table, "--json", at=at))
            assert (shown["new"], shown["corrected"], shown["unchanged"]) == (0, 0, len(rows) - 1), (case, shown)
        assert json.loads(out("export", name, "--json", at=at))["entries"] == count


@test
def one_changed_cell_is_one_correction(at):
    on_disk(at)
    before = claims(at)
    run("export", "c.parley", "--csv", "t.csv", at=at)
    with open(os.path.join(at, "t.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == "c9":
            row["hedge"] = "it is said"
            row["source"] = ""
    rows.append(dict.fromkeys(rows[0], "") | {"by": "ru", "says": "=2+2", "date": "14.03.2025"})
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) + ["Ref"])
    writer.writeheader()
    writer.writerows([row | {"Ref": "17" if row["id"] == "c8" else ""} for row in rows])
    run("log", "c.parley", "--csv", "-", at=at, text=text.getvalue().encode())
    after = claims(at)
    assert after.pop("c24") == {"by": "ru", "says": "=2+2", "date": "2025-03-14", "act": "say"}, after
    assert after["c8"].pop("note") == "Ref: 17"
    before["c9"]["hedge"] = "it is said"
    del before["c9"]["source"]
    assert before == after
    shown = json.loads(out("log", "c.parley", "--csv", "-", "--json", at=at, text=out(
        "export", "c.parley", "--csv", "-", at=at).encode()))
    assert shown["written"] is False and shown["unchanged"] == 24


@test
def a_table_with_a_mistake_writes_nothing_and_tells_them_all(at):
    on_disk(at)
    count = entries(at)
    done = run("log", "c.parley", "--csv", "-", at=at, status=3, text=b"by,says\nru,x\nrux,y\n,z\nua,w\nuaa,v\n")
    for words in (b"line 3: by: nobody has the id 'rux'", b"line 4: nobody is named", b"line 6: by:",
                  b"nothing was written"):
        assert words in done.stderr, done.stderr
    assert done.stdout == b"" and entries(at) == count
    done = run("log", "c.parley", "--lines", "-", at=at, status=3, text=b"# note\nru say x\n\nrux say y\nuaa say z\n")
    assert b"line 4: " in done.stderr and b"line 5: " in done.stderr, done.stderr
    assert entries(at) == count


@test
def what_was_not_understood_is_told_until_it_is_mended(at):
    on_disk(at)
    shown = out("log", "c.parley", "ru 15mar25 demand arms = nothing @nowhere \"words\"", at=at)
    assert "kept as words, not understood: about: arms = nothing" in " ".join(shown.split()), shown
    status = " ".join(out("status", "c.parley", at=at).split())
    assert "NOT READ" in status and "c24 kept as words, in no count: source: nowhere" in status, status
    assert "parley edit c.parley c24 'about:...'" in status
    told = json.loads(out("status", "c.parley", "--json", at=at))["not_understood"]
    assert told == [{"claim": "c24", "typed": ["source: nowhere", "about: arms = nothing"]}]
    assert "could read: source: nowhere" in out("check", "c.parley", at=at) + run("check", "c.parley", at=at).stderr.decode()
    assert "c24" in out("search", "c.parley", "nothing", at=at)
    assert "nowhere" not in out("export", "c.parley", "--for", "public", at=at)
    run("edit", "c.parley", "c24", "about:arms = stopped", at=at)
    assert json.loads(out("status", "c.parley", "--json", at=at))["not_understood"][0]["typed"] == ["source: nowhere"]
    run("edit", "c.parley", "c24", "source:weekly", at=at)
    assert "as-typed" not in claims(at)["c24"]
    assert "NOT READ" not in out("status", "c.parley", at=at)
    run("verify", "c.parley", at=at)


if __name__ == "__main__":
    sys.exit(run_tests(in_folder=True))
