import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { brokerPermissions } from '#bus';
import { SERVICES } from '../../libs/contracts/src/registry.js';
import { commonSettings, variableName } from '../../libs/service/src/settings.js';
import { auditSettings } from '../../apps/audit/src/config.js';
import { gatewaySettings } from '../../apps/gateway/src/config.js';
import { registrationSettings } from '../../apps/registration/src/config.js';
import { technicalScoringSettings } from '../../apps/technical-scoring/src/config.js';
import { tenderingSettings } from '../../apps/tendering/src/config.js';
import { vaultSettings } from '../../apps/vault/src/config.js';

const compose = readFileSync('docker-compose.yml', 'utf8');
const broker = readFileSync('deploy/nats/nats.conf', 'utf8');
const dockerfile = readFileSync('deploy/docker/Dockerfile', 'utf8');

const OWN_SETTINGS: Readonly<Record<string, z.ZodObject>> = {
  gateway: gatewaySettings,
  registration: registrationSettings,
  tendering: tenderingSettings,
  vault: vaultSettings,
  'technical-scoring': technicalScoringSettings,
  audit: auditSettings,
};

/** Whom a service asks; nobody else may be asked by it. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  gateway: ['req.>'],
  tendering: ['req.audit.>', 'req.registration.>'],
  vault: ['req.audit.>', 'req.registration.>'],
  'technical-scoring': ['req.registration.>'],
  audit: ['req.*.resend-acts.v1', 'req.*.find-commitments.v1', 'req.*.check-sealed-acts.v1'],
};

/** The text under a key that stands `indent` spaces in, up to the next key as far in or further out. */
function block(text: string, key: string, indent: number): string {
  const lines = text.split('\n');
  const start = lines.indexOf(`${' '.repeat(indent)}${key}:`);
  if (start < 0) return '';
  const isOutside = (line: string): boolean =>
    line.trim() !== '' && line.length - line.trimStart().length <= indent;
  const length = lines.slice(start + 1).findIndex(isOutside);
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

const services = block(compose, 'services', 0);
const settings = compose.slice(compose.indexOf('x-settings:'), compose.indexOf('\nservices:'));
const variablesIn = (text: string): string[] =>
  [...text.matchAll(/^\s+(SUNSEAL_[A-Z_]+):/gm)].map(([, name]) => name ?? '');
const upper = (service: string): string => service.replaceAll('-', '_').toUpperCase();

describe('docker-compose.yml', () => {
  it('has the platform’s services and what they stand on, and no other', () => {
    const names = [...services.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name ?? '');
    expect(names.toSorted()).toEqual(['minio', 'nats', 'postgres', 'provision', ...SERVICES].toSorted());
  });

  it.each(SERVICES)('%s is given only settings that it knows, and all that it must have', (service) => {
    const given = [...variablesIn(settings), ...variablesIn(block(services, service, 2))];
    const inImage = [...dockerfile.matchAll(/\b(SUNSEAL_[A-Z_]+)=/g)].map(([, name]) => name ?? '');
    const shape: Record<string, z.ZodType> = { ...commonSettings.shape, ...OWN_SETTINGS[service]?.shape };
    const known = Object.keys(shape).map(variableName);
    const demanded = Object.entries(shape).filter(([, type]) => !type.safeParse(undefined).success);
    expect([...given, ...inImage].filter((name) => !known.includes(name))).toEqual([]);
    expect(demanded.map(([key]) => variableName(key)).filter((name) => !given.includes(name))).toEqual([]);
  });

  it.each(SERVICES)('%s has a database role and a broker user of its own', (service) => {
    const text = block(services, service, 2);
    const role = `sunseal_${service.replaceAll('-', '_')}`;
    expect(text).toMatch(new RegExp(`postgres://${role}:\\$\\{${upper(service)}_DATABASE_PASSWORD:\\?`));
    expect(text).toContain(`SUNSEAL_NATS_USER: ${service}\n`);
    expect(text).toContain(`\${NATS_${upper(service)}_PASSWORD:?`);
    expect(text).toContain(`SERVICE: ${service} `);
  });

  it('demands every secret by name and holds none', () => {
    const variables = [...compose.matchAll(/\$\{([A-Z_]+)([^}]*)\}/g)];
    const lax = variables.filter(([, name, rest]) => name !== 'GATEWAY_PORT' && !rest?.startsWith(':?'));
    expect(lax.map(([text]) => text)).toEqual([]);
    for (const [line, value] of compose.matchAll(/^.*(?:PASSWORD|SECRET|_KEY): (.*)$/gm)) {
      expect({ line, isReference: /^['"]?\$\{/.test(value ?? '') }).toEqual({ line, isReference: true });
    }
  });

  it('opens no port but the gateway’s', () => {
    expect([...services.matchAll(/^ +ports:/gm)]).toHaveLength(1);
    expect(block(services, 'gateway', 2)).toContain('ports:');
    expect(compose).not.toContain('network_mode');
  });

  it('pins images and watches the health of what others wait for', () => {
    for (const [, image] of compose.matchAll(/^ +image: (\S+)$/gm)) {
      expect(image).toMatch(/:(?!latest).*\d/);
    }
    for (const name of ['postgres', 'nats', 'minio']) {
      expect(block(services, name, 2)).toMatch(/healthcheck:\n +test:/);
      expect(block(services, name, 2)).toMatch(/volumes: /);
    }
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
  });

  it('gives each key to those alone who need it', () => {
    const holders = (key: string): string[] =>
      SERVICES.filter((service) => block(services, service, 2).includes(`/run/secrets/${key}`));
    expect(holders('authority.key')).toEqual(['registration']);
    expect(holders('platform.key')).toEqual(['vault']);
    expect(holders('ledger.key')).toEqual(['audit']);
  });
});

describe('nats.conf', () => {
  const users = new Map(
    [...broker.matchAll(/user: "([a-z-]+)"([\s\S]*?)allow_responses/g)].map(([, user, text]) => [user, text]),
  );

  it('has one user for each service, with a password from the environment', () => {
    expect([...users.keys()].toSorted()).toEqual([...SERVICES].toSorted());
    for (const [user, text] of users) expect(text).toContain(`$NATS_${upper(user ?? '')}_PASSWORD\n`);
  });

  it.each(SERVICES)('lets %s do what the bus needs and no more', (service) => {
    const { publish, subscribe } = brokerPermissions(service, ASKS[service] ?? []);
    const [may = '', listens = ''] = (users.get(service) ?? '').split('subscribe:');
    const quoted = (text: string): string[] =>
      [...text.matchAll(/"([^"]+)"/g)].map(([, value]) => value ?? '');
    expect(quoted(may)).toEqual(publish);
    expect(quoted(listens)).toEqual(subscribe);
  });

  it('syncs each message before it is acknowledged, and nats-server takes the file where there is one', () => {
    expect(broker).toMatch(/^ +sync_interval: always$/m);
    const version = spawnSync('nats-server', ['--version'], { encoding: 'utf8' }).stdout ?? '';
    const [, minor] = /v?2\.(\d+)\./.exec(version) ?? [];
    if (minor === undefined) return;
    // Servers before 2.10 do not know the word `always`.
    const text = minor.length < 2 ? broker.replace(/^ +sync_interval: always$/m, '') : broker;
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-broker-'));
    writeFileSync(join(folder, 'nats.conf'), text);
    const passwords = Object.fromEntries(SERVICES.map((name) => [`NATS_${upper(name)}_PASSWORD`, 'secret']));
    const { status, stderr } = spawnSync('nats-server', ['-t', '-c', join(folder, 'nats.conf')], {
      encoding: 'utf8',
      env: { ...process.env, ...passwords },
    });
    rmSync(folder, { recursive: true, force: true });
    expect({ status, said: status === 0 ? '' : stderr }).toEqual({ status: 0, said: '' });
  });
});
