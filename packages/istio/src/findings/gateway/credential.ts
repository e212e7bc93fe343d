import { at, type Json, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { allPodsWith, type LivePod } from '../pods.ts'
import { credentialFault, severityWithout } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import { otherSecret } from './other-secret.ts'
import { secretAt } from './secret-places.ts'

const missing: Code = {
  code: 'gateway.credential-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101'],
}
const notEverywhere: Code = {
  code: 'gateway.credential-not-everywhere',
  severity: 'warning',
  istio: 'accepts',
}
const unusable: Code = {
  code: 'gateway.credential-unusable',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0161'],
}

/**
 * Secrets with a gateway's certificates are read from the namespace of its Pods: without one, or with one that cannot be
 * used, the listener has no certificate and TLS fails. Names with a scheme (`configmap://…`) are not Secrets' own.
 */
export const credential: Judge = {
  says: [missing, notEverywhere, unusable],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.secret)) return []
    const pods = allPodsWith(world, stringsAt(subject.object, 'spec', 'selector'))
    if (pods.length === 0) return []
    return listAt(subject.object, 'spec', 'servers').flatMap((server, index) => {
      const name = textAt(at(server, 'tls'), 'credentialName') ?? ''
      if (name === '' || name.includes('://')) return []
      return judgeName({ subject, world, pods }, { name, server, pointer: `/spec/servers/${index}/tls/credentialName` })
    })
  },
}

type Around = { subject: Subject; world: MeshWorld; pods: readonly LivePod[] }

type Named = { name: string; server: Json; pointer: string }

function judgeName({ subject, world, pods }: Around, { name, server, pointer }: Named): Finding[] {
  const [base = name, own] = name.split('/', 2).toReversed()
  const places = new Map(
    pods.map(({ cluster, pod }) => {
      const namespace = own ?? pod.metadata.namespace ?? ''
      return [`${cluster}/${namespace}`, { cluster, namespace }]
    }),
  )
  const held = [...places.values()].map((place) => ({ ...place, secret: secretAt(world, { ...place, name: base }) }))
  const [absent] = held.filter(({ secret }) => secret === undefined)
  const present = held.flatMap(({ cluster, secret }) => (secret === undefined ? [] : [{ cluster, secret }]))
  if (absent !== undefined) {
    const params = { name, namespace: absent.namespace }
    const all = present.length === 0
    const fixes = all ? otherSecret(subject, world, { server, pointer }) : []
    if (!all) return [found(subject, notEverywhere, { pointer, params, fixes })]
    return [found(subject, missing, { pointer, params, fixes, severity: severityWithout(world) })]
  }
  return present.flatMap(({ cluster, secret }) => {
    const fault = credentialFault(secret, world.now())
    if (fault === undefined) return []
    const params = { name, namespace: secret.metadata.namespace ?? '', fault }
    const fixes = otherSecret(subject, world, { server, pointer })
    return [found(subject, unusable, { pointer, params, evidence: [refOf(cluster, secret)], fixes })]
  })
}
