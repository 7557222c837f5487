#!/usr/bin/env python3
"""Text that was typed to break a page, in every text of every record, on every page.

The published schema says where a case holds free text. Each such place of the shipped cases gets, one kind after
the other, markup, controls of a terminal, marks that turn the reading direction, links of Markdown, line ends, words
without an end, and what a spreadsheet takes for a formula. What comes out is read as the reader's program would
read it: lines of a terminal, Markdown, HTML, a table.
"""
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

try:
    import yaml
except ImportError:
    yaml = None

PARLEY, CASES, SCHEMA = (str(pathlib.Path(arg).resolve()) for arg in sys.argv[1:4])

KINDS = {
    "markup": "</td></table></script><!--<script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;b&gt;\"' onclick=x",
    "terminal": "a\x1b[2J\x1b]8;;http://x.example\x07b\x9b31m\x07\x08\r\x7f\u0085z",
    "turned": "\u202eabc\u2066\u200f\u05d0\u05d1\u061c\ufeff\u200b\U000e0041e\u0301\u0301\u0301\u0301\u0301\u0301",
    "markdown": "[go](javascript:alert(1)) ![i](http://x.example/i.png) `code` **b** | c |\n# head\n- x <http://x.example>",
    "endless": "w" * 400 + " \u6f22" * 50 + " " + "\u6f22" * 200,
    "sheet": "=HYPERLINK(\"http://x.example\";\"go\")",
}
VIEWS = [("status",), ("deals",), ("blocks",), ("show",), ("show", "--changes"), ("show", "--blocs"), ("show", "--levers"),
         ("show", "--agenda"), ("show", "--ripeness"), ("channels",), ("channels", "--candidates"), ("relay",), ("meet",),
         ("meet", "--standing"), ("favours",), ("promises",), ("contradictions",), ("figures",), ("timeline",),
         ("timeline", "--positions"), ("digest", "--since", "2020-01-01")]
# Marks that a language needs, and the isolates that the program puts round a text that runs the other way.
MARKS = set("\u200b\u200c\u200d\u200e\u200f\u061c")
ISOLATE, END = "\u2068", "\u2069"


def run(*words, code=(0, 1), cwd=None):
    done = subprocess.run([PARLEY, *words], capture_output=True, check=False, cwd=cwd, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode in code, (words, done.returncode, done.stderr[-400:])
    return done.stdout.decode("utf-8")


def spoiled(case, schema, hostile):
    """The case with `hostile` behind every free text; and how many there were."""
    count = 0

    def is_text(rule):
        if rule.get("$ref") in ("#/$defs/text", "#/$defs/some-text"):
            return True
        return any(is_text(one) for one in rule.get("anyOf", []))

    def resolve(rule):
        while "$ref" in rule:
            rule = schema["$defs"][rule["$ref"].rsplit("/", 1)[1]]
        return rule

    def walk(value, rule, key):
        nonlocal count
        if isinstance(value, str):
            if not is_text(rule):
                return value
            looks_up = key in ("about", "text", "point", "implies", "said", "answer", "publicity", "words", "sense",
                               "exact", "unattributed", "assurance", "result", "may-say", "case", "law")
            if looks_up:
                return value
            count += 1
            return value + " " + hostile
        options = [resolve(one) for one in rule.get("anyOf", [])] or [resolve(rule)]
        for one in options:
            one = resolve(one)
            if isinstance(value, dict) and ("properties" in one or "additionalProperties" in one):
                known = one.get("properties", {})
                rest = one.get("additionalProperties", {})
                rest = rest if isinstance(rest, dict) else {}
                return {k: walk(v, known.get(k, rest), k) for k, v in value.items()}
            if isinstance(value, list) and "items" in one:
                return [walk(v, one["items"], key) for v in value]
        return value

    made = walk(case, schema, "")
    made["title"] = case.get("title", "T") + " " + hostile
    for claim in made.get("claims", {}).values():
        about = claim.get("about", "")
        if " " in about and not re.search(r"[=<>{]| and | or ", about + hostile):  # words, and not a formula by now
            claim["about"] = about + " " + hostile
    return made, count


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: tags, and attributes that act."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.acting, self.tags, self.text = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "action", "data") and not (value or "").startswith("#")):
                self.acting.append((tag, name, value))

    def handle_data(self, data):
        self.text.append(data)


TAGS = {"html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "footer", "h1", "h2", "h3", "p",
        "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "abbr", "b", "strong",
        "em", "i", "span", "div", "small", "figure", "figcaption", "svg", "g", "path", "line", "rect", "circle", "text", "tspan",
        "desc", "defs", "pattern", "polygon", "polyline", "marker", "br", "wbr", "hr", "script", "time", "colgroup", "col", "aside",
        "details", "summary", "code", "article", "use", "symbol", "clippath", "ellipse", "bdi"}


def check_characters(text, where):
    """No control, no mark that turns what stands behind it; what runs the other way is closed in, and ends."""
    for line in text.split("\n"):
        depth = 0
        for ch in line:
            depth += (ch == ISOLATE) - (ch == END)
            assert depth >= 0, (where, line)
            if ch not in MARKS and ch not in (ISOLATE, END):
                assert unicodedata.category(ch) not in ("Cc", "Cf", "Zl", "Zp", "Cs"), (where, hex(ord(ch)), line[:200])
        assert depth == 0, (where, "an isolate that does not end", line[:200])


def check_lines(text, where):
    check_characters(text, where)
    for line in text.split("\n"):
        wide = sum(0 if unicodedata.combining(ch) or unicodedata.category(ch) == "Cf" else 2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in line)
        assert wide <= 80, (where, wide, line)


def check_html(text, where):
    page = Page()
    page.feed(text)
    assert not page.acting, (where, page.acting[:3])
    assert page.tags <= TAGS, (where, page.tags - TAGS)
    check_characters(text, where)


def check_markdown(text, where):
    check_characters(text, where)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)  # what is escaped is text
    assert "](" not in bare and "![" not in bare and "`code`" not in bare, (where, bare[:0])
    assert "**b**" not in bare and not re.search(r"<(?!!--|/?br)[A-Za-z/!]", bare), (where, re.findall(r".{30}<[A-Za-z/!].{20}", bare)[:2])
    assert not re.search(r"^# head", bare, re.M), where


