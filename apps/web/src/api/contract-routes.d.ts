declare module 'virtual:contract-routes' {
  /** Name of a contract → method, path with `:names`, kind. */
  export const routes: Readonly<
    Record<string, readonly [method: 'GET' | 'POST' | 'PUT', path: string, kind: 'command' | 'query']>
  >;
  /** Types of public events, as server-sent events are named. */
  export const liveEvents: readonly string[];
  /** `WAY` and `STAGES` of `#contracts`. */
  export const way: import('#contracts').Way;
  export const stages: readonly import('#contracts').Stage[];
}
declare module '*.css';
