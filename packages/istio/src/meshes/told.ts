import { isRecord, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { loadBalancerAddress } from '../blueprints/gates.ts'

/** One thing that an object's status says, in the words of whoever wrote it. */
export type Told = { type: string; status: string; reason?: string; message?: string; since?: string }

/** Conditions that say something is wrong while they are True: ReplicaFailure, NamespaceContentRemaining. */
const isBadWhenTrue = (type: string): boolean => /Failure$|^Namespace(Content|Finalizers)Remaining$/.test(type)

/** Whether nothing is wrong by it; that an IstioRevision is in use by nobody is no fault (sail api/v1, InUse). */
export function isWell({ type, status }: Pick<Told, 'type' | 'status'>): boolean {
  if (type === 'InUse') return true
  return isBadWhenTrue(type) ? status === 'False' : status === 'True'
}

/**
 * What an object's status says of it, what is not well first. A Pod's containers that wait or ended badly and a
 * LoadBalancer's address are told like conditions, since nothing else tells them.
 */
export function toldBy(object: KubernetesObject): Told[] {
  const told = [...addressTold(object), ...containersTold(object), ...conditionsTold(object)]
  return [...told.filter((each) => !isWell(each)), ...told.filter(isWell)]
}

function conditionsTold({ status }: KubernetesObject): Told[] {
  return listAt(status, 'conditions').flatMap((each) => {
    const type = textAt(each, 'type')
    if (type === undefined) return []
    const rest = { reason: textAt(each, 'reason'), message: textAt(each, 'message') }
    const since = textAt(each, 'lastTransitionTime')
    return [told({ type, status: textAt(each, 'status') ?? 'Unknown', ...rest, since })]
  })
}

/** Init containers before the others: the first that does not get on holds up the rest. */
function containersTold({ status }: KubernetesObject): Told[] {
  const all = [...listAt(status, 'initContainerStatuses'), ...listAt(status, 'containerStatuses')]
  return all.flatMap((each) => {
    const name = textAt(each, 'name') ?? ''
    const state = isRecord(each) ? each.state : undefined
    const waits = textAt(state, 'waiting', 'reason')
    if (waits !== undefined) {
      return [told({ type: name, status: 'False', reason: waits, message: textAt(state, 'waiting', 'message') })]
    }
    const exitCode = numberAt(state, 'terminated', 'exitCode') ?? 0
    if (exitCode === 0) return []
    const reason = `${textAt(state, 'terminated', 'reason') ?? 'Error'} (${exitCode})`
    return [told({ type: name, status: 'False', reason, message: textAt(state, 'terminated', 'message') })]
  })
}

function addressTold(object: KubernetesObject): Told[] {
  if (object.kind !== 'Service' || textAt(object, 'spec', 'type') !== 'LoadBalancer') return []
  const address = loadBalancerAddress(object)
  return [told({ type: 'LoadBalancer', status: address === undefined ? 'False' : 'True', message: address })]
}

type Loose = { type: string; status: string } & { [Key in 'reason' | 'message' | 'since']?: string | undefined }

/** What is not said is left out. */
function told({ type, status, reason, message, since }: Loose): Told {
  return {
    type,
    status,
    ...(isSaid(reason) && { reason }),
    ...(isSaid(message) && { message }),
    ...(isSaid(since) && { since }),
  }
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}
