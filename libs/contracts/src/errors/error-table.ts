/** What a caller needs to know about a refusal besides its sentence. */
export interface ErrorEntry {
  /** HTTP status that the gateway answers with. */
  readonly status:
    400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 416 | 422 | 423 | 429 | 500 | 503 | 504;
  /** Short English title, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** Whether the same request may succeed later without being changed. */
  readonly retry: boolean;
}

/** One file an area declares its codes (`noun.condition`) as such a table; `errors/index.ts` joins them. */
export type ErrorTable = Readonly<Record<`${string}.${string}`, ErrorEntry>>;
