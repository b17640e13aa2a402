// The benchmark's tasks as SQL in DuckDB. It checks and explains nothing, and a row it cannot read becomes empty
// without a word; sums of decimals are exact. Needs @duckdb/node-api in NPM_DIR.
// Usage: NPM_DIR=folder node duckdb.mjs t1|t2|t3|t3n INPUT OUTPUT
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.env.NPM_DIR ?? '.'), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const [task, input, output] = process.argv.slice(2);
const text = value => `'${value.replaceAll("'", "''")}'`;
const money = column => `try_cast(replace(replace("${column}", '$', ''), ',', '') AS DECIMAL(18, 2))`;
const finished = `try_strptime("Completion Date", '%-m/%-d/%Y %-I:%M %p')`;
const jobs = `read_csv(${text(input)}, header = true, all_varchar = true, parallel = true, quote = '"', escape = '"',
  strict_mode = true, max_line_size = 1000000)`;
const complete = `"Primary Technician" IS NOT NULL AND "Job #" IS NOT NULL AND ${finished} IS NOT NULL`;
const invoice = `SELECT 'invoices' AS data_source, 'ServiceTitan' AS member_api_provider,
    invoice.employeeInfo.id AS member_api_id, invoice.employeeInfo.name AS member_name, invoice.invoiceDate AS date,
    invoice.id AS external_id, invoice.businessUnit.name AS business_unit, invoice.job.type AS job_type,
    CAST(invoice.subTotal AS DECIMAL(18, 2)) AS subtotal, CAST(invoice.total AS DECIMAL(18, 2)) AS total,
    invoice.reviewStatus AS status, invoice.active AS active`;
const counts = `invoice.employeeInfo IS NOT NULL AND invoice.id IS NOT NULL AND invoice.invoiceDate IS NOT NULL`;

const tasks = {
  t1: `COPY (SELECT 'jobs' AS data_source, 'ServiceTitan' AS member_api_provider, "Primary Technician" AS member_api_id,
      "Primary Technician" AS member_name, strftime(${finished}, '%Y-%m-%dT%H:%M:%S') AS date, "Job #" AS external_id,
      "Business Unit", "Job Type", ${money('Jobs Subtotal')} AS subtotal, ${money('Jobs Total Revenue')} AS total,
      "Status", "Active"
    FROM ${jobs} WHERE ${complete}) TO ${text(output)} (FORMAT csv, HEADER)`,
  t2: `COPY (SELECT "Primary Technician" AS member, CAST(${finished} AS DATE) AS day, count(*) AS jobs,
      sum(${money('Jobs Subtotal')}) AS subtotal, sum(${money('Jobs Total Revenue')}) AS total,
      avg(${money('Jobs Total Revenue')}) AS average
    FROM ${jobs} WHERE ${complete} GROUP BY ALL ORDER BY member, day) TO ${text(output)} (FORMAT csv, HEADER)`,
  t3: `COPY (${invoice} FROM (SELECT unnest(data) AS invoice FROM read_json(${text(input)},
      maximum_object_size = 4000000000)) WHERE ${counts}) TO ${text(output)} (FORMAT json)`,
  t3n: `COPY (${invoice} FROM read_json(${text(input)}, format = 'newline_delimited') AS invoice
    WHERE ${counts}) TO ${text(output)} (FORMAT json)`,
};
if (!(task in tasks)) throw new Error(`no task ${task}: ${Object.keys(tasks).join(', ')}`);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run('SET preserve_insertion_order = true');
await connection.run(tasks[task]);
