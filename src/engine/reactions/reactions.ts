import { byAggregate, type DomainEvent } from '../../domain/events.ts';
import { reactToIncident } from './incident-reactions.ts';
import type { FollowOn } from './jobs.ts';
import { reactToRun } from './run-reactions.ts';

/** The whole process of the bot: the follow-on work of one event. */
export const reactTo = (event: DomainEvent): readonly FollowOn[] =>
  byAggregate(event, {
    run: reactToRun,
    incident: reactToIncident,
  });
