/* test_credentials.c: the forms credentials come in, and that they are hidden in texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "upload/client.h"
#include "upload/credentials.h"

static void expect(bool is_fine, struct credentials *found, const char *email, const char *password) {
    assert_int_equal(is_fine, email != NULL);
    if (email) {
        assert_string_equal(found->email, email);
        assert_string_equal(found->password, password);
    } else {
        assert_null(found->email);
        assert_null(found->password);
    }
    credentials_wipe(found);
}

static void json_and_lines(void **state) {
    static const struct {
        const char *text;
        bool lines;
        const char *email, *password; /* NULL: not in the form */
    } cases[] = {
        {"{\"email\": \"a@b.c\", \"password\": \"x:y\"}", false, "a@b.c", "x:y"},
        {" {\"password\": \"p\\u00e4\\\"\\n\", \"email\": \"a\"} ", false, NULL, NULL}, /* a line break in it */
        {"{\"password\": \"p\\u00e4\\\"\", \"email\": \"a\", \"more\": 1}\n", false, "a", "p\xC3\xA4\""},
        {"{\"email\": \"a:b\", \"password\": \"x\"}", false, NULL, NULL}, /* Basic cannot say that */
        {"{\"email\": \"a\"}", true, NULL, NULL},
        {"{\"email\": \"a\", \"password\": 5}", false, NULL, NULL},
        {"{\"email\": \"a\", \"password\": \"\"}", false, NULL, NULL},
        {"{\"email\": \"a\", \"password\": \"x\"", true, NULL, NULL}, /* cut */
        {"a@b.c\nsecret\n", true, "a@b.c", "secret"},
        {"a@b.c\r\n se cret \r\n", true, "a@b.c", " se cret "}, /* blanks of a password are its own */
        {"a@b.c\nsecret", true, "a@b.c", "secret"},
        {"a@b.c\nsecret\nmore\n", true, NULL, NULL},
        {"a@b.c\nsecret\n", false, NULL, NULL},
        {"a@b.c", true, NULL, NULL},
        {"", true, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct credentials found;
        bool is_fine = credentials_parse(view_of(cases[i].text), cases[i].lines, &found);
        expect(is_fine, &found, cases[i].email, cases[i].password);
    }
}

static void netrc(void **state) {
    static const char text[] = "# ours\nmachine other.test login o password op\n"
                               "macdef init\ncd /tmp\nmachine app.plecto.com login wrong password wrong\n\n"
                               "machine app.plecto.com\n  login robot@x.test account a password \"p w\\\"d\" port 1\n"
                               "machine app.plecto.com login later password later\n"
                               "default login d password dp\n";
    struct credentials found;
    (void)state;
    bool is_fine = netrc_find(view_of(text), "app.plecto.com", &found);
    expect(is_fine, &found, "robot@x.test", "p w\"d");
    is_fine = netrc_find(view_of(text), "OTHER.test", &found);
    expect(is_fine, &found, "o", "op");
    is_fine = netrc_find(view_of(text), "nobody.test", &found);
    expect(is_fine, &found, "d", "dp");
    is_fine = netrc_find(view_of("machine a login x password y\n"), "b", &found);
    expect(is_fine, &found, NULL, NULL);
    is_fine = netrc_find(view_of("machine a login x\nmachine b login z password y\n"), "a", &found);
    expect(is_fine, &found, NULL, NULL); /* another machine's password is not taken */
    is_fine = netrc_find(view_of(""), "a", &found);
    expect(is_fine, &found, NULL, NULL);
}

static void files_of_others_are_refused(void **state) {
    char path[] = "/tmp/st2plecto-credentials-XXXXXX";
    static const char text[] = "{\"email\": \"a@b.c\", \"password\": \"secret\"}";
    struct credentials found;
    struct error error = {0};
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0 && write(file, text, sizeof text - 1) == (ssize_t)(sizeof text - 1));
    close(file);
    const struct credentials_places places = {.file = path};
    assert_true(credentials_read(&places, &found, &error));
    expect(true, &found, "a@b.c", "secret");
    static const mode_t modes[] = {0640, 0604, 0660, 0620, 0601};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        chmod(path, modes[i]);
        assert_false(credentials_read(&places, &found, &error));
        assert_int_equal(error.code, EXIT_WRONG_USE);
        assert_null(strstr(error.message, "secret"));
        error_free(&error);
        error = (struct error){0};
    }
    const struct credentials_places two = {.file = path, .uses_netrc = true};
    assert_false(credentials_read(&two, &found, &error));
    assert_int_equal(error.code, EXIT_WRONG_USE);
    error_free(&error);
    unlink(path);
}

