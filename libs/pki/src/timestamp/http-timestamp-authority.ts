import { bytesEqual, concatBytes, invariant } from '#kernel';
import { refuse } from '../refuse.js';
import type { TimestampAuthority } from './timestamp-authority.js';
import { newNonce, timestampRequest, tokenOfAnswer } from './timestamp-exchange.js';
import { TOKEN_BYTES_MAX, verifyToken } from './verify-timestamp.js';

export interface HttpTimestampSettings {
  /** Configured by the operator, `http:` or `https:`; the stamp is verified whichever way it came. */
  readonly url: string;
  /** For the whole exchange, connecting and reading included. */
  readonly timeoutMs: number;
  /** The root of trust in PEM. */
  readonly authorityPem: string;
  readonly answerBytesMax?: number;
  /** Object id of the policy to be asked for; any by default. */
  readonly policy?: string;
}

const REPLY = 'application/timestamp-reply';

/** RFC 3161 over HTTP (§3.4). Follows no redirect and returns nothing that it has not verified. */
export class HttpTimestampAuthority implements TimestampAuthority {
  private readonly url: URL;
  private readonly answerBytesMax: number;

  constructor(private readonly settings: HttpTimestampSettings) {
    this.url = new URL(settings.url);
    this.answerBytesMax = settings.answerBytesMax ?? TOKEN_BYTES_MAX;
    const { protocol, username, password } = this.url;
    invariant(/^https?:$/.test(protocol) && username + password === '', 'a plain http or https address');
  }

  /**
   * As {@link TimestampAuthority}. Throws `timestamp.unavailable` (no answer in time, or not status 200),
   * `timestamp.refused`, `timestamp.other-request` (another nonce: an answer that was given before),
   * `timestamp.other-policy`, and what `verifyTimestamp` throws.
   */
  async stamp(sha256: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const nonce = newNonce();
    const { policy } = this.settings;
    const answer = await this.ask(timestampRequest(sha256, nonce, policy), signal);
    const token = await tokenOfAnswer(answer);
    const { info } = await verifyToken({ token, sha256, authorityPem: this.settings.authorityPem });
    const echoed = info.nonce?.valueBlock.valueHexView;
    if (!echoed || !bytesEqual(echoed, nonce))
      refuse('timestamp.other-request', 'The time stamp answers another request.');
    if (policy !== undefined && info.policy !== policy)
      refuse('timestamp.other-policy', `The time stamp was made under the policy ${info.policy}.`);
    return token;
  }

  private async ask(body: Uint8Array<ArrayBuffer>, stopped?: AbortSignal): Promise<Uint8Array> {
    const timeout = AbortSignal.timeout(this.settings.timeoutMs);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query', accept: REPLY },
        body,
        redirect: 'error',
        signal: stopped ? AbortSignal.any([timeout, stopped]) : timeout,
      });
      const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (response.status !== 200) return await this.drop(response, `it answered ${response.status}`);
      if (type !== REPLY) return await this.drop(response, 'it answered something that is no time stamp');
      return await this.read(response);
    } catch (error) {
      return unavailable(error instanceof Failure ? error.message : 'it gave no answer in time');
    }
  }

  private async drop(response: Response, reason: string): Promise<never> {
    await response.body?.cancel();
    throw new Failure(reason);
  }

  /** Stops at the limit, whatever length was announced. */
  private async read(response: Response): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > this.answerBytesMax) throw new Failure(`its answer is above ${this.answerBytesMax} bytes`);
      parts.push(part);
    }
    return concatBytes(...parts);
  }
}

class Failure extends Error {}

function unavailable(reason: string): never {
  return refuse('timestamp.unavailable', `The time-stamp authority cannot be used now: ${reason}.`);
}
