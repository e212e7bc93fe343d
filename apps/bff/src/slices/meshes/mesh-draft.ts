import type { Check } from '@orbweaver/contracts/clusters'
import type { Message } from '@orbweaver/contracts/message'
import { forbidden, type Lacking } from '@orbweaver/contracts/missing-right'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { readRights } from '@orbweaver/istio/preflight/permissions'
import { type Draft, type DraftItem, noImpact } from '../../changes/draft.ts'
import { observe } from '../../reconciler/observe.ts'
import { derivedOf, unpermitted } from './derived.ts'
import type { Asking } from './asking.ts'
import { preflightOf } from './preflight.ts'

type Wanted = { title: Message; items: DraftItem[]; mesh: Mesh; creating: boolean; roots?: string | undefined }

/** Warnings of a preflight that say what restarts. */
const toldAgain = new Set(['namespace.moves-network', 'root.replaced'])

/** A plan that makes or changes a mesh: what the reconciler will write, checked before and permitted to the person. */
export async function meshDraft(asking: Asking, { title, items, mesh, creating, roots }: Wanted): Promise<Draft> {
  const observed = observe(asking.fleet, mesh)
  const [derived, checks] = await Promise.all([
    derivedOf(asking, blueprint(mesh, observed)),
    preflightOf(asking, mesh, { creating, roots }),
  ])
  const failing = checks.filter((check) => check.severity === 'blocking').flatMap(refusalOf)
  const restarts = checks
    .filter((check) => toldAgain.has(check.id))
    .map((check) => ({ code: `check.${check.id}`, params: check.params }))
  return {
    title,
    items,
    derived,
    impact: { ...noImpact, notes: restarts },
    blocked: [...unpermitted(derived), ...failing],
    undoable: true,
  }
}

/** Rights are told one by one, beside those that the derived objects ask for: the same one is then said once. */
function refusalOf({ id, cluster = '', params }: Check): Message[] {
  if (id !== 'permissions.missing') return [{ code: `check.${id}`, params }]
  const of = (who: Lacking) =>
    typeof params[who] === 'string' ? readRights(params[who]).map((right) => forbidden({ cluster, ...right }, who)) : []
  return [...of('person'), ...of('console')]
}
