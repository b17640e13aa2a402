# Compiles the offline part for a system that is not POSIX; scripts/package/wasm and scripts/package/windows say how.
# WebAssembly: vectors of 16 bytes. emscripten's headers have SSE2 for them, under the names that -msse2 makes emcc define;
# browsers that unpack the page's module (DecompressionStream) know them.
# PORT: the system's folder in src/port; FLAGS: those of its compiler (emcc --cflags: emcc itself takes a second to start for
# each file).
PORT  ?= wasm
BUILD ?= build/$(PORT)
CC    ?= clang
flags := -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Isrc -I$(BUILD) -isystem $(BUILD)/include \
    -Wall -Wextra -Wshadow -Wconversion -Werror=shift-count-overflow $(if $(filter 1,$(WERROR)),-Werror) \
    -DIS_OFFLINE_BUILD -DLIBRARIES_LINKED_IN -O3 $(if $(filter wasm,$(PORT)),-msimd128 -D__SSE__=1 -D__SSE2__=1)

# What needs SQLite or libcurl is not in an offline build: src/cli/absent.c says so. Nor is what opens libraries late.
absent  := src/base/late.c src/routine/%.c src/upload/%.c src/cli/run%.c src/reconcile/trace%.c src/reconcile/side_journal.c \
    src/reconcile/side_plecto.c $(patsubst %,src/cli/%.c,upload upload_before upload_options upload_show datasource members \
    verify plan reconcile reconcile_fetch trace)
# Of src/port/posix the files that the port has none of its own for.
ports   := $(wildcard src/port/$(PORT)/*.c)
ports   += $(filter-out $(ports:src/port/$(PORT)/%=src/port/posix/%),$(wildcard src/port/posix/*.c))
sources := $(sort $(filter-out $(absent) src/port/%,$(wildcard src/*.c src/*/*.c src/*/*/*.c)) $(ports))
objects := $(sources:src/%.c=$(BUILD)/objects/%.o) \
    $(patsubst %,$(BUILD)/objects/embedded_%.o,schemas kinds pages style zones)

# Made anew each time: ar would keep the object of a source that is gone.
$(BUILD)/libst2plecto.a: $(objects)
	rm -f $@
	$(AR) rcs $@ $(objects)
$(BUILD)/objects/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(flags) -MMD -MP -c -o $@ $<
$(BUILD)/objects/embedded_%.o: $(BUILD)/embedded_%.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(flags) -c -o $@ $<

-include $(shell test -d $(BUILD) && find $(BUILD)/objects -name '*.d' 2>/dev/null)
