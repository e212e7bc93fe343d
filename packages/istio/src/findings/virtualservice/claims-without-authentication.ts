import { listAt, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { step } from '../../pointer.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { podsWith } from '../pods.ts'
import type { MeshWorld } from '../world.ts'
import { gatewaysOf } from './gateways.ts'

const code: Code = {
  code: 'virtualservice.claims-without-authentication',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0149'],
}

/** Routes by a token’s claims never match where nothing reads the token: no RequestAuthentication for the gateway's Pods. */
export const claimsWithoutAuthentication: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const [claim] = claimsIn(subject.object)
    const { namespace } = subject
    if (claim === undefined || !world.complete(kinds.pod) || !world.config.has(kinds.requestAuthentication)) return []
    return gatewaysOf(subject.object, namespace).flatMap((named) => {
      const gateway = world.config.get(kinds.gateway, named.name, named.namespace)
      if (gateway === undefined) return []
      const pods = podsWith(world, stringsAt(gateway, 'spec', 'selector'))
      const bare = pods.filter(({ pod }) => !isAuthenticated(world, pod))
      const [first] = bare
      if (first === undefined) return []
      const params = { claim: claim.name, gateway: named.gateway, pod: first.pod.metadata.name }
      const evidence = [refOf(subject.cluster, gateway), refOf(first.cluster, first.pod)]
      return [found(subject, code, { pointer: claim.pointer, params, evidence })]
    })
  },
}

function isAuthenticated(world: MeshWorld, pod: KubernetesObject): boolean {
  const homes = [world.mesh.rootNamespace, pod.metadata.namespace ?? '']
  const policies = homes.flatMap((each) => world.config.list(kinds.requestAuthentication, each))
  return policies.some((each) => hasLabels(pod, stringsAt(each, 'spec', 'selector', 'matchLabels')))
}

/** Headers that mean a claim of the token (istio pkg/jwt, ToRoutingClaim). */
function claimsIn(object: KubernetesObject): { name: string; pointer: string }[] {
  return listAt(object, 'spec', 'http').flatMap((route, index) =>
    listAt(route, 'match').flatMap((match, at) =>
      (['headers', 'withoutHeaders'] as const).flatMap((field) =>
        Object.keys(recordAt(match, field))
          .filter((name) => /^@request\.auth\.claims(\..+|\[.+\])$/i.test(name))
          .map((name) => ({ name, pointer: `/spec/http/${index}/match/${at}/${field}${step(name)}` })),
      ),
    ),
  )
}
