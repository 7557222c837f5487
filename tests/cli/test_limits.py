#!/usr/bin/env python3
"""Where pages end: `timeline`, `show`, `contradictions` and `search` with `--limit`, with `--all`, and
without, on the shipped cases and on a large one: `test_limits.py PARLEY CASES`.

What a limited page holds is worked out here from the whole one. Prints TAP.
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
CASES = sorted(str(path) for path in pathlib.Path(sys.argv[2]).resolve().glob("*.yaml"))
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
VERBS = ("timeline", "show", "contradictions")


def run(*words):
    return subprocess.run([PARLEY, *words, "--quiet"], capture_output=True, timeout=120, env=ENVIRONMENT)


def page(*words):
    result = run(*words)
    assert result.returncode in (0, 1), (words, result.returncode, result.stderr.decode())
    return result.stdout.decode()


def data(*words):
    return json.loads(page(*words, "--json"))


def large(at):
    """A case of 30 parties and 700 claims, some in words, some for the team only."""
    lines = ["parley: 1", "title: Large", "as-of: 2025-12-30", "sources: {w: {kind: outlet, name: W}}", "parties:"]
    lines += [f"  p{n}: {{name: Party {n}{', roles: [principal]' if n in (7, 3) else ''}}}" for n in range(30)]
    lines += ["issues:"] + [f"  i{n}: {{ask: Question {n}?, options: {{a: A, b: B, c: C}}}}" for n in range(4)]
    lines += ["claims:"]
    for n in range(700):
        what = (f"say, about: \"something said the {n}th time\"" if n % 5 == 0
                else f"demand, about: i{n % 4} = {'abc'[n % 3]}")
        label = ", label: team" if n % 11 == 0 else ""
        lines.append(f"  c{n}: {{by: p{n * 7 % 30 if n % 3 else 3}, act: {what}, source: w, class: on-record, "
                     f"date: 2025-{1 + n % 12:02d}-{1 + n % 28:02d}{label}}}")
    path = os.path.join(at, "large.yaml")
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def expected_show(whole, parties, most):
    """Of the parties that have a column, in the order of columns, the first; of each cell and of what is in words
    likewise."""
    cells, words, shown = {}, 0, []
    columns = [p for p in parties if any(w["party"] == p and w["issue"] for w in whole)]
    for one in whole:
        if one["issue"] is None:
            fits = words < most
            words += fits
        else:
            cell = (one["party"], one["issue"])
            fits = one["party"] in columns[:most] and cells.get(cell, 0) < most
            cells[cell] = cells.get(cell, 0) + fits
        if fits:
            shown.append(one)
    return shown


@test
def the_pages_of_shipped_cases_are_whole_without_asking():
    for path in CASES:
        for verb in VERBS:
            assert page(verb, path) == page(verb, path, "--all"), (verb, path)


@test
def programs_get_everything_unless_they_ask_for_less():
    with tempfile.TemporaryDirectory() as at:
        path = large(at)
        for verb in VERBS:
            assert data(verb, path) == data(verb, path, "--all"), verb
        assert len(data("timeline", path)["entries"]) == 700


@test
def a_timeline_keeps_the_last_entries():
    with tempfile.TemporaryDirectory() as at:
        path = large(at)
        for more in ((), ("--for", "public"), ("--party", "p3"), ("--issue", "i1", "--since", "2025-03-01")):
            whole = data("timeline", path, *more)["entries"]
            for most in (1, 7, len(whole) - 1, len(whole), len(whole) + 1):
                some = data("timeline", path, *more, "--limit", str(most))
                assert some["entries"] == whole[-most:], (more, most)
                assert some["earlier"] == max(0, len(whole) - most), (more, most)
        words = page("timeline", path).split()
        whole = [one["claim"] for one in data("timeline", path)["entries"]]
        assert [one for one in words if one in set(whole)] == whole[-200:]
        assert "500 earlier left out: --since DATE, --limit N, or --all" in " ".join(words)
        assert "436 earlier left out" in page("timeline", path, "--for", "public"), "what is hidden is not counted"


@test
def a_matrix_keeps_the_first_parties_and_positions():
    with tempfile.TemporaryDirectory() as at:
        path = large(at)
        order = ["p3", "p7"] + [f"p{n}" for n in range(30) if n not in (3, 7)]
        for more in ((), ("--for", "public"), ("--party", "p3")):
            whole = data("show", path, *more)["positions"]
            for most in (1, 2, 5, 29, 1000):
                some = data("show", path, *more, "--limit", str(most))
                shown = expected_show(whole, order, most)
                assert some["positions"] == shown, (more, most, len(some["positions"]), len(shown))
                assert some["left_out"] == len(whole) - len(shown), (more, most)
        text = page("show", path, "--limit", "2")
        assert "15 parties left out. To see more: --party ID, --issue ID, --limit N, or --all" in " ".join(text.split())
        assert "and 138 more" in text and "Party 3" in text and "Party 0" not in text.split("IN WORDS")[0]
        assert "left out" not in page("show", path, "--all") and " more" not in page("show", path, "--all")


@test
def contradictions_keep_the_first_questions_and_count_all():
    several = 0
    for path in CASES:
        whole = data("contradictions", path)
        assert whole["left_out"] == 0 and all(one["claims_left_out"] == 0 for one in whole["beside"]), path
        several += len(whole["beside"]) > 1
        for most in (1, 2, 3, 5000):
            some = data("contradictions", path, "--limit", str(most))
            assert some["findings"] == whole["findings"] and len(some["beside"]) == min(most, len(whole["beside"]))
            assert some["left_out"] == len(whole["beside"]) - len(some["beside"])
            for one, all_of_it in zip(some["beside"], whole["beside"]):
                assert one["claims"] == all_of_it["claims"][:most]
                assert one["claims_left_out"] == len(all_of_it["claims"]) - len(one["claims"])
            text = page("contradictions", path, "--limit", str(most))
            assert ("more questions: --limit N, or --all" in text) == (some["left_out"] > 0), (path, most)
            assert ("more: --limit N, or --all" in text) == any(one["claims_left_out"] for one in some["beside"])
            assert run("contradictions", path, "--limit", str(most)).returncode == run("contradictions", path).returncode
    assert several >= 3


@test
def a_search_keeps_the_first_claims():
    with tempfile.TemporaryDirectory() as at:
        path = large(at)
        whole = data("search", path, "something", "--all")
        assert len(whole["claims"]) == whole["found"] == 140
        for most in (1, 50, 139, 140, 141):
            some = data("search", path, "something", "--limit", str(most))
            assert some["claims"] == whole["claims"][:most] and some["found"] == 140
        assert data("search", path, "something") == data("search", path, "something", "--limit", "50")
        assert "and 137 later ones: --limit N, or --all" in page("search", path, "something", "--limit", "3")


@test
def a_limit_that_means_nothing_is_refused():
    path = CASES[0]
    for words in (("timeline", path, "--limit", "0"), ("timeline", path, "--limit", "many"),
                  ("timeline", path, "--positions", "--limit", "3"), ("timeline", path, "--positions", "--all"),
                  ("show", path, "--changes", "--limit", "3"), ("show", path, "--blocs", "--all"),
                  ("bridges", path, "--limit", "100000"), ("check", path, "--limit", "3")):
        done = run(*words)
        assert done.returncode == 2 and b"--" in done.stderr and done.stdout == b"", (words, done)


if __name__ == "__main__":
    sys.exit(run_tests())
