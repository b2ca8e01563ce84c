import type { Instant } from '#kernel';
import type { Log, Requests } from '#service';
import type { ObjectStore } from '#storage';
import type { PublicEvents } from './live/public-events.js';
import type { PortalBuild } from './portal/portal-build.js';
import type { Sessions } from './sessions/sessions.js';
import type { EnvelopeStoreParts } from './uploads/envelope-store.js';

/** What the routes of the gateway reach beyond themselves. */
export abstract class GatewayPorts {
  abstract readonly requests: Requests;
  abstract readonly store: ObjectStore;
  abstract readonly sessions: Sessions;
  abstract readonly publicEvents: PublicEvents;
  abstract readonly uploads: EnvelopeStoreParts;
  /** Enters that a buyer's document is kept. */
  abstract readonly enterDocument: (
    document: { readonly sha256: string; readonly size: number },
    personId: string,
  ) => Promise<void>;
  abstract readonly log: Log;
  abstract readonly signInsPerMinute: number;
  /** Where the built portal lies. */
  abstract readonly portalDir: string;
  /** What it consists of, as it was at the start; null where it was not built. */
  abstract readonly portalBuild: PortalBuild | null;
  /** The database's clock: the time that every deadline is measured by, and how fast it runs. */
  abstract readonly clock: () => Promise<{ readonly now: Instant; readonly factor: number }>;
}
