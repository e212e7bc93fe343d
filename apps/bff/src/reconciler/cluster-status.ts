import { listAt, plainRecord, sameJson, textAt } from '@orbweaver/contracts/json'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { discover, type FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import { factOf } from '@orbweaver/istio/meshes/facts'
import { imageVersion } from '@orbweaver/istio/plain'
import { installableVersions, operatorRuns } from '@orbweaver/istio/preflight/operator'
import { KubeError } from '@orbweaver/kube/error'
import * as kinds from '@orbweaver/kube/resources'
import { viewOfMirror } from '../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

const deadlineMs = 3_000

/** A status that says the same is written again only to renew its `asOf`, this often. */
const renewMs = 50_000

/** What kubectl and the next replica learn of a cluster: written by the leader, from the mirror and two questions. */
export async function reportCluster(fleet: Fleet, record: KubernetesObject, now: Date): Promise<void> {
  const door = fleet.get(record.metadata.name)
  // Not connected (yet), or not read yet: nothing is known that the hub would not know better.
  if (door === undefined || door.mirror.truth().state === 'syncing') return
  if (record.metadata.deletionTimestamp !== undefined) return
  const facts = await askCluster(door)
  const before = plainRecord(typeof record.status === 'object' && record.status !== null ? record.status : {})
  const status = { ...before, ...facts?.status, conditions: conditionsOf(record, { door, facts, now }) }
  const { asOf: _was, ...said } = before
  const renewed = Date.parse(textAt(before, 'asOf') ?? '') + renewMs > now.getTime()
  if (renewed && sameJson(plainRecord(said), plainRecord({ ...status, asOf: undefined }))) return
  const body = {
    ...record,
    status: plainRecord({ ...status, asOf: facts === undefined ? textAt(before, 'asOf') : now.toISOString() }),
  }
  await fleet.hub.own.replace(kinds.fleetClusters, body, { subresource: 'status', fieldManager: 'orbweaver-mesh' })
}

type Asked = { status: object; operator: 'Found' | 'NotRunning' | 'NotFound'; istio: number }

/** undefined when the cluster does not answer: what was last known stays. */
async function askCluster(door: ClusterDoor): Promise<Asked | undefined> {
  try {
    const [version, kubeSystem] = await Promise.all([
      door.own.raw('/version', { deadlineMs }),
      door.own.get(kinds.namespaces, { name: 'kube-system' }, { deadlineMs }),
    ])
    const versions = await operatorVersions(door)
    const view = viewOfMirror(door)
    const istio = discover(view)
    const count = (resource: (typeof kinds)['pods']) => door.mirror.list(resource).length
    return {
      operator: versions === undefined ? 'NotFound' : operatorRuns(view) === false ? 'NotRunning' : 'Found',
      istio: istio.length,
      status: {
        uid: kubeSystem.metadata.uid,
        clusterId: otherClusterId(door.name, istio),
        kubernetesVersion: textAt(version.body, 'gitVersion'),
        operator: { found: versions !== undefined, version: operatorVersion(door), versions: versions ?? [] },
        istio: istio.map(({ revision, version: found, namespace, installer }) => ({
          revision,
          version: found,
          namespace,
          installer,
        })),
        counts: { nodes: count(kinds.nodes), namespaces: count(kinds.namespaces), pods: count(kinds.pods) },
      },
    }
  } catch (error) {
    if (error instanceof KubeError) return undefined
    throw error
  }
}

/** What a control plane that is here already calls the cluster, where that is not the cluster's own name. */
function otherClusterId(name: string, istio: readonly FoundControlPlane[]): string | undefined {
  const ids = istio.map(({ facts }) => factOf(facts, 'clusterId'))
  return ids.find((id) => id !== undefined && id !== name)
}

async function operatorVersions(door: ClusterDoor): Promise<string[] | undefined> {
  try {
    const target = { name: 'istios.sailoperator.io' }
    return installableVersions(await door.own.get(kinds.customResourceDefinitions, target, { deadlineMs })).slice(
      0,
      100,
    )
  } catch (error) {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  }
}

/** Sail's own Deployment, by the label of its chart. */
function operatorVersion(door: ClusterDoor): string | undefined {
  const deployment = door.mirror
    .list(kinds.deployments)
    .find(
      (each) => labelsOf(each)['app.kubernetes.io/name'] === 'sailoperator' || each.metadata.name === 'sail-operator',
    )
  const images = listAt(deployment, 'spec', 'template', 'spec', 'containers').map((each) => textAt(each, 'image'))
  return images.map((image) => imageVersion(image)).find((each) => each !== undefined)
}

type Judging = { door: ClusterDoor; facts: Asked | undefined; now: Date }

function conditionsOf(record: KubernetesObject, { door, facts, now }: Judging) {
  const truth = door.mirror.truth()
  // Who refuses has answered.
  const reached = facts !== undefined || truth.state === 'unauthorized' || truth.state === 'forbidden'
  const wanted = [
    { type: 'Reachable', status: reached ? 'True' : 'False', reason: reached ? 'Answered' : reasonOf(truth) },
    { type: 'Authorized', ...authorized(truth) },
    {
      type: 'OperatorReady',
      status: knownAs(facts && facts.operator === 'Found'),
      reason: facts?.operator ?? 'NotFound',
    },
    {
      type: 'IstioFound',
      status: knownAs(facts && facts.istio > 0),
      reason: facts && facts.istio > 0 ? 'Found' : 'NotFound',
    },
  ]
  const before = listAt(record, 'status', 'conditions')
  return wanted.map((condition) => {
    const was = before.find((each) => textAt(each, 'type') === condition.type)
    const since = textAt(was, 'status') === condition.status ? textAt(was, 'lastTransitionTime') : undefined
    return { ...condition, message: '', lastTransitionTime: since ?? now.toISOString() }
  })
}

function reasonOf(truth: ClusterTruth | undefined): string {
  const code = truth?.reason?.replace(/^kube\./, '') ?? 'unregistered'
  return code.replace(/(^|_)([a-z])/g, (_all, _gap, letter: string) => letter.toUpperCase())
}

function authorized(truth: ClusterTruth | undefined): { status: string; reason: string } {
  if (truth?.state === 'unauthorized') return { status: 'False', reason: 'CredentialsRefused' }
  if (truth?.state === 'forbidden') return { status: 'False', reason: 'RightsMissing' }
  return truth?.state === 'fresh' ? { status: 'True', reason: 'Read' } : { status: 'Unknown', reason: 'NotRead' }
}

function knownAs(value: boolean | undefined): string {
  if (value === undefined) return 'Unknown'
  return value ? 'True' : 'False'
}
