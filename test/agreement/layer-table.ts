/**
 * Who may import whom. A place is a folder, or a single file, under a package's `src`; the longest match counts. A place
 * imports only from places further up this table; places of one row never import each other. Type imports count too.
 */
export const layers: readonly { because: string; places: readonly string[] }[] = [
  { because: 'figures with their reasons: depends on nothing', places: ['runtime/src/limits'] },
  { because: 'plain data that crosses the wall, loadable on both sides', places: ['runtime/src/bridge'] },
  { because: 'the texts of outcomes and faults', places: ['runtime/src/errors'] },
  { because: 'what packages an action asks for and gets, as data', places: ['runtime/src/dependencies/dependency'] },
  {
    because: 'what a build and a run come to, as data',
    places: ['runtime/src/bundle/artifact', 'runtime/src/egress/egress-record'],
  },
  {
    because: 'what a leg comes to, as data',
    places: ['runtime/src/pipeline/execution-result'],
  },
  { because: 'hooks for the host; what is asked of it', places: ['runtime/src/observer', 'runtime/src/ports'] },
  {
    because: 'hostile work in a process that is thrown away; programs of child processes',
    places: ['runtime/src/bundle-program', 'runtime/src/disposable-process'],
  },
  { because: 'packages from a registry to a folder', places: ['runtime/src/dependencies'] },
  {
    because: 'source to artifact; the inside of an isolate; the requests of a run; templates to text',
    places: ['runtime/src/egress', 'runtime/src/bundle', 'runtime/src/guest', 'runtime/src/templates'],
  },
  {
    because: 'the only folder that holds isolates; takes the guest as a built string',
    places: ['runtime/src/isolate'],
  },
  { because: 'supervised child processes that hold the isolates', places: ['runtime/src/process'] },
  { because: 'bound versions in order', places: ['runtime/src/pipeline'] },
  { because: 'puts the runtime together', places: ['runtime/src/runtime'] },
  { because: 'the runtime as others see it', places: ['runtime/src/index'] },
  { because: 'an action on its author’s machine, under any test runner', places: ['runtime/src/testing'] },
  { because: 'the command line of authors', places: ['runtime/src/cli'] },

  {
    because: 'faults, what the core asks of the world, its configuration; how queries are read',
    places: [
      'server/src/config',
      'server/src/errors',
      'server/src/fair-queue',
      'server/src/page',
      'server/src/patch',
      'server/src/ports',
      'server/src/search',
      'server/src/show-life',
      'server/src/thread-time',
    ],
  },
  { because: 'randomness and encryption over node:crypto', places: ['server/src/crypto'] },
  {
    because: 'records that stand alone, each with the store it needs',
    places: [
      'server/src/cache',
      'server/src/client-grants',
      'server/src/clients',
      'server/src/connections',
      'server/src/custom-texts',
      'server/src/email-providers',
      'server/src/email-templates',
      'server/src/executions',
      'server/src/logs',
      'server/src/organizations',
      'server/src/rate-limits',
      'server/src/roles',
      'server/src/tenants',
      'server/src/users',
    ],
  },
  { because: 'how a tenant’s pages and mails look', places: ['server/src/branding'] },
  {
    because: 'who may call; the catalogue; proofs; links',
    places: ['server/src/access', 'server/src/actions', 'server/src/factors', 'server/src/tickets'],
  },
  { because: 'what a new tenant starts with', places: ['server/src/provisioning'] },
  { because: 'the journey as a pure table', places: ['server/src/flow'] },
  { because: 'stores a flow state', places: ['server/src/transactions'] },
  { because: 'what mails say, and how templates are rendered', places: ['server/src/mail'] },
  { because: 'what messages to phones say', places: ['server/src/phone'] },
  {
    because: 'a step knows interfaces only; adapters implement them and know no step',
    places: [
      'server/src/background',
      'server/src/development-secrets',
      'server/src/egress',
      'server/src/listen',
      'server/src/logger',
      'server/src/logs/log-queue',
      'server/src/mail/outbox',
      'server/src/mail/smtp',
      'server/src/mail/tenant-smtp',
      'server/src/own-folder',
      'server/src/phone/webhook',
      'server/src/steps',
      'server/src/stores',
      'server/src/tls',
    ],
  },
  { because: 'view to HTML, without lookups', places: ['server/src/pages'] },
  { because: 'routes and their plugins', places: ['server/src/http'] },
  { because: 'the only place that knows every adapter', places: ['server/src/adapters'] },
  { because: 'mails and messages, wired', places: ['server/src/compose-mail'] },
  {
    because: 'give every step, and every caller, what it needs',
    places: ['server/src/compose-access', 'server/src/compose-management', 'server/src/compose-steps'],
  },
  { because: 'the order of plugins and routes', places: ['server/src/app'] },
  { because: 'opens and closes it all', places: ['server/src/server'] },
  { because: 'the process', places: ['server/src/main'] },
]

/** Which packages a package may import. `test`, `bench` and `script` may import anything; nothing imports them. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  'sdk-types': [],
  runtime: ['sdk-types'],
  server: ['sdk-types', 'runtime'],
  'sample-actions': ['sdk-types', 'runtime'],
}
