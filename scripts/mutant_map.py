"""Which tests execute which line of src/, for scripts/mutants: the library once as clang counts its blocks (mutant_cover.c), and
every test program and command line test once over it."""
import bisect
import collections
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

COVER_FLAGS = "-O0 -g1 -fPIC -fsanitize-coverage=edge,no-prune,trace-pc-guard,pc-table"
# Not here: what needs a browser, a cluster, or hours; what is about the build, not about src/.
LEFT_OUT = {"tests/e2e/cluster.bats", "tests/e2e/page.bats", "tests/e2e/spreadsheet.bats", "tests/faults/upload.bats", "tests/cli/bench.bats",
            "tests/cli/many_machines.bats"}
SECONDS = 600  # for one test program or file of tests


def test_files(top):
    """(programs, bats files), as names below the top."""
    programs = [str(path.relative_to(top))[:-2] for path in [*sorted(top.glob("tests/unit/test_*.c")), *sorted(top.glob("tests/property/*.c"))]]
    # cells.c is no test; flips.c replaces functions of the library as it is linked
    programs = [name for name in programs if name not in ("tests/property/cells", "tests/property/flips")]
    files = [str(path.relative_to(top)) for folder in ("cli", "property", "e2e", "faults") for path in sorted(top.glob(f"tests/{folder}/*.bats"))]
    return programs, [name for name in files if name not in LEFT_OUT]


def descriptions(path):
    """What the tests of a bats file are called, in order."""
    return [match.group(2) for match in re.finditer(r"^@test (['\"])(.*)\1 \{", path.read_text(), re.M)]


class Map:
    """lines: {path: {line: blocks}}; tests: {name: blocks executed}, a name is a program's or "FILE.bats:NUMBER"; seconds: {name: s}."""

    def __init__(self, lines, tests, seconds):
        self.lines, self.tests, self.seconds = lines, tests, seconds

    def executing(self, path, first, last):
        """Tests that execute any of the lines, or the nearest line before them that has code; None: no code before them."""
        known = self.lines.get(path, {})
        blocks = set().union(*(known.get(line, ()) for line in range(first, last + 1)))
        if not blocks:
            numbers = sorted(known)
            at = bisect.bisect_right(numbers, first) - 1
            if at < 0:
                return None
            blocks = known[numbers[at]]
        return [name for name, hit in self.tests.items() if hit & blocks]

    def share(self, path):
        """{test: how much of what it executes is in this file, by the second that it takes}, for the order of the tests."""
        mine = set().union(*self.lines.get(path, {0: set()}).values())
        return {name: len(hit & mine) / (len(hit) + 200) / (self.seconds.get(name, 1) + 0.3) for name, hit in self.tests.items()}


    def executing_file(self, path):
        """Tests that execute anything of the file; all, where it has no code."""
        blocks = set().union(*self.lines.get(path, {}).values())
        return [name for name, hit in self.tests.items() if hit & blocks or not blocks]


def copy_tree(top, root):
    """The tracked files as they lie in the checkout."""
    root.mkdir(parents=True, exist_ok=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=top, capture_output=True, check=True).stdout
    tar = subprocess.Popen(["tar", "-c", "--null", "-T-"], cwd=top, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    unpack = subprocess.Popen(["tar", "-x"], cwd=root, stdin=tar.stdout)
    tar.stdin.write(files)
    tar.stdin.close()
    if tar.wait() or unpack.wait():
        raise OSError(f"cannot copy {top} to {root}")
    (root / "build").mkdir(exist_ok=True)
    if (top / "build/e2e/node_modules").exists() and not (root / "build/e2e").exists():
        (root / "build/e2e").symlink_to(top / "build/e2e")


def runs(root, command):
    return subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def must(root, command):
    done = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(command)[:200]}: {done.stderr[-2000:]}")
    return done.stdout


def libraries(root, build):
    return (root / build / "libraries.libs").read_text().split()


def linker():
    return ["-fuse-ld=" + name for name in ("lld", "gold") if shutil.which("ld." + name)][:1]


def link(root, build, objects, main, more=()):
    """The library of the objects, and the program again where its main is another."""
    flags = ["-pthread", *linker(), "-Wl,--as-needed"]
    (root / build / "linked.list").write_text("\n".join(objects))
    if not runs(root, ["gcc", "-shared", *flags, "-o", f"{build}/libst2plecto.so", f"@{build}/linked.list", *more, *libraries(root, build)]):
        return False
    program = root / build / "st2plecto"
    if program.exists() and main == f"{build}/objects/main.o" and (root / build / "program.main").exists() and (
            root / build / "program.main").read_text() == main:
        return True
    (root / build / "program.main").write_text(main)
    return runs(root, ["gcc", "-pie", *flags, "-o", str(program), main, f"-L{build}", "-lst2plecto", *libraries(root, build),
                       "-Wl,--enable-new-dtags,-rpath,$ORIGIN"])


def compile_command(root, build, compiler, flags):
    """What make compiles src/base/text.c with, without its name and its object's."""
    name = sorted((root / "src/base").glob("*.c"))[0].stem
    shown = must(root, ["make", "-n", "-W", f"src/base/{name}.c", f"BUILD={build}", f"CC={compiler}", f"CFLAGS={flags}", "LTO=0", f"{build}/objects/base/{name}.o"])
    line = next(line for line in shown.splitlines() if f"-o {build}/objects/base/{name}.o" in line)
    words = line.split()
    return [word for word in words[:words.index("-o")] if word not in ("-MMD", "-MP")]


