export { CEPH_PROGRAMS, type CephRgw, startCephRgw } from './ceph-rgw.js';
export { FileObjectStore } from './file-object-store.js';
export type {
  Body,
  CopyOptions,
  FoundObject,
  GetOptions,
  GrowingObject,
  ObjectStore,
  PutOptions,
  Stored,
} from './object-store.port.js';
export type { S3Settings } from './s3-client.js';
export { ensureLifecycle } from './s3-lifecycle.js';
export { S3ObjectStore } from './s3-object-store.js';
export { type ExpectedObject, scrub, type ScrubFault, type ScrubOptions, type ScrubResult } from './scrub.js';
export { checkStore, doctor } from './storage-doctor.js';
export type { Finding, ProbeResult, StoreReport } from './store-report.js';
