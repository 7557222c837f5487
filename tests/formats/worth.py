"""What a package is worth in a case file, by the rules of its `values:`, in exact fractions.

Written from the description of the format and of nothing else, to have a second opinion. It reads
the JSON that `parley convert --json` prints.
"""
from fractions import Fraction


def number(text):
    return Fraction(str(text))


class Case:
    def __init__(self, data):
        self.data = data
        self.issues = list(data["issues"])
        self.parties = list(data["values"])

    def labels(self, issue):
        """Option ids by label; None for a quantity."""
        options = self.data["issues"][issue].get("options")
        return None if options is None else {label: key for key, label in options.items()}

    def sizes(self):
        return [self.size(issue) for issue in self.issues]

    def size(self, issue):
        record = self.data["issues"][issue]
        if "options" in record:
            return len(record["options"])
        q = record["quantity"]
        return int((number(q["to"]) - number(q["from"])) / number(q["step"])) + 1

    def package(self, bid):
        """From labels and numbers, in the order of issues, to {issue: id or Fraction}."""
        out = {}
        for issue, value in zip(self.issues, bid):
            labels = self.labels(issue)
            out[issue] = number(value) if labels is None else labels[str(value)]
        return out

    def worth(self, party, package):
        v = self.data["values"][party]
        total = number(v.get("base", 0))
        for issue, scores in v.get("scores", {}).items():
            if issue not in package:
                continue
            score = curve(scores, package[issue]) if isinstance(scores, list) else \
                number(scores[package[issue]])
            weight = number(v.get("weights", {}).get(issue, 1))
            total += weight * score / number(v.get("out-of", {}).get(issue, 1))
        if len(package) == len(self.issues):
            total += sum(box(b, package) for b in v.get("boxes", []))
        total /= number(v.get("divided-by", 1))
        return min(total, number(v["cap"])) if "cap" in v else total

    def without(self, party):
        """None when it is not given."""
        text = self.data["values"][party].get("without-a-deal")
        if text is None:
            return None
        if "=" not in str(text):
            return number(text)
        package = {}
        for part in text.split(" and "):
            issue, value = (word.strip().strip('"') for word in part.split(" = "))
            package[issue] = value if self.labels(issue) is not None else number(value)
        return self.worth(party, package)


def curve(points, at):
    points = [(number(a), number(b)) for a, b in points]
    if at <= points[0][0]:
        return points[0][1]
    for (a, x), (b, y) in zip(points, points[1:]):
        if at <= b:
            return x + (y - x) * (at - a) / (b - a)
    return points[-1][1]


def inside(sides, package):
    return [number(low) <= package[issue] <= number(high) if isinstance(package[issue], Fraction)
            else package[issue] in (low, high) for issue, (low, high) in sides.items()]


def box(b, package):
    if "of" in b:
        members = [box(m, package) for m in b["of"]]
        take = {"sum": sum, "min": min, "max": max}[b.get("take", "sum")]
        return number(b.get("times", 1)) * take(members)
    if not all(inside(b.get("where", {}), package)):
        return Fraction(0)
    if "outside" in b and all(inside(b["outside"], package)):
        return Fraction(0)
    return number(b["add"])
