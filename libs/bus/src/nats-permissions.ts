/** Where answers to a broker user arrive; no other user may listen there. */
export const inboxPrefix = (user: string): string => `_INBOX.${user}`;

/** The stream that holds all events, unless a deployment names another. */
export const STREAM_NAME = 'SUNSEAL_EVENTS';

/**
 * The least that a service named `service` (also its broker user and its consumer) needs: to serve and emit
 * its own subjects, to ask `requests` (subjects, wildcards allowed), to read all events under its own durable name.
 */
export function brokerPermissions(
  service: string,
  requests: readonly string[],
  stream: string = STREAM_NAME,
): { publish: string[]; subscribe: string[] } {
  return {
    publish: [
      ...requests,
      `evt.${service}.>`,
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.STREAM.CREATE.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}.${service}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.${service}`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${service}`,
      `$JS.ACK.${stream}.${service}.>`,
    ],
    subscribe: [`req.${service}.>`, `${inboxPrefix(service)}.>`],
  };
}
