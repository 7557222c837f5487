"""The screens of the shipped cases as a mediator gets them: widths, exit statuses, JSON, what has to be said
and what may not be.

    test_screens.py PARLEY CASES

Prints TAP.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY = sys.argv[1]
CASES = sorted(pathlib.Path(sys.argv[2]).glob("*.yaml"))
COMMON = environment()

SCREENS = ("status", "deals", "show", "contradictions", "figures", "digest", "relay", "channels", "meet", "promises", "favours", "text", "counter")


def case(name):
    return str(pathlib.Path(sys.argv[2]) / name)


ASKED = {}  # what was asked in the plain environment; several tests look at the same pages


def run(*words, env=None):
    if env is not None:
        return run_again(*words, env=env)
    if words not in ASKED:
        ASKED[words] = run_again(*words)
    return ASKED[words]


def run_again(*words, env=None):
    return subprocess.run([PARLEY, *words, "--quiet"], capture_output=True, timeout=120,
                          env={**COMMON, **(env or {})})


def text(*words, status=0, env=None):
    result = run(*words, env=env)
    assert result.returncode == status, (words, result.returncode, result.stderr.decode())
    return result.stdout.decode()


def screen(*words, env=None):
    """A screen, whatever it found."""
    result = run(*words, env=env)
    assert result.returncode in (0, 1), (words, result.returncode, result.stderr.decode())
    return result.stdout.decode()


def data(*words):
    return json.loads(screen(*words, "--json"))


def every_screen():
    for path in CASES:
        for verb in SCREENS:
            yield verb, str(path)
        yield "deals", str(path), "--list=7"
        yield "show", str(path), "--changes"
        yield "deals", str(path), "--home", "--list=3"
    yield "deals", case("river-at-home.yaml"), "--home", "--package", "second-draft"
    yield "deals", case("halt-2025.yaml"), "--rung", "reported", "--list"
    yield "deals", case("halt-2025.yaml"), "--package", "duration = 15 and arms = limited"
    yield "deals", case("seven-steps-2022.yaml"), "--package", "seven-steps"
    yield "deals", case("shuttle-2022.yaml"), "--track", "all"
    yield "show", case("shuttle-2022.yaml"), "--at", "2022-02-24"
    yield "text", case("seven-steps-2022.yaml"), "seven-steps"
    yield "text", case("river-at-home.yaml"), "first-draft"
    yield "show", case("halt-2025.yaml"), "--party", "ru"
    yield "show", case("shuttle-2022.yaml"), "--changes", "--since", "2022-03-07"
    yield "status", case("halt-2025.yaml"), "--as-of", "2025-03-12"
    yield "why", case("halt-2025.yaml"), "ru arms"
    yield "brief", case("halt-2025.yaml"), "ru"
    yield "brief", case("shuttle-2022.yaml"), "ru"
    yield "brief", case("relocation-2025.yaml"), "il"
    yield "relay", case("shuttle-2022.yaml"), "r1"
    yield "channels", case("exchange-2023.yaml"), "--from", "il", "--to", "hamas"
    yield "why", case("shuttle-2022.yaml"), "positions"
    for name in ("korr-pass.yaml", "exchange-2023.yaml"):
        yield "channels", case(name), "--candidates"
        for view in ("--blocs", "--levers", "--links", "--agenda", "--ripeness"):
            yield "show", case(name), view
        yield "meet", case(name), "--standing"
    yield "channels", case("shuttle-2022.yaml"), "--candidates=venue"
    yield "show", case("korr-pass.yaml"), "--levers", "--at", "2031-09-30"
    yield "digest", case("korr-pass.yaml"), "--since", "30d"
    yield "brief", case("korr-pass.yaml"), "brin"
    for what in ("hut", "shots", "pass"):
        yield "why", case("korr-pass.yaml"), what


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def labelled(page, label):
    """The paragraph behind a label, joined to one line."""
    found = []
    for line in page.splitlines():
        if line.startswith(label):
            found = [line[len(label):]]
        elif found and line.startswith("  "):
            found.append(line)
        elif found:
            break
    return " ".join(" ".join(found).split())


@test
def every_case_is_there():
    assert [path.stem for path in CASES] == [
        "camp-david-1978", "exchange-2023", "halt-2025", "korr-pass", "orrin-game", "panama-1974", "relocation-2025", "river-at-home",
        "seven-steps-2022", "shuttle-2022", "tutorial-river"], CASES


@test
def no_line_is_wider_than_eighty_columns_or_ends_in_blanks():
    for words in every_screen():
        page = screen(*words)
        assert page.endswith("\n") and not page.endswith("\n\n"), words
        for line in page.splitlines():
            assert width(line) <= 80, (words, width(line), line)
            assert line == line.rstrip(), (words, line)


@test
def a_terminal_of_sixty_columns_is_enough():
    for words in every_screen():
        for line in screen(*words, env={"COLUMNS": "60"}).splitlines():
            assert width(line) <= 60 and line == line.rstrip(), (words, width(line), line)


@test
def nothing_that_is_piped_holds_an_escape():
    for words in every_screen():
        assert b"\x1b" not in run(*words).stdout, words
        assert b"\x1b" not in run(*words, "--json").stdout, words


@test
def colour_is_the_plain_page_and_nothing_else():
    coloured = 0
    for words in every_screen():
        page = screen(*words, "--color", "always")
        coloured += "\x1b[" in page
        assert re.sub(r"\x1b\[[0-9;]*m", "", page) == screen(*words), words
    assert coloured > 15


@test
def deals_exits_with_1_only_where_a_rung_is_empty():
    wanted = {"camp-david-1978": 0, "panama-1974": 0, "exchange-2023": 0, "halt-2025": 1, "korr-pass": 1, "orrin-game": 0, "relocation-2025": 0, "river-at-home": 1, "seven-steps-2022": 1,
              "shuttle-2022": 1, "tutorial-river": 1}
    for path in CASES:
        result = run("deals", str(path))
        assert result.returncode == wanted[path.stem], (path.stem, result.returncode)
        assert run("deals", str(path), "--json").returncode == wanted[path.stem]
    # up to the rung of words nothing is empty, so nothing is found
    assert run("deals", case("halt-2025.yaml"), "--rung", "reported").returncode == 0
    assert run("deals", case("seven-steps-2022.yaml"), "--rung", "accepted").returncode == 0
    assert run("deals", case("seven-steps-2022.yaml"), "--rung", "positions").returncode == 1
    assert run("deals", case("halt-2025.yaml"), "--without", "m1,m2,m3,m4,m5").returncode == 0


@test
def the_page_of_the_night_before_and_the_matrix_exit_with_0():
    for path in CASES:
        for words in ((str(path),), ("status", str(path)), ("show", str(path))):
            assert run(*words).returncode == 0, words
        assert screen(str(path)) == screen("status", str(path))


@test
def json_has_the_documented_keys():
    # docs/json.md
    common = {"case", "title", "as_of", "audience", "parties"}
    keys = {
        "deals": common | {"tracks", "other_tracks", "issues", "not_counted", "must_agree", "not_asked",
                           "packages_total", "ladder", "dies_at", "settled", "open", "acts",
                           "usable_for_ideas", "own_words_clash", "set_aside"},
        "status": common | {"flags", "on_the_table", "where_it_dies", "sticking_points", "moved",
                            "dispute", "levers", "meetings", "expected", "relays", "sound_out", "not_known",
                            "not_asked", "sources"},
        "show": common | {"at", "positions"},
    }
    for path in CASES:
        for verb, wanted in keys.items():
            found = data(verb, str(path))
            assert wanted <= set(found), (verb, path.stem, wanted - set(found))
            assert found["case"] == path.name and found["audience"] == "team"
    packages = data("deals", case("halt-2025.yaml"), "--list=3", "--package", "duration = 30")
    assert len(packages["packages"]) == 3 and packages["package"] == {"duration": "30"}
    assert {v["verdict"] for v in packages["verdicts"]} <= {"never", "possibly", "necessarily"}


@test
def json_says_what_the_screen_says():
    for path in CASES:
        found = data("deals", str(path))
        page = screen("deals", str(path))
        if not found["issues"]:
            assert re.search(r"(?m)^Nothing to count", page) and found["packages_total"] == "0"
            continue
        total = int(found["packages_total"])
        assert re.search(rf"(?m)^{total:,} packages on {len(found['issues'])} issues", page), path
        for row in found["ladder"]:
            if row["binding"] or row["rung"] in ("rules", "readings"):
                assert re.search(rf"(?<![\d,]){int(row['left']):,}(?![\d,])", page), (path, row)


@test
def no_screen_weighs_scores_or_predicts():
    forbidden = re.compile(r"\b(weights?|scor(e|es|ed|ing)|likelihood|likely|probab\w*|chances?|odds|"
                           r"utilit(y|ies)|per cent of (the )?packages|% of (the )?packages|"
                           r"Nash|Pareto|frontier|regret)\b", re.IGNORECASE)
    for words in every_screen():
        for page in (screen(*words), screen(*words, "--json")):
            hit = forbidden.search(page)
            assert hit is None, (words, hit.group(0))


@test
def the_night_before_the_halt_says_who_answered_how_and_that_the_list_is_open():
    page = text("status", case("halt-2025.yaml"))
    flat = " ".join(page.split())
    assert "accepts" in labelled(page, "  Ukraine")
    russia = labelled(page, "  Russia")
    assert russia.startswith("yes, if") and "list open" in russia and "c3" in russia, russia
    assert "asks for start after-terms" in russia and "c4" in russia
    assert "Europe" in flat and "no answer in these reports" in flat


@test
def the_night_before_the_halt_says_where_it_dies_and_on_whose_words():
    page = text("status", case("halt-2025.yaml"))
    assert labelled(page, "WHERE IT DIES") == \
        "on our readings, not on anybody's words (12 left before)"
    sticking = labelled(page, "STICKING POINTS")
    assert sticking.startswith("on record: none") and "on our reading: 5" in sticking, sticking


@test
def ukraines_complaint_about_preconditions_is_on_the_page_as_words():
    page = text("status", case("halt-2025.yaml"))
    lines = page.splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith("c12"))
    assert "in words, refuses:" in lines[at], lines[at]
    deals = data("deals", case("halt-2025.yaml"))
    assert not any("c12" in term["claims"] for row in deals["ladder"] for term in row["binding"])


@test
def land_is_listed_under_later_and_guarantees_moved_from_c10_to_c11():
    page = text("status", case("halt-2025.yaml"))
    assert "later: land" in labelled(page, "ISSUES")
    assert "guarantees first -> later (c10 > c11)" in labelled(page, "MOVED")


@test
def seen_from_10_march_guarantees_are_still_attached():
    found = data("show", case("halt-2025.yaml"), "--at", "2025-03-10")
    held = [row for row in found["positions"] if row["issue"] == "guarantee"]
    assert [row["claim"] for row in held] == ["c10"] and held[0]["formula"] == "guarantee = first"


@test
def the_shuttle_says_what_moved_on_the_word_of_one_unnamed_speaker():
    page = text("status", case("shuttle-2022.yaml"))
    moved = labelled(page, "MOVED")
    assert "{government, forces}" in moved and "{Crimea, Donbas} now" in moved, moved
    assert "ONE speaker" in moved and "to confirm" in moved
    assert "list complete" in labelled(page, "ON THE TABLE")
    assert "permission for the assurance not recorded; not read back" in labelled(page, "RELAYS")
    assert "accepts" not in labelled(page, "  Ukraine")


@test
def the_exchange_is_a_full_page_without_a_number():
    page = text("status", case("exchange-2023.yaml"))
    for label in ("ON THE TABLE", "WHERE IT DIES", "ISSUES", "MOVED", "EXPECTED", "NOT KNOWN", "SOURCES"):
        assert label in page, label
    russia = labelled(page, "  Russia")
    assert russia.startswith("open-to:") and "accept" not in russia, russia
    assert "nothing to count yet" in labelled(page, "WHERE IT DIES")
    assert "excluded here: ceasefire" in labelled(page, "ISSUES")
    assert "Nothing to count: the 3 issues" in text("deals", case("exchange-2023.yaml"))


@test
def with_nothing_tabled_the_latest_words_that_stand_are_shown_and_the_rest_is_counted():
    claims = "".join(
        f'  c{n}: {{date: 2025-03-{day:02d}, by: a, act: demand, about: "q = x", says: "word {n}", source: s'
        f'{", replaces: [c1]" if n == 2 else ""}}}\n'
        for n, day in ((1, 1), (2, 2), (3, 9), (4, 3), (5, 4), (6, 5), (7, 6)))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "many.yaml"
        path.write_text("parley: 1\ntitle: Many words\nas-of: 2025-03-14\nsources: {s: {name: Paper, kind: outlet}}\n"
                        "parties: {a: {name: Aland, roles: [principal]}, b: {name: Bland, roles: [principal]}}\n"
                        "issues: {q: {ask: What, options: {x: X, y: Y}}}\nclaims:\n" + claims)
        page = screen("status", str(path))
    shown = [n for n in range(1, 8) if f"word {n} " in page]
    assert shown == [3, 5, 6, 7], page
    assert "and 2 earlier" in page and "no word in these reports" in page, page


@test
def the_notice_of_a_flag_stands_on_every_page_of_the_case():
    for name, words in (("exchange-2023.yaml", "take hostages is a crime"),
                        ("relocation-2025.yaml", "Geneva")):
        for more in (("status",), ("deals",), ("show",),
                     ("deals", "--package", "comeback = assured")):
            if len(more) > 1 and name.startswith("exchange"):
                continue
            page = screen(more[0], case(name), *more[1:])
            assert words in " ".join(labelled(page, "LAW").split()), (more, page)


@test
def not_aware_is_never_shown_as_a_denial():
    for verb in SCREENS:
        page = screen(verb, case("relocation-2025.yaml"))
        page = re.sub(r"NOT\s+a\s+denial", "", page)
        assert re.search(r"\bden(y|ies|ied|ial)\b", page) is None, verb
    deals = " ".join(text("deals", case("relocation-2025.yaml")).split())
    assert "FLAGGED" in deals and "USABLE for ideas: 1" in deals


@test
def for_an_audience_a_case_is_shown_or_the_pair_that_stops_it_is_named():
    shown = 0
    for path in CASES:
        for audience in ("public", "all", "principals"):
            for verb in SCREENS:
                result = run(verb, str(path), "--for", audience, "--json")
                if result.returncode == 3:
                    assert result.stdout == b"", (verb, path)
                    assert re.search(rb"leans on .* which this audience may not see", result.stderr)
                    continue
                assert result.returncode in (0, 1), (verb, path, result.stderr)
                shown += 1
                found = json.loads(result.stdout)
                assert found["audience"] == audience
                if verb == "deals":
                    assert not any(term["readings"] for row in found["ladder"]
                                   for term in row["binding"]), path
    assert shown >= 30


@test
def a_partys_own_copy_holds_no_reading_of_ours():
    found = data("deals", case("shuttle-2022.yaml"), "--for", "ru")
    assert found["audience"] == "ru"
    assert [row["left"] for row in found["ladder"]] == ["216"] * 5 + ["6"] * 4
    assert not any(term["readings"] for row in found["ladder"] for term in row["binding"])
    assert run("deals", case("shuttle-2022.yaml"), "--for", "ru").returncode == 0


@test
def as_of_an_earlier_day_what_was_learned_later_is_not_there():
    early = data("deals", case("shuttle-2022.yaml"), "--as-of", "2022-02-27")
    assert early["as_of"] == "2022-02-27"
    claims = {claim for row in early["ladder"] for term in row["binding"] for claim in term["claims"]}
    assert "b4" not in claims, claims
    late = data("deals", case("shuttle-2022.yaml"), "--as-of", "2022-03-11")
    assert late["ladder"] == data("deals", case("shuttle-2022.yaml"))["ladder"]


@test
def an_unknown_name_is_status_3_and_a_wrong_word_status_2():
    halt = case("halt-2025.yaml")
    assert run("deals", halt, "--without", "c99").returncode == 3
    assert run("deals", halt, "--track", "hlat").returncode == 3
    assert run("deals", halt, "--package", "armz = stopped").returncode == 3
    assert run("deals", halt, "--rung", "redlines").returncode == 2
    assert run("status", halt, "--for", "nobody").returncode in (2, 3)


@test
def pages_are_the_same_every_time_and_for_any_number_of_threads():
    for verb in SCREENS:
        for path in CASES:
            assert run(verb, str(path), "--json").stdout == \
                run_again(verb, str(path), "--json", "--threads", "3").stdout, (verb, path)


if __name__ == "__main__":
    sys.exit(run_tests())
