"""Correcting a case on disk: edit and flag write what the case file would say, keep what stood there, and write
nothing that makes no case.

    test_edit_program.py PARLEY CASES

Prints TAP.
"""
import csv
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMON = environment(COLUMNS="80")
RAISED = ["--by", "B. Name", "--office", "legal adviser", "--because", "draft 2 trades people"]


def run(*words, at, status=0):
    done = subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at, text=True)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done


def on_disk(at, case):
    run("new", "c.parley", at=at)
    run("import", os.path.join(CASES, case), "c.parley", at=at)


def case_of(at, *words):
    return json.loads(run("export", "c.parley", "--json", *words, at=at).stdout)["case"]


def entries(at):
    return json.loads(run("export", "c.parley", "--json", at=at).stdout)["entries"]


@test
def a_correction_is_what_the_case_says_afterwards_and_nothing_else(at):
    on_disk(at, "halt-2025.yaml")
    before, count = case_of(at), entries(at)
    shown = run("edit", "c.parley", "c3", "date:2025-03-12", "says:for a halt: \"in principle\"", "class:",
                at=at).stdout
    assert '- ' in shown and '+ ' in shown and "date: 2025-03-12" in shown, shown
    after = case_of(at)
    assert str(after["claims"]["c3"]["date"]) == "2025-03-12"
    assert after["claims"]["c3"]["says"] == 'for a halt: "in principle"'
    assert "class" not in after["claims"]["c3"]
    before["claims"]["c3"].update(after["claims"]["c3"])
    del before["claims"]["c3"]["class"]
    assert before == after
    assert entries(at) == count + 1
    run("verify", "c.parley", at=at)


@test
def records_of_lists_are_called_by_their_number(at):
    on_disk(at, "halt-2025.yaml")
    before = case_of(at)
    run("edit", "c.parley", "responses:2", "if:arms = stopped; monitor != unnamed", at=at)
    after = case_of(at)
    assert after["responses"][1]["if"] == ["arms = stopped", "monitor != unnamed"]
    run("edit", "c.parley", "responses[2]", "list:complete", at=at)
    assert case_of(at)["responses"][1]["list"] == "complete"
    assert case_of(at)["responses"][0] == before["responses"][0]
    run("edit", "c.parley", "responses:1", "--remove", "--why", "typed twice", at=at)
    run("edit", "c.parley", "responses:1", "list:open", at=at)  # what was the second is the first now
    assert case_of(at)["responses"][0]["list"] == "open"
    run("edit", "c.parley", "responses:2", "list:open", at=at, status=3)
    run("verify", "c.parley", at=at)


@test
def the_file_that_came_in_is_what_comes_out_when_all_is_taken_back(at):
    on_disk(at, "halt-2025.yaml")
    first = run("export", "c.parley", at=at).stdout.split("# head")[0]
    run("edit", "c.parley", "c9", "hedge:perhaps", at=at)
    assert run("export", "c.parley", at=at).stdout.split("# head")[0] != first
    run("edit", "c.parley", "claims:c9", "hedge:reportedly", at=at)
    assert run("export", "c.parley", at=at).stdout.split("# head")[0] == first
    run("verify", "c.parley", at=at)


