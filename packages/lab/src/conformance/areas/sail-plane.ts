import { type Check, check } from '../check.ts'
import { fits, type Shape } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { type ControlPlane, controlPlane } from './control-plane.ts'

export type Facts = ControlPlane & { readonly within: (path: string) => string }

/** Of the control plane of the run. */
export const plane = (
  says: string,
  broken: Check['broken'],
  run: (scene: Scene, facts: Facts) => Promise<void>,
): Check =>
  check(says, broken, async (scene) => {
    const made = await controlPlane(scene)
    const within = (path: string): string => scene.at(path).replace(`/${scene.namespace}/`, `/${made.namespace}/`)
    await run(scene, { ...made, within })
  })

type Brought = { readonly at: (facts: Facts) => string; readonly is: (facts: Facts) => Shape }

/** An object that a chart brought is like this. */
export const brought = (says: string, broken: Check['broken'], { at, is }: Brought): Check =>
  plane(says, broken, async ({ ask }, facts) => fits(await ask(at(facts)), { status: 200, body: is(facts) }))

export const labelsOf = (revision: string): Record<string, string> => ({
  'istio.io/rev': revision,
  'operator.istio.io/component': 'Pilot',
  'app.kubernetes.io/part-of': 'istio',
  'managed-by': 'sail-operator',
  release: `${revision}-istiod`,
})
