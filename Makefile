# Builds st2plecto. `make help` says what there is to make; README.md says how to begin.
#
# Everything made lands under $(BUILD), so several builds (gcc, clang, sanitizers) live beside each other and
# `make clean` is one folder. How tests are run and counted is known to scripts/test alone.

# Make would look through its built-in rules for each of a thousand dependency files: a quarter of a second.
MAKEFLAGS += --no-builtin-rules

BUILD   ?= build
PREFIX  ?= /usr/local
BINDIR  ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR  ?= $(DATADIR)/man
DESTDIR ?=

# Make's own default is cc; ours is the first compiler that is there.
ifeq ($(origin CC),default)
CC := $(firstword $(foreach name,gcc clang cc,$(if $(shell command -v $(name)),$(name))) cc)
endif
CFLAGS ?= -O3 -g
# SANITIZE=address,undefined or thread: see the targets asan and tsan.
SANITIZE ?=
# WERROR=1: warnings are errors (CI and scripts/test).
WERROR ?=

version := $(shell sed -n 's/^[[:space:]]*\#define[[:space:]].*VERSION[[:space:]].*"\(.*\)".*/\1/p' src/version.h 2>/dev/null | head -n 1)

comma := ,
optimised := $(filter -O1 -O2 -O3 -Os -Ofast,$(CFLAGS))
# glibc checks buffers only in optimised builds, and sanitizers look closer than it does.
fortify := $(if $(SANITIZE),,$(if $(optimised),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
# clang counts NULL + 0, the end of an empty buffer, as an overflow of pointers, which C2y and every compiler allow; gcc,
# which does not, looks for real ones in the nightly run.
no_null_offset := $(if $(and $(findstring clang,$(notdir $(firstword $(CC)))),$(findstring undefined,$(SANITIZE))),-fno-sanitize=pointer-overflow)
# A shift by more bits than there are gives another number on another machine: never a warning only. Files may be larger
# than 2 GiB wherever long has 32 bits.
compile_flags := -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Isrc -I$(BUILD) \
    -Wall -Wextra -Wshadow -Wconversion -Werror=shift-count-overflow $(if $(filter 1,$(WERROR)),-Werror) -fstack-protector-strong -fPIE -pthread $(fortify) \
    $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer $(no_null_offset))
link_flags := -pie -pthread -Wl,-z,relro,-z,now -Wl,--as-needed \
    $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all)

# LINK=static LIBRARIES=FOLDER: the libraries are linked in, those of scripts/package/libraries. Then the linker hands these
# calls of theirs to base/libraries_linked.c.
LINK ?= dynamic
LIBRARY_CALLS := malloc calloc realloc fclose rewind fseek fseeko ftell ftello
ifeq ($(LINK),static)
compile_flags += -DLIBRARIES_LINKED_IN
link_flags += -static -s $(addprefix -Wl$(comma)--wrap=,$(LIBRARY_CALLS))
endif

# LTO=1: the modules that every row goes through are optimised as one (2 to 6 % faster, ten seconds more to build); so by
# default where the compiler is gcc and the build is for speed. Their objects are ordinary ones too, for the tests.
LTO ?= $(if $(SANITIZE),,$(if $(filter -O3,$(CFLAGS)),$(if $(findstring gcc,$(notdir $(firstword $(CC)))),1)))
lto_modules := base convert fixes input ledger output people values
lto_compile := $(if $(filter 1,$(LTO)),-flto=auto -ffat-lto-objects)
lto_link    := $(if $(filter 1,$(LTO)),-flto=auto)
lto_none    := $(if $(filter 1,$(LTO)),-fno-lto)

