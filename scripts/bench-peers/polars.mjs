// The benchmark's CSV tasks in Polars: raw jobs and daily sums. Only used if nodejs-polars is installed in NPM_DIR.
// Money is floating point there.
// Usage: NPM_DIR=folder node polars.mjs raw|daily INPUT OUTPUT
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
  raw: () => rows.select(
    pl.col('Job #').alias('external_id'), finished.alias('date'), pl.lit('ServiceTitan').alias('member_api_provider'),
    pl.col('Primary Technician').alias('member_api_id'), pl.col('Primary Technician').alias('member_name'),
    pl.col('Business Unit'), pl.col('Job Type'), money('Jobs Subtotal', 'subtotal'),
    money('Jobs Total Revenue', 'total'), pl.col('Status'), pl.col('Active')).collect(),
  daily: async () => (await rows.select(
    pl.col('Primary Technician').alias('member'), finished.cast(pl.Date).alias('day'),
    money('Jobs Subtotal', 'subtotal'), money('Jobs Total Revenue', 'total')).collect())
    .groupBy(['member', 'day'])
    .agg(pl.col('total').count().alias('jobs'), pl.col('subtotal').sum(), pl.col('total').sum().alias('total_sum'),
      pl.col('total').mean().alias('average')),
};
if (!(task in tasks)) throw new Error(`no task ${task}: ${Object.keys(tasks).join(', ')}`);
(await tasks[task]()).writeCSV(output);
