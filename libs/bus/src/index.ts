export type { Bus, BusHealth, BusOptions, EventHandler, RequestHandler, Subscription } from './bus.port.js';
export { InProcessBus } from './in-process-bus.js';
export { MESSAGE_BYTES_MAX, REQUEST_TIMEOUT_MS } from './message.js';
export { NatsBus, type NatsBusOptions } from './nats-bus.js';
export { brokerPermissions } from './nats-permissions.js';
export { startNatsServer, type NatsServer, type NatsServerOptions, type NatsUser } from './nats-server.js';
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay.js';
export { REPLAY_MAX, replay, type SqlSource } from './outbox-rows.js';
