import { at, listAt, recordAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove } from '../operations.ts'
import { type Route, routesOf } from './destinations.ts'

const harmful: Code = { code: 'virtualservice.header-breaks-framing', severity: 'error', istio: 'accepts' }
const identity: Code = { code: 'virtualservice.header-of-istio', severity: 'warning', istio: 'accepts' }

/** Headers that say where a message ends (RFC 9112 6). */
const framing = ['content-length', 'transfer-encoding']
/** Headers by which proxies tell each other who calls. */
const ours = ['x-forwarded-client-cert', 'x-envoy-peer-metadata', 'x-envoy-peer-metadata-id']

/** Headers that a route sets or adds and that are not a rule's to say. */
export const headers: Judge = {
  says: [harmful, identity],
  kinds: [kinds.virtualService],
  judge: (subject) =>
    routesOf(subject.object).flatMap(({ route, pointer }) => [
      ...operations(subject, { route, pointer }),
      ...listAt(route, 'route').flatMap((each, index) =>
        operations(subject, { route: each, pointer: `${pointer}/route/${index}` }),
      ),
    ]),
}

function operations(subject: Subject, { route, pointer }: Pick<Route, 'route' | 'pointer'>): Finding[] {
  if (at(route, 'headers') === undefined) return []
  return ['request', 'response'].flatMap((side) =>
    ['set', 'add'].flatMap((operation) => {
      const place = `${pointer}/headers/${side}/${operation}`
      return Object.keys(recordAt(route, 'headers', side, operation)).flatMap((name) => {
        const lower = name.toLowerCase()
        const code = framing.includes(lower) ? harmful : ours.includes(lower) ? identity : undefined
        if (code === undefined) return []
        const path = `${place}${step(name)}`
        return [
          found(subject, code, {
            pointer: path,
            params: { name },
            fixes: [fix(subject, { code: 'leave' }, [remove(path)])],
          }),
        ]
      })
    }),
  )
}
