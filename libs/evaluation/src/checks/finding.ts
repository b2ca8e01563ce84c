import type { Finding } from '../evaluation-types.js';

export const error = (code: string, path: string, zh: string, en: string): Finding => ({
  severity: 'error',
  code,
  path,
  message: { zh, en },
});

export const warning = (code: string, path: string, zh: string, en: string): Finding => ({
  ...error(code, path, zh, en),
  severity: 'warning',
});
