"""Words that a relay stops are stopped on every way out: copies, pages, texts; and are allowed where they are allowed.

    test_carried.py PARLEY CASES

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

PARLEY, CASES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
COMMON = environment(COLUMNS="80")

CASE = """\
parley: 1
title: Carried
as-of: 2025-03-14
sources:
  talks: {name: Private talks, kind: meeting, date: 2025-03-12}
  paper: {name: The paper, kind: outlet, date: 2025-03-12}
parties:
  ua: {name: Upper Alia, roles: [principal]}
  ru: {name: Lower Rua, roles: [principal]}
  cz: {name: Cezia, roles: [affected]}
  us: {name: Usk, roles: [mediator]}
issues:
  arms: {ask: Foreign arms, options: {continue: Go on, stopped: All stop}}
claims:
  c1: {by: ua, act: open-to, about: arms = stopped, says: could live with a stop, source: talks, date: 2025-03-12, class: on-record, label: LABEL}
relays:
  e1: {owner: ua, carrier: us, to: ru, words: [c1], MAY}
"""
VERBS = (["status"], ["export"], ["export", "--json"], ["export", "--csv", "-"], ["brief", "ru"], ["digest"], ["page"], ["text"], ["ask"],
         ["bridges"], ["counter"], ["deals"], ["show"], ["show", "--links"], ["timeline"], ["search", "stop"], ["why", "c1"], ["relay"],
         ["convert"])


def run(*words, at=None):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=120, env=COMMON, cwd=at)


def folder():
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=base)


def case(may, label="[ua, ru]", body=CASE):
    return body.replace("LABEL", label).replace("MAY", may)


def export(text, audience="ru", verb=("export",)):
    with folder() as at:
        pathlib.Path(at, "case.yaml").write_text(text, encoding="utf-8")
        return run(verb[0], "case.yaml", *verb[1:], "--for", audience, at=at)


STOPPED = {
    "may-say: no": "refused",
    "may-say: not-recorded": "no permission",
    "may-say: yes please": "no permission",
    "said: {publicity: private}": "no permission",
    "may-say: {words: exact, until: 2025-03-13}": "run out",
    "may-say: {words: exact, until: 2025-03-20}": "run out",  # later than the case's own day, and long ago
    "may-say: sense": "only the sense",
    "may-say: unattributed": "without saying whose",
}
ALLOWED = ("may-say: exact", "may-say: public", "said: {publicity: public}", "may-say: {words: exact, until: 2999-01-01}",
           "may-say: {words: public, until: 2025-03-13}")


@test
def words_without_a_permission_go_out_by_no_verb():
    for may, why in STOPPED.items():
        for verb in VERBS if why == "refused" else VERBS[:3]:
            done = export(case(may), verb=verb)
            assert done.returncode == 3 and done.stdout == b"", (may, verb, done)
            assert why in done.stderr.decode().replace("\n    ", " ").replace("\n  ", " "), (may, verb, done.stderr)


@test
def words_with_a_permission_go_out():
    for may in ALLOWED:
        done = export(case(may))
        assert done.returncode == 0 and b"could live with a stop" in done.stdout, (may, done)
    # the sense of words that are not typed
    done = export(case("may-say: sense").replace("says: could live with a stop, ", ""))
    assert done.returncode == 0 and b"arms = stopped" in done.stdout


@test
def a_permission_for_one_is_none_for_others_and_owners_keep_their_words():
    for may in STOPPED:
        assert b"could live" in export(case(may), "ua").stdout  # its own
    done = export(case("may-say: exact", "public"), "cz")
    assert done.returncode == 0, done  # no relay speaks of them
    other = case("may-say: exact", "all") + "  e2: {owner: ua, carrier: us, to: cz, words: [c1], may-say: no}\n"
    assert export(other, "ru").returncode == 0 and export(other, "cz").returncode == 3
    renewed = case("may-say: {words: exact, until: 2025-03-13}") + "  e2: {owner: ua, carrier: us, to: ru, words: [c1], may-say: exact}\n"
    assert export(renewed, "ru").returncode == 0
    for audience in ("public", "principals", "all"):
        assert export(case("may-say: no", "public"), audience).returncode == 3, audience


@test
def words_that_are_public_by_themselves_need_no_permission():
    for text in (case("may-say: no").replace("source: talks", "source: paper"), case("may-say: no").replace("act: open", "to: public, act: open"),
                 case("may-say: no").replace("act: open", "publicity: public, act: open")):
        assert export(text).returncode == 0, text
    private = case("may-say: no").replace("source: talks", "source: paper").replace("act: open", "publicity: private, act: open")
    assert export(private).returncode == 3


@test
def an_answer_in_confidence_does_not_go_out_with_its_relay():
    meant = "may-say: {words: exact%s}, label: all, meant: {asked-by: us, by: ua, answer: assured%s}"
    for assurance, publicity, status in (("", "", 3), (", assurance: no", "", 3), (", assurance: sense", "", 3), (", assurance: exact", "", 0),
                                         ("", ", publicity: public", 0)):
        for audience in ("ru", "cz", "all"):
            done = export(case(meant % (assurance, publicity)), audience)
            assert done.returncode == status, (assurance, publicity, audience, done)
            assert (b"assured" in done.stdout) == (status == 0)
        assert export(case(meant % (assurance, publicity)), "ua").returncode == 0


@test
def the_operator_is_told_whose_words_why_and_what_would_settle_it():
    for disk in (False, True):
        with folder() as at:
            pathlib.Path(at, "case.yaml").write_text(case("may-say: no"), encoding="utf-8")
            name = "case.parley" if disk else "case.yaml"
            if disk:
                assert run("new", name, at=at).returncode == 0 and run("import", "case.yaml", name, at=at).returncode == 0
            before = {n: pathlib.Path(at, n).read_bytes() for n in os.listdir(at)}
            done = run("export", name, "--for", "ru", "--out", "o", at=at)
            assert done.returncode == 3 and {n: pathlib.Path(at, n).read_bytes() for n in os.listdir(at)} == before
            shown = json.loads(run("export", name, "--for", "ru", "--preview", "--json", at=at).stdout)
            pair, = shown["carried"]
            assert (shown["goes"], shown["leaning"]) == (False, [])
            assert (pair["record"]["id"], pair["relay"], pair["owner"]) == ("c1", "e1", "ua") and "refused" in pair["because"]
            page = run("export", name, "--for", "ru", "--preview", at=at).stdout.decode()
            assert "words that may not be passed on" in page.replace("\n  ", " "), page
            if disk:
                line = next(li for li in page.splitlines() if "keep back: " in li).split("keep back: ")[1].replace("'", "").split()
                assert run(*line[1:], at=at).returncode == 0
                assert run("export", name, "--for", "ru", "--out", "o", at=at).returncode == 0
                assert b"could live" not in pathlib.Path(at, "o").read_bytes()


@test
def a_permission_that_ran_out_stops_the_carrier_today_unless_a_day_is_named():
    text = case("may-say: {words: exact, until: 2025-03-20}").replace("as-of: 2025-03-14\n", "")
    with folder() as at:
        pathlib.Path(at, "case.yaml").write_text(text, encoding="utf-8")
        for words, status in ((["relay", "case.yaml"], 1), (["relay", "case.yaml", "e1"], 1),
                              (["relay", "case.yaml", "--as-of", "2025-03-14"], 0), (["relay", "case.yaml", "--as-of", "2025-03-21"], 1)):
            done = run(*words, at=at)
            assert done.returncode == status and (b"HAS RUN OUT" in done.stdout) == (status == 1), (words, done)
        assert b"run-out" in run("brief", "case.yaml", "ru", at=at).stdout
        pathlib.Path(at, "case.yaml").write_text("as-of: 2025-03-14\n" + text, encoding="utf-8")
        assert run("relay", "case.yaml", at=at).returncode == 0  # the page of that day


@test
def a_hidden_day_does_not_end_a_permission_on_a_page_for_others():
    head = case("may-say: exact").replace("as-of: 2025-03-14\n", "")
    relay = "  e2: {owner: ua, carrier: us, to: ru, may-say: {words: exact, until: 2998-01-01}, label: all}\n"
    later = "  c9: {by: ua, act: say, about: words, date: 2999-01-01, label: team}\nrelays:"
    for verb in (["relay"], ["relay", "--json"], ["brief", "ru"], ["digest"]):
        without, hidden = (export(text + relay, "ru", verb) for text in (head, head.replace("relays:", later)))
        assert (without.returncode, without.stdout) == (hidden.returncode, hidden.stdout) and without.returncode == 0, (verb, hidden)


@test
def words_of_the_other_side_in_a_note_of_ours_are_pointed_at():
    more = """meetings:
  - {who: [us, ru], date: 2025-03-13, outcome: "they were told: could live with a stop, no more", label: public}
obligations:
  o1: {bearer: us, what: could live with a stop, label: public}
  o2: {bearer: us, what: they could live with a stopover, label: public}
"""
    with folder() as at:
        pathlib.Path(at, "case.yaml").write_text(case("may-say: no", "ua") + more, encoding="utf-8")
        shown = json.loads(run("export", "case.yaml", "--for", "ru", "--preview", "--json", at=at).stdout)
        assert shown["goes"] is True and len(shown["mentions"]) == 2, shown["mentions"]
        page = run("export", "case.yaml", "--for", "ru", "--preview", at=at).stdout.decode().replace("\n                 ", " ")
        assert "repeat 'could live with a stop', which is withheld" in page, page
        done = run("export", "case.yaml", "--for", "ru", "--out", "o", at=at)
        assert done.returncode == 0 and b"2 places in it name or repeat what is withheld" in done.stderr, done


if __name__ == "__main__":
    sys.exit(run_tests())
