import { WebSocket } from 'ws';
import {
  parseFrame,
  type SlackFrame,
  type SlackHome,
  type SlackMessage,
  type SlackView,
} from './slack-frames.ts';

/** What can be seen in a local Slack at this moment. */
type SlackScene = {
  readonly messages: ReadonlyMap<string, readonly SlackMessage[]>;
  /** Open modals, the topmost last. One stack for everybody: the local Slack knows no other. */
  readonly views: readonly SlackView[];
  /** Why the topmost modal was not accepted, by block, since it was last submitted. */
  readonly viewErrors: Readonly<Record<string, string>> | undefined;
  /** How often views or their errors have changed. */
  readonly viewChanges: number;
  /** App Homes that were published since one looks, by user. */
  readonly homes: ReadonlyMap<string, SlackHome>;
  /** Apps with an open Socket Mode connection. */
  readonly connected: ReadonlySet<string>;
};

export type SlackWatch = {
  readonly scene: () => SlackScene;
  /** Resolves with what `look` finds in the scene, at once or after a change. Throws after `timeoutMs` naming `what`. */
  readonly waitFor: <Found>(
    look: (scene: SlackScene) => Found | undefined,
    expectation: { readonly what: string; readonly timeoutMs: number },
  ) => Promise<Found>;
  readonly send: (frame: object) => void;
  readonly close: () => void;
};

const EMPTY: SlackScene = {
  messages: new Map(),
  views: [],
  viewErrors: undefined,
  viewChanges: 0,
  homes: new Map(),
  connected: new Set(),
};

/** Watches a local Slack at `url` as its own page in the browser does. Resolves when the first scene is there. */
export async function watchSlack(url: string): Promise<SlackWatch> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ui`);
  let scene = EMPTY;
  let failure: Error | undefined;
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const fail = (error: Error): void => {
    failure ??= error;
    notify();
  };
  socket.addEventListener('message', ({ data }) => {
    try {
      const frame = parseFrame(String(data));
      if (frame !== undefined) scene = changeScene(scene, frame);
    } catch (error) {
      fail(new Error('the local Slack sent something unknown', { cause: error }));
    }
    notify();
  });
  socket.addEventListener('close', () => fail(new Error('the connection to the local Slack is closed')));
  socket.addEventListener('error', () => fail(new Error(`no connection to the local Slack at ${url}`)));

  const waitFor: SlackWatch['waitFor'] = (look, { what, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(late);
        watchers.delete(check);
        finish();
      };
      const check = (): void => {
        const found = look(scene);
        if (found !== undefined) done(() => resolve(found));
        else if (failure !== undefined) done(() => reject(failure));
      };
      const late = setTimeout(() => {
        done(() => reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`)));
      }, timeoutMs);
      watchers.add(check);
      check();
    });

  await waitFor((seen) => (seen === EMPTY ? undefined : true), {
    what: 'the local Slack',
    timeoutMs: 10_000,
  });
  return {
    scene: () => scene,
    waitFor,
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  };
}

function changeScene(scene: SlackScene, frame: SlackFrame): SlackScene {
  switch (frame.t) {
    case 'init':
      return {
        ...EMPTY,
        messages: new Map(Object.entries(frame.state.messages)),
        views: frame.state.modalStack,
        connected: new Set(frame.state.apps.flatMap((app) => (app.connected ? [app.appId] : []))),
      };
    case 'view':
      return { ...scene, views: frame.stack, viewErrors: undefined, viewChanges: scene.viewChanges + 1 };
    case 'view_errors':
      return { ...scene, viewErrors: frame.errors, viewChanges: scene.viewChanges + 1 };
    case 'home':
      return { ...scene, homes: new Map(scene.homes).set(frame.user, frame.view) };
    case 'message':
    case 'message_update':
      return changeMessages(scene, frame.message.channel, (messages) => [
        ...messages.filter(({ ts }) => ts !== frame.message.ts),
        frame.message,
      ]);
    case 'message_delete':
      return changeMessages(scene, frame.channel, (messages) => messages.filter(({ ts }) => ts !== frame.ts));
    case 'socket_status': {
      const others = [...scene.connected].filter((app) => app !== frame.appId);
      return { ...scene, connected: new Set(frame.connected ? [...others, frame.appId] : others) };
    }
  }
}

function changeMessages(
  scene: SlackScene,
  channel: string,
  change: (messages: readonly SlackMessage[]) => readonly SlackMessage[],
): SlackScene {
  const changed = change(scene.messages.get(channel) ?? []).toSorted((a, b) => Number(a.ts) - Number(b.ts));
  return { ...scene, messages: new Map(scene.messages).set(channel, changed) };
}
