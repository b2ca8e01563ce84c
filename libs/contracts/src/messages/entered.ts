import { z } from 'zod';
import { event, type ServiceName } from '../contract.js';
import { sha256Hex, uuid } from './envelope.js';

/** Ids, hashes, aliases and numbers that a request named; never a text that somebody wrote. */
const ids = z.record(z.string(), z.string());
const roles = z.array(z.string());

/** Of every service: a request was refused by a rule. One of a bidder's is sealed. */
export const requestRefused = (service: ServiceName) =>
  event(service, 'request-refused', {
    summary: 'A request was refused by a rule of the platform',
    data: z.object({ request: z.string(), code: z.string(), ids, roles }),
  });

/** Of every service: somebody read what is not public. One of a bidder's is sealed, for good. */
export const recordRead = (service: ServiceName) =>
  event(service, 'record-read', {
    summary: 'Somebody read what is not public, in which role',
    data: z.object({ request: z.string(), reads: z.enum(['own', 'confidential']), ids, roles }),
  });

/** Of every service: a process of it began, before it answers anything. */
export const serviceStarted = (service: ServiceName) =>
  event(service, 'service-started', {
    summary: 'A process of the service started, with these settings',
    data: z.object({
      startId: uuid,
      /** SHA-256 over the canonical JSON of all settings, secrets masked. */
      settingsSha256: sha256Hex,
      /** Secrets and places (paths, addresses) masked. */
      settings: z.record(z.string(), z.unknown()),
    }),
  });

/** Of every service: a process of it ended as it was told to. A start without it was killed, or runs. */
export const serviceStopped = (service: ServiceName) =>
  event(service, 'service-stopped', {
    summary: 'A process of the service stopped in order',
    data: z.object({ startId: uuid }),
  });
