import { incident } from './incident/commands/commands.ts';
import { rollback } from './run/commands/commands.ts';

/** What can be typed, as slash commands and after a mention of the bot; whoever asks for help alone means the first. */
export const SLASH_COMMANDS = [rollback, incident] as const;
