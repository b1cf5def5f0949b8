import { z } from 'zod';
import { Duration } from '../duration.ts';
import { Severity } from '../severity.ts';

const KEY_EXPECTED = 'lower-case letters, digits and dashes, such as web-shop';
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, `expected ${KEY_EXPECTED}`)
  .meta({ expected: KEY_EXPECTED });

const HOLDER_EXPECTED = 'the id of a Slack user or user group, such as U024BE7LH or S024BE7LH';
const Holder = z
  .string()
  .regex(/^[UWS][A-Z0-9]+$/, `expected ${HOLDER_EXPECTED}`)
  .meta({ expected: HOLDER_EXPECTED, example: '- U024BE7LH' });

const CHANNEL_EXPECTED = 'a Slack channel id such as C024BE91L';
const ChannelId = z
  .string()
  .regex(/^[CG][A-Z0-9]+$/, `expected ${CHANNEL_EXPECTED}`)
  .meta({ expected: CHANNEL_EXPECTED });

const VARIABLE_EXPECTED = 'a name in capitals, digits and underscores, such as HEALTH_URL';
const VariableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, `expected ${VARIABLE_EXPECTED}`)
  .meta({ expected: VARIABLE_EXPECTED });

export const Environment = z
  .strictObject({
    /** Where the deployed checkout is on the worker's machine; `run` steps start here. */
    directory: z.string().min(1).optional().meta({ example: 'directory: /srv/shop' }),
    /** Environment variables for `run` steps and ${...} in http urls. */
    variables: z
      .record(VariableName, z.string().meta({ example: 'HEALTH_URL: "https://shop.example.com/healthz"' }))
      .default({})
      .meta({ example: 'variables: { HEALTH_URL: "https://shop.example.com/healthz" }' }),
  })
  .meta({ example: 'production: { directory: /srv/shop }' });
export type Environment = z.infer<typeof Environment>;

export const Service = z
  .strictObject({
    title: z.string().min(1).max(75).meta({ example: 'title: Web shop' }),
    /** A git URL or an absolute path of a repository the worker may fetch from and push to. */
    repository: z.string().min(1).meta({ example: 'repository: git@git.example.com:team/shop.git' }),
    branch: z.string().min(1).default('main').meta({ example: 'branch: main' }),
    /** Globs of database migrations in the repository; none: it has none. Left out: those of the well-known tools. */
    migrations: z.array(z.string().min(1)).optional().meta({ example: 'migrations: ["db/migrations/**"]' }),
    /** Globs of tags that count as releases, newest last by version. */
    releases: z.string().min(1).default('v*').meta({ example: 'releases: v*' }),
    playbooks: z.array(Key).min(1).meta({ example: 'playbooks: [release-rollback]' }),
    environments: z
      .record(Key, Environment)
      .meta({ example: 'environments: { production: { directory: /srv/shop } }' }),
  })
  .meta({ example: 'docs/writing-a-playbook.md shows a whole service' });
export type Service = z.infer<typeof Service>;

const Weekday = z
  .enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
  .meta({ expected: 'mon, tue, wed, thu, fri, sat or sun' });
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "09:00"')
  .meta({ expected: 'a time of day such as "09:00"' });

/** How a severity's rollbacks are decided on. */
const RollbackDecision = z
  .discriminatedUnion('decision', [
    /** Started by Walkback itself, this long after the declaration, unless held, mitigated or resolved. */
    z.strictObject({
      decision: z.literal('automatic'),
      after: Duration.prefault('30m').meta({ example: 'after: 30m' }),
      warnAt: z.array(Duration).prefault(['20m', '25m']).meta({ example: 'warnAt: [20m, 25m]' }),
    }),
    /** By a person, after a look. */
    z.strictObject({ decision: z.literal('person') }),
    /** Fixed or rolled back within a time; then somebody is asked which. */
    z.strictObject({
      decision: z.literal('planned'),
      within: Duration.prefault('24h').meta({ example: 'within: 24h' }),
    }),
    /** Not now: put on the list for the next deployment; only breaking the glass starts it. */
    z.strictObject({ decision: z.literal('next-deployment') }),
  ])
  .meta({
    expected: 'decision: automatic, person, planned or next-deployment',
    example: 'rollback: { decision: person }',
  });

/** A rung of the escalation ladder: who is told, how long after the declaration. */
const Rung = z
  .strictObject({
    role: Key.meta({ example: 'role: team-lead' }),
    after: Duration.meta({ example: 'after: 15m' }),
  })
  .meta({ example: '- { role: team-lead, after: 15m }' });

