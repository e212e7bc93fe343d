import type { KubeconfigTest } from '@orbweaver/contracts/clusters'
import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { discover } from '@orbweaver/istio/meshes/discover'
import { check } from '@orbweaver/istio/preflight/check'
import { operatorFound } from '@orbweaver/istio/preflight/operator'
import { permissions } from '@orbweaver/istio/preflight/permissions'
import { reachability } from '@orbweaver/istio/preflight/reachability'
import { clusterView } from '@orbweaver/istio/world/view'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { credentialEnds } from '@orbweaver/kube/kubeconfig/credential-ends'
import { KubeError } from '@orbweaver/kube/error'
import { deployments, mutatingWebhookConfigurations, namespaces, services } from '@orbweaver/kube/resources'
import { factsOf } from '../../fleet/facts.ts'
import { openProbe } from '../../kube/probe.ts'
import type { Chosen } from './choose.ts'
import { toldEnds } from './ends.ts'
import { memberPermissions } from './manifest.ts'

/** A cluster that was never spoken to may be far away: name lookup and TLS come on top (ms). */
const firstContactMs = 3_000

export type Testing = {
  chosen: Chosen
  /** Under which name a cluster of this uid is registered. */
  registered: (uid: string) => string | undefined
  /** The registered cluster whose credentials these are to be; its uid, where it was ever told. */
  replaces?: { name: string; uid: string | undefined }
}

/** Under which name a cluster is registered already: its uid was told by whoever reached it first. */
export function registeredAs(records: readonly KubernetesObject[], uid: string): string | undefined {
  return records.find((each) => textAt(each, 'status', 'uid') === uid)?.metadata.name
}

export function replaced(record: KubernetesObject): NonNullable<Testing['replaces']> {
  return { name: record.metadata.name, uid: textAt(record, 'status', 'uid') }
}

/** Asks the cluster everything that registering it takes for granted. Stores nothing; its client is closed again. */
export async function testConnection({ chosen, ...known }: Testing): Promise<KubeconfigTest> {
  if (!chosen.ok) {
    const { refusal, contexts } = chosen
    return { accepted: false, refusal, warnings: [], contexts, ends: [], checks: [], istio: [] }
  }
  const probe = openProbe(chosen.connection)
  try {
    return await ask(probe, chosen, known)
  } finally {
    await probe.close()
  }
}

async function ask(
  probe: KubeClient,
  chosen: Chosen & { ok: true },
  known: Omit<Testing, 'chosen'>,
): Promise<KubeconfigTest> {
  const facts = await factsOf({
    cluster: chosen.context,
    client: probe,
    view: undefined,
    network: undefined,
    server: chosen.connection.server,
    serverStated: false,
    patienceMs: firstContactMs,
    needed: memberPermissions(),
    namespaces: [],
    personMay: () => Promise.resolve(true),
  })
  const base = {
    warnings: chosen.warnings,
    contexts: chosen.contexts,
    context: chosen.context,
    server: chosen.connection.server,
    ends: toldEnds(credentialEnds(chosen.connection), new Date()),
    ...(facts.kubernetesVersion !== undefined && { kubernetesVersion: facts.kubernetesVersion }),
  }
  if (facts.unreachable !== undefined) return { ...base, accepted: false, checks: reachability(facts), istio: [] }
  const [uid, objects] = await Promise.all([uidOf(probe), istioObjects(probe)])
  const view = clusterView(chosen.context, objects)
  const found = discover(view)
  const checks = [
    ...reachability(facts),
    permissions(facts),
    operatorFound(facts),
    ...identityChecks({ cluster: chosen.context, uid }, known),
    ...(found.length === 0 ? [check('control-plane.none', 'ok', { cluster: chosen.context })] : []),
  ]
  const istio = found.map(({ namespace, revision, version, installer, mesh }) => ({
    namespace,
    revision,
    ...(version !== undefined && { version }),
    installer,
    ...(mesh !== undefined && { mesh }),
  }))
  const accepted = blockedBy({ checks }).length === 0
  return { ...base, accepted, ...(uid !== undefined && { uid }), checks, istio }
}

/** One cluster is registered once, and goes on being the same one when its credentials are replaced. */
function identityChecks(
  { cluster, uid }: { cluster: string; uid: string | undefined },
  { registered, replaces }: Omit<Testing, 'chosen'>,
) {
  const found = uid === undefined ? undefined : registered(uid)
  if (found !== undefined && found !== replaces?.name) {
    return [check('cluster.registered-already', 'blocking', { params: { cluster, name: found } })]
  }
  if (replaces === undefined) return []
  const params = { name: replaces.name }
  if (uid === undefined) return [check('cluster.unidentified', 'blocking', { params })]
  if (replaces.uid === undefined) return [check('cluster.unconfirmed', 'warning', { params })]
  return [
    replaces.uid === uid ? check('cluster.same', 'ok', { params }) : check('cluster.another', 'blocking', { params }),
  ]
}

/** Why a connection that was tested cannot be taken; missing rights are shown, and can be granted later. */
export function blockedBy({ checks }: Pick<KubeconfigTest, 'checks'>): Message[] {
  return checks
    .filter((each) => each.severity === 'blocking' && each.id !== 'permissions.missing')
    .map(({ id, cluster, params }) => ({
      code: `check.${id}`,
      params: cluster === undefined ? params : { cluster, ...params },
    }))
}

/** A cluster is the same whatever its address: its kube-system namespace tells. */
async function uidOf(probe: KubeClient): Promise<string | undefined> {
  const namespace = await probe.get(namespaces, { name: 'kube-system' }).catch(unlessFault)
  return namespace?.metadata.uid
}

async function istioObjects(probe: KubeClient): Promise<KubernetesObject[]> {
  const list = async (resource: Resource, labelSelector?: string) => {
    const found = await probe.list(resource, labelSelector === undefined ? {} : { labelSelector }).catch(unlessFault)
    return found?.items ?? []
  }
  const lists = await Promise.all([
    list(deployments, 'app=istiod'),
    list(mutatingWebhookConfigurations),
    list(services, 'app=istiod'),
  ])
  return lists.flat()
}

function unlessFault(error: unknown): undefined {
  if (error instanceof KubeError) return undefined
  throw error
}
