import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { eachRightOnce, forbidden } from '@orbweaver/contracts/missing-right'
import type { DerivedObject } from '@orbweaver/contracts/plan'
import type { Stage } from '@orbweaver/istio/blueprints/stage'
import { differing } from '@orbweaver/istio/diff/asked'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import { inFlight } from '../../changes/in-flight.ts'
import { current, isReadable } from '../../kube/current.ts'
import type { Asking } from './asking.ts'
import { isAskedOfPerson } from './rights.ts'

/** What the reconciler will make of a Mesh, stage by stage, and whether the person could do the same by hand. */
export async function derivedOf(asking: Asking, stages: readonly Stage[]): Promise<DerivedObject[]> {
  const wanted = stages.flatMap((stage) => [
    ...stage.objects.map((object) => ({ stage, ref: refOf(stage.cluster, object), object })),
    ...stage.removes.map((ref) => ({ stage, ref, object: undefined })),
  ])
  return inFlight(wanted, 10, async ({ stage, ref, object }) => {
    const op = object === undefined ? 'delete' : await opOf(asking, ref, object)
    return {
      stage: stage.name,
      ref,
      op,
      yaml: object === undefined ? '' : stringify(object, kubernetesYamlText),
      permitted: await permitted(asking, ref, op),
    }
  })
}

/** Whether something is there is told to those alone who may know of it, and by a cluster that answers. */
async function opOf({ fleet, viewer }: Asking, ref: ObjectRef, object: KubernetesObject): Promise<DerivedObject['op']> {
  const resource = knownResource(ref.group, ref.kind)
  const door = fleet.get(ref.cluster)
  if (resource === undefined || door === undefined || !isReadable(door) || !(await viewer.sees(ref))) return 'apply'
  try {
    const live = await current(door, resource, ref)
    if (live === undefined) return 'create'
    return differing(live, object).length === 0 ? 'unchanged' : 'update'
  } catch (error) {
    if (error instanceof KubeError) return 'apply'
    throw error
  }
}

async function permitted(
  { viewer, fleet }: Asking,
  ref: ObjectRef,
  op: DerivedObject['op'],
): Promise<DerivedObject['permitted']> {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) return 'unknown'
  if (op === 'unchanged') return 'yes'
  const verb = verbOf(ref, op)
  if (!isAskedOfPerson({ verb, group: resource.group, resource: resource.plural })) return 'yes'
  const question = { verb, group: resource.group, resource: resource.plural, ...placeOf(ref) }
  return (await fleet.get(ref.cluster)?.mayBe(viewer.identity, question)) ?? 'unknown'
}

/** Nobody but the console may alter or read Secrets (deploy/rbac/personas.yaml): the right to create stands for the others. */
function verbOf({ kind }: ObjectRef, op: DerivedObject['op']): string {
  if (kind === 'Secret' || op === 'apply') return 'create'
  return op === 'update' ? 'patch' : op
}

function placeOf({ namespace }: ObjectRef): { namespace?: string } {
  return namespace === undefined ? {} : { namespace }
}

/**
 * A write on a Mesh is as good as admin of its clusters: who could not write what follows from it may not write it. What
 * a cluster did not answer in time stands in the way as well, but is no word about the person.
 */
export function unpermitted(derived: readonly DerivedObject[]): Message[] {
  const unasked = new Set<string>()
  const refused = derived.flatMap(({ ref, permitted: answer, op }): Message[] => {
    if (answer === 'yes' || (answer === 'unknown' && unasked.has(ref.cluster))) return []
    if (answer === 'unknown') {
      unasked.add(ref.cluster)
      return [{ code: 'plan.cluster_unreachable', params: { cluster: ref.cluster, reason: 'kube.timeout' } }]
    }
    const resource = knownResource(ref.group, ref.kind)?.plural ?? ref.kind
    return [forbidden({ cluster: ref.cluster, verb: verbOf(ref, op), group: ref.group, resource, ...placeOf(ref) })]
  })
  return eachRightOnce(refused)
}
