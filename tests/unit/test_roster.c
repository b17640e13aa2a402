/* test_roster.c: IDs to names in the three spaces, from CSV and from the API's answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "people/roster.h"

static char folder[] = "/tmp/st2plecto-roster-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

/* Loads `text` as a file of that name into `*roster`. */
static bool load(struct roster **roster, const char *name, const char *text, struct error *error) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
    bool fine = roster_load(path, roster, error);
    unlink(path);
    return fine;
}

static void load_or_fail(struct roster **roster, const char *name, const char *text) {
    struct error error = {0};
    if (!load(roster, name, text, &error)) fail_msg("%s", error.message);
}

/* "Name", "?" for unknown, "two people". */
static void assert_name(const struct roster *roster, enum person_space space, const char *id, const char *expected) {
    struct roster_person person;
    enum roster_answer answer = roster_find(roster, space, view_of(id), view_of(""), &person);
    char text[100] = "?";
    if (answer == ROSTER_FOUND)
        snprintf(text, sizeof text, "%.*s", VIEW_ARGS(person.name));
    else if (answer == ROSTER_TWO_PEOPLE)
        snprintf(text, sizeof text, "two people");
    assert_string_equal(text, expected);
}

static void assert_spelling(const struct roster *roster, const char *name, enum roster_spelling wanted,
                            const char *known) {
    struct roster_person person;
    assert_int_equal(roster_spelling(roster, view_of(name), &person), wanted);
    if (!view_is(person.name, known)) fail_msg("%s: %.*s", name, VIEW_ARGS(person.name));
}

/* The ID and name of whom an ID of the space is. */
static void assert_person(const struct roster *roster, enum person_space space, const char *id, const char *wanted_id,
                          const char *wanted_name) {
    struct roster_person person;
    assert_int_equal(roster_find(roster, space, view_of(id), view_of(""), &person), ROSTER_FOUND);
    if (!view_is(person.id, wanted_id) || !view_is(person.name, wanted_name))
        fail_msg("%s: %.*s %.*s", id, VIEW_ARGS(person.id), VIEW_ARGS(person.name));
}

static const char technicians[] =
    "{\"page\":1,\"pageSize\":50,\"hasMore\":false,\"totalCount\":2,\"data\":["
    "{\"id\":501,\"userId\":9001,\"name\":\"Ana Lopez \",\"active\":true,\"businessUnitId\":10,\"team\":\"North\"},"
    "{\"id\":502,\"userId\":9002,\"name\":\"Bo Chen\",\"active\":true,\"businessUnitId\":null,\"team\":null}]}";
static const char employees[] =
    "[{\"id\":701,\"userId\":9003,\"name\":\"Cy Diaz\",\"role\":\"CSR\",\"active\":true},\n"
    "{\"id\":502,\"userId\":9004,\"name\":\"Dana Ortiz\",\"role\":\"Dispatch\",\"active\":true}]";

static void answers_of_the_api_know_their_space(void **state) {
    (void)state;
    struct roster *roster = NULL;
    load_or_fail(&roster, "settings.json", technicians);
    load_or_fail(&roster, "office.json", employees);
    assert_int_equal(roster_count(roster), 4);
    assert_name(roster, SPACE_TECHNICIAN, "501", "Ana Lopez");
    assert_name(roster, SPACE_TECHNICIAN, "502", "Bo Chen");
    assert_name(roster, SPACE_EMPLOYEE, "502", "Dana Ortiz");
    assert_name(roster, SPACE_EMPLOYEE, "501", "?");
    assert_name(roster, SPACE_USER, "9003", "Cy Diaz");
    assert_name(roster, SPACE_USER, "501", "?");
    assert_name(roster, SPACE_ANY, " 701 ", "Cy Diaz");
    assert_name(roster, SPACE_ANY, "502", "two people");
    assert_name(roster, SPACE_ANY, "9002", "Bo Chen");
    assert_name(roster, SPACE_ANY, "1", "?");
    assert_spelling(roster, "Ana Lopez", SPELLING_SAME, "Ana Lopez");
    assert_spelling(roster, " ana  lopez", SPELLING_OTHER, "Ana Lopez");
    assert_spelling(roster, "_Lopez, Ana", SPELLING_OTHER, "Ana Lopez");
    assert_spelling(roster, "Lopez,  Ana", SPELLING_REORDERED, "Ana Lopez");
    assert_spelling(roster, "Lopez Ana", SPELLING_REORDERED, "Ana Lopez");
    assert_spelling(roster, "lopez Ana", SPELLING_UNKNOWN, "lopez Ana");
    assert_spelling(roster, "Ana", SPELLING_UNKNOWN, "Ana");
    assert_spelling(roster, "", SPELLING_UNKNOWN, "");
    roster_free(roster);
}

