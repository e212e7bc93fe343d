/** A file that breaks one arrow: what it imports must be refused by that rule, and by its name. */
export type ArrowFault = { rule: string; path: string; imports: string }

const fault = (rule: string, path: string, imports: string): ArrowFault => ({ rule, path, imports })

export const arrowFaults: readonly ArrowFault[] = [
  fault('everything-resolves', 'packages/kube/src/lost.ts', './nowhere.ts'),
  fault('no-cycles', 'packages/istio/src/turn.ts', './back.ts'),
  fault('no-dead-files', 'packages/istio/src/alone.ts', './sound.ts'),
  fault('tests-are-leaves', 'packages/kube/src/leaf.ts', './sound.test.ts'),
  fault('production-knows-no-testing', 'apps/bff/src/changes/tries.ts', '../testing/call.ts'),
  fault('contracts-say-only-data', 'packages/contracts/src/reads.ts', 'node:fs'),
  fault('contracts-say-only-data', 'packages/contracts/src/calls.ts', 'undici'),
  fault('istio-is-pure', 'packages/istio/src/reads.ts', 'node:fs'),
  fault('istio-is-pure', 'packages/istio/src/parses.ts', 'yaml'),
  fault('kube-is-a-small-client', 'packages/kube/src/serves.ts', 'express'),
  fault('kube-is-a-small-client', 'packages/kube/src/judges.ts', '../../istio/src/sound.ts'),
  fault('schemas-are-data', 'packages/schemas/src/asks.ts', '../../kube/src/client.ts'),
  fault('ui-knows-no-mesh-word', 'packages/ui/src/speaks.tsx', '../../contracts/src/sound.ts'),
  fault('ui-knows-no-mesh-word', 'packages/ui/src/routes.tsx', '@tanstack/react-router'),
  fault('apps-never-import-each-other', 'apps/console/src/app/peeks.ts', '../../../bff/src/env.ts'),
  fault('packages-never-import-apps', 'packages/sandbox/src/climbs.ts', '../../../apps/bff/src/env.ts'),
  fault('slices-never-import-slices', 'apps/bff/src/slices/meshes/list.ts', '../clusters/load.ts'),
  fault('slices-never-import-slices', 'apps/console/src/slices/meshes/page.tsx', '../clusters/page.tsx'),
  fault('the-engine-knows-no-slice', 'apps/bff/src/changes/chooses.ts', '../slices/clusters/load.ts'),
  fault('production-knows-no-sandbox', 'apps/launcher/src/shortcut.ts', '../../../packages/sandbox/src/sound.ts'),
  fault('production-knows-no-sandbox', 'packages/kube/src/pretends.ts', '../../lab/src/sound.ts'),
  fault('only-the-door-opens-clusters', 'apps/bff/src/changes/opens.ts', '../../../../packages/kube/src/connect.ts'),
  fault('doors-are-few', 'apps/bff/src/slices/clusters/dials.ts', 'node:net'),
  fault('doors-are-few', 'apps/bff/src/changes/fetches.ts', 'undici'),
  fault('views-and-judgements-are-pure', 'apps/bff/src/slices/clusters/view.ts', '../../kube/fleet.ts'),
  fault('views-and-judgements-are-pure', 'apps/bff/src/slices/meshes/join-plan.ts', 'node:fs'),
  fault('one-place-calls-the-bff', 'apps/console/src/slices/clusters/form.tsx', '@orpc/client'),
  fault('the-browser-has-no-node', 'apps/console/src/app/reads.ts', 'node:fs'),
  fault(
    'the-console-talks-to-the-bff-alone',
    'apps/console/src/app/asks.ts',
    '../../../../packages/kube/src/client.ts',
  ),
  fault('slices-are-wired-in-one-place', 'apps/console/src/pickers/knows.ts', '../slices/clusters/page.tsx'),
]

const npm = ['undici', 'yaml', 'express', 'zod', 'antd', '@orpc/client', '@orpc/contract', '@tanstack/react-router']
const value = 'export const value = 1\n'
const importing = (...paths: string[]): string =>
  paths.map((path, index) => `import { value as v${index} } from '${path}'\n`).join('') +
  `export const value = [${paths.map((_, index) => `v${index}`).join(', ')}]\n`

/** Everything here is allowed; the faults stand beside it. */
export const soundTree: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    npm.flatMap((name) => [
      [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
      ],
      [`node_modules/${name}/index.js`, value],
    ]),
  ),
  'packages/contracts/src/sound.ts': importing('zod', '@orpc/contract'),
  'packages/istio/src/sound.ts': importing('../../contracts/src/sound.ts'),
  'packages/istio/src/sound.test.ts': importing('./sound.ts', 'yaml', 'node:fs'),
  'packages/kube/src/client.ts': value,
  'packages/kube/src/connect.ts': importing('undici', 'yaml', 'node:net', './client.ts'),
  'packages/kube/src/sound.test.ts': importing('./connect.ts'),
  'packages/schemas/src/sound.ts': importing('node:fs', '../../contracts/src/sound.ts'),
  'packages/schemas/src/sound.test.ts': importing('./sound.ts'),
  'packages/ui/src/sound.tsx': importing('antd', 'yaml'),
  'packages/sandbox/src/sound.ts': importing('../../kube/src/connect.ts'),
  'packages/lab/src/sound.ts': importing('../../sandbox/src/sound.ts'),
  'packages/lab/src/main.ts': importing('./sound.ts'),
  'apps/bff/src/env.ts': value,
  'apps/bff/src/main.ts': importing('./env.ts', './app.ts', 'node:http'),
  'apps/bff/src/app.ts': importing('./slices/clusters/load.ts', './slices/clusters/row-view.ts', './kube/fleet.ts'),
  'apps/bff/src/app.test.ts': importing('./app.ts', '../../../packages/sandbox/src/sound.ts'),
  'apps/bff/src/testing/call.ts': importing('node:http'),
  'apps/bff/src/call.test.ts': importing('./testing/call.ts'),
  'apps/bff/src/kube/fleet.ts': importing('../../../../packages/kube/src/connect.ts'),
  'apps/bff/src/slices/clusters/load.ts': importing('../../../../../packages/kube/src/client.ts'),
  'apps/bff/src/slices/clusters/row-view.ts':
    "import type { value as V } from '../../kube/fleet.ts'\nexport type Row = typeof V\nexport const value = 1\n",
  'apps/console/src/main.tsx': importing('./slices/clusters/page.tsx', './api/client.ts'),
  'apps/console/src/api/client.ts': importing('@orpc/client'),
  'apps/console/src/slices/clusters/page.tsx': importing('../../../../../packages/ui/src/sound.tsx'),
}

const typesOf = (path: string): string =>
  `import type { value as V } from '${path}'\nexport const value = 1\nexport type T = typeof V\n`

/** The sound tree with every fault in it; a cycle of types has its way back. */
export const faultyTree: Readonly<Record<string, string>> = {
  ...soundTree,
  ...Object.fromEntries(arrowFaults.map(({ path, imports }) => [path, importing(imports)])),
  'packages/istio/src/turn.ts': typesOf('./back.ts'),
  'packages/istio/src/back.ts': typesOf('./turn.ts'),
}
