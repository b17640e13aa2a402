// The benchmark's tasks as SQL in DuckDB: raw jobs, daily sums, invoices from JSON. Only used if @duckdb/node-api is
// installed in NPM_DIR. It checks and reports nothing and sums decimals exactly: speed to compare with, no equal.
// Usage: NPM_DIR=folder node duckdb.mjs raw|daily|json INPUT OUTPUT
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.env.NPM_DIR ?? '.'), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const [task, input, output] = process.argv.slice(2);
const text = value => `'${value.replaceAll("'", "''")}'`;
const money = column => `try_cast(regexp_replace("${column}", '[$,]', '', 'g') AS DECIMAL(18, 2))`;
const finished = `try_strptime("Completion Date", '%-m/%-d/%Y %-I:%M %p')`;
const jobs = `read_csv(${text(input)}, header = true, all_varchar = true, quote = '"', escape = '"')`;
const complete = `"Primary Technician" IS NOT NULL AND "Job #" IS NOT NULL AND ${finished} IS NOT NULL`;
const invoices = `(SELECT unnest(data) AS invoice FROM read_json(${text(input)}, maximum_object_size = 4000000000))`;

const tasks = {
  raw: `COPY (SELECT "Job #" AS external_id, ${finished} AS date, 'ServiceTitan' AS member_api_provider,
      "Primary Technician" AS member_api_id, "Primary Technician" AS member_name, "Business Unit", "Job Type",
      ${money('Jobs Subtotal')} AS subtotal, ${money('Jobs Total Revenue')} AS total, "Status", "Active"
    FROM ${jobs} WHERE ${complete}) TO ${text(output)} (FORMAT csv, HEADER)`,
  daily: `COPY (SELECT "Primary Technician" AS member, CAST(${finished} AS DATE) AS day, count(*) AS jobs,
      sum(${money('Jobs Subtotal')}) AS subtotal, sum(${money('Jobs Total Revenue')}) AS total,
      avg(${money('Jobs Total Revenue')}) AS average
    FROM ${jobs} WHERE ${complete} GROUP BY ALL ORDER BY day, member) TO ${text(output)} (FORMAT csv, HEADER)`,
  json: `COPY (SELECT invoice.id AS external_id, invoice.invoiceDate AS date, 'ServiceTitan' AS member_api_provider,
      invoice.employeeInfo.id AS member_api_id, invoice.employeeInfo.name AS member_name,
      invoice.businessUnit.name AS business_unit, invoice.job.type AS job_type,
      CAST(invoice.subTotal AS DECIMAL(18, 2)) AS subtotal, CAST(invoice.total AS DECIMAL(18, 2)) AS total,
      invoice.active AS active
    FROM ${invoices} WHERE invoice.employeeInfo IS NOT NULL AND invoice.id IS NOT NULL
      AND invoice.invoiceDate IS NOT NULL) TO ${text(output)} (FORMAT json)`,
};
if (!(task in tasks)) throw new Error(`no task ${task}: ${Object.keys(tasks).join(', ')}`);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(tasks[task]);
