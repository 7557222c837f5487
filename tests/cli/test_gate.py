"""The one gate as a mediator meets it: what leaves, what is withheld, what the export log says, and what happens
when the log or the product cannot be written.

    test_gate.py PARLEY CASES

Prints TAP.
"""
import concurrent.futures
import ctypes
import gzip
import hashlib
import json
import os
import pathlib
import resource
import signal
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
OLD = pathlib.Path(__file__).resolve().parent.parent / "store" / "format-1.parley.gz"
COMMON = environment(COLUMNS="80")

RIVER = """\
parley: 1
title: River talks
as-of: 2025-03-14
note: the minister drinks
mandate: {task: carry words, not: decide}
sources:
  weekly: {name: Weekly round-up, kind: outlet, date: 2025-03-14}
  s7: {name: A gauge at Leeford, kind: outlet, date: 2025-03-10, label: team}
  s9: {name: Gazette, kind: outlet, date: 2025-03-14}
parties:
  ua: {name: Upper Alia, roles: [principal]}
  ru: {name: Lower Rua, roles: [principal]}
issues:
  arms: {ask: Foreign arms, options: {continue: Go on, stopped: All stop}}
  water: {ask: Who opens the gates, options: {ours: We do, theirs: They do}, label: team}
proposals:
  q1: {tabled-by: ua, text: "arms = continue", date: 2025-03-10, label: team}
  q2: {tabled-by: ua, text: "arms = stopped", date: 2025-03-11, label: public}
  long-halt: {tabled-by: ua, text: "arms = stopped", date: 2025-03-12, label: public}
claims:
  c1: {by: ua, act: demand, about: arms = continue, source: weekly, date: 2025-03-11, class: on-record}
  c2: {by: ru, act: demand, about: arms = stopped, date: 2025-03-12, says: said in caucus, label: ru}
  c3: {by: ru, act: say, about: water = ours, date: 2025-03-12, says: not a word, label: team}
  c4: {by: ru, act: say, about: a dinner, source: s9, date: 2025-03-12, says: the host was late, class: bare}
  c5: {by: ua, act: say, about: c4, source: weekly, date: 2025-03-13, repeats: [c4, c2], class: bare, label: public}
readings:
  m1: {party: ru, refuses: "arms = continue", because: "its words", from: [c2], label: ru}
  m2: {party: ua, refuses: "arms = stopped", because: "its words", from: [c1, c5], label: public}
rules:
  r1: {formula: "water = ours implies arms = stopped"}
  r4: {formula: "ua accepts q2 implies not arms = continue", label: public}
meetings:
  - {who: [ua, ru], outcome: nothing, date: 2025-03-01, label: team}
  - {who: [ua, ru], outcome: continue, date: 2025-03-02, claims: [c4], label: public}
"""

LEAN = RIVER.replace("says: the host was late", "says: the host was late, label: public").replace(
    "about: c4, source", "about: c3, source").replace("from: [c1, c5]", "from: [c1]")


def run(*words, at=None, before=None, stdin=None):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at, input=stdin,
                          preexec_fn=before)


def text(*words, status=0, at=None, **more):
    done = run(*words, at=at, **more)
    assert done.returncode == status, (words, done.returncode, done.stdout.decode(), done.stderr.decode())
    return done.stdout.decode()


def talk(*words, status=0, at=None, **more):
    done = run(*words, at=at, **more)
    assert done.returncode == status, (words, done.returncode, done.stdout.decode(), done.stderr.decode())
    return done.stderr.decode()


def folder():
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=base)


def put(at, body=RIVER, name="river.yaml"):
    (pathlib.Path(at) / name).write_text(body, encoding="utf-8")
    return name


def on_disk(at, body=RIVER, name="river.parley"):
    put(at, body, "typed.yaml")
    text("new", name, at=at)
    text("import", "typed.yaml", name, at=at)
    os.remove(os.path.join(at, "typed.yaml"))
    return name


def both(body=RIVER):
    """The same case as a file and on disk, each in a folder of its own."""
    for make in (lambda at: put(at, body), lambda at: on_disk(at, body)):
        with folder() as at:
            yield at, make(at)


