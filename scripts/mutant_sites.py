"""The places of a C source where scripts/mutants may plant a damage, found by the layout that clang-format gives it."""
import re

SWAPS = {
    "relation": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "arithmetic": {"+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|", "|": "&"},
    "assignment": {"+=": "=", "-=": "+=", "|=": "=", "&=": "="},
}
# Room that is one larger holds the same; memory that is not freed is what the sanitizers are for.
ROOM = re.compile(r"^ *(static )?(const )?(struct )?[\w ]+?[ *]\w+\[$|\b(memory_get|memory_get_zero|malloc|calloc)\($")
FREEING = re.compile(r"(\w+_free|free_\w+|\w+_close)\(\)$")
# What frees memory or prints for people who debug: leaving it out changes nothing that a run could show.
SILENT_CALLS = re.compile(r"\b(free|\w+_free|\w+_destroy|memory_prepare|va_end|_Static_assert)$")


class Site:
    """One damage: text[begin:end] of the file becomes `new`."""

    def __init__(self, path, kind, text, begin, end, new):
        self.path, self.kind, self.text, self.begin, self.end, self.new = path, kind, text, begin, end, new

    def apply(self, text):
        return text[:self.begin] + self.new + text[self.end:]

    def key(self):
        """The same for as long as the function and the line are: numbers of lines would not be."""
        first, last = self.text.rfind("\n", 0, self.begin) + 1, self.text.find("\n", self.end)
        old, new = self.text[first:last].split(), (self.text[first:self.begin] + self.new + self.text[self.end:last]).split()
        return f"{self.path} {function_of(self.text, self.begin)} {self.kind}: {' '.join(old)} => {' '.join(new)}"


def function_of(text, place):
    names = re.findall(r"^(?!static const|#)[\w][^\n;=]*?\b(\w+)\([^;{}]*\) \{$", text[:place], re.M)
    return names[-1] + "()" if names else "-"


def masked(text):
    """The text with comments, strings, characters, preprocessor lines and assertions as blanks: same length."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*|^_Static_assert\([^;]*;'
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.S | re.M)


def closing(text, place):
    """Where the bracket at `place` closes."""
    depth = 0
    for at in range(place, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def of(path, text):
    """All places of the file, in its order."""
    code, sites = masked(text), []

    def add(kind, begin, end, new):
        before, behind = text[text.rfind("\n", 0, begin) + 1:begin], text[end:text.find("\n", end)]
        if kind == "constant" and ROOM.search(before):
            return
        if kind == "condition" and (re.match(r"\) (return;|close\()", behind)) and FREEING.match(function_of(text, begin)):
            return
        sites.append(Site(path, kind, text, begin, end, new))

    for kind, swaps in SWAPS.items():
        for match in re.finditer(r"(?<=[\w)\]'\" ]) (" + "|".join(sorted(map(re.escape, swaps), key=len, reverse=True)) + r") (?=\S|$)", code, re.M):
            add(kind, match.start(1), match.end(1), swaps[match.group(1)])
    for match in re.finditer(r"(?<=[\w\])])(\+\+|--)|(\+\+|--)(?=[\w(*])", code):
        add("step", match.start(), match.end(), "--" if match.group() == "++" else "++")
    for match in re.finditer(r"!(?=[\w(])", code):
        add("negation", match.start(), match.end(), "")
    for match in re.finditer(r"\b(true|false)\b", code):
        add("constant", match.start(), match.end(), "false" if match.group() == "true" else "true")
    for match in re.finditer(r"(?<![\w.])(\d+)(?=[\s;,)\]:?u])(?![\w]*\.)", code):
        if not re.search(r"\bcase $", code[:match.start()]):
            add("constant", match.start(1), match.end(1), str(int(match.group(1), 8 if re.match(r"0\d", match.group(1)) else 10) + 1))
    for match in re.finditer(r"\b(?:if|while) \(", code):
        begin, end = match.end(), closing(code, match.end() - 1)
        if match.group().startswith("if"):
            add("condition", begin, end, f"{text[begin:end]} || 1")
            add("condition", begin, end, f"({text[begin:end]}) && 0")
    for match in re.finditer(r"^ +(\w+)\([^;]*\);$", code, re.M):
        if match.group(1) not in ("return", "if", "while", "for", "switch", "sizeof") and not SILENT_CALLS.match(match.group(1)):
            add("call left out", match.start(), match.end(), ";")
    for match in re.finditer(r"^ +[\w>.\[\]*-]+ (?:=|\+=|-=|\|=|&=) [^;{}\n]+;$", code, re.M):
        add("left out", match.start(), match.end(), ";")
    for match in re.finditer(r"\breturn ([^;]+);", code):
        if match.group(1) not in ("0", "false", "NULL", "true"):
            add("return", match.start(1), match.end(1), "0")
    for match in re.finditer(r"^( +\{[^\n]*\},)\n( +\{[^\n]*\},)$", code, re.M):
        (a, b), (c, d) = match.span(1), match.span(2)
        add("table", a, d, text[c:d] + "\n" + text[a:b])
    return sites
