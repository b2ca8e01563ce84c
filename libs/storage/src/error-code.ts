/** The `code` of an error of Node or of an S3 server; empty where it has none. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
