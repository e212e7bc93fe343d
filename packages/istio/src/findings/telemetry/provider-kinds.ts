import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Json } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'

const unknown: Code = { code: 'telemetry.provider-not-found', severity: 'warning', istio: 'ignores' }
const unfit: Code = { code: 'telemetry.provider-unfit', severity: 'warning', istio: 'ignores' }
const silent: Code = { code: 'telemetry.no-traces', severity: 'info', istio: 'accepts' }

/** Providers of the mesh that do not take what is sent to them (istio pilot/pkg/model/telemetry.go, telemetry_logging.go). */
export const providerKinds: Judge = {
  says: [unknown, unfit, silent],
  kinds: [kinds.telemetry],
  judge: (subject, world) => [
    ...Object.keys(takes).flatMap((section) => ofSection(subject, world, section)),
    ...listAt(subject.object, 'spec', 'tracing').flatMap((each, index) => ofSampling(subject, each, index)),
  ],
}

/** Kinds of providers that Istio knows what to do with, by what is sent. */
const takes: Readonly<Record<string, readonly string[]>> = {
  metrics: ['prometheus'],
  tracing: ['zipkin', 'datadog', 'lightstep', 'skywalking', 'opentelemetry'],
  accessLogging: ['envoyFileAccessLog', 'envoyHttpAls', 'envoyTcpAls', 'envoyOtelAls', 'stackdriver'],
}

/** Providers that every mesh has (istio pkg/config/mesh/mesh.go, DefaultMeshConfig). */
const builtIn: readonly Json[] = [
  { name: 'prometheus', prometheus: {} },
  { name: 'stackdriver', stackdriver: {} },
  { name: 'envoy', envoyFileAccessLog: {} },
]

/** Without any provider of its own the mesh configuration has not been read that far: then only built-in ones are told. */
function providersIn(world: MeshWorld): { all: readonly Json[]; isWhole: boolean } {
  const own = world.mesh.extensionProviders
  const names = own.map((each) => textAt(each, 'name'))
  const rest = builtIn.filter((each) => !names.includes(textAt(each, 'name')))
  return { all: [...own, ...rest], isWhole: own.length > 0 }
}

/** The only provider that is fit for a section, where there is one. */
export function onlyFit(world: MeshWorld, section: string): string | undefined {
  const fit = providersIn(world).all.filter((each) => isFit(each, section))
  const names = fit.map((each) => textAt(each, 'name')).filter((each) => each !== undefined)
  return names.length === 1 ? names[0] : undefined
}

function isFit(provider: Json, section: string): boolean {
  return (takes[section] ?? []).some((kind) => kind !== 'lightstep' && at(provider, kind) !== undefined)
}

function ofSection(subject: Subject, world: MeshWorld, section: string): Finding[] {
  const { all, isWhole } = providersIn(world)
  return listAt(subject.object, 'spec', section).flatMap((entry, index) =>
    listAt(entry, 'providers').flatMap((each, place) => {
      const name = textAt(each, 'name') ?? ''
      // Letters of either case are the same to Istio here.
      const known = all.find((provider) => textAt(provider, 'name')?.toLowerCase() === name.toLowerCase())
      const pointer = `/spec/${section}/${index}/providers/${place}/name`
      const isRetired = at(known, 'lightstep') !== undefined && section === 'tracing'
      if (name === '' || isRetired || (known === undefined ? !isWhole : isFit(known, section))) return []
      const right = onlyFit(world, section)
      const way = { code: 'fit-provider', params: { right: right ?? '' } }
      const fixes = right === undefined ? [] : [fix(subject, way, [replace(pointer, right)])]
      const params = { provider: name, section }
      return [found(subject, known === undefined ? unknown : unfit, { pointer, params, fixes })]
    }),
  )
}

function ofSampling(subject: Subject, entry: Json, index: number): Finding[] {
  if (numberAt(entry, 'randomSamplingPercentage') !== 0 || at(entry, 'disableSpanReporting') === true) return []
  const pointer = `/spec/tracing/${index}`
  const way = fix(subject, { code: 'say-so' }, [put(`${pointer}/disableSpanReporting`, true)])
  return [found(subject, silent, { pointer: `${pointer}/randomSamplingPercentage`, fixes: [way] })]
}
