import { type JsonRecord, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
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
import type { Again } from '../work-queue.ts'
import { writeStatus } from '../workloads/status-writer.ts'
import { conditionSaid, REVISION_ORDER, type SailCondition, storedConditions, unreconciled } from './conditions.ts'
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
    const computed = revisionValues(istio, { name: activeRevisionName(istio), version: resolved.version })
    if ('problem' in computed) {
      await report(context, istio, refused(computed.problem))
      throw new Error(computed.problem)
    }
    await ensureRevision(context, istio, { version: resolved.version, values: computed.values })
    const again = await prune(context, istio)
    await report(context, istio, sayingWhatItsRevisionSays(context, istio))
    return again
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

type Said = { conditions: SailCondition[]; state: string; active?: string }

/** Readiness of what was never attempted cannot be told, and nothing is said of the rest. */
function refused(message: string): Said {
  const reason = 'ReconcileError'
  const unknown = 'cannot determine readiness due to reconciliation error'
  return {
    conditions: [unreconciled(reason, message), { type: 'Ready', status: 'Unknown', reason, message: unknown }],
    state: reason,
  }
}

function sayingWhatItsRevisionSays(context: ActorContext, istio: KubernetesObject): Said {
  const active = activeRevisionName(istio)
  const revision = context.caches.of(istioRevisions).get('', active)
  if (revision !== undefined) {
    const conditions = REVISION_ORDER.map((type) => conditionSaid(revision, type))
    return { conditions, state: textAt(revision, 'status', 'state') ?? '', active }
  }
  const reason = 'ActiveRevisionNotFound'
  const missing = (type: string): SailCondition => ({
    type,
    status: 'False',
    reason,
    message: 'active IstioRevision not found',
  })
  return { conditions: [missing('Reconciled'), missing('Ready')], state: reason, active }
}

function ownedRevisions(context: ActorContext, istio: KubernetesObject): KubernetesObject[] {
  const all = context.caches.of(istioRevisions).list()
  return all.filter((each) => ownerKeys(each, 'Istio').some((owner) => owner.name === istio.metadata.name))
}

type Wanted = { version: string; values: JsonRecord }

async function ensureRevision(context: ActorContext, istio: KubernetesObject, wanted: Wanted): Promise<void> {
  const name = activeRevisionName(istio)
  const { apiVersion, kind } = istio
  const owner = { apiVersion, kind, name: istio.metadata.name, uid: istio.metadata.uid ?? '' }
  const cache = context.caches.of(istioRevisions)
  const live = cache.get('', name)
  if (live === undefined) {
    const metadata = { name, ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] }
    await unlessExisting(
      context.client.create(istioRevisions, {
        apiVersion: 'sailoperator.io/v1',
        kind: 'IstioRevision',
        metadata,
        spec: { ...wanted, namespace: namespaceOf(istio) },
      }),
    )
    await cache.until(() => cache.get('', name) !== undefined, 2_000)
    return
  }
  if (isDeleting(live)) return
  const spec = { ...recordAt(live, 'spec'), ...wanted }
  if (!sameJson(recordAt(live, 'spec'), spec)) await context.client.replace(istioRevisions, { ...live, spec })
}

async function report(
  context: ActorContext,
  istio: KubernetesObject,
  { conditions, state, active }: Said,
): Promise<void> {
  const revisions = ownedRevisions(context, istio)
  const having = (type: string): number => revisions.filter((each) => conditionOf(each, type)?.status === 'True').length
  const now = timestampOf(context.clock)
  const status: JsonRecord = {
    observedGeneration: istio.metadata.generation ?? 1,
    conditions: storedConditions(istio, conditions, now),
    // A new revision has said nothing yet.
    state: state === '' ? null : state,
    ...(active !== undefined && { activeRevisionName: active }),
    revisions: { total: revisions.length, ready: having('Ready'), inUse: having('InUse') },
  }
  await writeStatus(context, istios, { object: istio, status })
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
