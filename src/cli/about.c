/* about.c: see about.h. Libraries say their version themselves where they can: what is there now, which may be newer than
 * what we were built with. */
#include "cli/about.h"

#include <cjson/cJSON.h>
#include <csv.h>
#include <stdlib.h>

#include "base/processor.h"
#include "base/sandbox.h"
#include "port/process.h"
#include "late_expat.h"
#include "late_xlsxwriter.h"
#include "late_z.h"
#include "late_zip.h"
#ifndef IS_OFFLINE_BUILD
#include "late_sqlite3.h"
#include "upload/curl_calls.h"
#endif
#include "values/zone.h"
#include "version.h"

#define TEXT(number) #number
#define TEXT_OF(number) TEXT(number)

#if defined(__wasm__)
#define MACHINE "WebAssembly"
#elif defined(__x86_64__)
#define MACHINE "x86-64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#elif defined(__arm__)
#define MACHINE "arm"
#else
#define MACHINE "unknown machine"
#endif

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

#ifdef LIBRARIES_LINKED_IN
#define LIBRARIES_ARE "linked in"
#else
#define LIBRARIES_ARE "of the system"
#endif

static bool is_there(bool (*open_it)(struct error *error)) {
    struct error error = {0};
    bool is_open = open_it(&error);
    error_free(&error);
    return is_open;
}

#ifdef IS_OFFLINE_BUILD
#define SQLITE_IS "none"
#else
#define SQLITE_IS is_there(late_sqlite3_open) ? sqlite3_libversion() : none
#endif

static void add_libraries(struct buffer *out) {
    const char *none = "not installed";
    buffer_print(out, "libraries: %s: cJSON %s, expat %s, libcsv %s, libxlsxwriter %s, libzip %s, SQLite %s, zlib %s\n",
                 LIBRARIES_ARE, cJSON_Version(),
                 TEXT_OF(XML_MAJOR_VERSION) "." TEXT_OF(XML_MINOR_VERSION) "." TEXT_OF(XML_MICRO_VERSION),
                 TEXT_OF(CSV_MAJOR) "." TEXT_OF(CSV_MINOR) "." TEXT_OF(CSV_RELEASE), is_there(late_xlsxwriter_open) ? lxw_version() : none,
                 is_there(late_zip_open) ? zip_libzip_version() : none,
                 SQLITE_IS, is_there(late_z_open) ? zlibVersion() : none);
}

#ifdef IS_OFFLINE_BUILD
static void add_upload(struct buffer *out) {
    buffer_add_text(out, "upload: not in this build\n");
}
#else
/* "libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13 …": its first two words. */
static void add_upload(struct buffer *out) {
    struct curl_calls calls;
    struct error error = {0};
    buffer_add_text(out, "upload: ");
    if (curl_calls_open(&calls, &error)) {
        const char *text = calls.version(), *second = strchr(text, ' ');
        size_t length = second ? (size_t)(second - text) + 1 + strcspn(second + 1, " ") : strlen(text);
        buffer_add(out, view_from(text, length));
        curl_calls_close(&calls);
    } else {
        buffer_print(out, "no: %s", error.message);
        error_free(&error);
    }
    buffer_add_char(out, '\n');
}
#endif

void version_text(bool is_long, struct buffer *out) {
    static const char *const vectors[] = {
        [VECTOR_PLAIN] = "plain", [VECTOR_32] = "32 bytes (AVX2)", [VECTOR_64] = "64 bytes (AVX-512)"};
    buffer_add_text(out, "st2plecto " ST2PLECTO_VERSION "\n");
    if (!is_long) return;
    char *zones = zone_data_at_hand();
    buffer_print(out, "build: %s, %s, %s; rules %d\n", MACHINE, process_system(), COMPILER, ST2PLECTO_RULES);
    add_libraries(out);
    buffer_print(out, "time zones: %s\n", zones);
    int files = sandbox_files_version();
    buffer_print(out, "sandbox: %s", sandbox_is_there() ? "yes (seccomp)" : "no");
    if (files > 0)
        buffer_print(out, "; files of upload: yes (Landlock %d)\n", files);
    else
        buffer_add_text(out, "; files of upload: no (no Landlock here)\n");
    buffer_print(out, "vectors: %s; SHA-256 instructions: %s\n", vectors[processor_vectors()],
                 processor_has_sha() ? "yes" : "no");
    add_upload(out);
    free(zones);
}
