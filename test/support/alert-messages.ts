/** Messages as Slack hands them over, in the shapes that alerting tools and people post them. */
export const ALERTS: Readonly<Record<string, { message: object; title: string; holds: readonly string[] }>> =
  {
    'Alertmanager: all in one attachment': {
      message: {
        text: '',
        username: 'Prometheus',
        attachments: [
          {
            color: 'a30200',
            fallback: '[FIRING:1] HighErrorRate (shop prod critical) | https://alerts.example.com',
            title: '[FIRING:1] HighErrorRate (shop prod critical)',
            title_link: 'https://alerts.example.com/#/alerts',
            text: 'error rate &gt; 5% on <https://graph.example.com|checkout>',
            mrkdwn_in: ['fallback', 'pretext', 'text'],
            fields: [
              { title: 'Severity', value: 'critical', short: true },
              { title: 'Instance', value: 'web-1', short: true },
            ],
            actions: [{ type: 'button', text: 'Silence', url: 'https://alerts.example.com' }],
          },
        ],
      },
      title: '[FIRING:1] HighErrorRate (shop prod critical)',
      holds: ['error rate > 5% on checkout', 'Severity: critical', 'Instance: web-1'],
    },
    'Grafana: a text that says what the attachment says': {
      message: {
        text: '[FIRING:1] Latency',
        attachments: [
          {
            fallback: '[FIRING:1] Latency',
            title: '[FIRING:1] Latency',
            text: '**Firing**\n\nValue: A=1.2\nLabels:\n - alertname = Latency',
            footer: 'Grafana v11.2.0',
            footer_icon: 'https://grafana.com/icon.png',
          },
        ],
      },
      title: '[FIRING:1] Latency',
      holds: ['Value: A=1.2', 'alertname = Latency', 'Grafana v11.2.0'],
    },
    'PagerDuty: blocks within an attachment, and a fallback that says nothing': {
      message: {
        text: '',
        attachments: [
          {
            fallback: '[no preview available]',
            blocks: [
              {
                type: 'section',
                text: {
                  type: 'mrkdwn',
                  text: ':red_circle: *<https://pd.example.com/1|#4711 Checkout 500s>*',
                },
              },
              {
                type: 'section',
                fields: [
                  { type: 'mrkdwn', text: '*Assigned*\n<@U1KIM>' },
                  { type: 'mrkdwn', text: '*Service*\nshop' },
                ],
              },
              {
                type: 'actions',
                elements: [{ type: 'button', text: { type: 'plain_text', text: 'Acknowledge' } }],
              },
            ],
          },
        ],
      },
      title: '#4711 Checkout 500s',
      holds: ['@U1KIM', '*Service*\nshop'],
    },
    'Datadog: title, picture and facts': {
      message: {
        attachments: [
          {
            fallback: 'Triggered: p95 is high',
            pretext: '@here',
            title: 'Triggered: p95 is high on {host:web-1}',
            text: 'p95 over 2 s &amp; rising\n\n`avg(last_5m) &gt; 2`',
            image_url: 'https://p.datadoghq.example.com/snap.png',
            fields: [{ title: 'Tags', value: 'env:prod', short: true }],
          },
        ],
      },
      title: 'Triggered: p95 is high on {host:web-1}',
      holds: ['Triggered: p95 is high on {host:web-1}', 'p95 over 2 s & rising', 'Tags: env:prod'],
    },
    'an app: blocks, and a text for notifications': {
      message: {
        text: 'New alert',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Queue is &gt; 10k deep' } },
          { type: 'divider' },
          {
            type: 'context',
            elements: [
              { type: 'image', image_url: 'x', alt_text: 'x' },
              { type: 'mrkdwn', text: 'since *five*' },
            ],
          },
          { type: 'markdown', text: '## Look here' },
          { type: 'of-tomorrow', content: [1] },
          'no block at all',
        ],
      },
      title: 'Queue is > 10k deep',
      holds: ['since *five*', 'Look here'],
    },
    'a rich text alone': {
      message: {
        text: "This content can't be displayed.",
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'emoji', name: 'fire' },
                  { type: 'text', text: ' a < b, says ', style: { bold: true } },
                  { type: 'user', user_id: 'U1KIM' },
                  { type: 'text', text: ' in ' },
                  { type: 'channel', channel_id: 'C1' },
                  { type: 'link', url: 'https://a.b' },
                  { type: 'broadcast', range: 'here' },
                ],
              },
              {
                type: 'rich_text_list',
                elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
              },
              { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'trace' }] },
            ],
          },
        ],
      },
      title: 'a < b, says @U1KIM in #C1https://a.b@here',
      holds: ['• one', 'trace'],
    },
    'a person: text and the same as rich text': {
      message: {
        user: 'U1KIM',
        text: '&gt; Payments &lt;are&gt; down, see <http://shop.io|shop.io>',
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'Payments' }] }],
          },
        ],
        attachments: [{ from_url: 'http://shop.io', title: 'The shop', text: 'Buy!', fallback: 'The shop' }],
      },
      title: 'Payments <are> down, see shop.io',
      holds: [],
    },
    'a message that was passed on': {
      message: {
        text: 'look',
        attachments: [
          {
            is_share: true,
            from_url: 'https://x.slack.com/p1',
            text: 'The disk of db-2 is full',
            fallback: 'x',
          },
        ],
      },
      title: 'look',
      holds: ['The disk of db-2 is full'],
    },
    'a picture alone': {
      message: { text: '', files: [{ id: 'F1', name: 'graph.png', title: 'Error rate' }] },
      title: '',
      holds: ['Error rate'],
    },
    'an attachment with nothing but its fallback': {
      message: { attachments: [{ fallback: 'CPU &gt; 90%' }] },
      title: 'CPU > 90%',
      holds: [],
    },
  };
