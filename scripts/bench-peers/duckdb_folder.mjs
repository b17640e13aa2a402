// The benchmark's task `folder` as SQL in DuckDB: the exports of each type are read together, by the names of their files,
// and written as one table. It does not find the types itself, and checks and explains nothing. Needs @duckdb/node-api in
// NPM_DIR.
// Usage: NPM_DIR=folder node duckdb_folder.mjs folder INPUT-FOLDER OUTPUT-FOLDER
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.env.NPM_DIR ?? '.'), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const [, input, output] = process.argv.slice(2);
const text = value => `'${value.replaceAll("'", "''")}'`;
const money = column => `try_cast(translate("${column}", '($,)', '-') AS DECIMAL(18, 2)) AS "${column}"`;
const moment = column => `try_strptime("${column}", ['%-m/%-d/%Y %-I:%M %p', '%-m/%-d/%Y'])`;

// Columns of the ID, the employee and the date; amounts; other columns that our schemas send.
const types = {
  jobs: ['Job #', 'Primary Technician', 'Completion Date', ['Jobs Total Revenue', 'Jobs Subtotal', 'Estimate Sales'],
    ['Sold By', 'Created Date', 'Status', 'Active', 'Business Unit', 'Job Type', 'Campaign', 'Sold Hours', 'Recall', 'Membership', 'Invoice #']],
  invoices: ['Invoice ID', 'Sold By', 'Invoice Date', ['Total', 'Subtotal', 'Balance'], ['Invoice #', 'Active', 'Business Unit', 'Job #']],
  estimates: ['Estimate ID', 'Sold By', 'Creation Date', ['Estimate Subtotal'],
    ['Estimate Sold Date', 'Estimate Status', 'Active', 'Estimate Name', 'Business Unit', 'Job #']],
  calls: ['Call ID', 'Agent', 'Call Date', [], ['Active', 'Call Type', 'Call Duration', 'Direction', 'Campaign']],
  customers: ['Customer ID', 'Created By', 'Customer Created Date', ['Balance'],
    ['Active', 'Customer Type', 'Tax Exempt', 'Do Not Service']],
  'customer-memberships': ['Membership ID', 'Sold By', 'Created Date', ['Initial Deferred Revenue'],
    ['From', 'To', 'Cancellation Date', 'Membership Status', 'Active', 'Billing Cadence', 'Membership Duration', 'Follow Up Status',
      'Business Unit ID', 'Customer ID']],
};

mkdirSync(output, { recursive: true });
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run('SET preserve_insertion_order = true');
for (const [type, [id, person, date, amounts, others]] of Object.entries(types)) {
  const columns = [`"${id}" AS external_id`, `"${person}" AS member_name`,
    `strftime(${moment(date)}, '%Y-%m-%dT%H:%M:%S') AS date`, ...amounts.map(money), ...others.map(name => `"${name}"`)];
  const files = `read_csv(${text(`${input}/${type}-[0-9]*.csv`)}, header = true, all_varchar = true, quote = '"',
    escape = '"', strict_mode = true)`;
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM ${files} WHERE "${person}" IS NOT NULL
    AND "${id}" IS NOT NULL AND ${moment(date)} IS NOT NULL) TO ${text(`${output}/${type}.csv`)} (FORMAT csv, HEADER)`);
}
