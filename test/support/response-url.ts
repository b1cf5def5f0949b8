import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const Answer = z.object({ text: z.string(), blocks: z.unknown() });

/** Where Bolt sends answers to a press or a command, for one test. */
export async function startResponseUrl(heard: (answer: z.infer<typeof Answer>) => void): Promise<string> {
  const server = createServer((request, response) => {
    json(request).then((body) => {
      heard(Answer.parse(body));
      response.end('ok');
    }, response.destroy);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${address.port}/`;
}
