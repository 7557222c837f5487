#!/usr/bin/env python3
"""What the views of the mediator's desk must say, on the shipped cases and on cases made here:
`test_desk.py PARLEY CASES`.

Prints TAP.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import run_tests, test  # noqa: E402

PARLEY = str(pathlib.Path(sys.argv[1]).resolve())
CASES = pathlib.Path(sys.argv[2]).resolve()
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"}


def run(*words, cwd=None):
    return subprocess.run([PARLEY, *words, "--quiet"], capture_output=True, timeout=120, env=ENVIRONMENT, cwd=cwd)


def page(*words, cwd=None):
    result = run(*words, cwd=cwd)
    assert result.returncode in (0, 1), (words, result.returncode, result.stderr.decode())
    return " ".join(result.stdout.decode().split())


def data(*words):
    return json.loads(page(*words, "--json"))


def case(name):
    return str(CASES / (name + ".yaml"))


def candidates(name, *words):
    return {c["candidate"]: c for c in data("channels", case(name), "--candidates", *words)["candidates"]}


def stances(candidate):
    return {(s["party"], s["stance"], s["claim"] or s["reading"]) for s in candidate["stances"]}


# ------------------------------------------------------------------ the four worked cases

@test
def israel_was_asked_by_ukraine_and_urged_by_germany_and_offers_jerusalem():
    found = candidates("shuttle-2022")
    assert stances(found["israel"]) == {("ua", "asks", "b11"), ("de", "asks", "b13")}
    assert ("il", "proposes", "b14") in stances(found["jerusalem"])
    assert stances(found["belarus"]) >= {("ru", "proposes", "b16"), ("ua", "another", "b17")}
    assert stances(found["poland"]) >= {("ua", "proposes", "b17"), ("ru", "another", "b16")}
    text = page("channels", case("shuttle-2022"), "--candidates")
    assert "Israel offers itself, if both consent" in text
    # different wishes are no refusals: nobody refuses a place
    assert "VETO" not in text
    for refused in found.values():
        assert not any(p["veto"] for p in refused["parties"]), refused


@test
def a_favourable_answer_is_open_to_and_not_an_acceptance():
    russia = candidates("exchange-2023")["moscow"]
    assert stances(russia) == {("il", "asks", "k1"), ("ru", "open", "k2"), (None, "proposes", "k11")}
    text = page("channels", case("exchange-2023"), "--candidates")
    assert "open to it Russia open to it: gave a favourable answer" in text and "accepted by" not in text
    # who says so stands beside what a go-between gains
    assert text.count("(our reading)") == 2
    reach = {c: {p["party"]: p["reach"] for p in candidates("exchange-2023")[c]["parties"]}
             for c in ("moscow", "washington")}
    assert reach["moscow"]["hamas"] == "works" and reach["washington"]["hamas"] == "none"


@test
def nobody_in_the_halt_asked_for_any_monitor_and_no_words_shut_one_out():
    for one in candidates("halt-2025").values():
        assert stances(one) == {("ru", "allows", "c3")}, one
    # before the round-up was read, not even that was known
    early = candidates("halt-2025", "--as-of", "2025-03-13")
    assert all(c["stances"] == [] for c in early.values())


@test
def the_people_concerned_are_listed_as_away():
    assert data("channels", case("relocation-2025"), "--candidates")["absent"] == ["gazans"]
    assert data("channels", case("exchange-2023"), "--candidates")["absent"] == ["families"]


@test
def the_attack_on_moscow_is_alleged_and_its_figures_stand_with_it_and_are_not_added():
    text = page("digest", case("halt-2025"), "--since", "7d")
    alleged = text[text.index("ALLEGED"):text.index("FIGURES")]
    assert "at least 3" in alleged and "17" in alleged and "20" not in alleged.replace("2025", "")
    assert "who did it: nobody says" in alleged and "not established" in alleged
    assert "civilians" not in text[text.index("FIGURES"):]


@test
def aid_was_stopped_and_is_resumed_and_what_ukraine_rests_on_has_its_source():
    now = data("show", case("halt-2025"), "--levers")["levers"][0]
    assert now["now"] == "resumed" and [h["state"] for h in now["history"]] == ["stopped", "resumed"]
    then = data("show", case("halt-2025"), "--levers", "--at", "2025-03-05")["levers"][0]
    assert then["now"] == "stopped" and len(then["history"]) == 1
    assert now["aspects"][0]["claim"] == "c20" and not now["aspects"][0]["ours"]


@test
def a_mediators_own_interest_stands_under_what_holds_its_words():
    assert "OWN INTEREST United States, which mediates, holds military aid over Ukraine" in page(
        "digest", case("halt-2025"))
    assert "OWN INTEREST United States, which mediates, holds military aid" in page("brief", case("halt-2025"), "ru")
    brief = page("brief", case("exchange-2023"), "ru")
    assert "Russia, which mediates: would like to be seen" in brief
    # Hamas's page holds no word of a mediator; Israel's words to Russia are Israel's
    assert "OWN INTEREST" not in page("brief", case("relocation-2025"), "il")
    html = run("page", case("exchange-2023")).stdout.decode()
    assert "The own interest of those who mediate" in html


@test
def excluded_matters_are_on_the_agenda_with_who_asked():
    rows = {a["issue"]: a for a in data("show", case("exchange-2023"), "--agenda")["agenda"]}
    assert rows["end"]["table"] == "excluded"
    assert [(r["party"], r["claim"]) for r in rows["end"]["raised_by"]] == [("il", "k8"), ("ru", "k7")]
    land = {a["issue"]: a for a in data("show", case("halt-2025"), "--agenda")["agenda"]}["land"]
    assert land["table"] == "later" and {r["claim"] for r in land["raised_by"]} == {"c6", "c17"}


# ----------------------------------------------------------------------------- the invented pass

@test
def the_union_splits_on_two_questions_and_brin_is_nearer_to_hest():
    bloc = data("show", case("korr-pass"), "--blocs")["blocs"][0]
    split = {i["issue"] for i in bloc["issues"] if i["members"] == "clash"}
    assert split == {"toll", "patrol"}
    assert {i["issue"] for i in bloc["issues"] if i["against_the_bloc"]} == {"toll"}
    near = {(p["member"], p["with"]): p["nearer_outside"] for p in bloc["pairs"]}
    assert near[("brin", "hest")] == 1 and near[("arden", "hest")] == 0
    assert "Brin is at one with Hest, and clashes inside, on: patrol" in page("show", case("korr-pass"), "--blocs")


@test
def a_lever_is_shown_in_its_state_of_the_day():
    states = {}
    for day in ("2031-09-20", "2031-09-30", "2031-10-20"):
        states[day] = data("show", case("korr-pass"), "--levers", "--at", day)["levers"][0]["now"]
    assert states == {"2031-09-20": "threatened", "2031-09-30": "applied", "2031-10-20": "suspended"}


@test
def rival_accounts_are_opposed_and_not_aware_is_no_denial():
    found = [b for b in data("contradictions", case("korr-pass"))["beside"] if b["kind"] == "incident"]
    shots, convoy = found
    assert shots["incident"] == "shots" and shots["finding"] == "opposed"
    sides = {c["claim"]: (c["implies"], c["not_a_denial"]) for c in shots["claims"]}
    assert sides == {"p21": ("by Hest", False), "p22": ("denied", False), "p23": ("by Arden", False),
                     "p24": (None, True)}
    assert convoy["finding"] == "nothing-said"
    digest = page("digest", case("korr-pass"), "--since", "30d")
    for words in ("40 shot", "0 shot", "2 days after talks of Marit, Hest, Arden, Brin",
                  "may breach: no fire across the road while they talk"):
        assert words in digest, words
    kinds = [e["kind"] for e in data("timeline", case("korr-pass"))["entries"]]
    assert kinds.count("incident") == 2


@test
def what_passed_between_mediator_and_party_stands_in_order():
    rows = {(r["mediator"], r["party"]): r["passed"] for r in data("meet", case("korr-pass"), "--standing")["standing"]}
    assert [p["claim"] for p in rows[("marit", "hest")]] == ["p10", None, "p1", "p12"] or \
        [p["claim"] for p in rows[("marit", "hest")]] == ["p10", "p1", "p12", None], rows[("marit", "hest")]
    assert [p["claim"] for p in rows[("sollen", "hest")]] == ["p9"]


@test
def what_nobody_labelled_is_the_teams_and_an_incident_goes_with_its_source():
    for audience in ("public", "principals", "hest", "marit"):
        assert "No candidate is typed." in page("channels", case("korr-pass"), "--candidates", "--for", audience)
        assert "No lever is typed." in page("show", case("korr-pass"), "--levers", "--for", audience)
        assert data("show", case("korr-pass"), "--links", "--for", audience)["links"] == []
        # the statement of the posts and the newspaper are published, the promises are the team's
        digest = page("digest", case("korr-pass"), "--since", "30d", "--for", audience)
        assert "fire at a customs post" in digest and "no fire across the road while they talk" not in digest
    # a lever whose every word is published is anybody's, and so is the attack
    assert data("show", case("halt-2025"), "--levers", "--for", "public")["levers"][0]["now"] == "resumed"
    assert "a drone attack on Moscow" in page("digest", case("halt-2025"), "--for", "public")


@test
def on_an_earlier_day_a_lever_has_the_states_known_then():
    def known(day):
        levers = data("show", case("korr-pass"), "--levers", "--as-of", day)["levers"]
        return [h["state"] for h in levers[0]["history"]] if levers else None
    # the threat was heard on Radio Hest, which the team read on the sixteenth
    assert known("2031-09-20") is None and known("2031-09-30") == ["applied"], (known("2031-09-20"), known("2031-09-30"))
    assert known("2031-10-16") == ["threatened", "applied", "suspended"]
    # what was said of it on the seventeenth was not known the day before
    aspects = data("show", case("korr-pass"), "--levers", "--as-of", "2031-10-16")["levers"][0]["aspects"]
    assert [a["of"] for a in aspects] == ["credibility"]


# -------------------------------------------------------------------------------------- links

HERE = """parley: 1
title: Here
as-of: 2030-01-02
sources: {s: {kind: outlet, date: 2030-01-01}}
parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}}
issues: {x: {options: {one: One, two: Two}}}
links:
  l1: {issue: x, case: "%s", to: y, sign: pays-for, reading: "so", label: %s}
