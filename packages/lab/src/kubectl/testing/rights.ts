import { expect } from 'vitest'
import type { KubectlTest } from './kubectl-test.ts'

/** What kubectl asks of access, and how it is refused. */
export const rights: readonly KubectlTest[] = [
  [
    'asks what one may do, as oneself and as others',
    async ({ run, namespace }) => {
      for (const args of [
        ['create', 'serviceaccount', 'robot'],
        ['create', 'role', 'reader', '--verb=get,list', '--resource=pods'],
        ['create', 'rolebinding', 'reader', '--role=reader', `--serviceaccount=${namespace}:robot`],
      ]) {
        expect(await run(args), args.join(' ')).toMatchObject({ code: 0 })
      }
      const robot = `--as=system:serviceaccount:${namespace}:robot`
      expect(await run(['auth', 'can-i', 'delete', 'nodes'])).toMatchObject({ code: 0, out: 'yes\n' })
      expect(await run(['auth', 'can-i', 'list', 'pods', robot])).toMatchObject({ code: 0, out: 'yes\n' })
      expect(await run(['auth', 'can-i', 'create', 'deployments.apps', robot])).toMatchObject({ code: 1, out: 'no\n' })
      expect((await run(['auth', 'can-i', '--list', robot])).out).toMatch(/^pods +\[\] +\[\] +\[get list\]$/m)
      const refused = await run(['get', 'secrets', robot])
      expect(refused.code).toBe(1)
      expect(refused.err).toContain(
        `Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:${namespace}:robot" cannot list resource "secrets" in API group "" in the namespace "${namespace}"`,
      )
    },
  ],
]
