// A program: just enough of Slack's Web API for a bot to start and to be answered at once. Prints its port.
import { createServer } from 'node:http';
import { TEAM } from './settings.mjs';

let messages = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    messages += 1;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ok: true,
        team_id: TEAM,
        user_id: 'U0BOT',
        bot_id: 'B0BOT',
        ts: `1700000000.${String(messages).padStart(6, '0')}`,
        view: { id: `V${messages}`, hash: `${messages}` },
        messages: [],
      }),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${server.address().port}\n`));
