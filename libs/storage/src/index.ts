export { CEPH_PROGRAMS, type CephRgw, startCephRgw } from './ceph-rgw.js';
export { FileObjectStore } from './file-object-store.js';
export type { Body, ObjectStore, PutOptions, Stored } from './object-store.port.js';
export type { S3Settings } from './s3-client.js';
export { S3ObjectStore } from './s3-object-store.js';
export { doctor, type Finding } from './storage-doctor.js';
