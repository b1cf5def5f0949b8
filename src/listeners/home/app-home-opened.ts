import { homeNotice, homeView } from '../../slack/home/view.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { type Caller, callerOf } from '../door/caller.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { homeData } from './home-data.ts';

/** App Home: made anew when a person opens it, and when they press Refresh. */
export function listenToHome(router: Router, listening: Listening, inbound: InboundRunner): void {
  const show = (caller: Caller, onceKey: string): Promise<void> => {
    const publish = async (view: ReturnType<typeof homeView>): Promise<void> => {
      await listening.viewClient.views.publish({ user_id: caller.user, view });
    };
    const tell = ({ text }: { readonly text: string }) => publish(homeNotice(text));
    return inbound.answer({ name: 'home', onceKey, caller, tell }, async (asked) => {
      await publish(homeView(await homeData(asked.listening, asked)));
    });
  };

  router.onEvent('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    await show({ user: event.user, team: body.team_id }, body.event_id);
  });

  router.onButton(ACTION.refreshHome, async ({ body }) => {
    await show(callerOf(body), body.trigger_id);
  });
}
