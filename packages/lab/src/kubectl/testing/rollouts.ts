import { expect } from 'vitest'
import type { KubectlTest } from './kubectl-test.ts'
import { yamlOf, web } from './manifests.ts'

const ready = ['rollout', 'status', 'deploy/web', '--timeout=60s']
const image = ['get', 'deploy', 'web', '-o', 'jsonpath={..image}']

/** How Deployments are scaled, released, restarted and taken back. */
export const rollouts: readonly KubectlTest[] = [
  [
    'scales, on a condition too',
    async ({ out, run, apply }) => {
      await apply(yamlOf(web()))
      expect(await out(...ready)).toContain('deployment "web" successfully rolled out')
      expect(await out('scale', 'deploy', 'web', '--replicas=3')).toBe('deployment.apps/web scaled\n')
      await out(...ready)
      expect(await out('get', 'deploy', 'web', '-o', 'jsonpath={.status.readyReplicas}')).toBe('3')
      const wrong = await run(['scale', 'deploy', 'web', '--current-replicas=7', '--replicas=1'])
      expect(wrong.err).toContain('Expected replicas to be 7, was 3')
      await out('scale', 'deploy', 'web', '--replicas=1')
      await out('wait', '--for=condition=Available', 'deploy/web', '--timeout=60s')
    },
  ],

  [
    'restarts: every Pod is another one',
    async ({ out }) => {
      await out(...ready)
      const before = await out('get', 'pods', '-l', 'app=web', '-o', 'name')
      expect(await out('rollout', 'restart', 'deploy/web')).toBe('deployment.apps/web restarted\n')
      await out(...ready)
      const annotation = 'jsonpath={..template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}'
      expect(await out('get', 'deploy', 'web', '-o', annotation)).toMatch(/^\d{4}-/)
      const after = await out('get', 'pods', '-l', 'app=web', '--field-selector=status.phase=Running', '-o', 'name')
      expect(before).not.toContain(after.trim().split('\n').at(-1))
    },
  ],

  [
    'keeps a history with causes, and goes back in it',
    async ({ out }) => {
      await out('set', 'image', 'deploy/web', 'main=registry.example/web:2')
      await out('annotate', 'deploy', 'web', 'kubernetes.io/change-cause=second image')
      await out(...ready)
      const history = await out('rollout', 'history', 'deploy/web')
      expect(history).toMatch(/^REVISION +CHANGE-CAUSE\n1 +<none>\n2 +<none>\n3 +second image$/m)
      expect(await out('rollout', 'history', 'deploy/web', '--revision=1')).toMatch(/Image:\s+registry\.example\/web:1/)
      expect(await out('rollout', 'undo', 'deploy/web')).toBe('deployment.apps/web rolled back\n')
      await out(...ready)
      expect(await out(...image)).toBe('registry.example/web:1')
      await out('rollout', 'undo', 'deploy/web', '--to-revision=3')
      expect(await out(...image)).toBe('registry.example/web:2')
      await out(...ready)
    },
  ],

  [
    'pauses and goes on',
    async ({ out, run }) => {
      await out('rollout', 'pause', 'deploy/web')
      await out('set', 'env', 'deploy/web', 'C=3')
      expect((await run(['rollout', 'restart', 'deploy/web'])).err).toContain("can't restart paused deployment")
      await out('rollout', 'resume', 'deploy/web')
      await out(...ready)
      expect(await out('get', 'pods', '-l', 'app=web', '-o', 'jsonpath={..env[*].name}')).toContain('C')
    },
  ],
]
