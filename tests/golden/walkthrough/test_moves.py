#!/usr/bin/env python3
"""`parley show --changes --json` on the worked cases: who moved, what is in dispute on two days, and what the sheet
"line or bargaining" says. Where the numbers come from stands in moves.md beside this file.

    test_moves.py PARLEY CASES

Prints TAP.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "support"))
from tap import run_tests, test  # noqa: E402

PARLEY = sys.argv[1]
CASES = pathlib.Path(sys.argv[2])


def run(case, *words):
    result = subprocess.run([PARLEY, "show", str(CASES / f"{case}.yaml"), "--changes", *words], capture_output=True,
                            timeout=120, env={**os.environ, "COLUMNS": "80"})
    assert result.returncode == 0, (case, words, result.returncode, result.stderr.decode())
    return result.stdout.decode()


def data(case, *words):
    return json.loads(run(case, "--json", *words))


def moves(found):
    return [(m["kind"], " ".join(m["earlier"]), m["later"]) for m in found["moves"]]


def demand(found, party, formula):
    rows = [d for d in found["demands"] if (d["party"], d["formula"]) == (party, formula)]
    assert len(rows) == 1, (party, formula, rows)
    return rows[0]


def evidence(row, side):
    return [e["evidence"] for e in row[side]]


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


@test
def the_shuttle_moves_from_survival_to_land():
    found = data("shuttle-2022")
    equal(moves(found), [("softened", "b1 b2", "b5"), ("softened", "b1", "b6"), ("reframed", "b3", "b4")], "moves")
    equal([m["to_confirm"] for m in found["moves"]], [True, True, False], "to confirm")
    equal([m["steps"] for m in found["moves"]], [1, None, 1], "steps")
    dispute = found["dispute"]
    equal((dispute["then"], dispute["now"]), (["state", "forces"], ["crimea", "donbas"]), "dispute")
    equal(dispute["then_date"], "2022-02-24", "first day")
    equal(dispute["to_confirm"], ["b5", "b6"], "claims to confirm")
    equal(dispute["without_these"], ["state", "forces", "crimea", "donbas"], "dispute without b5 b6")
    equal((dispute["changed"], dispute["rest_on_unconfirmed"]), (4, 2), "half of the move")
    assert dispute["one_unnamed_speaker"]
    equal((dispute["then_on_words"], dispute["now_on_words"]), ([], []), "on words alone")


@test
def the_page_of_the_shuttle_says_it_in_words():
    page = " ".join(run("shuttle-2022").split())
    for words in ("24 Feb 2022: government, forces -> 11 Mar 2022: Crimea, Donbas",
                  "without b5 b6 government and forces are still in dispute",
                  "half of the move rests on ONE unnamed speaker (an official familiar with the talks)",
                  "TWO VOICES president", "and repeated once, which confirms nothing (on record, b2)"):
        assert words in page, words


@test
def the_sheet_of_the_shuttle_has_one_demand_with_two_mentions():
    row = demand(data("shuttle-2022"), "ru", "forces = disarmed")
    equal((row["times"], row["claims"], row["mentions"], row["in_force"]), (1, ["b1"], ["b2"], False), "said")
    equal(evidence(row, "for_bargaining"), ["left-out-of-a-complete-list", "moved-away-from"], "for bargaining")
    equal([e["person"] for e in row["for_bargaining"]], ["peskov", None], "who")


@test
def the_halt_drops_the_guarantees_and_never_tested_the_arms():
    found = data("halt-2025")
    equal(moves(found), [("softened", "c10", "c11")], "moves")
    equal((found["dispute"]["then"], found["dispute"]["now"]), ([], ["start", "arms", "mobilise", "kursk"]), "dispute")
    equal(found["dispute"]["now_on_words"], [], "dispute on words")
    arms = demand(found, "ru", "arms = stopped")
    equal((arms["times"], arms["claims"], arms["mentions"], arms["originals"]), (1, ["c3"], ["c8"], 1), "said")
    equal((arms["on_record"], arms["offers_that_cross_it"], arms["typed_as_tested"]), (True, [], False), "tested")
    equal(arms["behind_it"], [{"concern": "ru-rearm", "also_met_by": ["duration <= 15"],
                               "in_part_by": ["arms = limited"]}], "behind it")
    equal(evidence(arms, "for_a_line"), ["a-condition-of-its-yes"], "for a line")
    equal(evidence(arms, "for_bargaining"), ["the-worry-can-be-met-otherwise"], "for bargaining")
    dropped = demand(found, "ua", "guarantee = first")
    equal((dropped["in_force"], dropped["for_bargaining"][0]["claim"]), (False, "c11"), "guarantees")


@test
def the_seven_steps_reverse_what_was_accepted_in_minsk():
    found = data("seven-steps-2022")
    equal(moves(found), [("hardened", "v19", "v20"), ("reversed", "v19", "v21"), ("reframed", "v20", "v21")], "moves")
    equal([m["said_to_replace"] for m in found["moves"]], [False, True, True], "said")
    equal((found["dispute"]["then"], found["dispute"]["now"]), ([], ["forces", "membership"]), "dispute")
    equal(found["dispute"]["now_on_words"], ["membership"], "dispute on words")
    door = demand(found, "nato", "membership = withdrawn")
    equal([(t["proposal"], t["answer"], t["claim"]) for t in door["offers_that_cross_it"]],
          [("seven-steps", "no-answer", None), ("ru-drafts", "refused", "v7")], "offers")


@test
def the_other_two_move_nothing():
    for case, demands, words in (("exchange-2023", 0, 2), ("relocation-2025", 1, 0)):
        found = data(case)
        equal((moves(found), len(found["demands"]), len(found["demands_in_words"])), ([], demands, words), case)
        equal((found["dispute"]["then"], found["dispute"]["now"]), ([], []), case)


@test
def since_at_party_and_issue_narrow_the_page():
    equal(moves(data("shuttle-2022", "--since", "2022-03-08")),
          [("softened", "b1 b2", "b5"), ("softened", "b1", "b6")], "since 8 March")
    equal(data("shuttle-2022", "--since", "3d"), data("shuttle-2022", "--since", "2022-03-08"), "three days back")
    equal(data("shuttle-2022", "--since", "2022-03-07")["dispute"]["then"], ["crimea", "donbas"], "at 7 March")
    equal(moves(data("shuttle-2022", "--at", "2022-02-28")), [], "by 28 February")
    equal(data("shuttle-2022", "--at", "2022-02-28")["dispute"]["now"], ["state", "forces"], "by 28 February")
    equal(moves(data("shuttle-2022", "--issue", "nato")), [("reframed", "b3", "b4")], "NATO")
    equal(moves(data("shuttle-2022", "--party", "ua")), [], "Ukraine")
    assert {d["party"] for d in data("halt-2025", "--party", "ru")["demands"]} == {"ru"}
    equal(moves(data("halt-2025", "--as-of", "2025-03-13")), [], "known by 13 March")


@test
def since_needs_changes_and_a_date():
    for words in (("--since", "2022-03-07"), ("--changes", "--since", "soon"), ("--changes", "--since", "d")):
        result = subprocess.run([PARLEY, "show", str(CASES / "shuttle-2022.yaml"), *words], capture_output=True,
                                timeout=120)
        assert result.returncode == 2 and b"--since" in result.stderr, (words, result.returncode, result.stderr)


@test
def no_page_has_a_score():
    for case in ("exchange-2023", "halt-2025", "relocation-2025", "seven-steps-2022", "shuttle-2022"):
        text = run(case, "--json")
        for word in ("score", "likelihood", "probability", "weight"):
            assert word not in json.loads(text), (case, word)
            assert f'"{word}' not in text, (case, word)


if __name__ == "__main__":
    sys.exit(run_tests())
