/** What the bench's workspace is made of; the Slack that answers is a stub, so none of it is secret. */
export const SIGNING_SECRET = 'bench-signing-secret';
export const BOT_TOKEN = 'xoxb-bench';
export const TEAM = 'T0BENCH';
export const REQUESTER = 'U0REQUESTER';
export const APPROVER = 'U0APPROVER';
export const CHANNEL = 'C0INCIDENTS';
export const SERVICE = 'shop';
