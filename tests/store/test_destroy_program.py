"""The duty to destroy notes, with the program: remove, then destroy; what is refused, what is said about exports, and
that the words are nowhere in the file while the journal still verifies.

    test_destroy_program.py PARLEY CASES

Prints TAP.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import journal_oracle  # noqa: E402

PARLEY = os.path.abspath(sys.argv[1])
COMMON = environment(COLUMNS="80")

CAUCUS = """\
parley: 1
title: River talks
as-of: 2025-03-14
sources:
  weekly: {name: Weekly round-up, kind: outlet, date: 2025-03-14}
parties:
  ua: {name: Upper Alia, roles: [principal]}
  ru: {name: Lower Rua, roles: [principal]}
issues:
  arms: {ask: Foreign arms, options: {continue: Go on, stopped: All stop}}
claims:
  c1: {by: ua, act: demand, about: arms = continue, source: weekly, date: 2025-03-11, class: on-record, says: firstwords}
  c2: {by: ru, act: say, about: arms = continue, date: 2025-03-12, says: caucuswords, label: ru}
  c3: {by: ru, act: say, about: c2, date: 2025-02-12, says: morewords, label: ru}
readings:
  m1: {party: ru, accepts: "arms = continue", because: readingwords, from: [c2], label: ru}
meetings:
  - {who: [ua, ru], outcome: nothing, date: 2025-03-01, place: firstplace}
  - {who: [ua, ru], outcome: meetingwords, date: 2025-03-02, place: secondplace, label: ru}
