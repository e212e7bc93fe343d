import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioRevisions, istios } from '@orbweaver/kube/resources'
import type { IstioVersion } from '@orbweaver/schemas/versions'
import { timestampOf } from '../../clock.ts'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  ownerKeys,
  startController,
  unlessExisting,
  unlessMissing,
} from '../controller.ts'
import { updated } from '../overlay.ts'
import type { Again } from '../work-queue.ts'
import { writeStatus } from '../workloads/status-writer.ts'
import { conditionsOf, REVISION_ORDER, type SailCondition, stateOf, storedConditions } from './conditions.ts'
import { activeRevisionName, namespaceOf } from './names.ts'
import { pruning } from './prune.ts'
import { revisionValues } from './values.ts'
import { resolveVersion } from './versions.ts'

/** Istio → its active IstioRevision; old ones are pruned; the status repeats what the active one says. */
export function startIstioController(context: ActorContext, versions: readonly IstioVersion[]): Controller {
  const cache = context.caches.of(istios)
  const reconcile = async ({ name }: ObjectKey): Promise<Again> => {
    const istio = cache.get('', name)
    if (istio === undefined || isDeleting(istio)) return undefined
    const resolved = resolveVersion(versions, textAt(istio, 'spec', 'version'))
    if ('problem' in resolved) {
      await report(context, istio, refused(`validation error: ${resolved.problem}`))
      return undefined
    }
    await ensureRevision(context, istio, resolved.version)
    const active = context.caches.of(istioRevisions).get('', activeRevisionName(istio))
    await report(context, istio, active === undefined ? [] : passedOn(active))
    return prune(context, istio)
  }
  return startController(context, {
    name: 'sail istio',
    watches: [
      { resource: istios, keys: (istio) => [keyOf(istio)] },
      { resource: istioRevisions, keys: (revision) => ownerKeys(revision, 'Istio') },
    ],
    reconcile,
  })
}

/** Words as the lab saw them; readiness of what was never attempted cannot be told. */
function refused(message: string): SailCondition[] {
  const unknown = (type: string, what: string): SailCondition => {
    const reason = 'ReconcileError'
    return { type, status: 'Unknown', reason, message: `cannot determine ${what} due to reconciliation error` }
  }
  return [
    { type: 'Reconciled', status: 'False', reason: 'ReconcileError', message },
    unknown('Ready', 'readiness'),
    unknown('DependenciesHealthy', 'dependency health'),
  ]
}

function passedOn(revision: KubernetesObject): SailCondition[] {
  return conditionsOf(revision).filter((each) => REVISION_ORDER.includes(each.type))
}

function ownedRevisions(context: ActorContext, istio: KubernetesObject): KubernetesObject[] {
  const all = context.caches.of(istioRevisions).list()
  return all.filter((each) => ownerKeys(each, 'Istio').some((owner) => owner.name === istio.metadata.name))
}

async function ensureRevision(context: ActorContext, istio: KubernetesObject, version: string): Promise<void> {
  const name = activeRevisionName(istio)
  const { apiVersion, kind } = istio
  const owner = { apiVersion, kind, name: istio.metadata.name, uid: istio.metadata.uid ?? '' }
  const spec: JsonRecord = { version, namespace: namespaceOf(istio), values: revisionValues(istio, name) }
  const cache = context.caches.of(istioRevisions)
  const live = cache.get('', name)
  if (live === undefined) {
    const metadata = { name, ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] }
    await unlessExisting(
      context.client.create(istioRevisions, {
        apiVersion: 'sailoperator.io/v1',
        kind: 'IstioRevision',
        metadata,
        spec,
      }),
    )
    await cache.until(() => cache.get('', name) !== undefined, 2_000)
    return
  }
  if (isDeleting(live)) return
  const wished = { ...live, spec }
  if (updated(live, wished) !== undefined || JSON.stringify(live.spec) !== JSON.stringify(spec)) {
    await context.client.replace(istioRevisions, wished)
  }
}

async function report(context: ActorContext, istio: KubernetesObject, conditions: SailCondition[]): Promise<void> {
  const revisions = ownedRevisions(context, istio)
  const having = (type: string): number => revisions.filter((each) => conditionOf(each, type)?.status === 'True').length
  const now = timestampOf(context.clock)
  const status: JsonRecord = {
    observedGeneration: istio.metadata.generation ?? 1,
    conditions: storedConditions(istio, conditions.length === 0 ? pending() : conditions, now),
    state: conditions.length === 0 ? '' : stateOf(conditions, REVISION_ORDER),
    activeRevisionName: activeRevisionName(istio),
    revisions: { total: revisions.length, ready: having('Ready'), inUse: having('InUse') },
  }
  await writeStatus(context, istios, { object: istio, status })
}

/** The first status of a new Istio names all three types before anything is known. */
function pending(): SailCondition[] {
  return REVISION_ORDER.map((type) => ({ type, status: 'Unknown', reason: 'FailedToGetActiveRevision' }))
}

async function prune(context: ActorContext, istio: KubernetesObject): Promise<Again> {
  const at = { active: activeRevisionName(istio), now: context.clock.now().getTime() }
  const { delete: gone, lookAgainInMs } = pruning(istio, ownedRevisions(context, istio), at)
  for (const { metadata } of gone) {
    const options = metadata.uid === undefined ? {} : { uid: metadata.uid }
    await unlessMissing(context.client.remove(istioRevisions, { name: metadata.name }, options))
  }
  return lookAgainInMs === undefined ? undefined : { againInMs: lookAgainInMs + 5 }
}
