// A program: what our bot is compared with. A Bolt app that acknowledges /rollback and does nothing else.
import { App } from '@slack/bolt';

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  deferInitialization: true,
});
app.command('/rollback', ({ ack }) => ack());
await app.init();
await app.start(Number(process.env.PORT));
process.stdout.write('ready\n');
