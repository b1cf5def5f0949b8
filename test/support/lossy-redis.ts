import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

/** A client whose connection breaks right before the reply to the first request that names `word`. */
export async function lossyRedis(url: string, word: string) {
  let dropped = 0;
  const server = createServer((client: Socket) => {
    const upstream = connect(url);
    let dropNext = false;
    client.on('data', (data) => {
      if (dropped === 0 && data.includes(word)) dropNext = true;
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (!dropNext) return void client.write(data);
      // NOSCRIPT comes before the append itself was run.
      if (data.includes('NOSCRIPT')) return void client.write(data);
      dropNext = false;
      dropped += 1;
      client.destroy();
      upstream.destroy();
    });
    client.on('error', () => upstream.destroy());
    client.on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const redis = new Redis(address.port, '127.0.0.1', { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  onTestFinished(() => {
    redis.disconnect();
    server.close();
  });
  return { redis, dropped: () => dropped };
}
