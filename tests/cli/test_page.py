"""The page of a case as a browser and a reader meet it: well formed, nothing from outside, tables
that a screen reader can read; and the file it is written to.

usage: test_page.py PARLEY CASES
"""
import base64
import hashlib
import html.parser
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile

parley, cases = sys.argv[1], pathlib.Path(sys.argv[2])
shipped = sorted(cases.glob("*.yaml"))
VOID = {"meta", "br", "wbr", "link", "img", "input", "hr"}


def run(*words, **more):
    return subprocess.run([parley, *map(str, words)], capture_output=True, timeout=60, **more)


def page(*words):
    done = run("page", *words)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout.decode()


class Tree(html.parser.HTMLParser):
    """Balanced elements, with what is needed to judge tables, headings and links."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.links, self.headings, self.seen = [], [], [], [], []
        self.table, self.rows, self.wanted = None, [], []
        self.feed(text)
        self.close()
        assert self.stack == [], self.stack

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        assert len(named) == len(attributes), attributes
        self.seen.append((tag, named))
        if "id" in named:
            self.ids.append(named["id"])
        if "href" in named:
            self.links.append(named["href"])
        self.wanted += named.get("aria-labelledby", "").split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            assert self.table is None, "a table in a table"
            self.table = []
        if tag == "tr":
            self.table.append(0)
        if tag in ("td", "th"):
            assert self.stack[-1] == "tr", self.stack
            self.table[-1] += 1
        if tag == "th":
            assert named.get("scope") in ("col", "row"), named
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        assert self.stack and self.stack[-1] == tag, (self.stack[-5:], tag)
        self.stack.pop()
        if tag == "table":
            assert len(set(self.table)) == 1, self.table
            self.table = None


def every_page_is_well_formed():
    for path in shipped:
        tree = Tree(page(path))
        assert len(tree.ids) == len(set(tree.ids)), path
        for link in tree.links:
            assert link.startswith("#") and link[1:] in tree.ids, (path, link)
        for name in tree.wanted:
            assert name in tree.ids, (path, name)
        assert tree.headings[0] == 1 and tree.headings.count(1) == 1, path
        for before, after in zip(tree.headings, tree.headings[1:]):
            assert after <= before + 1, (path, tree.headings)


def without_script(text):
    return re.sub(r"<script>.*?</script>\n", "", text, flags=re.S)


def nothing_runs_but_the_script_that_the_policy_names_and_nothing_is_fetched():
    for path in shipped:
        text = page(path)
        scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
        assert len(scripts) <= 1 and text.count("<script") == text.count("</script>")
        allowed = [f"; script-src 'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
                   for s in scripts]
        assert ("built without Node" in text) == (scripts == []), path
        for tag, named in Tree(text).seen:
            if tag == "script" and named:
                assert named == {"type": "application/json"}, named
        for data in re.findall(r'<script type="application/json">(.*?)</script>', text, flags=re.S):
            assert set(json.loads(data)) > {"title", "words"} and not set("<>&") & set(data)
        policy = [named["content"] for tag, named in Tree(text).seen
                  if tag == "meta" and named.get("http-equiv") == "Content-Security-Policy"]
        assert policy == ["".join(["default-src 'none'; style-src 'unsafe-inline'", *allowed])], policy
        text = without_script(text)
        tags = {tag for tag, _ in Tree(text).seen}
        assert not tags & {"link", "iframe", "object", "embed", "form", "base", "img",
                           "foreignobject", "use", "image", "animate", "set", "a:href"}, tags
        for tag, named in Tree(text).seen:
            assert not [name for name in named if name.startswith("on") or name in
                        ("src", "style", "action", "xlink:href")], (tag, named)
        assert "://" not in text and "@import" not in text
        assert re.findall(r"url\(([^)]*)\)", text) == [
            hit for hit in re.findall(r"url\(([^)]*)\)", text) if hit.startswith("#")]


def a_page_without_script_has_none_and_is_otherwise_the_same():
    for path in shipped:
        bare = page(path, "--no-script")
        assert "<script" not in bare and "script-src" not in bare
        text = re.sub(r"; script-src '[^']*'", "", without_script(page(path)))
        text = re.sub(r'<script type="application/json">.*?</script>\n', "", text)
        text = re.sub(r'<figure data-chart="(?:matrix|dispute|acts)".*?</figure>\n', "", text,
                      flags=re.S)
        assert bare == text, path


def markdown_holds_the_same_tables_and_no_picture():
    for path in shipped:
        text = page(path, "--format", "markdown")
        assert text == page(path, "--format", "markdown")
        html_page = page(path, "--no-script")
        assert text.startswith("# ") and "<svg" not in text and "<script" not in text
        assert not re.findall(r"<(?!br>)", text), path
        assert text.count("\n|---") == html_page.count("<table"), path
        wide = 0
        for line in text.splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) - 1
            assert not line.startswith("|") or wide in (0, cells), line
            wide = cells if line.startswith("|") else 0
        headings = re.findall(r"^## (.*)$", text, flags=re.M)
        assert headings == [re.sub("<.*?>", "", h) for h in
                            re.findall(r"<h2[^>]*>(.*?)</h2>", html_page)], headings
    both = run("page", shipped[0], "--format", "markdown", "--no-script")
    assert both.returncode == 2 and b"Markdown has no script" in both.stderr
    assert run("page", shipped[0], "--format", "text").returncode == 2
    told = json.loads(run("page", shipped[0], "--format", "markdown", "--json").stdout)
    assert told["html"] is None and told["markdown"] == page(shipped[0], "--format", "markdown")


def markdown_of_a_hostile_case_stays_text():
    rows = ["parley: 1", 'title: "# <b>T</b> *x*"',
            "sources: {s: {kind: outlet, date: 2025-03-14}}",
            'parties: {a: {name: "a | b", roles: [principal]}, b: {roles: [principal]}}',
            'issues: {i: {options: {o: "O", p: "P"}}}',
            'proposals: {t: {tabled-by: a, text: "- 1"}, u: {tabled-by: b, text: "12. yes"}}',
            'claims: {c: {by: a, act: say, says: "x | y\\n| z | <br> [a](b) `c`", source: s}}', ""]
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "t.yaml"
        case.write_text("\n".join(rows))
        text = page(case, "--format", "markdown")
    assert "# \\# &lt;b&gt;T&lt;/b&gt; \\*x\\*\n" in text, text[:200]
    assert "\n\\- 1\n" in text and "\n12\\. yes\n" in text, text
    assert "x \\| y \\| z \\| &lt;br&gt; \\[a\\](b) \\`c\\`" in text, text
    assert "| a \\| b |" in text


def a_picture_says_in_words_what_it_shows():
    text = page(cases / "halt-2025.yaml")
    shown = [named for tag, named in Tree(text).seen
             if tag == "svg" and named.get("aria-hidden") != "true"]
    assert shown and all(named["role"] == "img" and named["aria-labelledby"] for named in shown)
    assert text.count("<title") == 1 + len(shown) and text.count("<desc") == len(shown)


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def every_colour_of_text_stands_out_from_the_paper():
    text = page(cases / "halt-2025.yaml")
    colours = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", text))
    colours |= set(re.findall(r"<(?:text|svg)[^>]*fill=\"(#[0-9a-f]{3,6})\"", text))
    assert len(colours) >= 3, colours
    for colour in colours:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def the_same_bytes_every_time_from_everywhere():
    with tempfile.TemporaryDirectory() as folder:
        for path in shipped:
            other = pathlib.Path(folder) / path.name
            other.write_bytes(path.read_bytes())
            assert page(path) == page(other) == page(path, "--threads", 3), path
            assert folder not in page(other) and path.stem not in page(other)


def a_file_is_written_whole_for_its_owner_only_and_never_over_another():
    case = cases / "halt-2025.yaml"
    with tempfile.TemporaryDirectory() as folder:
        to = pathlib.Path(folder) / "out.html"
        done = run("page", case, "--out", to)
        assert done.returncode == 0 and done.stdout == b"" and b"not encrypted" in done.stderr
        assert to.read_text() == page(case)
        assert stat.S_IMODE(to.stat().st_mode) == 0o600
        to.write_text("mine")
        done = run("page", case, "--out", to)
        assert done.returncode == 2 and done.stdout == b"" and b"--force" in done.stderr, done
        assert to.read_text() == "mine"
        assert run("page", case, "--out", to, "--force").returncode == 0
        assert to.read_text() == page(case)
        assert os.listdir(folder) == ["out.html"]
        os.symlink(pathlib.Path(folder) / "nowhere", pathlib.Path(folder) / "link.html")
        done = run("page", case, "--out", pathlib.Path(folder) / "link.html")
        assert done.returncode == 2 and not (pathlib.Path(folder) / "nowhere").exists()
        done = run("page", case, "--out", pathlib.Path(folder) / "none" / "out.html")
        assert done.returncode == 4 and done.stdout == b""
        copy = pathlib.Path(folder) / "case.yaml"
        copy.write_bytes(case.read_bytes())
        done = run("page", copy, "--out", copy, "--force")
        assert done.returncode == 2 and copy.read_bytes() == case.read_bytes()
        assert sorted(os.listdir(folder)) == ["case.yaml", "link.html", "out.html"]


def what_makes_no_sense_is_said():
    case = cases / "halt-2025.yaml"
    told = json.loads(run("page", case, "--json").stdout)
    assert told == {"file": None, "bytes": len(page(case).encode()), "html": page(case),
                    "markdown": None}
    with tempfile.TemporaryDirectory() as folder:
        to = pathlib.Path(folder) / "out.html"
        told = json.loads(run("page", case, "--json", "--out", to).stdout)
        assert told == {"file": str(to), "bytes": to.stat().st_size, "html": None,
                        "markdown": None}
    assert run("page", case, "--force").returncode == 2
    assert run("page").returncode == 2
    assert run("page", "nowhere.yaml").returncode in (3, 4)


def a_copy_for_everybody_has_no_reading_of_ours():
    public = without_script(page(cases / "halt-2025.yaml", "--for", "public"))
    assert "for public" in public and "[our reading" not in public and "team's copy" not in public
    assert '"firmness":0,"basis":"reading"' not in public and '"read"' not in public
    assert "[our reading" in without_script(page(cases / "halt-2025.yaml"))
    early = page(cases / "halt-2025.yaml", "--as-of", "2025-03-12")
    assert "As known 12 Mar 2025" in early and "(m1)" not in early


HOSTILE = "</td></table></main><script>alert(1)</script><a href=x onclick=y>\\\"' & \\u202e"


def hostile_text_cannot_leave_its_cell():
    rows = [
        "parley: 1", f'title: "{HOSTILE}"', "as-of: 2025-03-20",
        f'sources: {{s: {{name: "{HOSTILE}", kind: outlet, date: 2025-03-14}}}}',
        f'parties: {{a: {{name: "A{HOSTILE}", roles: [principal]}}, '
        f'b: {{name: "{"long" * 500}", roles: [principal]}}}}',
        f'issues: {{i: {{name: "{HOSTILE}", options: {{o: "{HOSTILE}", p: "P"}}}}}}',
        "claims:",
        f'  c: {{by: b, act: reject, says: "{HOSTILE}", date: 2025-03-19, source: s}}',
        f'  d: {{by: a, act: demand, about: "i = p", date: 2025-03-19, source: s, '
        f'class: described, speaker-text: "{HOSTILE}"}}',
        '  e: {by: b, act: demand, about: "i = o", date: 2025-03-18, source: s}',
        f'readings: {{m: {{party: b, refuses: "i = p", because: "{HOSTILE}"}}}}', ""]
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "t.yaml"
        case.write_text("\n".join(rows))
        tree = Tree(page(case))
        assert {named.get("type") for tag, named in tree.seen if tag == "script"} <= {
            None, "application/json"}
        assert sum(tag == "script" and not named for tag, named in tree.seen) <= 1
        assert all(link.startswith("#") for link in tree.links)
        assert not [named for _, named in tree.seen if "onclick" in named]


def a_full_cell_shows_each_stand_once_and_firm_words_before_talk():
    said = [("demand", "q = x", "position"), ("open-to", "q = y", ""), ("demand", "q = x", "position"),
            ("demand", "q = x", "position"), ("say", "q", ""), ("reject", "q = z", "red-line-stated"),
            ("urge", "q = y", "ask"), ("deny", "q", ""), ("demand", "q = w", "")]
    claims = "".join(f'  c{n}: {{date: 2025-03-{n:02d}, by: a, act: {act}, about: "{about}", says: "word {n}", source: s'
                     f'{", firmness: " + firm if firm else ""}}}\n' for n, (act, about, firm) in enumerate(said, 1))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "many.yaml"
        path.write_text("parley: 1\ntitle: Many\nas-of: 2025-03-14\nsources: {s: {name: Paper, kind: outlet}}\n"
                        "parties: {a: {name: Aland, roles: [principal]}}\n"
                        "issues: {q: {ask: What, options: {w: W, x: X, y: Y, z: Z}}}\nclaims:\n" + claims)
        text = page(path, "--format", "markdown")
    row = next(line for line in text.splitlines() if line.startswith("| q "))
    assert re.findall(r"\b(c\d)\)", row) == ["c2", "c4", "c6", "c7", "c9"], row
    assert "4 more" in row, row


def a_large_case_is_a_page_in_time_and_of_a_size_to_use():
    """Time is bounded loosely here: a debug build, or a busy machine."""
    parties = [f"p{i}" for i in range(8)]
    rows = ["parley: 1", "as-of: 2025-03-20", "sources: {s: {kind: outlet, date: 2025-03-14}}",
            "parties: {" + ", ".join(f"{p}: {{roles: [{'principal' if i < 2 else 'outside'}]}}"
                                     for i, p in enumerate(parties)) + "}", "issues:"]
    rows += [f"  i{i}: {{options: {{o: O, p: P, q: Q}}}}" for i in range(12)]
    rows.append("claims:")
    rows += [f"  c{i}: {{by: {parties[i % 8]}, act: {('say', 'open-to', 'propose')[i % 3]}, "
             f'about: "i{i % 12} = {"opq"[i // 12 % 3]}", date: 2025-03-{1 + i % 19:02}, source: s}}'
             for i in range(20000)]
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "t.yaml"
        case.write_text("\n".join(rows) + "\n")
        text = page(case)
        assert len(text) < 600000 and len(page(case, "--no-script")) < 300000, len(text)
        assert "more: parley show CASE" in text
        Tree(text)


def where_too_much_clashes_the_page_names_the_commands_that_look_on():
    rows = ["parley: 1", "sources: {s: {kind: outlet, date: 2025-03-14}}",
            "parties: {a: {roles: [principal]}, b: {roles: [principal]}}", "issues:"]
    rows += [f"  i{i}: {{options: {{{', '.join(f'o{k}: O' for k in range(30))}}}}}"
             for i in range(10)]
    rows.append("claims:")
    rows += [f'  {who}{i}x{k}: {{by: {who}, act: demand, about: "i{i} = o{k + shift}", source: s, '
             f'class: on-record}}'
             for i in range(10) for who, shift in (("a", 0), ("b", 9)) for k in range(8)]
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "t.yaml"
        case.write_text("\n".join(rows) + "\n")
        text = page(case)
        assert "There are more: parley blocks CASE --all" in text
        for verb in ("bridges", "counter", "ask"):
            assert re.search(rf"(than a page may|within the limits): parley {verb} CASE", text), verb
        Tree(text)


tests = [every_page_is_well_formed,
         nothing_runs_but_the_script_that_the_policy_names_and_nothing_is_fetched,
         a_page_without_script_has_none_and_is_otherwise_the_same,
         markdown_holds_the_same_tables_and_no_picture, markdown_of_a_hostile_case_stays_text,
         a_picture_says_in_words_what_it_shows, every_colour_of_text_stands_out_from_the_paper,
         the_same_bytes_every_time_from_everywhere,
         a_file_is_written_whole_for_its_owner_only_and_never_over_another,
         what_makes_no_sense_is_said, a_copy_for_everybody_has_no_reading_of_ours,
         hostile_text_cannot_leave_its_cell,
         a_full_cell_shows_each_stand_once_and_firm_words_before_talk,
         a_large_case_is_a_page_in_time_and_of_a_size_to_use,
         where_too_much_clashes_the_page_names_the_commands_that_look_on]
print(f"1..{len(tests)}")
failed = 0
for number, test in enumerate(tests, 1):
    try:
        test()
        print(f"ok {number} - {test.__name__}", flush=True)
    except Exception as error:  # noqa: BLE001 - every failure is a line
        failed += 1
        print(f"not ok {number} - {test.__name__}\n# {error!r}"[:3000], flush=True)
sys.exit(failed > 0)
