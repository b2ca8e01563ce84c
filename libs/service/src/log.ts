import { type Logger, pino } from 'pino';

export type Log = Logger;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** JSON lines on standard error, so that a program's own output stays its own. Never a body, never a secret. */
export function createLog(service: string, level: LogLevel): Log {
  return pino(
    {
      level,
      base: { service },
      serializers: { error: pino.stdSerializers.err },
      redact: ['password', '*.password', 'cookie', '*.cookie'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
