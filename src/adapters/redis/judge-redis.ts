import type { HealthFinding } from '../../engine/ports/health.ts';

type Info = ReadonlyMap<string, string>;

const OLDEST = [6, 2] as const;
/** Parts of maxmemory in use from which there is little room, and from which writing is about to fail. */
const TIGHT = 0.8;
const FULL = 0.95;

/** What Redis says of itself (INFO), held against what Walkback needs. INFO is open where CONFIG is forbidden. */
export function judgeRedis(info: Info): readonly HealthFinding[] {
  return [
    judgeVersion(info),
    ...judgeMode(info),
    judgeEviction(info),
    judgePersistence(info),
    ...judgeSaving(info),
    judgeMemory(info),
  ];
}

function judgeVersion(info: Info): HealthFinding {
  const version = info.get('redis_version') ?? '';
  const valkey = info.get('valkey_version');
  const name = valkey === undefined ? `Redis ${version}` : `Valkey ${valkey}`;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return { level: 'ok', what: name };
  return {
    level: 'problem',
    what: `${name} is too old`,
    todo: `upgrade to Redis ${OLDEST.join('.')} or later, or to Valkey`,
  };
}

/** Walkback follows neither a cluster's slots nor a Sentinel's fail-over, and writes. */
function judgeMode(info: Info): readonly HealthFinding[] {
  const mode = info.get('redis_mode');
  const replica = info.get('role') === 'slave';
  return [
    ...(mode === undefined || mode === 'standalone'
      ? []
      : [
          {
            level: 'problem' as const,
            what: mode === 'sentinel' ? 'it is a Sentinel, which keeps no data' : 'it is a part of a cluster',
            todo: 'set REDIS_URL to one server that is a primary and no cluster',
          },
        ]),
    ...(replica
      ? [{ level: 'problem' as const, what: 'it is a replica', todo: 'set REDIS_URL to the primary' }]
      : []),
  ];
}

function judgeSaving(info: Info): readonly HealthFinding[] {
  const failed = ['aof_last_write_status', 'aof_last_bgrewrite_status', 'rdb_last_bgsave_status'].filter(
    (name) => info.get(name) === 'err',
  );
  if (failed.length === 0) return [];
  return [
    {
      level: 'problem',
      what: `it failed to save to its disk (${failed.join(', ')}): a restart loses what happened since`,
      todo: 'make room on its disk, and see its log',
    },
  ];
}

function judgeEviction(info: Info): HealthFinding {
  const policy = info.get('maxmemory_policy');
  if (policy === 'noeviction') return { level: 'ok', what: 'maxmemory-policy is noeviction' };
  return {
    level: 'problem',
    what: `maxmemory-policy is ${policy ?? 'unknown'}: when memory runs short, Redis would throw away runs and jobs`,
    todo: setting('maxmemory-policy noeviction'),
  };
}

function judgePersistence(info: Info): HealthFinding {
  if (info.get('aof_enabled') === '1') return { level: 'ok', what: 'appendonly is yes' };
  return {
    level: 'warning',
    what: 'appendonly is no: a crash of Redis loses what happened since its last snapshot',
    todo: setting('appendonly yes'),
  };
}

function judgeMemory(info: Info): HealthFinding {
  const used = Number(info.get('used_memory'));
  const most = Number(info.get('maxmemory'));
  if (!(most > 0)) return { level: 'ok', what: `memory: ${mebibytes(used)} used, no limit set` };
  const what = `memory: ${mebibytes(used)} of ${mebibytes(most)} used`;
  if (used < most * TIGHT) return { level: 'ok', what };
  return {
    level: used < most * FULL ? 'warning' : 'problem',
    what: `${what}: when it is full, nothing can be written and rollbacks stand still`,
    todo: 'raise maxmemory, or give Walkback a Redis of its own',
  };
}

const setting = (words: string): string =>
  `redis-cli CONFIG SET ${words}, and "${words}" in redis.conf to keep it`;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
