/**
 * Makes the database, for each service a role and a schema of its own, and the bucket with versioning and Object
 * Lock; harmless to repeat. Runs once before the services, and is the only program that is given the administrator's
 * password.
 */
import { prepareDatabase, provisionService } from '#database';
import { MUTABLE_PREFIXES } from '#service';
import { ensureLifecycle, S3ObjectStore } from '#storage';

const { DATABASE_ADMIN_URL, STORE_URL, ...environment } = process.env;
const SERVICES = [
  'gateway',
  'registration',
  'tendering',
  'vault',
  'technical-scoring',
  'commercial-scoring',
  'audit',
];

const required = (name, value) => {
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const databaseUrl = await prepareDatabase(required('DATABASE_ADMIN_URL', DATABASE_ADMIN_URL));
for (const service of SERVICES) {
  const variable = `${service.replaceAll('-', '_').toUpperCase()}_DATABASE_PASSWORD`;
  await provisionService(databaseUrl, { service, password: required(variable, environment[variable]) });
  process.stdout.write(`${service}: role and schema stand\n`);
}

const store = new URL(required('STORE_URL', STORE_URL));
const settings = {
  endpoint: store.origin,
  accessKey: decodeURIComponent(store.username),
  secretKey: decodeURIComponent(store.password),
  bucket: store.pathname.slice(1),
  mutablePrefixes: MUTABLE_PREFIXES,
  createBucket: true,
};
await S3ObjectStore.connect(settings);
if (!(await ensureLifecycle(settings)))
  process.stdout.write('the store has no lifecycle: replaced versions stay\n');
process.stdout.write(`bucket ${store.pathname.slice(1)} stands\n`);
