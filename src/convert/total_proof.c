/* total_proof.c: see total_proof.h. A weighted average lies between the least and the greatest value, whatever its
 * weights; a report does not say which column they are. */
#include "convert/total_proof.h"

void column_sum_add(struct column_sum *into, const struct column_sum *from) {
    if (from->filled == 0) return;
    if (into->filled == 0 || from->least < into->least) into->least = from->least;
    if (into->filled == 0 || from->most > into->most) into->most = from->most;
    into->filled += from->filled;
    into->sum += from->sum;
}

size_t total_matches(const int64_t *cells, const struct column_sum *columns, size_t count, uint64_t rows) {
    size_t sums = 0, averages = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i] == INT64_MIN) continue;
        const struct column_sum *column = &columns[i];
        bool is_count = cells[i] % DECIMAL_SCALE == 0 && cells[i] / DECIMAL_SCALE == (int64_t)rows;
        if (column->filled > 0 && column->sum == cells[i])
            sums++;
        else if (column->filled > 0 && cells[i] >= column->least && cells[i] <= column->most)
            averages++;
        else if (!is_count)
            return 0;
    }
    return sums > 0 ? sums + averages : 0;
}
