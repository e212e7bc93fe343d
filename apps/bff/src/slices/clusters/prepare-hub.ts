import type { IntentOf } from '@orbweaver/contracts/intent'
import { isKubernetesObject, type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { knownResource } from '@orbweaver/kube/known-resources'
import { parseAllDocuments } from 'yaml'
import { type DraftItem, noImpact, type Planner } from '../../changes/draft.ts'
import { deployFile } from '../../deploy-files.ts'
import { missingParts } from '../../fleet/hub-parts.ts'

/** As an administrator would apply them: the namespace of deploy/rbac/hub.yaml, and deploy/crds. */
const files = ['rbac/hub', 'crds/fleetclusters', 'crds/meshes', 'crds/changes']

/** What the console keeps its things in. Without the namespace and the definition of Changes nothing can be recorded. */
export const planPrepareHub: Planner<IntentOf<'clusters.prepare-hub'>> = ({ fleet }) => {
  const missing = missingParts(fleet.hub)
  const items = files
    .flatMap((file) => parseAllDocuments(deployFile(file)))
    .map((each): unknown => each.toJS())
    .filter(isKubernetesObject)
    .filter(({ kind, metadata }) => missing.some((part) => part.kind === kind && part.name === metadata.name))
    .map((object) => creation(fleet.hub.name, object))
  const title = { code: 'clusters.prepare-hub', params: { count: items.length } }
  const draft = { title, items, derived: [], impact: noImpact, blocked: [], undoable: false }
  return Promise.resolve({ ok: true, draft })
}

function creation(hub: string, object: KubernetesObject): DraftItem {
  const ref = refOf(hub, object)
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) throw new TypeError(`${ref.kind} is no kind that the console knows`)
  return { ref, resource, by: 'person', op: 'create', object }
}
