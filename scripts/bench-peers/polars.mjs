// The benchmark's CSV tasks in Polars. It checks and explains nothing, and money is floating point there: sums end in
// .460000000001. Needs nodejs-polars in NPM_DIR.
// Usage: NPM_DIR=folder node polars.mjs t1|t2 INPUT OUTPUT
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.env.NPM_DIR ?? '.'), 'package.json'));
const pl = require('nodejs-polars');

const [task, input, output] = process.argv.slice(2);
const money = (column, name) => pl.col(column).str.replaceAll('[$,]', '').cast(pl.Float64).alias(name);
const finished = pl.col('Completion Date').str.strptime(pl.Datetime('ms'), '%m/%d/%Y %I:%M %p');
const complete = ['Primary Technician', 'Job #', 'Completion Date']
  .map(column => pl.col(column).isNotNull())
  .reduce((all, one) => all.and(one));
const rows = pl.scanCSV(input, { inferSchemaLength: 0 }).filter(complete);

const tasks = {
  t1: () => rows.select(
    pl.lit('jobs').alias('data_source'), pl.lit('ServiceTitan').alias('member_api_provider'),
    pl.col('Primary Technician').alias('member_api_id'), pl.col('Primary Technician').alias('member_name'),
    finished.alias('date'), pl.col('Job #').alias('external_id'), pl.col('Business Unit'), pl.col('Job Type'),
    money('Jobs Subtotal', 'subtotal'), money('Jobs Total Revenue', 'total'), pl.col('Status'), pl.col('Active'))
    .collect(),
  t2: () => rows.select(
    pl.col('Primary Technician').alias('member'), finished.cast(pl.Date).alias('day'),
    money('Jobs Subtotal', 'one_subtotal'), money('Jobs Total Revenue', 'one_total'))
    .groupBy(['member', 'day'])
    .agg(pl.col('one_total').count().alias('jobs'), pl.col('one_subtotal').sum().alias('subtotal'),
      pl.col('one_total').sum().alias('total'), pl.col('one_total').mean().alias('average'))
    .collect(),
};
if (!(task in tasks)) throw new Error(`no task ${task}: ${Object.keys(tasks).join(', ')}`);
(await tasks[task]()).writeCSV(output);
