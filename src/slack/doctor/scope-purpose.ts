/** What each scope of manifest.yml is for, as an ending of "without it, ...". */
export const SCOPE_PURPOSE: Readonly<Record<string, string>> = {
  'app_mentions:read': 'mentions of the bot are not heard, so nothing can be asked for in threads',
  'bookmarks:read': "an incident's own channel gets no bookmark of the card",
  'bookmarks:write': "an incident's own channel gets no bookmark of the card",
  'channels:history':
    "after a crash a message in a public channel can't be found again, and may be posted twice",
  'channels:manage': 'no incident gets a channel of its own',
  'channels:read': "whether the bot is in public channels can't be seen",
  'chat:write': 'no card and no message is posted: Walkback is silent',
  commands: '/rollback, /incident and the shortcuts do not exist',
  'files:read': "after a crash an uploaded output can't be found again, and may be posted twice",
  'files:write': "the output of a failed step isn't put into the thread",
  'groups:history':
    "after a crash a message in a private channel can't be found again, and may be posted twice",
  'groups:read': "whether the bot is in private channels can't be seen",
  'reactions:read': 'a pushpin puts no message on the timeline',
  'reactions:write': "a message that a pushpin put on the timeline doesn't show it",
  'usergroups:read': 'nobody has a role by a user group, so whoever is in one is refused',
  'users:read': "bots and deactivated users aren't told from others, nor whether the people in roles exist",
};