static void csv_may_say_the_space(void **state) {
    (void)state;
    struct roster *roster = NULL;
    load_or_fail(&roster, "people.csv",
                 "ID,Name,Space,User ID,Aliases\r\n007,Ana Lopez,technician,9001,A. Lopez; Anita\r\n"
                 "8,Bo Chen,,0,\r\n9,Cy Diaz,User,,\r\n");
    assert_int_equal(roster_count(roster), 3);
    assert_name(roster, SPACE_TECHNICIAN, "007", "Ana Lopez");
    assert_name(roster, SPACE_TECHNICIAN, "7", "?");
    assert_name(roster, SPACE_USER, "9001", "Ana Lopez");
    assert_name(roster, SPACE_USER, "0", "?");
    assert_name(roster, SPACE_TECHNICIAN, "8", "Bo Chen"); /* the row does not say: any */
    assert_name(roster, SPACE_USER, "9", "Cy Diaz");
    assert_name(roster, SPACE_EMPLOYEE, "9", "?");
    assert_spelling(roster, "anita", SPELLING_ALIAS, "Ana Lopez");
    assert_spelling(roster, "A. LOPEZ", SPELLING_ALIAS, "Ana Lopez");
    roster_free(roster);
}

static void the_name_of_the_file_decides_first(void **state) {
    (void)state;
    struct roster *roster = NULL;
    load_or_fail(&roster, "Technicians 2025.csv", "id,name\n1,Ana Lopez\n");
    load_or_fail(&roster, "employees.csv", "id,name\n1,Bo Chen\n");
    assert_name(roster, SPACE_TECHNICIAN, "1", "Ana Lopez");
    assert_name(roster, SPACE_EMPLOYEE, "1", "Bo Chen");
    assert_name(roster, SPACE_USER, "1", "?");
    roster_free(roster);
}

static void one_id_of_two_people_is_never_guessed(void **state) {
    (void)state;
    struct roster *roster = NULL;
    load_or_fail(&roster, "technicians.csv", "id,name\n1,Ana Lopez\n2,Bo Chen\n2, BO CHEN\n");
    load_or_fail(&roster, "technicians-old.csv", "id,name\n1,Ida Wong\n");
    assert_name(roster, SPACE_TECHNICIAN, "1", "two people");
    assert_name(roster, SPACE_TECHNICIAN, "2", "Bo Chen");
    roster_free(roster);
}

static void wrong_rosters_are_told(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"id,phone\n1,2\n", ": a roster needs the columns id and name; name was not found"},
        {"name,phone\nx,2\n", ": a roster needs the columns id and name; id was not found"},
        {"id,name\n1,Ana\n2,\n", ":3: the person with ID \"2\" has no name"},
        {"id,name,space\n1,Ana,moon\n", ":2: unknown space \"moon\""},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct roster *roster = NULL;
        struct error error = {0};
        assert_false(load(&roster, "people.csv", cases[index].text, &error));
        assert_int_equal(error.code, EXIT_WRONG_USE);
        if (!strstr(error.message, cases[index].message)) fail_msg("%s", error.message);
        assert_non_null(error.fix);
        error_free(&error);
        roster_free(roster);
    }
    struct roster *roster = NULL;
    struct error error = {0};
    assert_false(roster_load("/nowhere/people.csv", &roster, &error));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    assert_null(roster);
    error_free(&error);
}