@test
def nothing_is_written_that_makes_no_case(at):
    on_disk(at, "halt-2025.yaml")
    count = entries(at)
    bad = [("c3", "act:shout"), ("ru-rearm", "met-by:arms = gone"), ("c3", "source:nobody"), ("c3", "date:2025-13-01"),
           ("offer-30", "tabled-by:xx"), ("ua", "roles:king"), ("c3", "hege:x"), ("c3", "hedge:"), ("c99", "act:say"),
           ("responses:9", "list:open"), ("c3", "if:[a"), ("claims:c99", "act:say")]
    for record, change in bad:
        done = run("edit", "c.parley", record, change, at=at, status=3)
        assert done.stdout == "" and done.stderr.strip(), (record, change, done)
    done = run("edit", "c.parley", "weekly", "--remove", "--why", "x", at=at, status=3)  # claims lean on it
    assert "makes no case" in done.stderr
    for words in (["c3"], ["c3", "nothing"], ["c3", "--remove"], ["c3", "--remove", "--why", "  "],
                  ["c3", "act:say", "--remove", "--why", "x"], ["c3", "act:say", "--why", "x"],
                  ["responses:x", "list:open"], ["responses:0", "list:open"], ["claims:", "act:say"]):
        run("edit", "c.parley", *words, at=at, status=2)
    run("edit", os.path.join(CASES, "halt-2025.yaml"), "c3", "act:say", at=at, status=2)
    assert entries(at) == count
    run("verify", "c.parley", at=at)


@test
def a_dry_run_and_the_same_words_write_nothing(at):
    on_disk(at, "halt-2025.yaml")
    count = entries(at)
    out = json.loads(run("edit", "c.parley", "c9", "hedge:perhaps", "--dry-run", "--json", at=at).stdout)
    assert out["written"] is False and out["kind"] == "correct" and "perhaps" in out["after"]
    out = json.loads(run("edit", "c.parley", "c9", "hedge:reportedly", "--json", at=at).stdout)
    assert out["written"] is False and out["before"] == out["after"]
    assert "Nothing was written" in run("edit", "c.parley", "c9", "--remove", "--why", "x", "--dry-run", at=at).stdout
    assert entries(at) == count


@test
def what_was_removed_no_longer_holds_but_stays_in_the_journal(at):
    on_disk(at, "halt-2025.yaml")
    out = json.loads(run("edit", "c.parley", "c9", "--remove", "--why", "a rumour", "--json", at=at).stdout)
    assert out["kind"] == "remove" and out["after"] is None and out["written"] is True
    assert "c9" not in case_of(at)["claims"]
    with open(os.path.join(at, "c.parley"), "rb") as file:
        assert b"a rumour" in file.read()
    run("edit", "c.parley", "c9", "hedge:x", at=at, status=3)
    run("verify", "c.parley", at=at)


@test
def a_flag_keeps_out_until_a_named_person_says_why(at):
    on_disk(at, "relocation-2025.yaml")
    ideas = run("counter", "c.parley", at=at).stdout
    run("flag", "c.parley", "--law", "hostage-taking", "--notice", "No hostages.", "--about", "destination",
        "--keeps-out", "destination = stay", "--keeps-out", "comeback in {assured, not-assured}", *RAISED, at=at)
    flags = case_of(at)["flags"]
    assert flags["w2"]["keeps-out"] == ["destination = stay", "comeback in {assured, not-assured}"], flags
    assert (flags["w2"]["by"], flags["w2"]["office"], flags["w2"]["because"]) == tuple(RAISED[1::2]) and flags["w2"]["date"]
    shown = " ".join(run("status", "c.parley", at=at).stdout.split())
    assert "No hostages." in shown and "Raised by B. Name, legal adviser" in shown and ": draft 2 trades people." in shown
    run("page", "c.parley", "--out", "c.html", at=at)
    with open(os.path.join(at, "c.html")) as file:
        assert "Raised by B. Name, legal adviser" in file.read()
    assert run("counter", "c.parley", at=at).stdout != ideas
    full = {"--by": "A. Name", "--office": "counsel", "--because": "they \"asked\": to go"}
    for left_out in full:
        for empty in (None, "   "):
            words = [w for key, value in full.items() for w in
                     ((key, value) if key != left_out else (key, empty) if empty else ())]
            run("flag", "c.parley", "w2", "--lift", *words, at=at, status=2)
    assert "lifted" not in case_of(at)["flags"]["w2"]
    words = [w for pair in full.items() for w in pair]
    run("flag", "c.parley", "w9", "--lift", *words, at=at, status=3)
    run("flag", "c.parley", "--lift", *words, at=at, status=2)
    run("flag", "c.parley", "w2", "--lift", *words, at=at)
    lifted = case_of(at)["flags"]["w2"]["lifted"]
    assert (lifted["by"], lifted["office"], lifted["because"]) == tuple(full.values()) and lifted["date"]
    assert "lifted by A. Name" in run("status", "c.parley", at=at).stdout.replace("Lifted", "lifted").replace("\n", " ")
    run("verify", "c.parley", at=at)


