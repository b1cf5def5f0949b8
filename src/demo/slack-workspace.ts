/** What a local Slack is told to be. */
export type SlackWorkspace = {
  readonly workspace: { readonly name: string; readonly domain: string; readonly teamId: string };
  readonly apps: readonly SlackAppSettings[];
  readonly users: readonly SlackUser[];
  readonly channels: readonly SlackChannel[];
};

type SlackAppSettings = {
  readonly appId: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
} & ({ readonly mode: 'socket' } | { readonly mode: 'events'; readonly requestUrl: string });

type SlackUser = {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly email: string;
  readonly tz: string;
};

type SlackChannel = {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly topic: string;
  readonly purpose: string;
};

/** The people of the demo, by what they do in it. */
export const people = {
  responder: { id: 'U0ROBIN', name: 'robin', real_name: 'Robin (responder)' },
  approver: { id: 'U0ALEX', name: 'alex', real_name: 'Alex (approver)' },
  seniorApprover: { id: 'U0SAM', name: 'sam', real_name: 'Sam (senior approver)' },
  stakeholder: { id: 'U0KIM', name: 'kim', real_name: 'Kim (stakeholder)' },
} as const;

export const channels = {
  incidents: {
    id: 'C0INCIDENTS',
    name: 'incidents',
    topic: 'What is broken',
    purpose: 'Incidents and rollbacks',
  },
  stakeholders: {
    id: 'C0STAKEHOLDERS',
    name: 'stakeholders',
    topic: 'What customers may notice',
    purpose: 'News for those who are not on call',
  },
  deployments: { id: 'C0DEPLOYMENTS', name: 'deployments', topic: 'What runs where', purpose: 'Deployments' },
} as const;

export const demoApp = {
  appId: 'A0WALKBACK',
  botUserId: 'U0WALKBACK',
  botName: 'walkback',
  botToken: 'xoxb-demo-walkback',
  appToken: 'xapp-demo-walkback',
  signingSecret: 'demo-signing-secret',
} as const;

/** The workspace of the demo and of the end-to-end tests. */
export const demoWorkspace: SlackWorkspace = {
  workspace: { name: 'Walkback demo', domain: 'walkback-demo', teamId: 'T0WALKBACK' },
  apps: [{ ...demoApp, mode: 'socket' }],
  users: Object.values(people).map((person) => ({
    ...person,
    email: `${person.name}@example.com`,
    tz: 'Etc/UTC',
  })),
  channels: Object.values(channels).map((channel) => ({
    ...channel,
    members: [...Object.values(people).map(({ id }) => id), demoApp.botUserId],
  })),
};