"""


def run(*words, at=None):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at)


def text(*words, status=0, at=None):
    done = run(*words, at=at)
    assert done.returncode == status, (words, done.returncode, done.stdout.decode(), done.stderr.decode())
    return done.stdout.decode()


def refused(*words, at, status=3):
    done = run(*words, at=at)
    assert done.returncode == status and done.stdout == b"", (words, done)
    return done.stderr.decode()


class case:
    def __enter__(self):
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.TemporaryDirectory(dir=base)
        at = self.folder.name
        pathlib.Path(at, "c.yaml").write_text(CAUCUS, encoding="utf-8")
        text("new", "t.parley", at=at)
        text("import", "c.yaml", "t.parley", at=at)
        return at

    def __exit__(self, *_):
        self.folder.cleanup()


def holds(at, *words):
    data = pathlib.Path(at, "t.parley").read_bytes()
    return [w for w in words if w.encode() in data]


def sound(at, destroyed):
    said = json.loads(text("verify", "t.parley", "--json", at=at))
    assert said["right"] and said["destroyed"] == destroyed, said
    assert journal_oracle.verify(os.path.join(at, "t.parley"))[3] == destroyed


def destroy(at, *words):
    return json.loads(text("destroy", "t.parley", *words, "--json", at=at))


@test
def notes_of_a_caucus_are_removed_together_and_destroyed():
    with case() as at:
        notes = ("caucuswords", "morewords", "readingwords", "meetingwords")
        assert "still holds" in refused("destroy", "t.parley", "c2", "--because", "duty", at=at)
        text("edit", "t.parley", "c2", "c3", "m1", "meetings:2", "--remove", "--why", "end", at=at)
        assert holds(at, *notes) == list(notes)  # removed, and still in the journal
        listed = destroy(at)
        assert len(listed["words"]) == 4 and listed["written"] is False and holds(at, *notes) == list(notes)
        dry = destroy(at, "c2", "c3", "m1", "--because", "duty", "--dry-run")
        assert len(dry["words"]) == 3 and dry["written"] is False and holds(at, *notes) == list(notes)
        done = destroy(at, "c2", "c3", "m1", "--because", "duty")
        assert done["written"] is True and holds(at, *notes) == ["meetingwords"]
        meeting, = destroy(at)["words"]
        assert meeting["section"] == "meetings" and meeting["id"] is None
        destroy(at, str(meeting["entry"]), "--because", "duty")
        assert holds(at, *notes) == [] and destroy(at)["words"] == []
        sound(at, 4)
        assert "Nothing to destroy" in text("destroy", "t.parley", at=at)
        left = text("export", "t.parley", at=at)
        assert "firstwords" in left and "firstplace" in left and "secondplace" not in left
        assert "destroyed already" in refused("destroy", "t.parley", str(meeting["entry"]), "--because", "duty", at=at)
        assert "no record 'c2'" in refused("destroy", "t.parley", "c2", "--because", "duty", at=at)


@test
def a_record_whose_first_words_are_destroyed_is_still_found_corrected_and_removed():
    with case() as at:
        text("edit", "t.parley", "c1", "says:secondwords", at=at)
        first, = destroy(at)["words"]
        assert (first["id"], holds(at, "firstwords")) == ("c1", ["firstwords"])
        assert "still holds" in refused("destroy", "t.parley", "c1", "--because", "x", at=at)
        destroy(at, str(first["entry"]), "--because", "a slip")
        assert holds(at, "firstwords", "secondwords") == ["secondwords"]
        text("edit", "t.parley", "c1", "says:thirdwords", at=at)
        text("edit", "t.parley", "claims:c1", "--remove", "--why", "x", at=at)
        assert len(destroy(at, "c1", "--because", "x")["words"]) == 2
        assert holds(at, "firstwords", "secondwords", "thirdwords") == []
        sound(at, 3)


@test
def everything_before_a_day_goes_and_no_more():
    with case() as at:
        text("edit", "t.parley", "c2", "c3", "m1", "--remove", "--why", "end", at=at)
        done = destroy(at, "--all-removed", "--before", "2025-03-01", "--because", "duty")
        assert [w["id"] for w in done["words"]] == ["c3"] and holds(at, "caucuswords", "morewords") == ["caucuswords"]
        done = destroy(at, "--all-removed", "--because", "duty")
        assert sorted(w["id"] for w in done["words"]) == ["c2", "m1"] and holds(at, "caucuswords", "readingwords") == []
        sound(at, 3)


@test
def it_names_the_exports_in_which_the_words_had_left():
    with case() as at:
        for who in ("ru", "public", "team"):
            text("export", "t.parley", "--for", who, "--out", who, "--recipient", f"copy {who}", at=at)
        text("edit", "t.parley", "c2", "c3", "m1", "meetings:2", "--remove", "--why", "end", at=at)
        text("export", "t.parley", "--for", "ru", "--out", "late", "--recipient", "later", at=at)
        numbers = {e["recipient"]: e["export"] for e in json.loads(text("exports", "t.parley", "--json", at=at))["exports"]}
        done = destroy(at, "--all-removed", "--because", "duty")
        for one in done["words"]:
            assert one["exports"] == [numbers["copy ru"], numbers["copy team"]], (one, numbers)
    with case() as at:
        text("export", "t.parley", "--for", "ru", "--out", "ru", "--recipient", "Ms. A. Name", at=at)
        text("edit", "t.parley", "c2", "c3", "m1", "--remove", "--why", "end", at=at)
        page = text("destroy", "t.parley", "c2", "--because", "duty", at=at)
        assert "Ms. A. Name" in page and "Out of reach" in page and "backups" in page
        assert all(len(line) <= 80 for line in page.splitlines())


@test
def what_may_not_go_is_refused_in_one_line():
    with case() as at:
        text("export", "t.parley", "--for", "ru", "--out", "ru", at=at)
        log = json.loads(text("exports", "t.parley", "--json", at=at))["exports"][0]["export"]
        before = pathlib.Path(at, "t.parley").read_bytes()
        for words, status, said in ((["1"], 3, "no words of a record"), ([str(log)], 3, "no words of a record"),
                                    (["999"], 3, "no words of a record"), (["c9"], 3, "no record 'c9'"),
                                    (["c1"], 3, "still holds"), (["--before", "2025-01-01"], 2, "--all-removed"),
                                    (["c1", "--all-removed"], 2, "no record")):
            assert said in refused("destroy", "t.parley", *words, "--because", "x", at=at, status=status), words
        for words in (["c1"], ["--all-removed"], ["c1", "--because", " "]):
            assert "--because" in refused("destroy", "t.parley", *words, at=at, status=2)
        assert "case on disk" in refused("destroy", "c.yaml", "c1", "--because", "x", at=at, status=2)
        assert "key:value" in refused("edit", "t.parley", "c2", "c3", "says:x", "--remove", "--why", "x", at=at, status=2)
        assert "makes no case" in refused("edit", "t.parley", "c2", "c3", "--remove", "--why", "x", at=at)
        assert pathlib.Path(at, "t.parley").read_bytes() == before
        dry = json.loads(text("edit", "t.parley", "c2", "c3", "m1", "--remove", "--why", "x", "--dry-run", "--json", at=at))
        assert [r["record"] for r in dry["removed"]] == ["c2", "c3", "m1"] and dry["written"] is False
        assert pathlib.Path(at, "t.parley").read_bytes() == before


if __name__ == "__main__":
    sys.exit(run_tests())