@test
def a_bad_flag_is_refused(at):
    on_disk(at, "relocation-2025.yaml")
    count = entries(at)
    for words in (["--law", "x"], ["--notice", "x"], ["--law", " ", "--notice", "x"],
                  ["--law", "x", "--notice", "y", "--by", "z"], ["--law", "hostage-takings", "--notice", "y", *RAISED]):
        run("flag", "c.parley", *words, at=at, status=2)
    for left_out in range(0, 6, 2):
        for empty in ([], [RAISED[left_out], " "]):
            run("flag", "c.parley", "--law", "x", "--notice", "y", *RAISED[:left_out], *empty, *RAISED[left_out + 2:],
                at=at, status=2)
    for words in (["--keeps-out", "nowhere = 3"], ["--keeps-out", "destination = "]):
        run("flag", "c.parley", "--law", "x", "--notice", "y", *RAISED, *words, at=at, status=3)
    run("flag", "c.parley", "w1", "--law", "x", "--notice", "y", *RAISED, at=at, status=3)  # there is one already
    assert entries(at) == count


@test
def claims_go_out_as_a_table_and_come_in_again(at):
    on_disk(at, "halt-2025.yaml")
    long = "; ".join(f"arms = stopped and duration <= {15 * (1 + n % 2)}" for n in range(200))
    run("edit", "c.parley", "c3", f"if:{long}", "label:team", 'says:a "word", and\tmore', at=at)
    run("edit", "c.parley", "c4", "label:ua, ru", at=at)
    run("export", "c.parley", "--csv", "t.csv", at=at)
    with open(os.path.join(at, "t.csv")) as file:
        assert run("export", "c.parley", "--csv", "-", at=at).stdout == file.read()
    with open(os.path.join(at, "t.csv"), newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    before = case_of(at)["claims"]
    assert list(rows) == list(before)
    assert rows["c3"]["label"] == "team" and rows["c4"]["label"] == "ua,ru" and rows["c5"]["label"] == ""
    assert rows["c3"]["if"] == long
    # a case with everything but the claims, and the table on top
    whole = case_of(at)
    for section in ("claims", "readings", "concerns", "perceptions", "responses", "levers", "meetings", "expected", "figures",
                    "candidates", "incidents", "links"):
        whole.pop(section, None)
    for proposal in whole["proposals"].values():
        proposal.pop("claim", None)
    with open(os.path.join(at, "rest.json"), "w") as file:
        json.dump(whole, file)
    run("new", "d.parley", at=at)
    run("import", "rest.json", "d.parley", at=at)
    run("log", "d.parley", "--csv", "t.csv", at=at)
    after = json.loads(run("export", "d.parley", "--json", at=at).stdout)["case"]["claims"]
    for key in ("if", "label", "act", "repeats", "source", "date", "by"):
        both = [claims["c3"].get(key) for claims in (after, before)]
        both = [value if isinstance(value, list) else [value] for value in both]
        assert both[0] == both[1], (key, both)
    assert after["c4"]["label"] == before["c4"]["label"]
    run("export", "c.parley", "--csv", "c.parley", at=at, status=2)
    run("export", "c.parley", "--csv", "t.csv", "--json", at=at, status=2)
    assert "team" not in [row["label"] for row in csv.DictReader(
        run("export", "c.parley", "--for", "ru", "--csv", "-", at=at).stdout.splitlines())]


if __name__ == "__main__":
    sys.exit(run_tests(in_folder=True))
