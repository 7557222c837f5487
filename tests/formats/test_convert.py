#!/usr/bin/env python3
"""`parley convert` and `parley deals --from` as one runs them. Prints TAP.

    test_convert.py PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import run_tests, test  # noqa: E402

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
DOMAIN = """<negotiation_template><utility_space><objective name="orchard">
<issue index="1" name="Who picks"><item value="We do"/><item value="You do"/></issue>
<issue index="2" name="Trees" type="integer" lowerbound="0" upperbound="4"/>
</objective></utility_space></negotiation_template>
"""
PROFILE = """<utility_space><objective>
<issue index="1"><item value="We do" evaluation="%d"/><item value="You do" evaluation="%d"/></issue>
<issue index="2"><evaluator ftype="linear" offset="0" slope="%s"/></issue>
<weight index="1" value="0.6"/><weight index="2" value="%s"/>
</objective><reservation value="0.1"/></utility_space>
"""


def run(folder, *words, status=0):
    done = subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, text=True,
                          check=False)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done


def genius(folder):
    files = {"d.xml": DOMAIN, "north.xml": PROFILE % (4, 1, "0.25", "0.4"),
             "south.xml": PROFILE % (1, 2, "0.25", "0.7") + "<junk/>"}
    for name, text in files.items():
        (folder / name).write_text(text)
    return list(files)


@test
def files_become_a_case_that_is_right(folder):
    done = run(folder, "convert", "--from", "genius", *genius(folder), "--out", "c.yaml")
    assert done.stdout == "" and "wrote c.yaml (2 parties, 2 issues)" in done.stderr
    assert "south.xml:6:1: warning: something stands behind" in done.stderr
    text = (folder / "c.yaml").read_text()
    assert "line 6: something stands behind" in text and "Who-picks" in text
    assert "Genius counts worth above 1 as 1" in text
    assert (folder / "c.yaml").stat().st_mode & 0o77 == 0
    run(folder, "check", "c.yaml")
    quiet = run(folder, "convert", "--from", "genius", *genius(folder), "--quiet")
    assert quiet.stderr == "" and quiet.stdout == text


@test
def the_cap_is_an_option(folder):
    files = genius(folder)
    plain = json.loads(run(folder, "convert", "--from", "genius", *files, "--json").stdout)
    assert "cap" not in plain["values"]["north"]
    capped = json.loads(run(folder, "convert", "--from", "genius", *files, "--json", "--cap").stdout)
    assert capped["values"]["north"]["cap"] == 1
    run(folder, "convert", "--from", "negolog", "x.json", "--cap", status=2)


@test
def nothing_is_overwritten(folder):
    files = genius(folder)
    (folder / "c.yaml").write_text("mine")
    done = run(folder, "convert", "--from", "genius", *files, "--out", "c.yaml", status=3)
    assert "it exists already" in done.stderr and (folder / "c.yaml").read_text() == "mine"
    run(folder, "convert", "--from", "genius", *files, "--out", "d.yaml")
    (folder / "away").mkdir()
    (folder / "away" / "south.xml").write_text("mine")
    done = run(folder, "convert", "--to", "genius", "away", "d.yaml", status=3)
    assert "south.xml" in done.stderr and "2 of the files were written" in done.stderr
    assert done.stdout == "" and (folder / "away" / "south.xml").read_text() == "mine"


@test
def a_case_goes_out_and_comes_back(folder):
    run(folder, "convert", "--from", "genius", *genius(folder), "--out", "c.yaml")
    for name, ending in (("genius", "xml"), ("geniusweb", "json")):
        if name == "geniusweb":  # which has the worth without a deal as a package
            text = (folder / "c.yaml").read_text().replace("without-a-deal: 0.1\n",
                                                           "without-a-deal: 0\n")
            (folder / "c.yaml").write_text(text)
        done = run(folder, "convert", "--to", name, name, "c.yaml")
        files = done.stdout.split()
        assert files == ["%s/%s.%s" % (name, part, ending) for part in ("domain", "north", "south")]
        back = json.loads(run(folder, "convert", "--from", name, *files, "--json").stdout)
        here = json.loads(run(folder, "convert", "c.yaml", "--json").stdout)
        assert back["issues"] == here["issues"] and list(back["values"]) == ["north", "south"]
    done = run(folder, "convert", "--to", "genius", "again", "c.yaml", "--json")
    assert json.loads(done.stdout) == {"format": "genius", "folder": "again",
                                       "files": ["domain.xml", "north.xml", "south.xml"]}


@test
def wrong_files_and_words_are_named(folder):
    files = genius(folder)
    (folder / "bad.xml").write_text("<utility_space>\n<objective></utility_space>")
    done = run(folder, "convert", "--from", "genius", "d.xml", "bad.xml", status=3)
    assert done.stderr.startswith("bad.xml:2:") and "<objective> is not closed" in done.stderr
    assert "did you mean 'genius'" in run(folder, "convert", "--from", "genus", *files,
                                          status=2).stderr
    assert "there are genius" in run(folder, "convert", "--from", "csv", *files, status=2).stderr
    run(folder, "convert", "--from", "genius", "d.xml", status=3)
    run(folder, "convert", "--from", "genius", "d.xml", "none.xml", status=3)
    run(folder, "convert", "--from", "scorable", "a", "b", status=2)
    run(folder, "convert", "--from", "scorable", ".", status=3)
    run(folder, "convert", "--from", "genius", "--to", "genius", *files, status=2)
    run(folder, "convert", *files, status=2)
    run(folder, "convert", "--to", "negolog", "out", "c.yaml", status=3)


@test
def a_scoring_game_is_a_folder(folder):
    game = folder / "mill"
    (game / "scores_files").mkdir(parents=True)
    (game / "config.txt").write_text("Upper,a,p1\nLower,b,player\nMill,c,player\n")
    for name, first in (("a", "1, 2"), ("b", "2, 1"), ("c", "0, 3")):
        (game / "scores_files" / (name + ".txt")).write_text(first + "\n3,4,5\n4")
    case = json.loads(run(folder, "convert", "--from", "scorable", "mill", "--json").stdout)
    assert case["title"] == "mill" and case["acceptance"] == {"at-least": 2, "vetoes": ["a"]}
    assert case["values"]["c"]["scores"]["A"] == {"A1": 0, "A2": 3}


@test
def deals_are_made_of_foreign_files(folder):
    files = genius(folder)
    done = run(folder, "deals", "--from", "genius", *files, "--numbers", "--json")
    page = json.loads(done.stdout)
    assert page["packages_total"] == "10"
    done = run(folder, "deals", "--from", "genius", *files, "--for", "public", status=2)
    assert "foreign files" in done.stderr


if __name__ == "__main__":
    sys.exit(run_tests(in_folder=True))