def log(at, case, *words, status=0):
    return json.loads(text("exports", case, "--json", *words, at=at, status=status))


def files(at):
    return sorted(os.listdir(at))


def bound_by_modes():
    """Before the program starts: what a file's mode forbids is forbidden to root too (capability DAC_OVERRIDE goes)."""
    if os.geteuid() == 0:
        bounding_set_drop, dac_override = 24, 1
        assert ctypes.CDLL(None, use_errno=True).prctl(bounding_set_drop, dac_override, 0, 0, 0) == 0


def least(size):
    """No file may grow beyond this: a disk that is full."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


# ------------------------------------------------------------------------------- what stands in a copy

@test
def numbers_of_a_copy_tell_nothing_and_references_follow():
    for at, case in both():
        copy = json.loads(text("export", case, "--for", "public", "--json", at=at))["case"]
        assert list(copy["claims"]) == ["c1", "c2", "c3"], copy["claims"]
        assert copy["claims"]["c2"]["says"] == "the host was late"
        assert copy["claims"]["c3"]["about"] == "c2" and copy["claims"]["c3"]["repeats"] == ["c2"]
        assert list(copy["readings"]) == ["m1"] and copy["readings"]["m1"]["from"] == ["c1", "c3"]
        assert list(copy["proposals"]) == ["q1", "long-halt"], copy["proposals"]
        assert copy["rules"] == {"r1": {"formula": "ua accepts q1 implies not arms = continue"}}
        assert list(copy["sources"]) == ["weekly", "s1"] and copy["claims"]["c2"]["source"] == "s1"
        assert copy["meetings"] == [{"who": ["ua", "ru"], "outcome": "continue", "date": "2025-03-02",
                                     "claims": ["c2"]}]
        assert "note" not in copy and "mandate" not in copy and "water" not in copy["issues"]


@test
def nothing_is_renumbered_for_the_team():
    for at, case in both():
        for words in ((), ("--for", "team"), ("--as-of", "2025-03-13")):
            copy = json.loads(text("export", case, "--json", *words, at=at))["case"]
            assert set(copy["claims"]) >= {"c2", "c3"}, copy["claims"]


@test
def a_copy_shown_on_the_screen_has_the_numbers_of_the_copy_that_leaves():
    for at, case in both():
        shown = text("why", case, "c2", "--for", "public", at=at)
        assert "the host was late" in shown and "caucus" not in shown
        gone = run("why", case, "c5", "--for", "public", at=at)
        never = run("why", case, "c8", "--for", "public", at=at)
        assert (gone.returncode, gone.stdout) == (never.returncode, never.stdout)
        assert gone.stderr.replace(b"c5", b"c8") == never.stderr


@test
def a_text_that_is_just_an_id_stays_words():
    body = RIVER.replace("about: a dinner", "about: c7").replace("outcome: continue", "outcome: m1")
    for at, case in both(body):
        copy = json.loads(text("export", case, "--for", "public", "--json", at=at))["case"]
        assert copy["claims"]["c2"]["about"] == "c7"
        assert list(copy["readings"]) == ["m2"], copy["readings"]  # m1 is a text of the copy
    body = RIVER.replace("about: a dinner", "about: c2").replace("  c2: ", "  c22: ").replace("[c4, c2]", "[c4, c22]")
    body = body.replace("from: [c2]", "from: [c22]")
    for at, case in both(body):
        copy = json.loads(text("export", case, "--for", "public", "--json", at=at))["case"]
        assert list(copy["claims"]) == ["c1", "c3", "c4"] and copy["claims"]["c3"]["about"] == "c2"
        text("export", case, "--for", "public", "--out", "again.yaml", at=at)
        text("check", "again.yaml", at=at)


@test
def a_copy_carries_no_name_path_user_moment_or_width():
    seen = set()
    for verb, *more in (("brief", "ru"), ("digest",), ("page",), ("export",), ("status",), ("timeline",), ("show",)):
        for form in ((), ("--json",)) if verb != "page" else ((),):
            pages = set()
            for columns in ("80", "132"):
                for name in ("river.yaml", "secret-plan.yaml"):
                    with folder() as at:
                        put(at, name=name)
                        words = [PARLEY, verb, name, *more, "--for", "ru", "--out", "o", "--color", "always", *form]
                        done = subprocess.run(words, cwd=at, capture_output=True, env={**COMMON, "COLUMNS": columns})
                        assert done.returncode in (0, 1), (words, done.stderr)
                        assert stat.S_IMODE(os.stat(f"{at}/o").st_mode) == 0o600
                        assert stat.S_IMODE(os.stat(f"{at}/{name}.exports").st_mode) == 0o600
                        pages.add(pathlib.Path(f"{at}/o").read_bytes())
            assert len(pages) == 1, (verb, form, pages)
            page = pages.pop()
            for word in (b"secret-plan", b"river.yaml", b"/", b"the minister", b"Leeford", b"\x1b[")[:None if form else 6]:
                assert word not in page or word == b"/", (verb, form, word)
            seen.add(page)
    assert len(seen) == 13


@test
def every_verb_on_a_case_writes_through_the_gate():
    verbs = json.loads(text("help", "--json"))["verbs"]
    reporting = [v["verb"] for v in verbs if "for" in {o["option"] for o in v["options"]}]
    assert len(reporting) > 20, reporting
    more = {"brief": ["ru"], "why": ["c1"], "search": ["host"], "channels": []}
    with folder() as at:
        put(at)
        written = 0
        for verb in reporting:
            words = [verb, "river.yaml", *more.get(verb, []), "--for", "public"]
            plain = run(*words, at=at)
            if plain.returncode > 1:
                continue
            done = run(*words, "--out", f"{verb}.out", at=at)
            assert done.returncode == plain.returncode and done.stdout == b"", (words, done)
            written += 1
            assert log(at, "river.yaml")["exports"][-1]["verb"] == verb
        assert written >= 19 and len(log(at, "river.yaml")["exports"]) == written, written


# ------------------------------------------------------------------------------------------- the log

@test
def the_log_says_what_left_for_whom_and_what_was_withheld():
    for at, case in both():
        text("brief", case, "ru", "--for", "ru", "--out", "b.html", "--format", "html", "--recipient", "Ms. A. Name",
             "--as-of", "2025-03-13", at=at)
        text("export", case, "--for", "public", "--csv", "t.csv", at=at)
        done = log(at, case)["exports"]
        assert [(e["verb"], e["form"], e["audience"], e["recipient"], e["as_of"]) for e in done] == \
            [("brief", "html", "ru", "Ms. A. Name", "2025-03-13"), ("export", "csv", "public", "public", None)]
        for e, name in zip(done, ("b.html", "t.csv")):
            data = pathlib.Path(at, name).read_bytes()
            assert e["hash"] == hashlib.blake2b(data, digest_size=32).hexdigest() and e["bytes"] == len(data)
            assert e["written"] is True
        assert done[1]["withheld"] == {"sources": ["s7"], "issues": ["water"], "proposals": ["q1"],
                                       "claims": ["c2", "c3"], "readings": ["m1"], "rules": ["r1"],
                                       "meetings": ["1"]}, done[1]["withheld"]
        assert done[1]["members"] == ["mandate", "note"]
        assert "c2" not in done[0]["withheld"]["claims"]
        for word in ("Ms. A. Name", "2026", "withheld"):  # and nobody else reads of it
            for name in ("b.html", "t.csv"):
                assert word not in pathlib.Path(at, name).read_text(encoding="utf-8")
        again = text("export", case, at=at)
        assert "Ms. A. Name" not in again and "recipient" not in again


@test
def the_log_finds_whose_copy_a_file_is():
    for at, case in both():
        for who in ("ua", "ru"):
            text("brief", case, "ru", "--for", who, "--out", f"{who}.txt", "--recipient", f"delegation {who}", at=at)
        os.rename(f"{at}/ua.txt", f"{at}/leaked")
        found = log(at, case, "--check", "leaked")["exports"]
        assert [e["recipient"] for e in found] == ["delegation ua"], found
        assert "delegation ua" in text("exports", case, "--check", "leaked", at=at)
        with open(f"{at}/leaked", "a", encoding="utf-8") as file:
            file.write(" ")
        assert log(at, case, "--check", "leaked", status=1)["exports"] == []
        assert "no export of this case" in text("exports", case, "--check", "leaked", at=at, status=1)
        assert "nowhere" in talk("exports", case, "--check", "nowhere", at=at, status=3)


@test
def a_copy_for_the_team_is_logged_when_it_is_handed_to_somebody():
    for at, case in both():
        text("export", case, "--out", "mine.yaml", at=at)
        assert log(at, case)["exports"] == []
        text("export", case, "--out", "hers.yaml", "--recipient", "Anna", at=at)
        text("export", case, "--out", "theirs.yaml", "--for", "team", at=at)
        assert [(e["audience"], e["recipient"], e["withheld"]) for e in log(at, case)["exports"]] == \
            [("team", "Anna", {}), ("team", "team", {})]


@test
def a_misspelt_audience_is_not_told_of_a_party_that_is_hidden():
    for at, case in both(RIVER.replace("issues:", "  zzz: {name: Nobody knows, label: team}\nissues:")):
        for name, said in (("zz", "use team, principals, all, public"), ("uaa", "did you mean 'ua'")):
            told = talk("status", case, "--for", name, at=at, status=3)
            assert "is no audience" in told and said in told and "zzz" not in told, told


@test
def a_folder_gets_a_name_that_tells_nothing():
    with folder() as at:
        put(at, name="secret-plan.yaml")
        os.mkdir(f"{at}/out")
        for words, name in ((["export"], "case.yaml"), (["export", "--json"], "case.json"), (["brief", "ru"], "brief.txt"),
                            (["brief", "ru", "--format", "html"], "brief.html"), (["page"], "page.html"),
                            (["digest", "--format", "markdown"], "digest.md"), (["export", "--csv", "out"], "claims.csv")):
            out = [] if "--csv" in words else ["--out", "out/"]
            text(words[0], "secret-plan.yaml", *words[1:], "--for", "public", *out, at=at)
            assert os.path.exists(f"{at}/out/{name}"), (words, files(f"{at}/out"))
        assert len(files(f"{at}/out")) == 7


@test
def a_name_with_a_word_of_a_hidden_record_is_told():
    for at, case in both():
        assert "holds 'leeford'" in talk("export", case, "--for", "public", "--out", "Leeford-copy.yaml", at=at)
        assert "holds 'water'" in talk("export", case, "--for", "public", "--out", "on_water.yaml", at=at)
        assert "holds" not in talk("export", case, "--for", "public", "--out", "arms-and-gazette.yaml", at=at)


# ----------------------------------------------------------------------------------- what stops a copy

@test
def a_visible_record_on_a_hidden_one_stops_it_and_the_commands_settle_it():
    for fix in ("keep back: ", "let out: "):
        for at, case in both(LEAN):
            for words in (["export"], ["brief", "ru"], ["page"], ["status"]):
                said = talk(words[0], case, *words[1:], "--for", "public", "--out", "o", at=at, status=3)
                assert "c5" in said and "c3" in said and "not a word" in said, said
            assert files(at) == [case]
            shown = json.loads(text("export", case, "--for", "public", "--preview", "--json", at=at, status=1))
            assert shown["goes"] is False
            pair, = shown["leaning"]
            assert (pair["record"]["id"], pair["on"]["id"], pair["may_see"], pair["wider"]) == ("c5", "c3", "team", "public")
            assert [b["id"] for b in pair["behind"]] == ["water"]
            page = text("export", case, "--for", "public", "--preview", at=at, status=1)
            assert page.replace("\n    ", " ").count("leans on") >= 1
            if case.endswith(".parley"):
                line = next(li for li in page.splitlines() if fix in li)
                words = line.split(fix)[1].replace("'", "").split()
                assert words[:2] == ["parley", "edit"], words
                text(*words[1:], at=at)
                rest = json.loads(text("export", case, "--for", "public", "--preview", "--json", at=at,
                                       status=0 if fix.startswith("keep") else 1))
                assert rest["leaning"] == [] or rest["leaning"][0]["record"]["id"] == "c3"


@test
def a_public_record_on_a_chain_of_three_names_the_whole_chain():
    body = RIVER.replace("rules:", "  m3: {party: ru, accepts: \"arms = stopped\", because: \"b\", from: [c8], label: public}\nrules:")
    body = body.replace("readings:", "  c6: {by: ru, act: say, about: x, label: team}\n  c7: {by: ru, act: say, about: c6, label: team}\n"
                        "  c8: {by: ru, act: say, about: c7, label: team}\nreadings:")
    for at, case in both(body):
        pair, = json.loads(text("page", case, "--for", "public", "--preview", "--json", at=at, status=1))["leaning"]
        assert (pair["record"]["id"], pair["on"]["id"], [b["id"] for b in pair["behind"]]) == ("m3", "c8", ["c7", "c6"])


@test
def a_preview_writes_nothing_and_tells_both_sides():
    for at, case in both():
        before = files(at)
        shown = json.loads(text("brief", case, "ru", "--for", "public", "--preview", "--json", "--out", "o", at=at))
        rows = {(r["section"], r["id"] or r["number"]): (r["shown"], r["withheld"]) for r in shown["records"]}
        assert rows[("claims", "c4")] == ("c2", None) and rows[("claims", "c2")] == (None, "label")
        assert rows[("meetings", 1)] == (None, "label") and shown["members"] == ["mandate", "note"]
        page = text("brief", case, "ru", "--for", "public", "--preview", at=at)
        assert "c2 is our c4" in page and "claims: c2 c3" in page and "the mandate" in page
        assert files(at) == before and log(at, case)["exports"] == []
        later = json.loads(text("show", case, "--for", "public", "--as-of", "2025-03-11", "--preview", "--json", at=at))
        assert {r["withheld"] for r in later["records"] if r["section"] == "claims" and r["id"] == "c5"} == {"later"}


@test
def a_preview_points_at_words_that_name_what_is_withheld():
    body = RIVER.replace("says: the host was late", 'says: "as in c3, by A gauge at Leeford"')
    for at, case in both(body):
        shown = json.loads(text("export", case, "--for", "public", "--preview", "--json", at=at))
        assert sorted(m["word"] for m in shown["mentions"]) == ["A gauge at Leeford", "c3"]
        assert "name 'c3', which is withheld" in text("export", case, "--for", "public", "--preview", at=at).replace("\n", " ")


@test
def labels_that_are_wrong_or_empty_let_nothing_out():
    empty = RIVER.replace("label: public}\nreadings", "label: []}\nreadings").replace("from: [c1, c5]", "from: [c1]")
    for at, case in both(empty):
        copy = json.loads(text("export", case, "--for", "ru", "--json", at=at))["case"]
        assert len(copy["claims"]) == 3 and "c4" not in copy["claims"], copy["claims"]
    with folder() as at:
        put(at, RIVER.replace("label: ru}\n  c3", "label: rus}\n  c3"))
        assert "'rus' is no audience" in talk("export", "river.yaml", "--for", "public", "--out", "o", at=at, status=3)
        assert "'rus' is no audience" in talk("export", "river.yaml", "--for", "public", "--preview", at=at, status=3)
        assert files(at) == ["river.yaml"]


@test
def a_brief_about_one_party_for_another_holds_what_the_other_may_see():
    for at, case in both():
        own = text("brief", case, "ru", "--for", "ru", at=at)
        others = text("brief", case, "ru", "--for", "ua", at=at)
        assert "said in caucus" not in others and "said in caucus" in own + text("why", case, "c2", "--for", "ru", at=at)


# ------------------------------------------------------------------------------------ what goes wrong

@test
def no_line_no_product_and_no_product_no_line():
    with folder() as at:
        put(at)
        text("export", "river.yaml", "--for", "public", "--out", "first", at=at)
        size = os.path.getsize(f"{at}/river.yaml.exports")
        # the disk is full for the log: a product that would fit is not written
        for _ in range(3):
            said = talk("search", "river.yaml", "host", "--for", "public", "--out", "o", at=at, status=4, before=least(size + 10))
            assert "export log" in said, said
        assert files(at) == ["first", "river.yaml", "river.yaml.exports"]
        assert os.path.getsize(f"{at}/river.yaml.exports") == size and not log(at, "river.yaml")["faults"]
        # the disk is full for the product: no line
        said = talk("page", "river.yaml", "--for", "public", "--out", "o", at=at, status=4, before=least(4096))
        assert "cannot write 'o'" in said and files(at) == ["first", "river.yaml", "river.yaml.exports"]
        assert len(log(at, "river.yaml")["exports"]) == 1
        talk("page", "river.yaml", "--for", "public", "--out", "nowhere/o", at=at, status=4)
        talk("page", "river.yaml", "--for", "public", "--out", "first", at=at, status=2)
        assert len(log(at, "river.yaml")["exports"]) == 1
    with folder() as at:
        on_disk(at)
        before = pathlib.Path(at, "river.parley").read_bytes()
        talk("search", "river.parley", "host", "--for", "public", "--out", "o", at=at, status=4, before=least(8192))
        assert files(at) == ["river.parley"] and pathlib.Path(at, "river.parley").read_bytes() == before


@test
def a_product_that_could_not_be_put_in_place_is_told_in_the_log():
    for at, case in both():
        os.makedirs(f"{at}/out/case.yaml/in-the-way")
        said = talk("export", case, "--for", "public", "--out", "out/", "--force", at=at, status=4)
        assert "cannot write 'out/case.yaml'" in said, said
        assert files(f"{at}/out") == ["case.yaml"]  # and nothing beside it
        line, = log(at, case)["exports"]
        assert line["written"] is False
        assert "it was not put in place" in text("exports", case, at=at).replace("\n ", "")
        os.rename(f"{at}/out/case.yaml", f"{at}/out/elsewhere")
        text("export", case, "--for", "public", "--out", "out/", "--force", at=at)
        assert [e["written"] for e in log(at, case)["exports"]] == [False, True]


@test
def a_log_that_is_a_link_a_folder_or_something_else_stops_the_export():
    for make in (lambda p: os.symlink("elsewhere", p), lambda p: os.mkdir(p), lambda p: os.mkfifo(p),
                 lambda p: os.link(os.path.join(os.path.dirname(p), "other"), p),
                 lambda p: pathlib.Path(p).write_text("shopping list\n", encoding="utf-8")):
        with folder() as at:
            put(at)
            pathlib.Path(at, "other").write_text("", encoding="utf-8")
            make(f"{at}/river.yaml.exports")
            before = files(at)
            done = run("export", "river.yaml", "--for", "public", "--out", "o", at=at)
            assert done.returncode in (3, 4) and b"export" in done.stderr, done
            assert files(at) == before
    with folder() as at:  # opened by a link, the case has one log
        put(at)
        os.symlink("river.yaml", f"{at}/link.yaml")
        for name in ("link.yaml", "river.yaml"):
            text("export", name, "--for", "public", "--out", f"of-{name}", at=at)
        assert len(log(at, "link.yaml")["exports"]) == 2 and "link.yaml.exports" not in files(at)


LINKED = """parley: 1
title: The other table
as-of: 2025-03-12
sources: {w: {kind: outlet, name: W}}
parties: {ru: {name: Russia}, ua: {name: Ukraine}}
issues: {toll: {ask: Who pays?, options: {us: We, them: They}}}
claims:
  c1: {by: ru, act: demand, about: toll = them, source: w, date: 2025-03-02, class: bare}
  "c 2": {by: ua, act: demand, about: toll = us, source: w, date: 2025-03-03, class: bare, label: team}
