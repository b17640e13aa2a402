// Two exports of jobs joined in full by DuckDB: rows and differences of each bucket. Needs @duckdb/node-api in NPM_DIR.
// Usage: NPM_DIR=folder node duckdb_reconcile.mjs reconcile LEFT,RIGHT OUTPUT
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.env.NPM_DIR ?? '.'), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const [, inputs, output] = process.argv.slice(2);
const [left, right] = inputs.split(',');
const text = value => `'${value.replaceAll("'", "''")}'`;
const money = column => `coalesce(try_cast(replace(replace("${column}", '$', ''), ',', '') AS DECIMAL(18, 2)), 0)`;
const side = file => `SELECT true AS has_row, "Job #" AS id, "Primary Technician" AS person,
    CAST(try_strptime("Completion Date", '%-m/%-d/%Y %-I:%M %p') AS DATE) AS day, ${money('Jobs Subtotal')} AS subtotal,
    ${money('Jobs Total Revenue')} AS total
  FROM read_csv(${text(file)}, header = true, all_varchar = true, quote = '"', escape = '"', max_line_size = 1000000)`;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`COPY (SELECT bucket, count(*) AS rows, sum(subtotal) AS subtotal, sum(total) AS total FROM (
  SELECT coalesce(r.subtotal, 0) - coalesce(l.subtotal, 0) AS subtotal, coalesce(r.total, 0) - coalesce(l.total, 0) AS total,
    CASE WHEN r.has_row IS NULL THEN 'only-left' WHEN l.has_row IS NULL THEN 'only-right'
         WHEN l.subtotal <> r.subtotal OR l.total <> r.total THEN 'amount'
         WHEN l.day IS DISTINCT FROM r.day THEN 'date' WHEN l.person IS DISTINCT FROM r.person THEN 'people'
         ELSE 'same' END AS bucket
  FROM (${side(left)}) l FULL JOIN (${side(right)}) r ON l.id = r.id) GROUP BY bucket) TO ${text(output)} (FORMAT csv, HEADER)`);
