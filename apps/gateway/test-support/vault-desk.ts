import { type Bus, InProcessBus } from '#bus';
import { acceptBody, authoriseUpload, type RequestEnvelope, type ResponseOf } from '#contracts';
import { Requests } from '#service';

type Answer<C extends typeof acceptBody | typeof authoriseUpload> = () => ResponseOf<C>;

/** The vault's side of uploads on a real bus: says yes, until a test tells it what else. */
export class VaultDesk {
  readonly accepted: string[] = [];
  authorise: Answer<typeof authoriseUpload> | undefined;
  accept: Answer<typeof acceptBody> | undefined;

  private constructor(
    private readonly bus: Bus,
    readonly requests: Requests,
  ) {}

  static async open(): Promise<VaultDesk> {
    const bus = new InProcessBus();
    const desk = new VaultDesk(bus, new Requests(bus));
    await bus.serve(authoriseUpload.subject, 'vault', async (payload) => {
      const { sha256 } = (payload as RequestEnvelope).body as { sha256: string };
      return reply(desk.authorise ?? (() => ({ key: `quarantine/${sha256}`, isStored: false })));
    });
    await bus.serve(acceptBody.subject, 'vault', async (payload) => {
      const { sha256 } = (payload as RequestEnvelope).body as { sha256: string };
      return reply(() => {
        const answer = desk.accept?.() ?? { storedAt: '2026-12-01T00:00:00.000Z' };
        desk.accepted.push(sha256);
        return answer;
      });
    });
    return desk;
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}

function reply(work: () => unknown): unknown {
  try {
    return { ok: true, body: work() };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { ok: false, error: { code, message, details: {} } };
  }
}
