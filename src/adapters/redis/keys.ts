import type { AggregateName } from '../../domain/events.ts';

const INDEX: Readonly<Record<AggregateName, string>> = {
  run: 'runs',
  incident: 'incidents',
};

/** Every Redis key of a workspace. They share one hash tag, so that all of it lives on one Cluster slot. */
export type Keys = ReturnType<typeof createKeys>;

/** `below` sets keys apart from all others of the namespace, for a trial: ":doctor:1". */
export function createKeys(namespace: string, { below = '' }: { readonly below?: string } = {}) {
  const tag = `{${namespace}}${below}`;
  return {
    prefix: tag,
    stream: (id: string) => `${tag}:stream:${id}`,
    outbox: `${tag}:outbox`,
    changes: `${tag}:changes`,
    open: (aggregate: AggregateName) => `${tag}:${INDEX[aggregate]}:open`,
    recent: (aggregate: AggregateName) => `${tag}:${INDEX[aggregate]}:recent`,
    /** Runs of a service and environment. */
    runsOf: (service: string, environment: string) => `${tag}:runs:of:${service}/${environment}`,
    /** Set once the runs from before there was that index are in it. */
    runsFiled: `${tag}:runs:filed`,
    fence: `${tag}:fence`,
    counter: (prefix: string) => `${tag}:counter:${prefix}`,
    lock: (service: string, environment: string) => `${tag}:lock:${service}/${environment}`,
    message: (key: string) => `${tag}:message:${key}`,
    seen: (key: string) => `${tag}:seen:${key}`,
    session: (driver: string) => `${tag}:session:${driver}`,
    output: (run: string, step: string, attempt: number) => `${tag}:output:${run}:${step}:${attempt}`,
    process: (run: string, step: string, attempt: number) => `${tag}:process:${run}:${step}:${attempt}`,
  };
}
