import { ignoringSent, only } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { controlPlane } from './control-plane.ts'
import { pod } from './objects.ts'

export const injection: Area = {
  title: 'Injection',
  shares: [controlPlane],
  checks: [
    check(
      'In a namespace with istio-injection=enabled the control plane with the tag default injects.',
      only({ path: /namespaces\/[^/]+$/ }, ignoringSent(['metadata', 'labels'])),
      async (scene) => {
        const { revision } = await controlPlane(scene)
        const { ask, at, namespace } = scene
        await ask(`/api/v1/namespaces/${namespace}`, {
          method: 'PATCH',
          type: 'application/merge-patch+json',
          body: { metadata: { labels: { 'istio-injection': 'enabled' } } },
        })
        await scene.eventually(() => ask(at('pods?dryRun=All'), { body: pod('a') }), {
          status: 201,
          body: { metadata: { annotations: { 'istio.io/rev': revision } } },
        })
      },
    ),
  ],
}
