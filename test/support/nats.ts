import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NatsServerOptions, startNatsServer } from '#bus';
import { ensureDebianPackage } from './debian-packages.js';

export interface TestNats {
  readonly url: string;
  stop(): Promise<void>;
}

export type TestNatsOrNot = TestNats | { readonly skipped: string };

const CONTAINER_IMAGE = 'nats:2.12-alpine';
const CONTAINER_PORT = 4222;

/** The path of a nats-server program: PATH, or Debian's package. */
export async function natsBinary(): Promise<{ readonly path: string } | { readonly missing: string }> {
  return ensureDebianPackage('nats-server', ['nats-server']);
}

/**
 * An empty JetStream broker for one spec file: the one at SUNSEAL_TEST_NATS_URL (specs that
 * share it must run one after the other), else Debian's nats-server, else a container. `skipped` says why there is none; with CI=true that throws.
 */
export async function natsServer(): Promise<TestNatsOrNot> {
  const given = process.env['SUNSEAL_TEST_NATS_URL'];
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const binary = await natsBinary();
  if ('path' in binary) return localServer({ binary: binary.path });
  const container = await containerServer();
  if (!('skipped' in container)) return container;
  const skipped = `no nats-server: ${binary.missing}; ${container.skipped}`;
  if (process.env['CI'] === 'true') throw new Error(skipped);
  return { skipped };
}

/** A server of our own in a folder that `stop` removes. */
export async function localServer(options: Omit<NatsServerOptions, 'dataDir'>): Promise<TestNats> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sunseal-nats-'));
  const server = await startNatsServer({ ...options, dataDir });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function containerServer(): Promise<TestNatsOrNot> {
  try {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer(CONTAINER_IMAGE)
      .withCommand(['-js', '-sd', '/tmp/nats'])
      .withExposedPorts(CONTAINER_PORT)
      .withWaitStrategy(Wait.forListeningPorts())
      .start();
    return {
      url: `nats://${container.getHost()}:${container.getMappedPort(CONTAINER_PORT)}`,
      stop: async () => {
        await container.stop();
      },
    };
  } catch (error) {
    return { skipped: `no container: ${error instanceof Error ? error.message : String(error)}` };
  }
}
