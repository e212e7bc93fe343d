import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import type { Mute } from '@orbweaver/contracts/findings'
import type { Finding } from '@orbweaver/contracts/plan'

/** Annotations by which an object asks that findings about it are not shown. */
const muteAnnotations = {
  /** Lines of `code [until=DATE] [reason]`: a slug, another tool's code, or `*`; DATE is the last day (ISO 8601, UTC). */
  own: 'orbweaver.dev/mute',
  /** Codes of istioctl analyze, or `*` (istio.io/api annotation GalleyAnalyzeSuppress). */
  istio: 'galley.istio.io/analyze-suppress',
  /** Kiali's codes; empty for all of them (kiali models/istio_validation.go). */
  kiali: 'kiali.io/ignore-validations',
} as const

/** Whether an annotation can mute: a copy of an object that is to be judged keeps it. */
export function isMuting(annotation: string): boolean {
  return Object.values<string>(muteAnnotations).includes(annotation)
}

const line = /^(\S+)(?:\s+until=(\d{4}-\d\d-\d\d))?(?:\s+(.*))?$/

/** The first annotation of the object that mutes the finding at a time. */
export function muteOf(object: KubernetesObject, finding: Finding, now: Date): Mute | undefined {
  const annotations = annotationsOf(object)
  return ownMute(annotations[muteAnnotations.own], finding, now) ?? others(annotations, finding)
}

/** The object with a code of it muted; a line of that code that is there already is replaced. */
export function muted(object: KubernetesObject, code: string, { reason, until }: Omit<Mute, 'by'>): KubernetesObject {
  const kept = linesOf(object).filter((each) => codeOf(each) !== code)
  const said = [code, ...(until === undefined ? [] : [`until=${until}`]), reason.trim()].join(' ')
  return annotated(object, muteAnnotations.own, [...kept, said].join('\n'))
}

/** The object without whatever mutes one of these codes: they are names of one finding. */
export function unmuted(object: KubernetesObject, codes: readonly string[]): KubernetesObject {
  const isOne = (code: string) => code === '*' || codes.includes(code)
  const own = linesOf(object).filter((each) => !isOne(codeOf(each)))
  const others = (annotation: string) => {
    const said = annotationsOf(object)[annotation]
    const left = (said ?? '').split(',').filter((each) => each.trim() !== '' && !isOne(each.trim()))
    return left.length === 0 ? undefined : left.join(',')
  }
  const without = annotated(object, muteAnnotations.own, own.length === 0 ? undefined : own.join('\n'))
  return [muteAnnotations.istio, muteAnnotations.kiali].reduce(
    (each, annotation) => annotated(each, annotation, others(annotation)),
    without,
  )
}

function linesOf(object: KubernetesObject): string[] {
  const lines = (annotationsOf(object)[muteAnnotations.own] ?? '').split('\n')
  return lines.map((each) => each.trim()).filter((each) => each !== '')
}

function codeOf(said: string): string {
  return said.split(/\s/)[0] ?? ''
}

function annotated(object: KubernetesObject, key: string, value: string | undefined): KubernetesObject {
  const { [key]: _said, ...rest } = annotationsOf(object)
  const annotations = value === undefined ? rest : { ...rest, [key]: value }
  if (Object.keys(annotations).length > 0) return { ...object, metadata: { ...object.metadata, annotations } }
  const { annotations: _none, ...metadata } = object.metadata
  return { ...object, metadata }
}

function ownMute(text: string | undefined, finding: Finding, now: Date): Mute | undefined {
  const codes = [finding.code, ...finding.aliases, '*']
  for (const said of (text ?? '').split('\n')) {
    const [, code = '', until, reason = ''] = line.exec(said.trim()) ?? []
    if (!codes.includes(code) || (until !== undefined && now.getTime() >= endOf(until))) continue
    return { by: muteAnnotations.own, reason, ...(until !== undefined && { until }) }
  }
  return undefined
}

/** Midnight after a day (UTC); a day that is none has never ended. */
function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(start) ? Number.POSITIVE_INFINITY : start + 86_400_000
}

function others(annotations: Readonly<Record<string, string>>, { aliases }: Finding): Mute | undefined {
  const istio = annotations[muteAnnotations.istio]
  const theirs = aliases.filter((each) => each.startsWith('IST'))
  if (
    istio !== undefined &&
    theirs.length > 0 &&
    istio.split(',').some((each) => each === '*' || theirs.includes(each))
  )
    return { by: muteAnnotations.istio, reason: '' }
  const kiali = annotations[muteAnnotations.kiali]
  const kialis = aliases.filter((each) => each.startsWith('KIA'))
  if (kiali === undefined || kialis.length === 0) return undefined
  const listed = kiali.split(',').map((each) => each.trim())
  const isMuted = kiali.trim() === '' || listed.some((each) => kialis.includes(each))
  return isMuted ? { by: muteAnnotations.kiali, reason: '' } : undefined
}
