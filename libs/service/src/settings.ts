import { z } from 'zod';

export const MODES = ['production', 'development', 'demonstration'] as const;

/** What every service process needs to know. */
export const commonSettings = z.strictObject({
  mode: z
    .enum(MODES)
    .default('development')
    .describe('production refuses unsafe engines and demonstration data'),
  databaseUrl: z.string().describe('Postgres with the role of this service').meta({ secret: true }),
  natsUrl: z.string().describe('NATS server with JetStream'),
  natsUser: z.string().optional().describe('user of this service at the NATS server'),
  natsPassword: z.string().optional().describe('its password').meta({ secret: true }),
  storeUrl: z
    .string()
    .describe('object store: http(s)://key:secret@host:port/bucket, or file:///folder')
    .meta({ secret: true }),
  port: z.coerce.number().int().min(0).max(65_535).default(0).describe('HTTP port; 0 lets the system choose'),
  host: z.string().default('127.0.0.1').describe('address to listen on'),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

const PREFIX = 'SUNSEAL_';
const MASK = '•••';

/** `databaseUrl` is read from `SUNSEAL_DATABASE_URL`. */
export const variableName = (key: string): string =>
  PREFIX + key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();

/**
 * Reads settings from `SUNSEAL_*` variables, once, and freezes them. Throws an Error that names every variable that
 * is missing, wrong, or not known: a misspelt one would otherwise be a setting that silently does not hold.
 */
export function readSettings<S extends z.ZodObject>(schema: S, environment: NodeJS.ProcessEnv): z.infer<S> {
  const keys = Object.keys(schema.shape);
  const known = new Set(keys.map(variableName));
  const unknown = Object.keys(environment).filter((name) => name.startsWith(PREFIX) && !known.has(name));
  const given = Object.fromEntries(
    keys
      .filter((key) => environment[variableName(key)] !== undefined)
      .map((key) => [key, environment[variableName(key)]]),
  );
  const parsed = schema.safeParse(given);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${variableName(issue.path.join('.'))}: ${issue.message}`);
  const complaints = [...unknown.map((name) => `${name}: no such setting`), ...wrong];
  if (complaints.length > 0 || !parsed.success) {
    throw new Error(`settings do not fit:\n  ${complaints.join('\n  ')}`);
  }
  return Object.freeze(parsed.data) as z.infer<S>;
}

/** Settings for a log line, with secrets masked. */
export function maskSettings(
  schema: z.ZodObject,
  settings: Record<string, unknown>,
): Record<string, unknown> {
  const isSecret = (key: string): boolean => {
    const field: unknown = schema.shape[key];
    return field instanceof z.ZodType && (field.meta() as { secret?: boolean } | undefined)?.secret === true;
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, isSecret(key) ? MASK : value]),
  );
}

/** Settings for the public ledger: what holds a path or an address is masked too. */
export const maskPlaces = (settings: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === 'string' && /[\\/]|\d\.\d/.test(value) ? MASK : value,
    ]),
  );
