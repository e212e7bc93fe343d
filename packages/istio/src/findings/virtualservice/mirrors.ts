import { at, isRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { Json } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove } from '../operations.ts'
import { type Route, routesOf } from './destinations.ts'

const code: Code = { code: 'virtualservice.mirror-to-itself', severity: 'warning', istio: 'accepts' }

/** A copy of each request to where the request itself goes: it is carried out twice. */
export const mirrors: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge: (subject) => routesOf(subject.object).flatMap((each) => judgeRoute(subject, each)),
}

function judgeRoute(subject: Subject, { route, pointer }: Route): Finding[] {
  const { namespace } = subject
  if (!isRecord(at(route, 'mirror')) && listAt(route, 'mirrors').length === 0) return []
  const targets = listAt(route, 'route').map((each) => at(each, 'destination'))
  const said = (place: Json | undefined, path: string, alone: readonly string[]) => {
    const host = textAt(place, 'host')
    if (host === undefined || !targets.some((each) => isOne(each, place, namespace))) return []
    const params = { host, subset: textAt(place, 'subset') ?? '' }
    const fixes = [fix(subject, { code: 'no-mirror' }, alone.map(remove))]
    return [found(subject, code, { pointer: path, params, fixes })]
  }
  const percents = ['mirrorPercentage', 'mirrorPercent', 'mirror_percent'].filter((each) => each in recordAt(route))
  const several = listAt(route, 'mirrors').flatMap((each, index) =>
    said(at(each, 'destination'), `${pointer}/mirrors/${index}`, [`${pointer}/mirrors/${index}`]),
  )
  const fields = ['mirror', ...percents].map((each) => `${pointer}/${each}`)
  return [...said(at(route, 'mirror'), `${pointer}/mirror`, fields), ...several]
}

/** One subset of one host; a port that is not said is the one that is. */
function isOne(target: Json | undefined, mirror: Json | undefined, namespace: string): boolean {
  const [one, other] = [target, mirror].map((each) => ({
    host: resolveHost(textAt(each, 'host') ?? '', namespace),
    subset: textAt(each, 'subset') ?? '',
    port: numberAt(each, 'port', 'number'),
  }))
  if (one?.host !== other?.host || one?.subset !== other?.subset) return false
  return one?.port === undefined || other?.port === undefined || one.port === other.port
}
