import { z } from 'zod';
import { Duration } from './duration.ts';
import { Severity } from './severity.ts';

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes, such as web-shop');
const UserId = z.string().regex(/^[UW][A-Z0-9]+$/, 'expected a Slack user id such as U024BE7LH');
const ChannelId = z.string().regex(/^[CG][A-Z0-9]+$/, 'expected a Slack channel id such as C024BE91L');

export const Environment = z.strictObject({
  /** Where the deployed checkout is on the worker's machine; `run` steps start here. */
  directory: z.string().min(1).optional(),
  /** Environment variables for `run` steps and ${...} in http urls. */
  variables: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).default({}),
});
export type Environment = z.infer<typeof Environment>;

export const Service = z.strictObject({
  title: z.string().min(1).max(75),
  /** A git URL or an absolute path of a repository the worker may fetch from and push to. */
  repository: z.string().min(1),
  branch: z.string().min(1).default('main'),
  /** Globs of database migrations in the repository. */
  migrations: z.array(z.string().min(1)).default(['**/migrations/**', '**/migrate/**']),
  /** Globs of tags that count as releases, newest last by version. */
  releases: z.string().min(1).default('v*'),
  playbooks: z.array(Key).min(1),
  environments: z.record(Key, Environment),
});
export type Service = z.infer<typeof Service>;

/** What a severity demands before a rollback may run. */
export const SeverityPolicy = z.strictObject({
  title: z.string().min(1),
  criteria: z.string().min(1),
  approval: z.strictObject({
    roles: z.array(Key).min(1),
    count: z.number().int().min(1).max(10).default(1),
    /** Whether the person who asked may approve as well. */
    requesterMayApprove: z.boolean().default(false),
    expiresAfter: Duration.prefault('30m'),
  }),
});
export type SeverityPolicy = z.infer<typeof SeverityPolicy>;

/** A team's own configuration: walkback.yml. */
export const Team = z.strictObject({
  channels: z.strictObject({
    incidents: ChannelId,
    stakeholders: ChannelId.optional(),
    deployments: ChannelId.optional(),
  }),
  /** Role name to the Slack users who hold it. */
  roles: z.record(Key, z.array(UserId)),
  /** Which roles may do what beside approving, which is the severity's. */
  permissions: z.strictObject({
    request: z.array(Key).min(1),
    decide: z.array(Key).min(1),
    unlock: z.array(Key).min(1),
  }),
  severities: z.record(Severity, SeverityPolicy),
  services: z.record(Key, Service),
});
export type Team = z.infer<typeof Team>;

/** The roles that walkback.yml gives a Slack user. */
export function rolesOf(team: Team, userId: string): readonly string[] {
  return Object.entries(team.roles).flatMap(([role, users]) => (users.includes(userId) ? [role] : []));
}
