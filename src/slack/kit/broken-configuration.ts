import type { Problem } from '../../domain/problem/problem.ts';
import { brokenConfigurationWords } from '../../words/broken-configuration.ts';
import { drawMrkdwn } from './mrkdwn.ts';

/** Why a request came to nothing while a file is broken (mrkdwn). */
export const brokenConfigurationText = (problems: readonly Problem[]): string =>
  drawMrkdwn(brokenConfigurationWords(problems));