static void one_person_has_one_id(void **state) {
    (void)state;
    for (int order = 0; order < 2; order++) { /* of the files: it decides nothing */
        struct roster *roster = NULL;
        const char *const names[] = {"employees.csv", "technicians.csv"};
        const char *const texts[] = {"id,name,user id,aliases\n301,\"Lopez, Ana\",9101,\n302,Dana Ortiz,9102,\n303,Bob Smith,,\n",
                                     "id,name,user id,aliases\n501,Ana Lopez,9101,Anita\n502,Cy Diaz,9103,\n504,Robert Smith,,Bob Smith\n"};
        load_or_fail(&roster, names[order], texts[order]);
        load_or_fail(&roster, names[1 - order], texts[1 - order]);
        assert_person(roster, SPACE_USER, "9101", "501", "Ana Lopez");
        assert_person(roster, SPACE_EMPLOYEE, "301", "501", "Ana Lopez");
        assert_person(roster, SPACE_TECHNICIAN, "501", "501", "Ana Lopez");
        assert_person(roster, SPACE_ANY, "9101", "501", "Ana Lopez");
        assert_person(roster, SPACE_USER, "9102", "302", "Dana Ortiz"); /* no technician: the employee's */
        assert_person(roster, SPACE_EMPLOYEE, "303", "504", "Robert Smith"); /* by an alias */
        struct roster_person person;
        assert_int_equal(roster_spelling(roster, view_of("Anita"), &person), SPELLING_ALIAS);
        assert_true(view_is(person.id, "501"));
        roster_free(roster);
    }
}

/* A name of two people that others have as an alias: each question is answered with its own two. */
static void names_and_aliases_are_kept_apart(void **state) {
    (void)state;
    struct roster *roster = NULL;
    struct roster_person person;
    load_or_fail(&roster, "technicians.csv",
                 "id,name,aliases\n1,Ana Lopez,\n2,Ana Lopez,\n5,Cy Diaz,Ana Lopez\n6,Di Evans,ANA LOPEZ\n");
    assert_int_equal(roster_spelling(roster, view_of("Ana Lopez"), &person), SPELLING_TWO_PEOPLE);
    assert_true(view_is(person.id, "1") && view_is(person.other_id, "2"));
    assert_int_equal(roster_spelling(roster, view_of("ana lopez"), &person), SPELLING_SHARED_ALIAS);
    assert_true(view_is(person.id, "5") && view_is(person.other_id, "6"));
    roster_free(roster);
}

static void namesakes_stay_two_people(void **state) {
    (void)state;
    struct roster *roster = NULL;
    struct roster_person person;
    load_or_fail(&roster, "technicians.csv", "id,name\n1,Ana Lopez\n2,Ana Lopez\n3,Bo Chen\n");
    load_or_fail(&roster, "employees.csv", "id,name\n7,Ana Lopez\n3,Cy Diaz\n");
    assert_person(roster, SPACE_EMPLOYEE, "7", "7", "Ana Lopez"); /* which of the two is not known */
    assert_int_equal(roster_spelling(roster, view_of("Ana Lopez"), &person), SPELLING_TWO_PEOPLE);
    assert_int_equal(roster_find(roster, SPACE_EMPLOYEE, view_of("3"), view_of(""), &person), ROSTER_FOUND);
    assert_true(person.is_shared && view_is(person.other, "Bo Chen"));
    assert_int_equal(roster_find(roster, SPACE_TECHNICIAN, view_of("3"), view_of(""), &person), ROSTER_FOUND);
    assert_false(person.is_shared); /* the technician keeps it */
    assert_int_equal(roster_find(roster, SPACE_ANY, view_of("3"), view_of("Diaz, Cy"), &person), ROSTER_FOUND);
    assert_true(view_is(person.name, "Cy Diaz"));
    assert_int_equal(roster_find(roster, SPACE_ANY, view_of("3"), view_of(""), &person), ROSTER_TWO_PEOPLE);
    roster_free(roster);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_of_the_api_know_their_space),
        cmocka_unit_test(csv_may_say_the_space),
        cmocka_unit_test(the_name_of_the_file_decides_first),
        cmocka_unit_test(one_id_of_two_people_is_never_guessed),
        cmocka_unit_test(wrong_rosters_are_told),
        cmocka_unit_test(one_person_has_one_id),
        cmocka_unit_test(namesakes_stay_two_people),
        cmocka_unit_test(names_and_aliases_are_kept_apart),
    };
    return cmocka_run_group_tests_name("roster", tests, make_folder, remove_folder);
}
