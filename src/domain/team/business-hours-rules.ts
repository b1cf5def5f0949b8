import { describeFound } from '../problem/problem.ts';
import type { TeamRule } from './rule.ts';

/** What the business hours of walkback.yml must meet. */
export const businessHoursRules: readonly TeamRule[] = [
  {
    name: 'time-zone-is-known',
    check: ({ businessHours }) =>
      businessHours?.timeZone === undefined || isTimeZone(businessHours.timeZone)
        ? []
        : [
            {
              path: ['businessHours', 'timeZone'],
              expected: 'the name of an IANA time zone, such as Europe/Zurich',
              found: describeFound(businessHours.timeZone),
              example: 'timeZone: Europe/Zurich',
            },
          ],
  },
  {
    name: 'business-hours-begin-before-they-end',
    check: ({ businessHours: { from, to } = {} }) =>
      from === undefined || to === undefined || from < to
        ? []
        : [
            {
              path: ['businessHours', 'to'],
              expected: `a time of day after ${from}, when business hours begin`,
              found: describeFound(to),
              example: 'businessHours: { from: "09:00", to: "17:00" }',
            },
          ],
  },
];

/** Intl knows the zones; the offsets that newer ones take too, such as +02:00, know no change of the clocks. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
