import { judge } from './parts/judge.mjs';
import { openLoad } from './parts/open-load.mjs';
import { CHANNEL, REQUESTER, TEAM } from './parts/settings.mjs';
import { sendSigned } from './parts/signed-request.mjs';
import { median, percentile } from './parts/statistics.mjs';
import { withSetup } from './parts/with-setup.mjs';

const PER_SECOND = 200;
const SECONDS = 1;
const ROUNDS = 30;
/** A command that is answered with a message, and one that opens a modal. */
const COMMANDS = ['help', ''];

/**
 * How long Slack waits for the acknowledgement of a slash command, against a bare Bolt app that does nothing else.
 * Both take the same load in turn, second by second, so that what else the machine does hits both; the worse command
 * counts.
 */
export function measureAck() {
  return withSetup(async ({ startBare, startBot, responseUrl }) => {
    const bare = await startBare();
    const bot = await startBot();
    const send = (app, text) => () => sendSigned({ port: app.port, fields: command(text, responseUrl) });
    const streams = COMMANDS.flatMap((text) =>
      [bare, bot].map((app) => ({ app, text, send: send(app, text), p99s: [] })),
    );
    for (const stream of streams) await load(stream);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const stream of streams) stream.p99s.push(percentile(await load(stream), 99));
    }
    const p99Of = (app, text) =>
      median(streams.find((stream) => stream.app === app && stream.text === text).p99s);
    const results = COMMANDS.map((text) =>
      judge({
        what: `acknowledge /rollback${text && ` ${text}`}, ${PER_SECOND}/s, p99`,
        unit: 'ms',
        ours: p99Of(bot, text),
        against: 'bare Bolt app',
        theirs: p99Of(bare, text),
        bar: { ratio: 1.25 },
      }),
    );
    return results.toSorted((a, b) => b.ratio - a.ratio).slice(0, 1);
  });
}

const load = ({ send }) => openLoad({ perSecond: PER_SECOND, seconds: SECONDS, send });

let sent = 0;

function command(text, responseUrl) {
  sent += 1;
  return {
    command: '/rollback',
    text,
    team_id: TEAM,
    user_id: REQUESTER,
    channel_id: CHANNEL,
    trigger_id: `trigger-${sent}`,
    response_url: responseUrl,
  };
}
