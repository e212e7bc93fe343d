import type { Intent } from '@orbweaver/contracts/intent'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { DerivedObject, Plan, PlanItem } from '@orbweaver/contracts/plan'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { comment, fileName, kubectl, manifest, nameOf, type Part, type TextFile } from '../manifest/manifest.ts'
import type { SayMessage } from '../../text/messages.ts'
import type { usePlanText } from './text.ts'

/** The words of the files are the reader's. */
export type FileWords = { t: ReturnType<typeof usePlanText>; say: SayMessage }

/** What a plan is about, for the names of its files. */
export function subjectOf(intent: Intent): string {
  if ('mesh' in intent) return intent.mesh
  if ('name' in intent) return intent.name
  return 'change' in intent ? intent.change : 'hub'
}

/**
 * A plan as one applies it with kubectl, a file a cluster: every object as it would be, in the order of the plan, what
 * follows from it by its stage; deletions and restarts as commented commands. A Secret is left out, as a plan has no
 * secret value.
 */
export function planFiles(plan: Plan, subject: string, words: FileWords): TextFile[] {
  const clusters = [...new Set([...plan.items, ...plan.derived].map(({ ref }) => ref.cluster))]
  const stages = [...new Set(plan.derived.map(stageKey))]
  return clusters.map((cluster) => {
    const name = `${fileName(subject, cluster)}.yaml`
    const items = plan.items.filter(({ ref }) => ref.cluster === cluster)
    const derived = plan.derived.filter(({ ref }) => ref.cluster === cluster)
    const parts = [
      ...items.map((item) => itemPart(item, words)),
      ...derived.map((object) => derivedPart(object, stages, words)),
    ]
    return { name, text: manifest(headerOf(plan, { name, cluster, parts, derived }, words), parts) }
  })
}

type About = { name: string; cluster: string; parts: Part[]; derived: DerivedObject[] }

function headerOf(plan: Plan, { name, cluster, parts, derived }: About, { t, say }: FileWords): string[] {
  const holes = holesIn(parts.map(({ yaml }) => yaml ?? '').join(''))
  return [
    t('file.title', { title: say(plan.title), cluster }),
    t('file.apply', { command: `kubectl apply -f ${name}` }),
    ...(derived.length > 0 ? [t('file.derived')] : []),
    ...(holes.length > 0 ? [t('file.holes', { holes })] : []),
    ...plan.blocked.map((reason) => t('file.blocked', { reason: say(reason) })),
  ]
}

function itemPart(item: PlanItem, words: FileWords): Part {
  const { t } = words
  const { ref, op, after, managedBy } = item
  const title = t('file.what', { op: t(`op.${op}`), name: nameOf(ref) })
  const says = managedBy === undefined ? [title] : [title, t('managedBy', managedBy)]
  if (op === 'delete') return { says: [...says, kubectl('delete', ref)] }
  if (op === 'restart') return { says: [...says, kubectl('rollout restart', ref)] }
  return objectPart(ref, { says, yaml: after }, words)
}

function derivedPart(object: DerivedObject, stages: string[], words: FileWords): Part {
  const { t, say } = words
  const { stage, ref, op, yaml } = object
  const says = [
    t('file.stage', {
      number: stages.indexOf(stageKey(object)) + 1,
      total: stages.length,
      stage: say({ code: `stage-name.${stage}`, params: { cluster: ref.cluster } }),
      cluster: ref.cluster,
    }),
    t('file.what', { op: t(`op.${op}`), name: nameOf(ref) }),
  ]
  if (op === 'delete') return { says: [...says, kubectl('delete', ref)] }
  return objectPart(ref, { says, yaml }, words)
}

function stageKey({ stage, ref }: DerivedObject): string {
  return `${stage}@${ref.cluster}`
}

function objectPart(ref: ObjectRef, { says, yaml }: Part, { t }: FileWords): Part {
  if (isSecret(ref)) return { says: [...says, t('file.secret')] }
  if (yaml === undefined) return { says: [...says, t('file.unread')] }
  const holes = holesIn(yaml)
  return { says: holes.length === 0 ? says : [...says, t('file.hole', { holes })], yaml }
}

function isSecret({ group, kind }: ObjectRef): boolean {
  return group === '' && kind === 'Secret'
}

/** Values that a plan cannot know yet: packages/istio/src/blueprints/holes.ts. */
function holesIn(yaml: string): string[] {
  return [...new Set(yaml.match(/⟨[^⟩\n]*⟩/g))]
}

/**
 * What a plan changes as one unified diff, for `git apply` and `patch -p1`; undefined where it changes no text. What the
 * console makes afterwards from a mesh has no "before" and is not in it.
 */
export function planPatch(plan: Plan, subject: string, { t, say }: FileWords): TextFile | undefined {
  const diffs = plan.items.filter(isDiffable).map(({ ref, before, after }) => {
    const path = pathOf(ref)
    const [from, to] = [
      before === undefined ? '/dev/null' : `a/${path}`,
      after === undefined ? '/dev/null' : `b/${path}`,
    ]
    return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    })
  })
  if (diffs.length === 0) return undefined
  const left = plan.items.filter(({ ref }) => isSecret(ref)).map(({ ref }) => `${nameOf(ref)}. ${t('file.secret')}`)
  const header = [
    t('file.patch', { title: say(plan.title) }),
    ...plan.blocked.map((reason) => t('file.blocked', { reason: say(reason) })),
    ...left,
  ]
  return { name: `${fileName(subject)}.patch`, text: header.map(comment).join('') + diffs.join('') }
}

function isDiffable({ ref, op, before, after }: PlanItem): boolean {
  return op !== 'restart' && !isSecret(ref) && before !== after
}

/** A place of its own for each object: cluster, namespace, kind with group, name. */
function pathOf({ cluster, group, kind, namespace, name }: ObjectRef): string {
  const type = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`
  const folders = namespace === undefined ? [cluster, type] : [cluster, namespace, type]
  return [...folders, `${name}.yaml`].map((step) => fileName(step)).join('/')
}
