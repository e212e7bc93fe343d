import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import { refKey, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Subject } from '../finding.ts'

export const unserved: Code = { code: 'schema.version-unserved', severity: 'rejected', istio: 'rejects' }

/** Of a kind: its definition's name, and the versions that are known, with whether the object would be taken in one. */
export type Versions = { definition: string; known: readonly string[]; fits: (version: string) => boolean }

/**
 * A version in which nobody serves the kind, as EnvoyFilter of networking.istio.io/v1: the API server knows no such kind.
 * The cluster's own definition counts, where it is there, before the versions that are known.
 */
export function unservedVersion(subject: Subject, { definition, known, fits }: Versions): Finding[] {
  const { group, version } = splitApiVersion(subject.object.apiVersion)
  const own = subject.view.get(kinds.crd, definition)
  const versions = own === undefined ? known : listAt(own, 'spec', 'versions').flatMap(servedName)
  if (versions.length === 0 || versions.includes(version)) return []
  const better = versions.find(fits)
  const value = `${group}/${better ?? ''}`
  const way = fix(subject, { code: 'use-version', params: { value } }, [{ op: 'replace', path: '/apiVersion', value }])
  return [
    found(subject, unserved, {
      pointer: '/apiVersion',
      params: { kind: subject.object.kind, version, versions: versions.join(', ') },
      fixes: better === undefined ? [] : [way],
    }),
  ]
}

/** Of an object in a version that nobody serves that is all there is to say: there will be no such object. */
export function withoutUnserved(findings: readonly Finding[]): readonly Finding[] {
  const none = new Set(findings.filter((each) => each.code === unserved.code).map(({ ref }) => refKey(ref)))
  if (none.size === 0) return findings
  return findings.filter(({ code, ref }) => code === unserved.code || !none.has(refKey(ref)))
}

function servedName(version: unknown): string[] {
  const name = textAt(version, 'name')
  return name === undefined || flagAt(version, 'served') === false ? [] : [name]
}
