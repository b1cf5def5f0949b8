import { z } from 'zod';
import { Duration } from './duration.ts';
import { Severity } from './severity.ts';

const KEY_EXPECTED = 'lower-case letters, digits and dashes, such as web-shop';
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, `expected ${KEY_EXPECTED}`)
  .meta({ expected: KEY_EXPECTED });

const USER_EXPECTED = 'a Slack user id such as U024BE7LH';
const UserId = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/, `expected ${USER_EXPECTED}`)
  .meta({ expected: USER_EXPECTED, example: '- U024BE7LH' });

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
    /** Globs of database migrations in the repository. */
    migrations: z
      .array(z.string().min(1))
      .default(['**/migrations/**', '**/migrate/**'])
      .meta({ example: 'migrations: ["db/migrations/**"]' }),
    /** Globs of tags that count as releases, newest last by version. */
    releases: z.string().min(1).default('v*').meta({ example: 'releases: v*' }),
    playbooks: z.array(Key).min(1).meta({ example: 'playbooks: [release-rollback]' }),
    environments: z
      .record(Key, Environment)
      .meta({ example: 'environments: { production: { directory: /srv/shop } }' }),
  })
  .meta({ example: 'docs/writing-a-playbook.md shows a whole service' });
export type Service = z.infer<typeof Service>;

/** What a severity demands before a rollback may run. */
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
      })
      .meta({ example: 'approval: { roles: [approver], count: 1 }' }),
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
    /** Role name to the Slack users who hold it. */
    roles: z
      .record(Key, z.array(UserId).meta({ example: 'approver: [U024BE7LH]' }))
      .meta({ example: 'roles: { responder: [U024BE7LH], approver: [U024BE7LJ] }' }),
    /** Which roles may do what beside approving, which is the severity's. */
    permissions: z
      .strictObject({
        request: z.array(Key).min(1).meta({ example: 'request: [responder]' }),
        decide: z.array(Key).min(1).meta({ example: 'decide: [responder]' }),
        unlock: z.array(Key).min(1).meta({ example: 'unlock: [admin]' }),
      })
      .meta({ example: 'permissions: { request: [responder], decide: [responder], unlock: [admin] }' }),
    severities: z
      .record(Severity, SeverityPolicy)
      .meta({ expected: 'a policy for each of P0, P1, P2 and P3', example: 'severities: { P0: { ... } }' }),
    services: z
      .record(Key, Service)
      .meta({ example: 'services: { shop: { ... } }, see docs/writing-a-playbook.md' }),
  })
  .meta({ example: 'channels: { incidents: C024BE91L }' });
export type Team = z.infer<typeof Team>;

/** The roles that walkback.yml gives a Slack user. */
export function rolesOf(team: Team, userId: string): readonly string[] {
  return Object.entries(team.roles).flatMap(([role, users]) => (users.includes(userId) ? [role] : []));
}
