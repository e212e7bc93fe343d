/**
 * The arrows of the house, each rule a sentence. `.rules/arrows.ts` runs them, `.rules/arrows.test.ts` breaks each of them once.
 * A path is matched relative to the repository; npm modules by their place in node_modules.
 */
/** Tests, what starts them, and the folders of what only they use. */
const tests = '(\\.(test|e2e|lab|drill|prove)\\.tsx?|/test-setup\\.ts|\\.config\\.ts)$|/testing/'
const entries = '(^|/)(main|check|generate)\\.tsx?$|(\\.(test|e2e|lab|drill|prove)\\.tsx?|/test-setup\\.ts|\\.config\\.ts)$'

/** Only these may be imported; whatever else is, breaks the rule. Node's own modules are in when `node` is set. */
const only = ({ name, comment, from, packages = [], modules = [], node = false }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/src/`, pathNot: tests },
  to: {
    pathNot: [
      `^${from}/src/`,
      ...packages.map((each) => `^packages/${each}/src/`),
      ...modules.map((each) => `node_modules/(@types/)?${each}/`),
    ],
    dependencyTypesNot: node ? ['core'] : [],
  },
})

const forbidden = (name, comment, [from, to]) => ({ name, comment, severity: 'error', from, to })

const doors = '^apps/bff/src/(kube|prometheus|istiod)/'
const clientModules = '^packages/kube/src/(client|resources|known-resources|error|objects|kubeconfig|kubeconfig/credential-ends)\\.ts$'

/** They ask through a client that somebody else has opened. */
const askingModules = '^packages/kube/src/(access|pool)\\.ts$'

module.exports = {
  forbidden: [
    forbidden(
      'everything-resolves',
      'An import that does not resolve is no edge at all, and would slip through every other rule.',
      [{}, { couldNotResolve: true }],
    ),
    forbidden('no-cycles', 'Arrows never turn, not even those of types.', [
      { path: '^(apps|packages|e2e)/' },
      { circular: true },
    ]),
    forbidden('no-dead-files', 'Every file is reached from a main, a test or a configuration.', [
      { path: entries },
      { path: '/src/', pathNot: [entries, '\\.d\\.ts$'], reachable: false },
    ]),
    forbidden('tests-are-leaves', 'Nothing imports a test.', [
      { path: '^(apps|packages|e2e)/' },
      { path: '\\.(test|e2e|lab|drill|prove)\\.tsx?$' },
    ]),
    forbidden('production-knows-no-testing', 'What only tests use stays in a folder called testing.', [
      { path: '^(apps|packages)/', pathNot: tests },
      { path: '/testing/' },
    ]),

    only({
      name: 'contracts-say-only-data',
      comment: 'Contracts import zod and the oRPC contract, nothing else.',
      from: 'packages/contracts',
      modules: ['zod', '@orpc/contract'],
    }),
    only({
      name: 'istio-is-pure',
      comment: 'What Istio means is worked out from data: no I/O, no Node, no YAML, the same in browser and server. X.509 has a reader of its own.',
      from: 'packages/istio',
      packages: ['contracts'],
      modules: ['@peculiar/x509', 'reflect-metadata'],
    }),
    only({
      name: 'kube-is-a-small-client',
      comment: 'The Kubernetes client stands on undici and yaml.',
      from: 'packages/kube',
      packages: ['contracts'],
      modules: ['undici', 'yaml'],
      node: true,
    }),
    only({
      name: 'schemas-are-data',
      comment: 'Schemas are read from files and speak only of Kubernetes objects.',
      from: 'packages/schemas',
      packages: ['contracts'],
      modules: ['yaml'],
      node: true,
    }),
    only({
      name: 'ui-knows-no-mesh-word',
      comment: 'The kit looks good and means nothing: no contract, no router, no query, no translation.',
      from: 'packages/ui',
      modules: [
        'antd',
        '@ant-design/[^/]+',
        'react',
        'react-dom',
        'codemirror',
        '@codemirror/[^/]+',
        '@lezer/[^/]+',
        'cytoscape',
        '@dagrejs/dagre',
        'diff',
        'mermaid',
        'uplot',
        'yaml',
      ],
    }),

    forbidden('apps-never-import-each-other', 'Apps meet on the wire.', [
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ]),
    forbidden('packages-never-import-apps', 'Arrows go down.', [{ path: '^packages/' }, { path: '^(apps|e2e)/' }]),
    forbidden(
      'slices-never-import-slices',
      'What two slices need is a contract, a meaning, a door or a piece of the kit.',
      [
        { path: '^apps/(bff|console)/src/slices/([^/]+)/' },
        { path: '^apps/$1/src/slices/', pathNot: '^apps/$1/src/slices/$2/' },
      ],
    ),
    forbidden(
      'the-engine-knows-no-slice',
      'Slices hand their intents to the engine in app.ts, never the other way round.',
      [
        { path: '^apps/bff/src/(changes|kube|prometheus|istiod|identity|http|reconciler)/', pathNot: tests },
        { path: '^apps/bff/src/slices/' },
      ],
    ),
    forbidden('production-knows-no-sandbox', 'The product knows sandbox and lab as a kubeconfig, if at all.', [
      { path: '^(apps/[^/]+|packages/(contracts|istio|kube|schemas|ui))/', pathNot: tests },
      { path: '^packages/(sandbox|lab)/' },
    ]),
    forbidden(
      'only-the-door-opens-clusters',
      'In the BFF only kube/ connects to clusters; the others know types, resources, errors, objects and kubeconfigs as data.',
      [
        { path: '^apps/bff/src/', pathNot: [tests, '^apps/bff/src/kube/'] },
        { path: '^packages/kube/src/', pathNot: [clientModules, askingModules], dependencyTypesNot: ['type-only'] },
      ],
    ),
    forbidden('doors-are-few', 'Only kube/, prometheus/ and istiod/ talk outwards; http/ and start.ts listen.', [
      { path: '^apps/bff/src/', pathNot: [tests, doors, '^apps/bff/src/(http/|(main|start)\\.ts$)'] },
      { path: '(^(node:)?(http|https|http2|net|tls|dgram|child_process)$|node_modules/undici/)' },
    ]),
    forbidden('views-and-judgements-are-pure', 'View, judge and plan work on what was loaded; they open no door.', [
      { path: '^apps/bff/src/.*[/-](view|judge|judgement|plan|values)\\.ts$' },
      {
        path: [
          doors,
          '^packages/kube/src/',
          'node_modules/',
          '^(node:)?(fs|fs/promises|http|https|net|child_process)$',
        ],
        pathNot: [clientModules, 'node_modules/zod/'],
        dependencyTypesNot: ['type-only'],
      },
    ]),
    forbidden('one-place-calls-the-bff', "In the console only api/ speaks the contract's client.", [
      { path: '^apps/console/src/', pathNot: [tests, '^apps/console/src/api/'] },
      { path: 'node_modules/@orpc/' },
    ]),
    forbidden('the-browser-has-no-node', 'What runs in a browser imports nothing of Node and no cluster client.', [
      { path: '^(apps/console|packages/(ui|istio|contracts))/src/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ]),
    forbidden('the-console-talks-to-the-bff-alone', 'No cluster client and no schemas from disk in the browser.', [
      { path: '^apps/console/src/', pathNot: tests },
      { path: '^packages/(kube|schemas)/src/' },
    ]),
    forbidden(
      'slices-are-wired-in-one-place',
      'Only the files at the top of the BFF, and app/ and main.tsx of the console, know slices.',
      [
        {
          path: '^apps/(bff|console)/src/',
          pathNot: [
            tests,
            '^apps/bff/src/[^/]+\\.ts$',
            '^apps/(bff|console)/src/slices/',
            '^apps/console/src/(app/|main\\.tsx$)',
          ],
        },
        { path: '^apps/(bff|console)/src/slices/' },
      ],
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|test-results|playwright-report)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
}