"""
THERE = """parley: 1
title: There
as-of: 2030-01-02
sources: {s: {kind: outlet, date: 2030-01-01}, n: {kind: call, date: 2030-01-01}}
parties: {a: {name: %s, roles: [principal]}, c: {name: C, roles: [principal]}}
issues: {y: {ask: "How?", options: {one: One, two: Two}}}
links:
  back: {issue: y, case: "here.yaml", to: x, sign: helps, reading: "back again"}
claims:
  c1: {date: 2030-01-01, by: c, act: demand, about: "y = one", source: s, class: on-record}
%s"""
HIDDEN = ("  c2: {date: 2030-01-01, by: a, act: demand, about: \"y = two\", source: n, class: on-record, "
          "label: a}\n")


def two_cases(folder, name="A", more=HIDDEN, file="there.yaml", label="all"):
    (folder / "here.yaml").write_text(HERE % (file, label))
    (folder / "there.yaml").write_text(THERE % (name, more))
    return str(folder / "here.yaml")


@test
def a_link_opens_the_other_case_and_says_what_is_tabled_there():
    text = page("show", case("korr-pass"), "--links")
    assert "The river Lirra (invented)" in text and "Who pays for repairing the gate?" in text
    assert "not opened: there is no such file" in text
    # wherever one stands
    with tempfile.TemporaryDirectory() as folder:
        assert page("show", case("korr-pass"), "--links", cwd=folder) == text


@test
def links_in_a_circle_are_followed_one_step():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        here = two_cases(folder)
        assert "demands one (on record c1 there)" in page("show", here, "--links")
        assert "There" in page("show", here, "--links") and "back again" not in page("show", here, "--links")
        assert "back again" in page("show", str(folder / "there.yaml"), "--links")
        two_cases(folder, file="here.yaml")
        assert "it has no issue 'y'" in page("show", here, "--links")


@test
def nothing_hidden_in_the_other_case_shows():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        here = two_cases(folder)
        assert "demands two" in page("show", here, "--links")
        # a sees it there too, being the same party; everybody else sees what is public there
        assert "demands two" in page("show", here, "--links", "--for", "a")
        for audience in ("b", "principals", "all"):
            with_it = run("show", here, "--links", "--for", audience).stdout
            assert b"demands one" in with_it and b"demands two" not in with_it, audience
            two_cases(folder, more="")
            assert run("show", here, "--links", "--for", audience).stdout == with_it, audience
            two_cases(folder)
        # the same id with another name is somebody else
        two_cases(folder, name="Another")
        assert "demands two" not in page("show", here, "--links", "--for", "a")
        # the link itself is the team's unless labelled
        two_cases(folder, label="team")
        assert "No link to another case is typed." in page("show", here, "--links", "--for", "a")


@test
def a_case_there_that_leans_on_what_is_hidden_stops_the_page():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        leaning = HIDDEN + ("proposals:\n  p: {tabled-by: a, text: \"y = two\", claim: c2, label: public}\n")
        here = two_cases(folder, more=leaning)
        assert run("show", here, "--links").returncode == 0
        result = run("show", here, "--links", "--for", "b")
        assert result.returncode == 3 and result.stdout == b"", result
        assert b"which this audience may not see" in result.stderr


@test
def of_a_file_that_is_no_case_nothing_is_printed():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        here = two_cases(folder, file="secret.yaml")
        (folder / "secret.yaml").write_text("the-combination: 4711\n")
        for words in ((), ("--json",)):
            result = run("show", here, "--links", *words)
            assert result.returncode == 0 and b"4711" not in result.stdout + result.stderr
            assert b"the-combination" not in result.stdout + result.stderr
        for other in ("no-such.yaml", ".", "pipe"):
            if other == "pipe":
                os.mkfifo(folder / "pipe")
            two_cases(folder, file=other)
            assert "not opened: there is no such file" in page("show", here, "--links"), other
        (folder / "here.yaml").write_text(HERE % ("/etc/hostname", "team"))
        assert run("show", here, "--links").returncode == 3


# ------------------------------------------------------------------------------- mandate, moment

@test
def a_brief_begins_with_what_we_are_to_do_and_no_copy_tells_it():
    team = page("brief", case("halt-2025"), "ru")
    task = data("show", case("halt-2025"), "--agenda")
    assert f"MANDATE {task['task']}" in team and f"not: {task['not']}" in team
    assert "MANDATE" not in page("brief", case("halt-2025"), "ru", "--for", "public")


@test
def the_moment_is_told_by_voice_and_nobody_is_said_to_be_ripe():
    moment = data("show", case("korr-pass"), "--ripeness")["ripeness"]
    rows = {row["party"]: row for row in moment}
    assert list(rows) == ["hest", "arden", "brin"]
    assert rows["hest"]["ours"]["stalemate"] == "not-so" and rows["hest"]["own"]["stalemate"] == "not-known"
    assert rows["brin"]["others"]["cost"] == "so" and rows["brin"]["own"]["way-out"] == "in-part"
    for row in moment:
        for line in row["lines"]:
            assert line["perception"] is not None or line["claim"] is not None or line["answered"] is not None, line
            assert line["voice"] == "ours" or line["date"] is not None, line
    text = page("show", case("korr-pass"), "--ripeness")
    assert "[as we read it: Hest: sees none" in text and " ripe" not in text.lower().replace("ripeness", "")
    public = page("show", case("korr-pass"), "--ripeness", "--for", "public")
    assert "[" not in public and "our reading" not in public and "a closed pass costs Hest" in public
    assert "spoilers not known" in public
    assert "two pages; ask for one" in run("show", case("korr-pass"), "--ripeness", "--blocs").stderr.decode()


# --------------------------------------------------------------------------------- hostile text

HOSTILE = "<script>alert(1)</script>\\e[2J\\u202E" + "x" * 300
HOSTILE_CASE = """parley: 1
title: "T %(h)s"
as-of: 2030-01-02
sources: {s: {name: "S %(h)s", kind: outlet, date: 2030-01-01}}
parties:
  a: {name: "A %(h)s", roles: [principal], members: [b]}
  b: {name: "B %(h)s", roles: [mediator]}
