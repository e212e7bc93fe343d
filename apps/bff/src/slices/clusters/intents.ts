import type { IntentOf } from '@orbweaver/contracts/intent'
import { plainRecord, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { fleetClusters, secrets } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { meshOfCluster } from '../../fleet/mesh-of.ts'
import { choose, testConnection } from './kubeconfig-test.ts'
import { planPrepareHub } from './prepare-hub.ts'

const namespace = 'orbweaver-system'
const secretNameFor = (cluster: string) => `cluster-${cluster}`

/**
 * Two objects in the hub: the credentials, written by the console itself because no person may read or write them, and
 * the record, written as the person; whether they may is what decides. Tested again here: a plan is made anew before it
 * is executed, so what is stored was reachable a moment ago.
 */
const planRegister: Planner<IntentOf<'clusters.register'>> = async ({ viewer, fleet, intent }) => {
  const { hub } = fleet
  if (intent.name === hub.name) return refuse('clusters.reserved_name', { name: intent.name })
  const question = { verb: 'create', group: fleetClusters.group, resource: fleetClusters.plural }
  if (!(await viewer.may(hub.name, question)))
    return refuse('plan.forbidden', { verb: 'create', resource: 'fleetclusters' })
  const chosen = choose(intent.source, fleet.offered())
  if (!chosen.ok) return { ok: false, reasons: [chosen.refusal] }
  const records = hub.mirror.list(fleetClusters)
  const test = await testConnection({
    chosen,
    registered: (uid) => records.find((each) => textAt(each, 'status', 'uid') === uid)?.metadata.name,
  })
  const blocked: Message[] = test.checks
    .filter((check) => check.severity === 'blocking' && check.id !== 'permissions.missing')
    .map((check) => ({ code: `check.${check.id}`, params: check.params }))
  const kubeconfig = writeKubeconfig([{ name: intent.name, connection: chosen.connection }])
  const secretName = secretNameFor(intent.name)
  const secretObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, namespace, labels: { 'app.kubernetes.io/part-of': 'orbweaver' } },
    type: 'orbweaver.dev/kubeconfig',
  }
  const record = {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'FleetCluster',
    metadata: { name: intent.name },
    spec: plainRecord({ ...intent.spec, credentialsSecretName: secretName }),
  }
  const items: DraftItem[] = [
    {
      ref: refOf(hub.name, secretObject),
      resource: secrets,
      by: 'console',
      op: 'create',
      object: secretObject,
      secret: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
    },
    { ref: refOf(hub.name, record), resource: fleetClusters, by: 'person', op: 'create', object: record },
  ]
  const title = { code: 'clusters.register', params: { name: intent.name, server: chosen.connection.server } }
  return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked, undoable: true } }
}

/** Drops the record and the credentials; the cluster itself is not touched. Waits until no mesh names it. */
const planRemove: Planner<IntentOf<'clusters.remove'>> = async ({ fleet, intent }) => {
  const { hub } = fleet
  const mesh = meshOfCluster(fleet, intent.name)
  const ref = { cluster: hub.name, group: fleetClusters.group, version: fleetClusters.version, kind: 'FleetCluster' }
  const record = hub.mirror.get(fleetClusters, { name: intent.name })
  const items: DraftItem[] = [
    { ref: { ...ref, name: intent.name }, resource: fleetClusters, by: 'person', op: 'delete' },
  ]
  const secretName = textAt(record, 'spec', 'credentialsSecretName')
  if (secretName === secretNameFor(intent.name)) {
    const secret = { cluster: hub.name, group: '', version: 'v1', kind: 'Secret', namespace, name: secretName }
    items.push({ ref: secret, resource: secrets, by: 'console', op: 'delete' })
  }
  const blocked =
    mesh === undefined ? [] : [{ code: 'clusters.in_mesh', params: { name: intent.name, mesh: mesh.name } }]
  const title = { code: 'clusters.remove', params: { name: intent.name } }
  return Promise.resolve({
    ok: true,
    // The credentials are gone for good, so there is no way back but registering again.
    draft: { title, items, derived: [], impact: noImpact, blocked, undoable: false },
  })
}

export const clusterPlanners = {
  'clusters.register': planRegister,
  'clusters.remove': planRemove,
  'clusters.prepare-hub': planPrepareHub,
}
