/** Loaded into a process of the platform before the platform itself, which is not changed. */
import { watchFiles } from './crash-edges-files.js';
import { watchHttp } from './crash-edges-http.js';
import { watchSql } from './crash-edges-sql.js';
import { type CrashPlan, PLAN_VARIABLE } from './crash-plan.js';
import { CrashWatch } from './crash-watch.js';
import { standBy } from './stand-by.js';

const plan = process.env[PLAN_VARIABLE];
if (plan !== undefined) {
  const parsed = JSON.parse(plan) as CrashPlan;
  const watch = new CrashWatch(parsed);
  watchSql(watch);
  await watchFiles(watch);
  watchHttp(watch);
  if (parsed.waitsFor !== undefined) await standBy(parsed.waitsFor);
}
