export type StreamKind = 'RUN' | 'INC';

const INDEX: Readonly<Record<StreamKind, string>> = { RUN: 'runs', INC: 'incidents' };

/** Every Redis key of a workspace. They share one hash tag, so that all of it lives on one Cluster slot. */
export type Keys = ReturnType<typeof createKeys>;

export function createKeys(namespace: string) {
  const tag = `{${namespace}}`;
  return {
    prefix: tag,
    stream: (id: string) => `${tag}:stream:${id}`,
    outbox: `${tag}:outbox`,
    changes: `${tag}:changes`,
    open: (kind: StreamKind) => `${tag}:${INDEX[kind]}:open`,
    recent: (kind: StreamKind) => `${tag}:${INDEX[kind]}:recent`,
    fence: `${tag}:fence`,
    counter: (kind: string) => `${tag}:counter:${kind}`,
    lock: (service: string, environment: string) => `${tag}:lock:${service}/${environment}`,
    message: (key: string) => `${tag}:message:${key}`,
    seen: (key: string) => `${tag}:seen:${key}`,
    session: (driver: string) => `${tag}:session:${driver}`,
    output: (run: string, step: string, attempt: number) => `${tag}:output:${run}:${step}:${attempt}`,
    process: (run: string, step: string, attempt: number) => `${tag}:process:${run}:${step}:${attempt}`,
  };
}
