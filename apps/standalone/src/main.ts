import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LogLevel, untilSignal } from '#service';
import { readAdministrator } from './keys.js';
import { startDistributed } from './start-distributed.js';
import { startEmbedded } from './start-embedded.js';

const HELP = `Usage: npm start -- [options]

Runs the whole platform on this machine. Data are kept between starts.

  --data DIR       where data are kept (default data/)
  --port N         HTTP port (default 8080; 0 lets the system choose)
  --clock N        demonstration clock, N times as fast as real time (default 1)
  --fresh          begin anew: remove what an earlier start left
  --nats           every service as its own process, over NATS, with Postgres and S3
  --timestamp-url URL         time-stamp authority (RFC 3161) that stamps promises; none by default
  --timestamp-authority FILE  certificate (PEM) that its stamps lead to
  --region CODE    centre that it is, by GB/T 2260 (default 630100, Xining)
  --log LEVEL      silent, error, warn, info, debug (default warn)
  --help           this text

Example: npm start -- --data /srv/sunseal --port 8080
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'data' },
    port: { type: 'string', default: '8080' },
    clock: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    nats: { type: 'boolean', default: false },
    'timestamp-url': { type: 'string' },
    'timestamp-authority': { type: 'string' },
    region: { type: 'string' },
    log: { type: 'string', default: 'warn' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const start = values.nats ? startDistributed : startEmbedded;
  const platform = await start({
    dataDir: values.data,
    port: Number(values.port),
    clockFactor: Number(values.clock),
    isFresh: values.fresh,
    logLevel: values.log as LogLevel,
    timestampUrl: values['timestamp-url'],
    timestampAuthorityFile: values['timestamp-authority'],
    regionCode: values.region,
  });
  const { login, password } = readAdministrator(platform.keys);
  writeFileSync(join(values.data, 'address'), platform.address);
  process.stdout.write(`Sunseal answers at ${platform.address}\nSign in as ${login} with ${password}\n`);
  await untilSignal();
  await platform.stop();
}
