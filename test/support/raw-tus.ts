import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes and what announces them. */
export interface Body {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export function bodyOf(bytes: Buffer): Body {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const randomBody = (size: number): Body => bodyOf(randomBytes(size));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The code of a refusal. */
  readonly code: string | undefined;
}

/** A client that does what it is told, right or wrong: one bidder's cookie, one header at a time. */
export class RawTus {
  constructor(
    readonly address: () => string,
    readonly folder: string,
    readonly cookie: string,
  ) {}

  async send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Uint8Array,
  ): Promise<Answer> {
    const response = await fetch(this.address() + path, {
      method,
      headers: { cookie: this.cookie, 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: body as BodyInit } : {}),
    });
    const text = await response.text();
    const code = text === '' ? undefined : (JSON.parse(text) as { code: string }).code;
    return { status: response.status, headers: response.headers, code };
  }

  create({ bytes, sha256 }: { bytes: { length: number }; sha256: string }, headers = {}): Promise<Answer> {
    return this.send('POST', this.folder, {
      'upload-length': String(bytes.length),
      'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
      ...headers,
    });
  }

  /** The path of a new upload. */
  async begin(body: { bytes: { length: number }; sha256: string }): Promise<string> {
    const { status, headers, code } = await this.create(body);
    if (status !== 201) throw new Error(`not created: ${status} ${code}`);
    return headers.get('location')!;
  }

  head(path: string): Promise<Answer> {
    return this.send('HEAD', path);
  }

  async offset(path: string): Promise<number> {
    return Number((await this.head(path)).headers.get('upload-offset') ?? NaN);
  }

  /** Looks until the upload goes on there: a look may overtake a request whose connection was cut. */
  async reaches(path: string, offset: number): Promise<void> {
    while ((await this.offset(path)) !== offset) await sleep(10);
  }

  patch(path: string, offset: number, bytes: Uint8Array, headers = {}): Promise<Answer> {
    return this.send('PATCH', path, { ...PATCH, 'upload-offset': String(offset), ...headers }, bytes);
  }

  /** As {@link RawTus.patch} without saying how many bytes there are. */
  async patchChunked(path: string, offset: number, bytes: Uint8Array): Promise<Answer> {
    const headers = {
      ...PATCH,
      cookie: this.cookie,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
    };
    const sending = request(this.address() + path, { method: 'PATCH', headers });
    sending.write(bytes.subarray(0, 1));
    sending.end(bytes.subarray(1));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    const { code } = (await json(response)) as { code: string };
    return { status: response.statusCode!, headers: new Headers(), code };
  }

  /** Begins a PATCH of `length` bytes on a socket of its own; the caller sends them, or does not. */
  async open(path: string, offset: number, length: number): Promise<Socket> {
    const { hostname, port } = new URL(this.address());
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const headers = { ...PATCH, cookie: this.cookie, 'tus-resumable': '1.0.0', host: `${hostname}:${port}` };
    const lines = Object.entries({ ...headers, 'upload-offset': offset, 'content-length': length });
    socket.write(
      `PATCH ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
    return socket;
  }

  /** Announces the rest of the body, sends `sent` bytes of it and cuts the connection. */
  async cut(path: string, { bytes }: Body, offset: number, sent: number): Promise<void> {
    const socket = await this.open(path, offset, bytes.length - offset);
    await new Promise<void>((resolve) => {
      socket.write(bytes.subarray(offset, offset + sent), () => resolve());
    });
    socket.destroy();
    await once(socket, 'close');
  }
}

const PATCH = { 'content-type': 'application/offset+octet-stream' };