def build(root, build, compiler, flags, programs):
    """Objects, the library, the program, and the test programs over the library."""
    tests = [f"{build}/{name}.o" for name in programs]
    support = [f"{build}/{str(path.relative_to(root))[:-2]}.o" for path in sorted((root / "tests/support").glob("*.c"))]
    must(root, ["make", "-s", "-j2", f"BUILD={build}", f"CC={compiler}", f"CFLAGS={flags}", "LTO=0", "objects", "tools", *tests, *support])
    objects = [str(path.relative_to(root)) for path in sorted((root / build / "objects").rglob("*.o")) if path.name != "main.o" or path.parent.name != "objects"]
    (root / build / "objects.list").write_text("\n".join(objects))
    return objects, support


def link_tests(root, build, programs, support):
    for name in programs:
        must(root, ["gcc", "-pie", "-pthread", *linker(), "-Wl,--as-needed", "-o", f"{build}/{name}", f"{build}/{name}.o", *support, f"-L{build}",
                    "-lst2plecto", "-lcmocka", *libraries(root, build), "-Wl,--enable-new-dtags,-rpath,$ORIGIN/../.."])


def block_lines(table, blocks):
    """{path: {line: blocks whose instructions are of the line}}, of the library's line table (objdump) and its blocks' addresses."""
    order = sorted((address, number) for number, address in enumerate(blocks, 1))
    addresses = [address for address, _ in order]
    rows = []
    for row in table.splitlines():
        match = re.match(r"(?:\S*/)?(src/\S+\.[ch]) +(\d+|-) +0x([0-9a-f]+)", row)
        if match:
            rows.append((int(match.group(3), 16), match.group(1), 0 if match.group(2) == "-" else int(match.group(2))))
    rows.sort(key=lambda each: (each[0], each[2] > 0))
    lines = collections.defaultdict(lambda: collections.defaultdict(set))
    for at, (address, path, line) in enumerate(rows):
        end = rows[at + 1][0] if at + 1 < len(rows) else address + 1
        first = bisect.bisect_right(addresses, address) - 1
        while line and 0 <= first < len(addresses) and addresses[first] < max(end, address + 1):
            lines[path][line].add(order[first][1])
            first += 1
    return {path: dict(found) for path, found in lines.items()}


def run_all(root, programs, files, say):
    """Runs every test once; ends with {name: seconds}."""
    seconds = {}
    environment = dict(os.environ, ST2PLECTO=str(root / "build/st2plecto"), TMPDIR=str(root / "tmp"))
    (root / "tmp").mkdir(exist_ok=True)
    for name in programs:
        begin = time.monotonic()
        try:
            code = subprocess.run([str(root / "build" / name)], cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, timeout=SECONDS, check=False).returncode
        except subprocess.TimeoutExpired:
            code = "over time"
        seconds[name] = time.monotonic() - begin
        say(f"{name}: {code}, {seconds[name]:.1f} s")
    for name in files:
        begin = time.monotonic()
        child = subprocess.run(["timeout", str(SECONDS), "bats", "--tap", "--timing", name], cwd=root, env=environment, stdin=subprocess.DEVNULL,
                               capture_output=True, text=True, check=False)
        failed = 0
        for match in re.finditer(r"^(not ok|ok) (\d+) .* in (\d+)ms", child.stdout, re.M):
            failed += match.group(1) != "ok"
            seconds[f"{name}:{match.group(2)}"] = int(match.group(3)) / 1000
        say(f"{name}: {failed} failed, {time.monotonic() - begin:.1f} s")
        shutil.rmtree(root / "tmp", ignore_errors=True)
        (root / "tmp").mkdir(exist_ok=True)
    return seconds


def read_hits(folder):
    """{test: blocks it executes}; what a whole file's setup executes belongs to each of its tests."""
    found = {path.name.replace("+", "/"): frozenset(number for number, hit in enumerate(path.read_bytes()) if hit) for path in Path(folder).iterdir()}
    nothing = frozenset()
    return {name: hit | found.get(name.partition(":")[0] + ":0", nothing) for name, hit in found.items() if not name.endswith(":0") and name != "other"}


def make(top, root, say):
    """The map of the checkout at `top`, made in the folder `root`."""
    programs, files = test_files(top)
    copy_tree(top, root)
    objects, support = build(root, "build", "ccache clang" if shutil.which("ccache") else "clang", COVER_FLAGS, programs)
    hits = root / "hits"
    shutil.rmtree(hits, ignore_errors=True)
    hits.mkdir()
    # neither main nor the tests are counted
    must(root, ["gcc", "-O1", "-fPIC", f'-DCOVER_FOLDER="{hits}"', "-c", "scripts/mutant_cover.c", "-o", "build/cover.o"])
    plain = compile_command(root, "build", "gcc", "-O1 -g0 -fPIC")
    must(root, [*plain, "src/main.c", "-o", "build/main.o"])
    for name in [*programs, *(name[len("build/"):-2] for name in support)]:
        must(root, [*plain, "-Itests", f"{name}.c", "-o", f"build/{name}.o"])
    if not link(root, "build", objects, "build/main.o", ["build/cover.o"]):
        raise OSError("the counted library does not link")
    link_tests(root, "build", programs, support)
    blocks = root / "blocks"
    subprocess.run([str(root / "build/st2plecto"), "--version"], env=dict(os.environ, MUTANT_COVER_BLOCKS=str(blocks)), capture_output=True, check=True)
    seconds = run_all(root, programs, files, say)
    table = must(root, ["objdump", "--dwarf=decodedline", "build/libst2plecto.so"])
    return Map(block_lines(table, [int(line, 16) for line in blocks.read_text().split()]), read_hits(hits), seconds)