sources   := $(sort $(filter-out src/port/wasm/% src/port/windows/%,$(wildcard src/*.c src/*/*.c src/*/*/*.c)))
# Files that the program holds: schemas, pages of the commands, the style sheet of reports, time zones.
embedded  := $(patsubst %,$(BUILD)/embedded_%.c,schemas kinds pages style zones)
# Libraries that are opened where they are first needed: see src/base/late.h.
late      := $(patsubst %,$(BUILD)/late_%.c,expat xlsxwriter z zip sqlite3)
schemas   := $(sort $(wildcard schemas/*.json schemas/*/*.json))
pages     := $(sort $(wildcard src/cli/pages/*.txt))
main      := $(BUILD)/objects/main.o
made      := $(patsubst $(BUILD)/%.c,$(BUILD)/objects/%.o,$(embedded) $(late))
objects   := $(filter-out $(main),$(sources:src/%.c=$(BUILD)/objects/%.o)) $(made)
# UNTHREADED_FROM=FOLDER: folders where no thread runs in the tests of the day come from that build: half of ThreadSanitizer's.
unthreaded := $(addprefix $(BUILD)/objects/,$(addsuffix /%,cli upload reconcile routine review render fixes))
ifdef UNTHREADED_FROM
objects   := $(filter-out $(unthreaded),$(objects)) \
    $(patsubst $(BUILD)/%,$(UNTHREADED_FROM)/%,$(filter $(unthreaded),$(objects)))
endif
archive   := $(BUILD)/libst2plecto.a
# A hundred test programs are linked: gold, where binutils has it, takes a third of the time, and addresses are enough.
test_link := $(if $(shell command -v ld.gold),-fuse-ld=gold) $(if $(SANITIZE),,-Wl,-S)
# Each file is a program of its own; what several of them share lies in tests/support.
unit      := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
property  := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/property/*.c)))
support   := $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(sort $(wildcard tests/support/*.c)))
tools     := $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(sort $(wildcard tests/tools/*.c))) \
    $(BUILD)/tools/sweep $(BUILD)/tools/shim.so $(BUILD)/tools/escape.so
tool_flags = -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Wshadow -Wconversion -Werror=shift-count-overflow \
    $(if $(filter 1,$(WERROR)),-Werror) -O2 -ffp-contract=off
# Fuzz targets: a program each of fuzz_NAME.c, what they share, and a fuzzer or, without one, standalone.c.
fuzzers   := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
fuzz_base := $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(filter-out tests/fuzz/fuzz_% tests/fuzz/standalone.c,$(sort $(wildcard tests/fuzz/*.c)))) \
    $(addprefix $(BUILD)/tests/support/,conversion.o json_reference.o json_check.o)
fuzz_main := $(if $(findstring fuzzer,$(SANITIZE)),,$(BUILD)/tests/fuzz/standalone.o)
FUZZ_TIME ?= 60

.PHONY: all man objects tests tools check faults coverage asan tsan fuzz fuzz-targets lint lint-all mutants nightly cluster install uninstall dist release clean help FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/st2plecto
objects: $(main) $(objects)

help:
	@echo 'make            build $(BUILD)/st2plecto'
	@echo 'make check      build and run the tests (scripts/test installs what they need and runs everything)'
	@echo 'make faults     every allocation and system call fails once (tests/faults); FAULTS="--limit 100" for a part'
	@echo 'make asan       the same under AddressSanitizer and UBSan, in build/asan'
	@echo 'make tsan       the same under ThreadSanitizer, in build/tsan'
	@echo 'make fuzz       fuzz every reader and parser, FUZZ_TIME=60 seconds each (FUZZ="csv json" for some), with libFuzzer'
	@echo '                with AFL++: tests/fuzz/run --afl'
	@echo 'make coverage   which lines and branches the tests reach'
	@echo 'make lint       clang-tidy, cppcheck, gcc -fanalyzer over what differs from main, shellcheck; make lint-all: over all'
	@echo 'make cluster    360 feeds as an array of Slurm on this machine (as root)'
	@echo 'make nightly    all tests, those that are too long for CI too (scripts/test --nightly), then make faults'
	@echo 'make page       build/wasm/st2plecto.html, the converter as one page (needs emscripten), and the npm package'
	@echo 'make install    to $$(DESTDIR)$$(PREFIX), now $(DESTDIR)$(PREFIX); make uninstall takes it away'
	@echo 'make dist       build/st2plecto-$(version).tar.gz from the files git knows'
	@echo 'make release    packages for this and other machines, twice with the same bytes, in build/release (src/manual/reference/machines.md)'
	@echo 'make clean      remove build/'
	@echo 'Variables: CC=$(CC) CFLAGS="$(CFLAGS)" BUILD=$(BUILD) PREFIX BINDIR DATADIR MANDIR DESTDIR WERROR=1 SANITIZE= LTO=0'

# ---- the program

$(BUILD)/st2plecto: $(main) $(archive) $(BUILD)/libraries.libs
	$(CC) $(CFLAGS) $(lto_link) $(link_flags) $(LDFLAGS) -o $@ $(main) $(archive) @$(BUILD)/libraries.libs

# Made anew each time: ar would keep the object of a source that is gone.
$(archive): $(objects)
	rm -f $@
	$(AR) rcs $@ $(objects)

$(BUILD)/objects/%.o: src/%.c $(BUILD)/flags $(BUILD)/libraries.cflags
	@mkdir -p $(@D)
	$(CC) $(compile_flags) @$(BUILD)/libraries.cflags $(CPPFLAGS) $(CFLAGS) $(if $(filter $(lto_modules),$(firstword $(subst /, ,$*))),$(lto_compile)) -MMD -MP -c -o $@ $<

$(made): $(BUILD)/objects/%.o: $(BUILD)/%.c $(BUILD)/flags $(BUILD)/libraries.cflags
	@mkdir -p $(@D)
	$(CC) $(compile_flags) @$(BUILD)/libraries.cflags $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(late): $(BUILD)/late_%.c: scripts/late-library src/base/late_libraries.txt $(BUILD)/libraries.libs
	@mkdir -p $(@D)
	scripts/late-library $* $(BUILD)
$(late:.c=.h): %.h: %.c ;

# Which files include their headers is known only when they are compiled.
$(main) $(objects) $(support) $(unit:=.o) $(property:=.o): | $(late:.c=.h)

# The folder itself is a prerequisite too: its time changes when a schema is removed.
$(BUILD)/embedded_schemas.c: scripts/embed-schemas scripts/embed-text $(schemas) $(wildcard schemas)
	@mkdir -p $(@D)
	scripts/embed-schemas schemas > $@

$(BUILD)/embedded_kinds.c: scripts/embed-kinds schemas/api/kinds.json
	@mkdir -p $(@D)
	scripts/embed-kinds schemas/api/kinds.json > $@

$(BUILD)/embedded_style.c: scripts/embed-text src/render/html.css
	@mkdir -p $(@D)
	scripts/embed-text html_style render/html_style.h src/render/html.css > $@

$(BUILD)/embedded_zones.c: scripts/embed-text src/values/zones.txt
	@mkdir -p $(@D)
	scripts/embed-text embedded_zones values/zone_text.h src/values/zones.txt > $@

$(BUILD)/embedded_pages.c: scripts/embed-pages scripts/embed-text $(pages) $(wildcard src/cli/pages)
	@mkdir -p $(@D)
	scripts/embed-pages src/cli/pages > $@

# ---- what the build stands on

# Rewritten only when the compiler or a flag changes, and then everything is compiled again.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(compile_flags) $(CPPFLAGS) $(CFLAGS) $(lto_compile) $(link_flags) $(LDFLAGS)' > $@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@

$(BUILD)/libraries.cflags $(BUILD)/libraries.libs $(BUILD)/libraries.names &: scripts/find-libraries $(BUILD)/flags
	@CC='$(CC)' LIBRARIES='$(if $(filter static,$(LINK)),$(LIBRARIES))' scripts/find-libraries $(BUILD)

# ---- tests

tests: $(unit) $(property) tools
tools: $(tools)

# What is tested is built for speed, the tests are not.
test_cflags := $(patsubst -O3,-O1,$(CFLAGS))

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags $(BUILD)/libraries.cflags
	@mkdir -p $(@D)
	$(CC) $(compile_flags) -Itests @$(BUILD)/libraries.cflags $(CPPFLAGS) $(test_cflags) -MMD -MP -c -o $@ $<

$(unit) $(property): $(BUILD)/tests/%: $(BUILD)/tests/%.o $(support) $(archive) $(BUILD)/libraries.libs
	$(CC) $(CFLAGS) $(lto_none) $(link_flags) $(test_link) $(LDFLAGS) -o $@ $< $(support) $(archive) -lcmocka @$(BUILD)/libraries.libs

# Millions of runs with the schema loaded once.
$(BUILD)/tests/property/flips: link_flags += -Wl,--wrap=schema_load,--wrap=schema_free

# The tools measure and make data for every build alike: no sanitizer, and no fused multiply-add, which would change
# the generator's numbers from one machine to the next.
$(BUILD)/tools/%: tests/tools/%.c
	@mkdir -p $(@D)
	$(CC) $(tool_flags) -o $@ $<
# The bare libxlsxwriter that our workbooks are measured against.
$(BUILD)/tools/workbook_alone $(BUILD)/tools/cells_alone: $(BUILD)/tools/%: tests/tools/%.c $(BUILD)/libraries.cflags $(BUILD)/libraries.libs
	@mkdir -p $(@D)
	$(CC) $(tool_flags) @$(BUILD)/libraries.cflags -o $@ $< @$(BUILD)/libraries.libs

# What makes the program under test fail (tests/faults), and what runs it thousands of times so.
$(BUILD)/tools/shim.so: tests/faults/faults.h
$(BUILD)/tools/shim.so $(BUILD)/tools/escape.so: $(BUILD)/tools/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(CC) $(tool_flags) -fPIC -shared -o $@ $<
$(BUILD)/tools/sweep: $(wildcard tests/faults/*.c tests/faults/*.h)
	@mkdir -p $(@D)
	$(CC) $(tool_flags) -o $@ $(filter-out %/shim.c %/escape.c,$(filter %.c,$^))

$(fuzzers): $(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/fuzz_%.o $(fuzz_base) $(fuzz_main) $(archive) $(BUILD)/libraries.libs
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(link_flags) $(if $(fuzz_main),$(test_link),-fsanitize=fuzzer) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) @$(BUILD)/libraries.libs

# With whatever fuzzer this build is made for: `make fuzz` builds them for libFuzzer.
fuzz-targets: $(fuzzers)
fuzz:
	tests/fuzz/run --time '$(FUZZ_TIME)' $(FUZZ)

check: all tests
	scripts/test --no-install --built $(BUILD)
# Every allocation and every system call fails once, and the program dies before each: two hours.
# make faults FAULTS="--limit 100" takes about 100 points of each kind, as CI does;
# FAULTS_UPLOAD_LIMIT=100 does so for upload, verify and datasource (0: all, with each place that allocates once).
FAULTS ?=
FAULTS_UPLOAD_LIMIT ?= 0
faults: all tools
	$(BUILD)/tools/sweep $(FAULTS) $(BUILD)/st2plecto $(BUILD)/tools/shim.so .
	ST2PLECTO=$(abspath $(BUILD)/st2plecto) FAULTS_UPLOAD_LIMIT=$(FAULTS_UPLOAD_LIMIT) bats tests/faults/upload.bats
coverage:
	scripts/coverage
asan:
	scripts/test --no-install --only asan
tsan:
	scripts/test --no-install --only tsan
lint: $(embedded) $(late)
	scripts/lint --changed
lint-all: $(embedded) $(late)
	scripts/lint
# The feeds of a group of companies as an array of Slurm on one node; as root, with slurm-wlm, munge, bats and jq.
cluster: all
	bash -c '. scripts/lib.sh && need_packages slurm-wlm munge bats jq'
	ST2PLECTO=$(abspath $(BUILD)/st2plecto) NIGHTLY=1 bats tests/e2e/cluster.bats
# One damage at a time in src/, and which test notices it: MUTANTS="--count 20 --only src/values" for some.
MUTANTS ?=
mutants:
	scripts/mutants $(MUTANTS)
nightly:
	scripts/test --nightly
	$(MAKE) faults
	$(MAKE) mutants

# ---- man pages

# A page a command, of the manual's Markdown. Without lowdown they are left out; st2plecto.1 is always there.
manuals := $(filter $(basename $(notdir $(pages))),$(basename $(notdir $(wildcard src/manual/reference/*.md))))
man:
	@if command -v lowdown >/dev/null; then mkdir -p '$(BUILD)/man'; for page in $(manuals); do \
	    awk -v name="st2plecto-$$page" 'NR == 1 { print "# NAME"; next } NR == 3 { sub(/[.]$$/, ""); print name " - " $$0; next } { sub(/^## /, "# "); print }' \
	        "src/manual/reference/$$page.md" | lowdown -s -Tman --out-no-smarty -M title="st2plecto-$$page" -M section=1 \
	        -M source='st2plecto $(version)' -o "$(BUILD)/man/st2plecto-$$page.1" || exit 1; done; \
	else echo 'lowdown is not installed: the man pages of the commands are left out (apt-get install lowdown)'; fi

# ---- the page

.PHONY: page
page:
	scripts/package/wasm
	scripts/package/page
	scripts/package/npm

# ---- install

# Where each shell looks for completions; a distribution may have it otherwise for zsh.
BASHDIR ?= $(DATADIR)/bash-completion/completions
ZSHDIR  ?= $(DATADIR)/zsh/site-functions
FISHDIR ?= $(DATADIR)/fish/vendor_completions.d
# A program of this version that runs here: for another machine, the one of this machine.
TELLER  ?= $(BUILD)/st2plecto
completions := $(patsubst %,$(BUILD)/completion/st2plecto.%,bash zsh fish)
$(completions): $(BUILD)/completion/st2plecto.%: $(TELLER)
	@mkdir -p $(@D)
	'$(TELLER)' help completion $* > $@

install: all man $(completions)
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)/man1' '$(DESTDIR)$(DATADIR)/st2plecto/schemas'
	install -m 755 $(BUILD)/st2plecto '$(DESTDIR)$(BINDIR)/st2plecto'
	sed '/^\.TH /s/"st2plecto"/"st2plecto $(version)"/' src/cli/st2plecto.1 >'$(BUILD)/st2plecto.1'
	install -m 644 '$(BUILD)/st2plecto.1' '$(DESTDIR)$(MANDIR)/man1/st2plecto.1'
	for page in $(manuals); do file='$(BUILD)'/man/st2plecto-$$page.1; \
	    [ ! -e "$$file" ] || install -m 644 "$$file" '$(DESTDIR)$(MANDIR)/man1' || exit 1; done
	install -D -m 644 $(BUILD)/completion/st2plecto.bash '$(DESTDIR)$(BASHDIR)/st2plecto'
	install -D -m 644 $(BUILD)/completion/st2plecto.zsh '$(DESTDIR)$(ZSHDIR)/_st2plecto'
	install -D -m 644 $(BUILD)/completion/st2plecto.fish '$(DESTDIR)$(FISHDIR)/st2plecto.fish'
	for file in $$(cd schemas && find . -type f); do \
	    install -D -m 644 "schemas/$$file" '$(DESTDIR)$(DATADIR)/st2plecto/schemas'/"$$file" || exit 1; done

uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/st2plecto' '$(DESTDIR)$(MANDIR)/man1/st2plecto.1' $(manuals:%='$(DESTDIR)$(MANDIR)/man1/st2plecto-%.1') \
	    '$(DESTDIR)$(BASHDIR)/st2plecto' '$(DESTDIR)$(ZSHDIR)/_st2plecto' '$(DESTDIR)$(FISHDIR)/st2plecto.fish'
	rm -rf '$(DESTDIR)$(DATADIR)/st2plecto'

# ---- a release

# Same commit, same bytes: names sorted, owner, modes and times taken from the commit and not from this machine.
dist: name := st2plecto-$(version)
dist:
	@test -n '$(version)' || { echo 'make dist: src/version.h names no version' >&2; exit 2; }
	@git rev-parse -q --verify HEAD >/dev/null || { echo 'make dist: needs a git checkout with a commit' >&2; exit 2; }
	@mkdir -p build
	git ls-files -z -- . ':!.ci' ':!.gitignore' | tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --no-recursion \
	    --mode='u=rwX,go=rX' --mtime="@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}" --transform='flags=r;s,^,$(name)/,' \
	    -cf build/$(name).tar --null --files-from=-
	gzip -9nf build/$(name).tar
	@echo 'build/$(name).tar.gz'

# Packages for other machines: build/release. RELEASE="deb x86_64" for some; scripts/package/release says what it makes.
RELEASE ?=
release:
	scripts/package/release $(RELEASE)

clean:
	rm -rf '$(BUILD)'

-include $(shell test -d $(BUILD) && find $(BUILD)/objects $(BUILD)/tests -name '*.d' 2>/dev/null)
