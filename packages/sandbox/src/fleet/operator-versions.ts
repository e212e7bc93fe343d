import { type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type IstioVersion, istioVersions } from '@orbweaver/schemas/versions'

/** An operator release installs about three minors and keeps older ones as end-of-life (istio-and-sail.md 1.5). */
const SUPPORTED_MINORS = 3

function minorOf({ version }: IstioVersion): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? '0')
}

/** The version list of an operator whose newest Istio minor is 1.`newestMinor`. */
export function operatorVersions(newestMinor: number): IstioVersion[] {
  return istioVersions
    .filter((each) => minorOf(each) <= newestMinor)
    .map((each) => ({ ...each, eol: minorOf(each) <= newestMinor - SUPPORTED_MINORS }))
}

/**
 * The operator's CRD offers what this release knows: versions it never heard of are refused by the API server, and the
 * description lists what can be installed, the only such list in a cluster.
 */
export function withVersions(crd: KubernetesObject, versions: readonly IstioVersion[]): KubernetesObject {
  const served = listAt(crd, 'spec', 'versions').map((each) =>
    changed(each, SPEC_PATH, (spec) => narrowed(spec, versions)),
  )
  return { ...crd, spec: { ...recordAt(crd, 'spec'), versions: served } }
}

const SPEC_PATH = ['schema', 'openAPIV3Schema', 'properties', 'spec']

/** The value with the record at a path replaced; as it was when the path ends early. */
function changed(value: Json, path: readonly string[], change: (record: JsonRecord) => JsonRecord): JsonRecord {
  const [step, ...rest] = path
  const record = recordAt(value)
  if (step === undefined) return change(record)
  const below = record[step]
  return below === undefined ? record : { ...record, [step]: changed(below, rest, change) }
}

function narrowed(spec: JsonRecord, versions: readonly IstioVersion[]): JsonRecord {
  const names = new Set(versions.map((each) => each.name))
  const installable = versions.filter((each) => !each.eol).map((each) => each.name)
  const newest = versions.find((each) => each.alias === undefined)?.name ?? ''
  const next = changed(spec, ['properties', 'version'], (version) => ({
    ...version,
    enum: listAt(version, 'enum').filter((each) => typeof each === 'string' && names.has(each)),
    description: `Istio version to install.\nMust be one of: ${installable.join(', ')}.`,
    ...(version.default === undefined ? {} : { default: newest }),
  }))
  return textAt(next, 'default', 'version') === undefined
    ? next
    : changed(next, ['default'], (fallback) => ({ ...fallback, version: newest }))
}
