/**
 * Makes the database, and for each service a role and a schema of its own; harmless to repeat. Runs once before the
 * services, and is the only program that is given the administrator's password.
 */
import { prepareDatabase, provisionService } from '#database';

const { DATABASE_ADMIN_URL, ...environment } = process.env;
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
