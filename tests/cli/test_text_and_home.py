#!/usr/bin/env python3
"""What `parley text` and `parley deals --home` must say, on the shipped cases: `test_text_and_home.py PARLEY CASES`.

Prints TAP.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import run_tests, test  # noqa: E402

PARLEY = sys.argv[1]
CASES = pathlib.Path(sys.argv[2])
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"}


def run(*words):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=ENVIRONMENT)


def page(*words):
    result = run(*words, "--quiet")
    assert result.returncode in (0, 1), (words, result.stderr.decode())
    return " ".join(result.stdout.decode().split())


def data(*words):
    result = run(*words, "--quiet", "--json")
    assert result.returncode in (0, 1), (words, result.stderr.decode())
    return json.loads(result.stdout)


def case(name):
    return str(CASES / (name + ".yaml"))


@test
def opinion_in_the_halt_is_a_figure_and_no_position():
    text = page("deals", case("halt-2025"), "--home")
    assert "not known: nobody at home is typed for any party" in text
    for figure in ("72 percent", "74 percent"):
        assert figure in text
    assert text.count("n not given; a figure, not a position") == 2
    home = data("deals", case("halt-2025"), "--home")["home"]
    assert home["terms"] == home["polls"] == home["constituencies"] == []


@test
def polls_are_shown_with_number_and_age_and_a_stale_one_says_so():
    text = page("deals", case("river-at-home"), "--home")
    for words in ("STALE: after 60", "n 412", "n not given", "8 days old", "only 44 % for",
                  "not known whether it can block", "none is combined with another"):
        assert words in text, words
    states = {p["id"]: p["state"] for p in data("deals", case("river-at-home"), "--home")["home"]["polls"]}
    assert states == {"p1": "stale", "p2": "too few", "p3": "shown"}


@test
def each_basis_has_a_count_of_its_own():
    home = data("deals", case("river-at-home"), "--home")["home"]
    carried = {c["party"]: (c["record"], c["reported"], c["reading"]) for c in home["carried"]}
    assert carried == {None: ("108", "0", "0"), "upper": ("108", "108", "81"), "lower": ("228", "84", "84")}
    assert [rung["carried"] for rung in home["ladder"]][0] == "108"


@test
def a_package_names_who_stops_it():
    package = "release = 50 and gauge = lower-reads and repair.upper = 75 and dry = share"
    at_home = data("deals", case("river-at-home"), "--package", package, "--home")["at_home"]
    upper = {row["basis"]: row for row in at_home if row["party"] == "upper"}
    assert upper["record"]["verdict"] == "outside"
    assert {t["constituency"] for t in upper["record"]["terms"]} == {"council"}
    assert len(upper["record"]["terms"]) == 2 and len(upper["reading"]["terms"]) == 3
    lower = {row["basis"]: row["verdict"] for row in at_home if row["party"] == "lower"}
    assert lower == {"record": "carries", "reported": "carries", "reading": "carries"}
    packages = data("deals", case("river-at-home"), "--home", "--list=3")["packages"]
    assert len(packages) == 3 and all("stopped_at_home" in p for p in packages)


@test
def for_the_public_nothing_of_ours_is_counted():
    home = data("deals", case("river-at-home"), "--home", "--for", "public")["home"]
    assert "reading" not in {t["basis"] for t in home["terms"]}
    assert "council-ours" not in json.dumps(home)


@test
def the_next_version_is_headed_as_ours():
    for name in ("halt-2025", "river-at-home", "seven-steps-2022", "shuttle-2022"):
        assert "Ideas of the mediation team; no party has proposed or accepted them." in page("text", case(name))
        assert "ideas of the mediation team" in data("text", case(name))["next"]["ours"]


@test
def the_halt_takes_in_the_monitor_and_asks_first_about_the_rest():
    moves = data("text", case("halt-2025"))["next"]["moves"]
    assert [(m["fate"], m["text"]) for m in moves] == [
        ("kept", "duration = 30"), ("left out", "arms = stopped"), ("left out", "kursk = surrender"),
        ("taken in", "monitor != unnamed")]
    assert moves[1]["because"] == ["m1", "m4"] and moves[2]["because"] == ["m2"]


@test
def step_one_and_step_five_pull_apart():
    text = page("text", case("seven-steps-2022"), "seven-steps")
    assert "step 1 raises what step 5 lowers: NATO deployments" in text
    assert "Ukraine: does 2, gains in 0, bears 3" in text
    assert "none typed; silence is no yes" in text
    version = data("text", case("seven-steps-2022"), "seven-steps")["versions"][0]
    stands = {s["party"]: s["stand"] for s in version["parts"][4]["stances"]}
    assert set(stands.values()) == {"not asked"}, stands
    # NATO's word is needed for one answer about NATO, which this text does not give
    shuttle = page("text", case("shuttle-2022"))
    assert "not asked: Ukraine" in shuttle and "Ukraine, NATO" not in shuttle, shuttle
    assert "not asked: NATO" not in shuttle, shuttle


@test
def words_that_fit_no_formula_stay_on_the_page():
    assert "the gauge house is heated" in page("text", case("river-at-home"))
    assert "c12, fits no formula" in page("text", case("halt-2025"))


@test
def a_case_without_a_text_says_so_and_an_unknown_one_names_what_there_is():
    result = run("text", case("relocation-2025"))
    assert result.returncode == 0 and b"No working text" in result.stdout
    assert data("text", case("relocation-2025"))["versions"] == []
    result = run("text", case("seven-steps-2022"), "eight-steps")
    assert result.returncode == 3 and result.stdout == b""
    assert b"it has: seven-steps, ru-drafts" in result.stderr, result.stderr


if __name__ == "__main__":
    sys.exit(run_tests())
