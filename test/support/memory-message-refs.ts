import type { MessageRef, MessageRefs } from '../../src/engine/ports/message-refs.ts';

/** Message refs that live as long as the test, as one process sees them. */
export function memoryMessageRefs(): MessageRefs {
  const refs = new Map<string, MessageRef>();
  const posting = new Map<string, number>();
  return {
    get: async (key) => refs.get(key),
    set: async (key, ref) => void refs.set(key, ref),
    markPosting: async (key, at) => void posting.set(key, posting.get(key) ?? at),
    postingSince: async (key) => posting.get(key),
    forget: async (key) => {
      refs.delete(key);
      posting.delete(key);
    },
  };
}