issues: {x: {name: "X %(h)s", ask: "Q %(h)s", options: {one: "O %(h)s", two: Two}}}
claims:
  c1: {date: 2030-01-01, by: a, to: b, act: reject, about: k, says: "W %(h)s", source: s, class: on-record}
  c2: {date: 2030-01-01, by: b, act: say, about: i, blames: a, says: "V %(h)s", source: s, class: on-record}
candidates:
  k: {for: venue, name: "K %(h)s", who: b, is: "x = one", aspects: [{of: security, reading: "R %(h)s"}]}
incidents:
  i: {date: 2030-01-01, what: "I %(h)s", place: "P %(h)s", clause: "C %(h)s", hedge: "H %(h)s", source: s}
levers:
  l: {holder: b, over: a, what: "L %(h)s", about: x, aspects: [{of: cost, reading: "N %(h)s"}], history: [{date: 2030-01-01, state: "Z %(h)s"}]}
links:
  m: {issue: x, case: "U %(h)s", to: "Y %(h)s", sign: hurts, reading: "D %(h)s"}
meetings:
  - {date: 2030-01-01, who: [a, b], place: "E %(h)s", outcome: "F %(h)s"}
"""


@test
def hostile_text_is_harmless_everywhere():
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "hostile.yaml"
        path.write_text(HOSTILE_CASE % {"h": HOSTILE})
        views = [("channels", "--candidates"), ("show", "--blocs"), ("show", "--levers"), ("show", "--links"),
                 ("show", "--agenda"), ("meet", "--standing"), ("contradictions",), ("timeline",), ("digest",)]
        for verb, *options in views:
            out = run(verb, str(path), *options).stdout.decode()
            assert "x" * 20 in out, verb
            for line in out.splitlines():
                assert len(line) <= 80, (verb, line)
                assert all(ch >= " " and ch not in "\x7f\u202e" for ch in line), (verb, line)
            json.loads(run(verb, str(path), *options, "--json").stdout)
        for form in ("html", "markdown"):
            out = run("digest", str(path), "--format", form).stdout.decode()
            assert "<script>" not in out and "\x1b" not in out and "\u202e" not in out, form


if __name__ == "__main__":
    sys.exit(run_tests())
