export { nodeSha256 } from './node-sha256.js';
