/* test_outdir.c: a folder that appears whole or not at all, and never takes what is not ours. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "output/outdir.h"

static int enter_folder(void **state) {
    char *folder = strdup("/tmp/st2plecto-outdir-XXXXXX");
    *state = folder;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
    char *command = memory_print("rm -rf '%s'", (char *)*state);
    int result = chdir("/tmp") == 0 ? system(command) : -1;
    free(command);
    free(*state);
    return result;
}

static bool exists(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void check_file(const char *path, const char *expected) {
    char text[256] = {0};
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) == strlen(expected));
    assert_string_equal(text, expected);
    fclose(file);
}

static struct outdir *begin(const char *path, bool force) {
    struct outdir *outdir = NULL;
    struct error error = {0};
    if (!outdir_begin(path, force, NULL, &outdir, &error)) fail_msg("%s", error.message);
    return outdir;
}

static void publish(const char *path, bool force, const char *text) {
    struct outdir *outdir = begin(path, force);
    struct error error = {0};
    assert_true(outdir_put(outdir, "result.json", view_of(text), &error));
    assert_true(outdir_publish(outdir, &error));
}

static void check_refused(const char *path, bool force, enum exit_code code, const char *words) {
    struct outdir *outdir = NULL;
    struct error error = {0};
    assert_false(outdir_begin(path, force, NULL, &outdir, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) fail_msg("%s", error.message);
    error_free(&error);
}

static void test_publish(void **state) {
    (void)state;
    struct outdir *outdir = begin("new/out/", false);
    struct error error = {0};
    assert_false(exists("new/out"));
    assert_true(exists(outdir_temporary(outdir)));
    struct outfile *file;
    assert_true(outdir_create(outdir, "import.csv", &file, &error));
    assert_true(outfile_write(file, view_of("a"), &error));
    assert_true(outfile_write(file, view_of("bc"), &error));
    outfile_close(file);
    assert_true(outdir_put(outdir, "rejected.csv", view_of("x"), &error));
    assert_true(outdir_remove(outdir, "rejected.csv", &error));
    assert_int_equal(outdir_count(outdir), 1);
    assert_int_equal(outdir_bytes(outdir, 0), 3);
    assert_string_equal(outdir_sha256(outdir, 0), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_true(outdir_read_back(outdir, "import.csv", NULL, NULL, &error));
    char *temporary = strdup(outdir_temporary(outdir));
    assert_true(outdir_publish(outdir, &error));
    assert_false(exists(temporary));
    free(temporary);
    check_file("new/out/import.csv", "abc");
    assert_false(exists("new/out/rejected.csv"));
    assert_false(exists("new/.out.st2plecto.lock"));
}

static void test_discard(void **state) {
    (void)state;
    struct outdir *outdir = begin("out", false);
    struct error error = {0};
    assert_true(outdir_put(outdir, "import.csv", view_of("x"), &error));
    outdir_discard(outdir);
    assert_false(exists("out"));
    assert_false(exists(".out.st2plecto.lock"));
    char *folder = getcwd(NULL, 0);
    assert_int_equal(rmdir(folder), 0); /* nothing at all is left in it */
    assert_int_equal(mkdir(folder, 0700), 0);
    free(folder);
}

static void test_force(void **state) {
    (void)state;
    publish("out", false, "first");
    check_refused("out", false, EXIT_WRONG_USE, "results already");
    check_file("out/result.json", "first");
    publish("out", true, "second");
    check_file("out/result.json", "second");
    write_file("out/mine.txt", "mine");
    check_refused("out", true, EXIT_WRONG_USE, "mine.txt");
    check_file("out/mine.txt", "mine");
}

static void test_names_refused(void **state) {
    (void)state;
    check_refused(".", false, EXIT_WRONG_USE, "not the name");
    check_refused("..", true, EXIT_WRONG_USE, "not the name");
    check_refused("/", true, EXIT_WRONG_USE, "not the name");
    write_file("file", "x");
    check_refused("file", true, EXIT_WRONG_USE, "file or link");
    mkdir("elsewhere", 0777);
    assert_int_equal(symlink("elsewhere", "link"), 0);
    check_refused("link", true, EXIT_WRONG_USE, "file or link");
    check_refused("file/out", false, EXIT_CANNOT_WRITE, "cannot");
}

static void test_two_runs(void **state) {
    (void)state;
    struct outdir *first = begin("out", false);
    check_refused("out", false, EXIT_CANNOT_WRITE, "another st2plecto");
    outdir_discard(first);
    publish("out", false, "later");
    check_file("out/result.json", "later");
}

static void test_leftovers(void **state) {
    (void)state;
    mkdir(".out.st2plecto-999999", 0777);
    write_file(".out.st2plecto-999999/import.csv", "half");
    write_file(".out.st2plecto.lock", "");
    publish("out", false, "whole");
    assert_false(exists(".out.st2plecto-999999"));
    assert_false(exists("out/import.csv"));
    /* killed between the two renames of a swap: the old results come back */
    assert_int_equal(rename("out", ".out.st2plecto-999999-old"), 0);
    outdir_discard(begin("out", true));
    check_file("out/result.json", "whole");
}

static void test_changed_on_disk(void **state) {
    (void)state;
    struct outdir *outdir = begin("out", false);
    struct error error = {0};
    assert_true(outdir_put(outdir, "import.csv", view_of("abc"), &error));
    char *path = memory_print("%s/import.csv", outdir_temporary(outdir));
    write_file(path, "abd");
    free(path);
    assert_false(outdir_read_back(outdir, "import.csv", NULL, NULL, &error));
    assert_int_equal(error.code, EXIT_NOT_BALANCED);
    error_free(&error);
    outdir_discard(outdir);
}

static void test_clean_up(void **state) {
    (void)state;
    struct outdir *outdir = begin("out", false);
    struct error error = {0};
    assert_true(outdir_put(outdir, "import.csv", view_of("abc"), &error));
    char *temporary = strdup(outdir_temporary(outdir));
    place_clean_up(temporary, false);
    assert_false(exists(temporary));
    assert_false(exists(".out.st2plecto.lock"));
    free(temporary);
    outdir_discard(outdir);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_publish, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_discard, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_force, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_names_refused, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_two_runs, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_leftovers, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_changed_on_disk, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(test_clean_up, enter_folder, leave_folder),
    };
    return cmocka_run_group_tests_name("outdir", tests, NULL, NULL);
}