static void the_environment_is_wiped(void **state) {
    const struct credentials_places places = {0};
    struct credentials found;
    struct error error = {0};
    (void)state;
    setenv("PLECTO_EMAIL", "a@b.c", 1);
    setenv("PLECTO_PASSWORD", "secret", 1);
    const char *place = getenv("PLECTO_PASSWORD");
    assert_true(credentials_read(&places, &found, &error));
    expect(true, &found, "a@b.c", "secret");
    assert_null(getenv("PLECTO_PASSWORD"));
    assert_null(getenv("PLECTO_EMAIL"));
    assert_int_equal(place[0], 0); /* not only forgotten */
    assert_false(credentials_read(&places, &found, &error));
    assert_int_equal(error.code, EXIT_WRONG_USE);
    error_free(&error);
}

static void secrets_in_words_are_hidden(void **state) {
    char email[] = "robot@x.test", password[] = "pass:w0rd";
    const struct credentials credentials = {email, password};
    struct buffer text = {0};
    (void)state;
    /* the token: printf robot@x.test:pass:w0rd | base64 */
    buffer_add_text(&text, "got pass:w0rdpass:w0rd and Basic cm9ib3RAeC50ZXN0OnBhc3M6dzByZA== twice");
    credentials_hide(&credentials, &text);
    assert_true(view_is(buffer_view(&text), "got ****** and Basic ***== twice"));
    buffer_free(&text);
    /* words that are cut within it */
    buffer_print(&text, "you sent %.*s\xE2\x80\xA6", (int)strlen(credentials.password) - 1, credentials.password);
    credentials_hide(&credentials, &text);
    assert_true(view_is(buffer_view(&text), "you sent ***\xE2\x80\xA6"));
    buffer_free(&text);
}

static void addresses(void **state) {
    static const struct {
        const char *base;
        bool may_use_http;
        const char *host; /* NULL: refused */
    } cases[] = {
        {"https://app.plecto.com/api/v2/", false, "app.plecto.com"},
        {"HTTPS://app.plecto.com:8443/api", false, "app.plecto.com"},
        {"https://[::1]:8443/", false, "[::1]"},
        {"http://127.0.0.1:8080/", true, "127.0.0.1"},
        {"http://localhost/", true, "localhost"},
        {"http://[::1]:1/", true, "[::1]"},
        {"http://127.0.0.1/", false, NULL},
        {"http://app.plecto.com/", true, NULL},
        {"http://127.0.0.1.evil.test/", true, NULL},
        {"http://localhost.evil.test/", true, NULL},
        {"https://robot:secret@app.plecto.com/", false, NULL},
        {"http://127.0.0.1@evil.test/", true, NULL},
        {"https://app.plecto.com/?a=b", false, NULL},
        {"https://app.plecto.com/#x", false, NULL},
        {"https://", false, NULL},
        {"https:///x", false, NULL},
        {"ftp://app.plecto.com/", true, NULL},
        {"app.plecto.com", true, NULL},
        {"", false, NULL},
        {"https://a b/", false, NULL},
        {"https://a\\@b/", false, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        char *host = NULL;
        bool is_fine = client_check_base(cases[i].base, cases[i].may_use_http, &host, &error);
        if (is_fine != (cases[i].host != NULL)) fail_msg("%s: %d", cases[i].base, is_fine);
        if (is_fine) assert_string_equal(host, cases[i].host);
        if (!is_fine) {
            assert_int_equal(error.code, EXIT_WRONG_USE);
            assert_null(strstr(error.message, "secret"));
            assert_null(strstr(error.fix, "secret"));
        }
        free(host);
        error_free(&error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_and_lines),
        cmocka_unit_test(netrc),
        cmocka_unit_test(files_of_others_are_refused),
        cmocka_unit_test(the_environment_is_wiped),
        cmocka_unit_test(secrets_in_words_are_hidden),
        cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
