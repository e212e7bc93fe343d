import { deployments } from '@orbweaver/kube/resources'
import { type ActorContext, keyOf, startController } from '../controller.ts'
import { answers } from '../istiod/identity.ts'
import { type Sail, type SailOptions, startSailOperator } from './operator.ts'

const OPERATOR = { namespace: 'sail-operator', name: 'sail-operator' }

/** The operator works while its Deployment has a ready Pod: it can be installed, scaled to zero and removed. */
export function startInstalledOperator(context: ActorContext, options: SailOptions): Sail {
  let sail: Sail | undefined
  const cache = context.caches.of(deployments)
  const controller = startController(context, {
    name: 'sail operator',
    watches: [
      {
        resource: deployments,
        keys: (each) =>
          each.metadata.name === OPERATOR.name && each.metadata.namespace === OPERATOR.namespace ? [keyOf(each)] : [],
      },
    ],
    reconcile: async () => {
      const deployment = cache.get(OPERATOR.namespace, OPERATOR.name)
      const wanted = deployment !== undefined && answers(deployment)
      if (wanted === (sail !== undefined)) return
      await sail?.stop()
      sail = wanted ? startSailOperator(context, options) : undefined
    },
    workers: 1,
  })
  return {
    stop: async () => {
      await controller.stop()
      await sail?.stop()
    },
  }
}
