import { afterAll, beforeAll, describe, it } from 'vitest'
import type { TargetName } from '../../conformance/target.ts'
import { createKubectl, findKubectl, type Kubectl } from '../kubectl.ts'
import { type KubectlTarget, startKubectlTarget } from '../targets.ts'
import { applies } from './applies.ts'
import { reads } from './reads.ts'
import { rights } from './rights.ts'
import { rollouts } from './rollouts.ts'
import { writes } from './writes.ts'

const areas = { reads, applies, writes, rollouts, rights } as const

/** The same commands before the sandbox and before real components. Without a kubectl they are skipped, and said to be. */
export function kubectlSuite(name: TargetName): void {
  const program = findKubectl()
  if (program === undefined) process.stderr.write(`kubectl on ${name}: NOT TESTED, there is no kubectl on the PATH\n`)
  describe.skipIf(program === undefined)(`kubectl works on ${name}`, () => {
    let target: KubectlTarget | undefined
    beforeAll(async () => {
      target = await startKubectlTarget(name)
    }, 3_600_000)
    afterAll(async () => {
      await target?.close()
    }, 60_000)
    for (const [area, tests] of Object.entries(areas)) {
      describe(area, () => {
        let kubectl: Kubectl | undefined
        beforeAll(async () => {
          const { kubeconfig = '', context = '' } = target ?? {}
          kubectl = createKubectl({ program: program ?? '', kubeconfig, context }, `kubectl-${area}`)
          await kubectl.run(['create', 'namespace', kubectl.namespace])
        }, 60_000)
        it.each(tests)('%s', async (_says, test) => {
          if (kubectl === undefined) throw new Error('the target did not start')
          await test(kubectl)
        })
      })
    }
  })
}
