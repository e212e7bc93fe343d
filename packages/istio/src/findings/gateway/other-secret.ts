import { type Json, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { namespaceOf } from '../../world/namespace-of.ts'
import { fix, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { allPodsWith } from '../pods.ts'
import type { MeshWorld } from '../world.ts'
import { hostNamesOf, lacksCa, onlyUsable, type Place, secretAt, soon } from './secret-places.ts'

type Wanted = { server: Json; pointer: string }

/**
 * The only Secret beside the Pods with a certificate for all hosts of a server that does not end soon: everywhere that the
 * Pods are, with a CA where clients are verified.
 */
export function otherSecret(subject: Subject, world: MeshWorld, { server, pointer }: Wanted): Fix[] {
  const { object } = subject
  const wanted = { hosts: hostNamesOf(server), until: world.now().getTime() + soon + 1 }
  const [name, ...names] = homesOf(world, object).map((home) => onlyUsable(world, home, wanted))
  const isEverywhere = names.every((each) => each === name)
  if (name === undefined || !isEverywhere) return []
  if (homesOf(world, object).some((place) => lacks(world, { server, base: name, place }))) return []
  return [fix(subject, { code: 'other-secret', params: { name } }, [replace(pointer, name)])]
}

/** Where Pods of a Gateway are, those that have ended too, as istioctl counts them. */
function homesOf(world: MeshWorld, gateway: KubernetesObject): Place[] {
  const pods = allPodsWith(world, stringsAt(gateway, 'spec', 'selector'))
  const places = pods.map(({ cluster, pod }) => ({ cluster, namespace: namespaceOf(pod) }))
  return [...new Map(places.map((each) => [`${each.cluster}/${each.namespace}`, each])).values()]
}

function lacks(world: MeshWorld, named: { server: Json; base: string; place: Place }): boolean {
  const secret = secretAt(world, { ...named.place, name: named.base })
  return secret !== undefined && lacksCa(world, secret, named)
}
