export { nodeAgeEngine } from './node-age-engine.js';
