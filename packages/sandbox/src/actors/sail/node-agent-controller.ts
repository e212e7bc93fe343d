import { type JsonRecord, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { daemonSets, istioCnis, istioRevisions, istios, namespaces, ztunnels } from '@orbweaver/kube/resources'
import type { IstioVersion } from '@orbweaver/schemas/versions'
import { timestampOf } from '../../clock.ts'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  messageOf,
  type ObjectKey,
  ownerKeys,
  startController,
} from '../controller.ts'
import { writeStatus } from '../workloads/status-writer.ts'
import type { AgentChart, Charts } from './chart-objects.ts'
import { isTrue, reconcileError, type SailCondition, stateOf, storedConditions } from './conditions.ts'
import { ensureFinalizer, removeFinalizer } from './finalizer.ts'
import { installObjects, OWNED_KINDS, uninstallObjects } from './owned-objects.ts'
import { profilesOf, profileValues } from './profiles.ts'
import { inRelease } from './releases.ts'
import { namespaceProblem } from './revision-controller.ts'
import { type Target, targetOf } from './target.ts'
import { mergeValues } from './values.ts'
import { resolveVersion } from './versions.ts'

/** What runs on every node: one of each in a cluster, named `default`. */
type Agent = {
  readonly resource: Resource
  readonly chart: AgentChart
  readonly namespace: string
  readonly daemonSet: string
  readonly release: string
  /** In place of a chosen one. */
  readonly profile?: string
}

const CNI: Agent = {
  resource: istioCnis,
  chart: 'cni',
  namespace: 'istio-cni',
  daemonSet: 'istio-cni-node',
  release: 'istio-cni',
}
const ZTUNNEL: Agent = {
  resource: ztunnels,
  chart: 'ztunnel',
  namespace: 'ztunnel',
  daemonSet: 'ztunnel',
  release: 'ztunnel',
  profile: 'ambient',
}

type Options = { charts: Charts; versions: readonly IstioVersion[] }

/** IstioCNI and ZTunnel → the objects of their charts, and how their DaemonSet is (sail controllers/istiocni, /ztunnel). */
export function startNodeAgentControllers(context: ActorContext, options: Options): Controller[] {
  return [CNI, ZTUNNEL].map((agent) => startOne(context, agent, options))
}

function startOne(context: ActorContext, agent: Agent, options: Options): Controller {
  const { resource } = agent
  const cache = context.caches.of(resource)
  const everyKey = (): ObjectKey[] => cache.list().map(keyOf)
  const reconcile = async ({ name }: ObjectKey): Promise<void> => {
    const found = cache.get('', name)
    if (found === undefined) return
    if (isDeleting(found)) {
      if (await uninstallObjects(context, found)) await removeFinalizer(context, resource, found)
      return
    }
    const object = await ensureFinalizer(context, resource, found)
    const target = targetIn(context, object)
    await report(context, agent, {
      object,
      target,
      reconciled: await install(context, agent, { object, target, ...options }),
    })
  }
  return startController(context, {
    name: `sail ${agent.chart}`,
    watches: [
      { resource, keys: (each) => [keyOf(each)] },
      ...OWNED_KINDS.map((owned) => ({
        resource: owned,
        keys: (each: KubernetesObject) => ownerKeys(each, resource.kind).map(({ name }) => ({ namespace: '', name })),
      })),
      { resource: namespaces, keys: everyKey },
      { resource: istios, keys: everyKey },
      { resource: istioRevisions, keys: everyKey },
    ],
    reconcile,
    workers: 1,
  })
}

/** Only ztunnel may name a control plane to take its values from. */
function targetIn(context: ActorContext, object: KubernetesObject): Target | undefined {
  return textAt(object, 'spec', 'targetRef', 'kind') === undefined ? undefined : targetOf(context, object)
}

type Wanted = { object: KubernetesObject; target: Target | undefined }

async function install(
  context: ActorContext,
  agent: Agent,
  { object, target, charts, versions }: Wanted & Options,
): Promise<SailCondition> {
  const namespace = textAt(object, 'spec', 'namespace') ?? agent.namespace
  const invalid = namespaceProblem(context, namespace)
  if (invalid !== undefined) return reconcileError(`validation error: ${invalid}`)
  if (target !== undefined && 'error' in target) return reconcileError(target.error)
  const computed = valuesOf(agent, { object, target, versions })
  if ('problem' in computed) return reconcileError(computed.problem)
  const name = target?.revision.metadata.name ?? 'default'
  const profile = textAt(computed.values, 'profile') ?? 'default'
  try {
    const rendered = await charts.agent(agent.chart, { name, namespace, profile, ...computed })
    await installObjects(context, object, inRelease(rendered, agent.release))
    return isTrue('Reconciled')
  } catch (error) {
    const chart = `failed to install/update Helm chart "${agent.chart}": ${messageOf(error)}`
    await report(context, agent, { object, target, reconciled: reconcileError(chart) })
    throw error
  }
}

type Computed = { version: string; values: JsonRecord } | { problem: string }

function valuesOf(agent: Agent, { object, target, versions }: Wanted & Pick<Options, 'versions'>): Computed {
  const resolved = resolveVersion(versions, textAt(object, 'spec', 'version'))
  if ('problem' in resolved) return { problem: `validation error: ${resolved.problem}` }
  const layers = profileValues(resolved.version, profilesOf(agent.profile ?? textAt(object, 'spec', 'profile')))
  if ('problem' in layers) return layers
  const all: JsonRecord[] = [...layers, ofTarget(target), recordAt(object, 'spec', 'values')]
  return { version: resolved.version, values: all.reduce(mergeValues, {}) }
}

/** What ztunnel shares with the control plane that it is for. */
function ofTarget(target: Target | undefined): JsonRecord {
  if (target === undefined || 'error' in target) return {}
  const { meshConfig, revision, global } = recordAt(target.revision, 'spec', 'values')
  return { meshConfig, revision, global }
}

type Reported = Wanted & { reconciled: SailCondition }

async function report(context: ActorContext, agent: Agent, { object, target, reconciled }: Reported): Promise<void> {
  const conditions = [reconciled, readyCondition(context, agent, object)]
  const now = timestampOf(context.clock)
  const base: JsonRecord = {
    observedGeneration: object.metadata.generation ?? 1,
    conditions: storedConditions(object, conditions, now),
    state: stateOf(conditions, ['Reconciled', 'Ready']),
  }
  const pointed = target !== undefined && 'revision' in target && reconciled.status === 'True'
  const status = pointed ? { ...base, istioRevision: target.revision.metadata.name } : base
  await writeStatus(context, agent.resource, { object, status })
}

function readyCondition(context: ActorContext, agent: Agent, object: KubernetesObject): SailCondition {
  const notReady = (message: string): SailCondition => ({
    type: 'Ready',
    status: 'False',
    reason: 'DaemonSetNotReady',
    message,
  })
  const namespace = textAt(object, 'spec', 'namespace') ?? agent.namespace
  const set = context.caches.of(daemonSets).get(namespace, agent.daemonSet)
  if (set === undefined) return notReady(`${agent.daemonSet} DaemonSet not found`)
  const count = (field: string): number => numberAt(set, 'status', field) ?? 0
  if (count('currentNumberScheduled') === 0) return notReady(`no ${agent.daemonSet} pods are currently scheduled`)
  return count('numberReady') < count('currentNumberScheduled')
    ? notReady(`not all ${agent.daemonSet} pods are ready`)
    : isTrue('Ready')
}
