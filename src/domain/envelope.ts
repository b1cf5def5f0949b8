import { z } from 'zod';
import { Actor } from './actor.ts';

/** What every stored event has beside its type and payload: `id` is stream and version, `at` an ISO time in UTC. */
const Envelope = z.object({
  id: z.string(),
  stream: z.string(),
  version: z.number().int().positive(),
  at: z.iso.datetime(),
  actor: Actor,
  payload: z.unknown(),
});

/** Makes a parser of stored events from the payloads of each type. The parser throws for a broken event: a bug. */
export function createEnvelopeParser<Type extends string>(payloads: Readonly<Record<Type, z.ZodType>>) {
  const Stored = Envelope.extend({ type: z.enum(Object.keys(payloads) as [Type, ...Type[]]) });
  return (raw: unknown) => {
    const envelope = Stored.parse(raw);
    return { ...envelope, payload: payloads[envelope.type].parse(envelope.payload) };
  };
}
