import cookie from '@fastify/cookie';
import files from '@fastify/static';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '#kernel';
import { documentKept, REQUESTS } from '#contracts';
import { readClock, transact } from '#database';
import { type ServiceDefinition, type ServiceRuntime, Sweeps, systemCall } from '#service';
import { gatewaySettings, type GatewaySettings } from './config.js';
import { UploadController } from './documents/upload.controller.js';
import { GatewayPorts } from './gateway-ports.js';
import { LiveController } from './live/live.controller.js';
import { SupervisionFeedController } from './live/supervision-feed.controller.js';
import { PublicEvents } from './live/public-events.js';
import { Tables1764000000003 } from './persistence/migrations/tables-1764000000003.js';
import { Uploads1764000000103 } from './persistence/migrations/uploads-1764000000103.js';
import { PublicEventEntity } from './persistence/public-event.entity.js';
import { SessionEntity } from './persistence/session.entity.js';
import { readPortalBuild } from './portal/portal-build.js';
import { PortalController } from './portal/portal.controller.js';
import { contractRoute } from './routes/contract-route.js';
import { LedgerController } from './routes/ledger.controller.js';
import { PlatformController } from './routes/platform.controller.js';
import { ProblemFilter } from './routes/problem.filter.js';
import { PasswordStrategy, SessionStrategy } from './sessions/passport-strategies.js';
import { SessionController } from './sessions/session.controller.js';
import { Sessions } from './sessions/sessions.js';
import { EnvelopeUploadController } from './uploads/envelope-upload.controller.js';
import { OpenSegments } from './uploads/open-segments.js';
import { UploadBodies } from './uploads/upload-bodies.js';
import { UploadRows } from './uploads/upload-rows.js';
import { uploadSweep } from './uploads/upload-sweep.js';

@Module({})
class GatewayModule {}

function gatewayModule({
  database,
  requests,
  store,
  settings,
  log,
}: ServiceRuntime<GatewaySettings>): DynamicModule {
  const rows = new UploadRows(database);
  const segments = new OpenSegments(log);
  const ports: GatewayPorts = {
    requests,
    store,
    log,
    signInsPerMinute: settings.signInsPerMinute,
    portalDir: settings.portalDir,
    portalBuild: readPortalBuild(settings.portalDir),
    sessions: new Sessions(database, settings.sessionHours),
    publicEvents: new PublicEvents(database),
    uploads: {
      rows,
      store,
      segments,
      requests,
      bodies: new UploadBodies({ rows, store, segments, requests, log }),
    },
    enterDocument: ({ sha256, size }, actorId) =>
      transact(database, systemCall('keep-document'), (tx) =>
        tx.emit({ subject: documentKept.subject, tenderId: null, actorId, data: { sha256, size } }),
      ),
    clock: () => readClock((sql) => database.dataSource.query(sql)),
  };
  return {
    module: GatewayModule,
    imports: [PassportModule],
    controllers: [
      SessionController,
      PlatformController,
      UploadController,
      EnvelopeUploadController,
      LiveController,
      SupervisionFeedController,
      LedgerController,
      ...REQUESTS.flatMap((contract) => (contract.http ? [contractRoute(contract, contract.http)] : [])),
      PortalController,
    ],
    providers: [
      { provide: GatewayPorts, useValue: ports },
      { provide: APP_FILTER, useValue: new ProblemFilter(log) },
      { provide: Sweeps, useValue: new Sweeps(log, [uploadSweep(rows, store)]) },
      { provide: OpenSegments, useValue: segments },
      PasswordStrategy,
      SessionStrategy,
    ],
  };
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

async function prepareHttp(fastify: FastifyInstance, { portalDir }: GatewaySettings): Promise<void> {
  await fastify.register(cookie);
  await fastify.register(files, { root: portalDir, serve: false, preCompressed: true });
  const unread = ['application/octet-stream', 'application/offset+octet-stream'];
  fastify.addContentTypeParser(unread, (_request, payload, done) => done(null, payload));
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    const { origin } = request.headers;
    if (SAFE_METHODS.has(request.method) || origin === undefined) return;
    if (!URL.canParse(origin) || new URL(origin).host !== request.headers.host) {
      throw new DomainError(
        'request.origin-foreign',
        'Requests that change something come from our own pages.',
      );
    }
  });
}

/** The only HTTP door: sessions, roles, limits, problem+json, live updates, the ledger's files. */
export const gatewayService: ServiceDefinition<typeof gatewaySettings> = {
  name: 'gateway',
  settings: gatewaySettings,
  entities: [SessionEntity, PublicEventEntity],
  migrations: [Tables1764000000003, Uploads1764000000103],
  module: gatewayModule,
  startFacts: ({ portalDir }) => ({ portalSha256: readPortalBuild(portalDir)?.sha256 ?? null }),
  prepareHttp,
};