/** What a severity demands: who is told, who decides, by when. */
export const SeverityPolicy = z
  .strictObject({
    title: z.string().min(1).meta({ example: 'title: Critical' }),
    criteria: z.string().min(1).meta({ example: 'criteria: Nobody can sign in or pay' }),
    approval: z
      .strictObject({
        roles: z.array(Key).min(1).meta({ example: 'roles: [approver]' }),
        count: z.number().int().min(1).max(10).default(1).meta({ example: 'count: 2' }),
        /** Whether the person who asked may approve as well. */
        requesterMayApprove: z.boolean().default(false).meta({ example: 'requesterMayApprove: true' }),
        expiresAfter: Duration.prefault('30m').meta({ example: 'expiresAfter: 30m' }),
        /** Roles that may approve as well once it has expired; asked once, for as long again. */
        raiseTo: z.array(Key).default([]).meta({ example: 'raiseTo: [manager]' }),
      })
      .meta({ example: 'approval: { roles: [approver], count: 1 }' }),
    /** How soon somebody must have acknowledged an incident. */
    respondWithin: z
      .union([z.literal('next-business-day'), Duration])
      .optional()
      .meta({ expected: 'a duration or next-business-day', example: 'respondWithin: 15m' }),
    rollback: RollbackDecision.prefault({ decision: 'person' }),
    ladder: z
      .array(Rung)
      .default([])
      .meta({ example: 'ladder: [{ role: on-call, after: 0m }, { role: team-lead, after: 15m }]' }),
    updates: z
      .strictObject({
        /** 30m where nothing is said; a P3 has no updates then. */
        every: Duration.optional().meta({ example: 'every: 30m' }),
        /** Whether stakeholders are told as well. */
        stakeholders: z.boolean().default(false).meta({ example: 'stakeholders: true' }),
      })
      .prefault({})
      .meta({ example: 'updates: { every: 30m, stakeholders: true }' }),
    /** Whether each incident gets a channel of its own. */
    ownChannel: z.boolean().default(false).meta({ example: 'ownChannel: true' }),
  })
  .meta({ example: 'P3: { title: Low, criteria: Few notice it, approval: { roles: [approver] } }' });
export type SeverityPolicy = z.infer<typeof SeverityPolicy>;

/** A team's own configuration: walkback.yml. */
export const Team = z
  .strictObject({
    channels: z
      .strictObject({
        incidents: ChannelId.meta({ example: 'incidents: C024BE91L' }),
        stakeholders: ChannelId.optional().meta({ example: 'stakeholders: C024BE92M' }),
        deployments: ChannelId.optional().meta({ example: 'deployments: C024BE93N' }),
      })
      .meta({ example: 'channels: { incidents: C024BE91L }' }),
    /** Role name to the Slack users and user groups that hold it. */
    roles: z
      .record(Key, z.array(Holder).meta({ example: 'approver: [U024BE7LH]' }))
      .meta({ example: 'roles: { responder: [U024BE7LH], approver: [U024BE7LJ] }' }),
    /** Which roles may do what beside approving, which is the severity's. */
    permissions: z
      .strictObject({
        request: z.array(Key).min(1).meta({ example: 'request: [responder]' }),
        decide: z.array(Key).min(1).meta({ example: 'decide: [responder]' }),
        unlock: z.array(Key).min(1).meta({ example: 'unlock: [admin]' }),
        /** Declare incidents and work on them; by default, whoever may request. */
        respond: z.array(Key).min(1).optional().meta({ example: 'respond: [responder]' }),
        /** Start a rollback without the approvals it needs, with a reason; by default, whoever may unlock. */
        breakGlass: z.array(Key).min(1).optional().meta({ example: 'breakGlass: [admin]' }),
      })
      .meta({ example: 'permissions: { request: [responder], decide: [responder], unlock: [admin] }' }),
    /** When the next business day is, over changes of the clocks. */
    businessHours: z
      .strictObject({
        timeZone: z.string().default('UTC').meta({ example: 'timeZone: Europe/Zurich' }),
        days: z
          .array(Weekday)
          .min(1)
          .default(['mon', 'tue', 'wed', 'thu', 'fri'])
          .meta({ example: 'days: [mon, tue, wed, thu, fri]' }),
        from: TimeOfDay.default('09:00').meta({ example: 'from: "09:00"' }),
        to: TimeOfDay.default('17:00').meta({ example: 'to: "17:00"' }),
      })
      .prefault({})
      .meta({ example: 'businessHours: { timeZone: Europe/Zurich, from: "08:00", to: "18:00" }' }),
    severities: z
      .record(Severity, SeverityPolicy)
      .meta({ expected: 'a policy for each of P0, P1, P2 and P3', example: 'severities: { P0: { ... } }' }),
    services: z
      .record(Key, Service)
      .meta({ example: 'services: { shop: { ... } }, see docs/writing-a-playbook.md' }),
  })
  .meta({ example: 'channels: { incidents: C024BE91L }' });
export type Team = z.infer<typeof Team>;

/** Roles that may declare incidents and work on them. */
export const respondRoles = ({ permissions }: Team): readonly string[] =>
  permissions.respond ?? permissions.request;

/** Roles that may start a rollback without the approvals it needs. */
export const breakGlassRoles = ({ permissions }: Pick<Team, 'permissions'>): readonly string[] =>
  permissions.breakGlass ?? permissions.unlock;

/** Slack user groups have ids that begin with S. */
export const isUserGroup = (holder: string): boolean => holder.startsWith('S');