def check_table(text, where):
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.startswith(("=", "@", "\t", "\r")), (where, cell[:60])


def main():
    names = sorted(p.stem for p in pathlib.Path(CASES).glob("*.yaml"))
    print(f"1..{len(KINDS)}")
    if yaml is None:
        for n, kind in enumerate(KINDS, 1):
            print(f"ok {n} - {kind} # SKIP there is no yaml module for Python")
        return 0
    schema = json.loads(pathlib.Path(SCHEMA).read_text())
    cases = {name: json.loads(json.dumps(yaml.safe_load((pathlib.Path(CASES) / f"{name}.yaml").read_text()), default=str))
             for name in names}
    failed = False
    rich = ("korr-pass", "shuttle-2022", "exchange-2023", "halt-2025", "river-at-home")
    for n, (kind, hostile) in enumerate(KINDS.items(), 1):
        total = 0
        with tempfile.TemporaryDirectory() as folder:
            try:
                for name in rich:
                    made, count = spoiled(cases[name], schema, hostile)
                    total += count
                    path = f"{name}.json"
                    pathlib.Path(folder, path).write_text(json.dumps(made))
                    party = next(iter(made["parties"]))
                    for view in VIEWS:
                        check_lines(run(view[0], path, *view[1:], cwd=folder), (name, view))
                    check_characters(run("check", path, cwd=folder), (name, "check"))
                    check_lines(run("brief", path, party, cwd=folder), (name, "brief"))
                    check_lines(run("text", path, code=(0, 1, 3), cwd=folder), (name, "text"))
                    for verb in (["brief", path, party], ["digest", path, "--since", "2020-01-01"], ["page", path]):
                        more = ["--no-script"] if verb[0] == "page" else []
                        check_html(run(*verb, *more, "--format", "html", cwd=folder), (name, verb[0], "html"))
                        check_markdown(run(*verb, "--format", "markdown", cwd=folder), (name, verb[0], "markdown"))
                    check_table(run("export", path, "--csv", "-", code=(0, 1, 2, 3), cwd=folder), (name, "csv"))
                assert total > 150, total
                print(f"ok {n} - {kind} in {total} texts is harmless on every page", flush=True)
            except Exception as err:  # a test that breaks is a test that failed
                failed = True
                print(f"not ok {n} - {kind} is harmless on every page\n# {str(err)[:1500]!r}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
