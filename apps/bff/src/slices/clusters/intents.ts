import type { IntentOf } from '@orbweaver/contracts/intent'
import { plainRecord, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { fleetClusters } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { meshOfCluster } from '../../fleet/mesh-of.ts'
import { credentialsCreate, credentialsDelete, firstSecretName, isOwnSecretName } from './credentials.ts'
import { planEdit } from './edit.ts'
import { blockedBy, choose, registeredAs, testConnection } from './kubeconfig-test.ts'
import { planClean } from './leftovers.ts'
import { planPrepareHub } from './prepare-hub.ts'

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
    registered: (uid) => registeredAs(records, uid),
  })
  const blocked = blockedBy(test)
  const secretName = firstSecretName(intent.name)
  const record = {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'FleetCluster',
    metadata: { name: intent.name },
    spec: plainRecord({ ...intent.spec, credentialsSecretName: secretName }),
  }
  const items: DraftItem[] = [
    credentialsCreate(hub.name, { cluster: intent.name, name: secretName, connection: chosen.connection }),
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
  if (isOwnSecretName(intent.name, secretName)) items.push(credentialsDelete(hub.name, secretName))
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
  'clusters.edit': planEdit,
  'clusters.remove': planRemove,
  'clusters.clean': planClean,
  'clusters.prepare-hub': planPrepareHub,
}