readings:
  m1: {party: ru, accepts: toll = us, because: they hinted, from: [c1], date: 2025-03-04}
note: ours
"""


@test
def what_is_withheld_of_linked_cases_is_in_the_log():
    link = """parley: 1
title: Here
as-of: 2025-03-12
parties: {ru: {name: Russia}}
issues: {arms: {ask: Arms?, options: {stop: Stop, go: Go}}}
links:
  one: {issue: arms, case: "other case.yaml", to: toll, sign: hurts, reading: one hangs on the other, from: [], label: all}
  two: {issue: arms, case: "other case.yaml", sign: hurts, reading: and back, from: [], label: all}
  lost: {issue: arms, case: "lost.yaml", sign: hurts, reading: who knows, from: [], label: all}
"""
    for at, case in both(link):
        put(at, LINKED, "other case.yaml")
        said = talk("show", case, "--links", "--for", "ru", "--out", "ru.txt", at=at)
        assert "withheld of other case.yaml: " in said, said
        [export] = log(at, case)["exports"]
        assert export["linked"] == [{"file": "other case.yaml", "audience": "ru", "records": 5,
                                     "withheld": {"claims": ["c 2"], "readings": ["m1"]}, "members": ["note"]}], export
        page = text("exports", case, at=at)
        assert "withheld of other case.yaml, read as ru: " in page and "c 2" in page, page
        # somebody of another name there is read as the public
        put(at, LINKED.replace("name: Russia", "name: Another"), "other case.yaml")
        talk("show", case, "--links", "--for", "ru", "--out", "ru2.txt", at=at)
        assert log(at, case)["exports"][1]["linked"][0]["audience"] == "public"
        # the whole case, and a page that opens no other case
        talk("show", case, "--links", "--recipient", "us", "--out", "us.txt", at=at)
        talk("show", case, "--for", "ru", "--out", "ru3.txt", at=at)
        assert [e["linked"] for e in log(at, case)["exports"][2:]] == [[], []]
        assert log(at, case)["faults"] == []


@test
def a_log_that_cannot_be_written_stops_the_export():
    for at, case in both():
        name = case if case.endswith(".parley") else case + ".exports"
        text("export", case, "--for", "public", "--out", "first", at=at)
        os.chmod(f"{at}/{name}", 0o400)
        talk("export", case, "--for", "public", "--out", "o", at=at, status=4, before=bound_by_modes)
        assert not os.path.exists(f"{at}/o") and len(log(at, case)["exports"]) == 1


@test
def what_was_changed_in_the_log_is_found():
    with folder() as at:
        put(at)
        for who in ("public", "ru", "ua"):
            text("export", "river.yaml", "--for", who, "--out", who, at=at)
        path = pathlib.Path(at, "river.yaml.exports")
        whole = path.read_text(encoding="utf-8")
        blocks = whole.split("\n\n")
        for changed, count in ((whole.replace("audience ru", "audience ua"), 3), ("\n\n".join(blocks[:1] + blocks[2:]), 2),
                               ("\n\n".join(blocks[1:]), 2), (whole[:-1], 2), (whole[:-200], 2), (whole + "export 4\nwhen", 3)):
            path.write_text(changed, encoding="utf-8")
            said = log(at, "river.yaml", status=1)
            assert said["faults"] and len(said["exports"]) == count, (said["faults"], len(said["exports"]), count)
        # what was cut off before it was acknowledged gives way to the next line
        text("export", "river.yaml", "--for", "public", "--out", "o", at=at)
        said = log(at, "river.yaml")
        assert not said["faults"] and [e["export"] for e in said["exports"]] == [1, 2, 3, 4]


@test
def exports_at_the_same_time_have_a_line_each():
    for at, case in both():
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda n: run("export", case, "--for", "public", "--out", f"o{n}", at=at), range(12)))
        assert [d.returncode for d in done] == [0] * 12, [d.stderr for d in done]
        said = log(at, case)
        assert len(said["exports"]) == 12 and not said["faults"]
        assert all(e["hash"] == said["exports"][0]["hash"] for e in said["exports"])
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            same = list(pool.map(lambda n: run("export", case, "--for", "public", "--out", "one", at=at), range(8)))
        assert sorted(d.returncode for d in same)[0] == 0 and {d.returncode for d in same} <= {0, 2}
        lines = log(at, case)["exports"][12:]
        assert sum(e["written"] for e in lines) == sum(d.returncode == 0 for d in same) == 1, lines
        assert not [name for name in files(at) if name.startswith("one.")]


@test
def a_product_never_lands_on_the_case_or_its_log():
    for at, case in both():
        before = pathlib.Path(at, case).read_bytes()
        assert "names the case itself" in talk("export", case, "--for", "public", "--out", case, "--force", at=at, status=2)
        if case.endswith(".yaml"):
            text("export", case, "--for", "public", "--out", "o", at=at)
            assert "export log itself" in talk("export", case, "--for", "ru", "--out", case + ".exports", "--force", at=at, status=3)
            assert len(log(at, case)["exports"]) == 1
            assert pathlib.Path(at, case).read_bytes() == before


@test
def wrong_options_are_told_in_one_line():
    with folder() as at:
        put(at)
        for words, said in ((["--preview"], "say for whom"), (["--recipient", "x"], "--recipient goes with --out"),
                            (["--force"], "--force goes with --out"), (["--out", "o", "--recipient", " "], "names nobody"),
                            (["--out", "o", "--recipient", "a\nb"], "one line"), (["--out", "x" * 5000], "too long a name")):
            done = run("export", "river.yaml", *words, at=at)
            assert done.returncode in (2, 3) and said in done.stderr.decode(), (words, done.stderr)
        done = run("status", "-", "--for", "public", "--out", "o", at=at, stdin=RIVER.encode())
        assert done.returncode == 2 and b"standard input" in done.stderr
        done = run("convert", "--to", "genius", "d", "river.yaml", "--for", "ru", at=at)
        assert done.returncode == 2 and b"export log" in done.stderr
        assert files(at) == ["river.yaml"]


# ------------------------------------------------------------------------------------- clocks, old files

@test
def the_clocks_and_the_audience_go_together():
    for at, case in both():
        early = json.loads(text("export", case, "--for", "public", "--as-of", "2025-03-11", "--json", at=at))["case"]
        assert "claims" not in early or len(early["claims"]) == 0 or "late" not in json.dumps(early)
    with folder() as at:
        on_disk(at)
        text("edit", "river.parley", "c4", "says:the host was not late", at=at)
        now = json.loads(text("export", "river.parley", "--for", "public", "--json", at=at))["case"]
        assert now["claims"]["c2"]["says"] == "the host was not late"
        done = run("export", "river.parley", "--for", "public", "--recorded-as-of", "2020-01-01", "--out", "o", at=at)
        assert done.returncode == 3 and b"nothing was recorded" in done.stderr and files(at) == ["river.parley"]
        day = json.loads(text("verify", "river.parley", "--json", at=at))["recorded"][:10]
        text("export", "river.parley", "--for", "public", "--recorded-as-of", day, "--out", "o", at=at)
        assert log(at, "river.parley")["exports"][-1]["recorded_as_of"] == day


@test
def a_file_of_the_first_format_is_read_as_it_is_and_brought_up_to_date_by_the_first_export():
    def version(path):
        return int.from_bytes(path.read_bytes()[60:64], "big")
    with folder() as at:
        path = pathlib.Path(at, "old.parley")
        path.write_bytes(gzip.decompress(OLD.read_bytes()))
        before = path.read_bytes()
        assert version(path) == 1
        os.chmod(path, 0o400)
        assert "Written in format 1" in text("export", "old.parley", at=at)
        assert "Lower Rua" in text("status", "old.parley", "--for", "public", at=at)
        assert log(at, "old.parley")["exports"] == []
        text("verify", "old.parley", at=at)
        assert path.read_bytes() == before
        os.chmod(path, 0o600)
        text("edit", "old.parley", "c1", "says:nothing", "--dry-run", at=at)
        assert path.read_bytes() == before  # looked at, not written
        talk("edit", "old.parley", "c1", "date:never", at=at, status=3)
        assert path.read_bytes() == before
        text("export", "old.parley", "--for", "public", "--out", "o", at=at)
        assert version(path) == 4 and len(log(at, "old.parley")["exports"]) == 1
        text("verify", "old.parley", at=at)
        assert "Written in format 1" in text("export", "old.parley", at=at)


if __name__ == "__main__":
    sys.exit(run_tests())
