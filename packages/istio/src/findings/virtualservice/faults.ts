import { at, listAt, numberAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'
import { type Route, routesOf } from './destinations.ts'

const everything: Code = { code: 'virtualservice.fault-for-all', severity: 'warning', istio: 'accepts' }
const never: Code = { code: 'virtualservice.fault-for-none', severity: 'info', istio: 'ignores' }

/**
 * Faults of a route. One that aborts 100 % leaves nothing for the destinations; one without a percentage is for no request
 * (istio.io/api HTTPFaultInjection; pilot/pkg/networking/core/route, TranslateFault).
 */
export const faults: Judge = {
  says: [everything, never],
  kinds: [kinds.virtualService],
  judge: (subject) =>
    routesOf(subject.object).flatMap((each) =>
      each.protocol === 'http' ? [...aborted(subject, each), ...unsaid(subject, each)] : [],
    ),
}

function aborted(subject: Subject, { route, pointer }: Route): Finding[] {
  const place = `${pointer}/fault/abort`
  if ((numberAt(route, 'fault', 'abort', 'percentage', 'value') ?? 0) < 100) return []
  const status = numberAt(route, 'fault', 'abort', 'httpStatus') ?? 'gRPC'
  const matched = listAt(route, 'match').length > 0
  const fewer = fix(subject, { code: 'tenth' }, [put(`${place}/percentage/value`, 10)])
  const none = fix(subject, { code: 'no-abort' }, [
    remove(at(route, 'fault', 'delay') === undefined ? `${pointer}/fault` : place),
  ])
  const severity = matched ? 'info' : 'warning'
  return [found(subject, everything, { pointer: place, params: { status }, fixes: [none, fewer], severity })]
}

function unsaid(subject: Subject, { route, pointer }: Route): Finding[] {
  return ['abort', 'delay'].flatMap((kind) => {
    const fault = at(route, 'fault', kind)
    if (fault === undefined || fault === null) return []
    const older = kind === 'delay' ? numberAt(fault, 'percent') : undefined
    if (at(fault, 'percentage') !== undefined || older !== undefined) return []
    const place = `${pointer}/fault/${kind}`
    const tenth = fix(subject, { code: 'tenth' }, [put(`${place}/percentage`, { value: 10 })])
    return [found(subject, never, { pointer: place, params: { kind }, fixes: [tenth] })]
  })
}
