import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'
import { onlyFit } from './provider-kinds.ts'

const none: Code = { code: 'telemetry.no-provider', severity: 'warning', istio: 'ignores', aliases: ['IST0157'] }
const lightstep: Code = { code: 'telemetry.lightstep', severity: 'warning', istio: 'accepts', aliases: ['IST0002'] }

/** Where telemetry is to go (istio analyzers/telemetry): nowhere, or to a provider that Istio gives up. */
export const providers: Judge = {
  says: [none, lightstep],
  kinds: [kinds.telemetry],
  judge(subject, world) {
    const { mesh } = world
    const retired = mesh.extensionProviders.filter((each) => at(each, 'lightstep') !== undefined)
    const names = new Set(retired.map((each) => textAt(each, 'name')))
    const logging =
      listAt(mesh.defaultProviders, 'accessLogging').length > 0 ? [] : listAt(subject.object, 'spec', 'accessLogging')
    const tracing = listAt(subject.object, 'spec', 'tracing')
    return [
      ...logging.flatMap((each, index) =>
        at(each, 'disabled') !== true && listAt(each, 'providers').length === 0
          ? [nowhere(subject, `/spec/accessLogging/${index}`)]
          : [],
      ),
      ...tracing.flatMap((each, index) =>
        listAt(each, 'providers').flatMap((provider, place) => {
          const name = textAt(provider, 'name')
          if (name === undefined || !names.has(name)) return []
          const pointer = `/spec/tracing/${index}/providers/${place}/name`
          const right = onlyFit(world, 'tracing')
          const way = { code: 'fit-provider', params: { right: right ?? '' } }
          const fixes = right === undefined ? [] : [fix(subject, way, [replace(pointer, right)])]
          return [found(subject, lightstep, { pointer, params: { provider: name }, fixes })]
        }),
      ),
    ]
  },
}

/** The provider of this name every mesh has: it writes to the output of the proxy. */
function nowhere(subject: Subject, pointer: string) {
  const operations = [put(`${pointer}/providers`, [{ name: 'envoy' }])]
  return found(subject, none, { pointer, fixes: [fix(subject, { code: 'to-output' }, operations)] })
}
