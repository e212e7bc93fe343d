import { annotationsOf, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { isTaken, meantValue } from '../../injection/annotation-values.ts'
import { step } from '../../pointer.ts'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { remove, replace } from '../operations.ts'
import { type KnownAnnotation, knownAnnotations } from './generated/known-annotations.ts'
import { added, addedToTemplate, type Entry } from './template.ts'

const unknown: Code = { code: 'annotation.unknown', severity: 'warning', istio: 'ignores', aliases: ['IST0108'] }
const misplaced: Code = { code: 'annotation.misplaced', severity: 'warning', istio: 'ignores', aliases: ['IST0107'] }
const invalid: Code = { code: 'annotation.invalid', severity: 'warning', istio: 'rejects', aliases: ['IST0125'] }
const deprecated: Code = { code: 'annotation.deprecated', severity: 'info', istio: 'accepts', aliases: ['IST0135'] }

/** Set by istiod and its controllers (istio pkg/config/analysis/analyzers/maturity, AlwaysIgnoredAnnotations). */
const ownAnnotations: ReadonlySet<string> = new Set([
  names.status,
  'gateway.istio.io/controller-version',
  names.revision,
])

/**
 * Istio's annotations on what it looks at for them: those that it does not know, that stand where it does not look, whose
 * value the injector refuses, and that are of old (istio pkg/config/analysis/analyzers/annotations).
 */
export const annotations: Judge = {
  says: [unknown, misplaced, invalid, deprecated],
  kinds: [kinds.namespace, kinds.service, kinds.pod, kinds.deployment],
  where: 'every',
  judge: (subject, world) =>
    Object.entries(annotationsOf(subject.object))
      .filter(([name]) => isOfIstio(name) && !ownAnnotations.has(name))
      .flatMap(([name, value]) => judgeOne(subject, { name, value }, world)),
}

type Given = { name: string; value: string }

function isOfIstio(name: string): boolean {
  return name === 'kubernetes.io/ingress.class' || (name.split('/')[0] ?? '').endsWith('istio.io')
}

function judgeOne(subject: Subject, given: Given, world: MeshWorld): Finding[] {
  const { object } = subject
  const { name, value } = given
  const pointer = pointerOf(name)
  const known = knownAnnotations.get(name)
  if (known === undefined)
    return [found(subject, unknown, { pointer, params: { name }, fixes: renamed(subject, world, name) })]
  const isSaidByLabel = name === names.inject && labelsOf(object)[name] !== undefined
  const ofOld =
    known.deprecated === true && !isSaidByLabel
      ? [
          found(subject, deprecated, {
            pointer,
            params: { name },
            fixes: name === names.inject ? asLabel(subject) : [],
          }),
        ]
      : []
  if (known.on.includes('Any')) return ofOld
  if (!known.on.includes(object.kind)) return [...ofOld, elsewhere(subject, { name, on: known.on })]
  if (isTaken(given, world)) return ofOld
  return [...ofOld, found(subject, invalid, { pointer, params: { name, value }, fixes: respelt(subject, given) })]
}

function pointerOf(name: string): string {
  return `/metadata/annotations${step(name)}`
}

/** The same value as the injector writes it. */
function respelt(subject: Subject, { name, value }: Given): Fix[] {
  const meant = meantValue(name, value)
  if (meant === undefined) return []
  return [fix(subject, { code: 'use-value', params: { meant } }, [replace(pointerOf(name), meant)])]
}

/** One that is for Pods, on what makes them, belongs into the template. */
function elsewhere(subject: Subject, { name, on }: Pick<KnownAnnotation, 'on'> & { name: string }): Finding {
  const { object } = subject
  const value = annotationsOf(object)[name] ?? ''
  const put = on.includes('Pod') ? addedToTemplate(object, { field: 'annotations', name, value }) : undefined
  const way = { code: 'to-template', params: { name } }
  const moved = put === undefined ? [] : [fix(subject, way, [remove(pointerOf(name)), put])]
  const params = { name, kind: object.kind, kinds: on.join(', ') }
  return found(subject, misplaced, { pointer: pointerOf(name), params, fixes: moved })
}

/** The name that was meant, where it says something on this kind that has the value. */
function renamed(subject: Subject, world: MeshWorld, name: string): Fix[] {
  const { object } = subject
  const given = annotationsOf(object)
  const value = given[name] ?? ''
  const fitting = [...knownAnnotations].filter(
    ([each, known]) =>
      given[each] === undefined &&
      known.deprecated !== true &&
      (known.on.includes(object.kind) || known.on.includes('Any')) &&
      isTaken({ name: each, value }, world),
  )
  const words = fitting.map(([each]) => each)
  const meant = nearestWord(words, name)
  if (meant === undefined) return []
  const put = added(object, { field: 'annotations', name: meant, value })
  return [fix(subject, { code: 'rename', params: { name: meant } }, [{ op: 'remove', path: pointerOf(name) }, put])]
}

/** sidecar.istio.io/inject as a label, of the Pods that a workload makes or of the object itself. */
function asLabel(subject: Subject): Fix[] {
  const { object } = subject
  const entry: Entry = { field: 'labels', name: names.inject, value: annotationsOf(object)[names.inject] ?? '' }
  const put = object.kind === 'Deployment' ? addedToTemplate(object, entry) : added(object, entry)
  if (put === undefined || (object.kind !== 'Deployment' && object.kind !== 'Pod')) return []
  return [fix(subject, { code: 'to-label' }, [remove(pointerOf(names.inject)), put])]
}
